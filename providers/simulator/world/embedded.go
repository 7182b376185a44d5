package world

import (
	"path"
	"time"
)

// embed logs the events in the embedded metric format that published a set of metrics: one a minute, with the very
// values (CloudWatch user guide, "Specification: Embedded metric format").
func (m *maker) embed(p *Place, set MetricSet, metrics []Recorded) {
	d := newDice(m.world.Seed, "embed", p.Scope.String(), set.Log)
	t := &trip{dice: d, m: m, place: p}
	for minute := m.world.Range.From.Truncate(time.Minute); minute.Before(m.anchor()); minute = minute.Add(time.Minute) {
		message := map[string]any{"level": "INFO", "service": path.Base(set.Log)}
		var definitions []any
		for _, r := range metrics {
			s, ok := r.sample(minute)
			if !ok {
				continue
			}
			definitions = append(definitions, map[string]any{"Name": r.Metric.Name, "Unit": r.Unit})
			message[r.Metric.Name] = s.Values
			if len(s.Values) == 1 {
				message[r.Metric.Name] = s.Values[0]
			}
		}
		if definitions == nil {
			continue
		}
		at := minute.Add(time.Duration(d.IntN(60_000)) * time.Millisecond)
		var names []string
		for _, dim := range metrics[0].Metric.Dimensions {
			names = append(names, dim.Name)
			message[dim.Name] = dim.Value
		}
		message["_aws"] = map[string]any{"Timestamp": at.UnixMilli(), "CloudWatchMetrics": []any{
			map[string]any{"Namespace": set.Namespace, "Dimensions": [][]string{names}, "Metrics": definitions},
		}}
		t.batch, t.logged = d.Uint64(), 0
		t.write(frame{group: set.Log, stream: m.stream(p, set.Log, at, 0), now: at}, mustJSON(message))
	}
}

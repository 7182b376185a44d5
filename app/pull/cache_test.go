package pull_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// memory is a cache without a file.
type memory struct {
	mu       sync.Mutex
	broken   error // what every Keep returns, if set
	metrics  map[string]app.Metric
	points   map[string]map[time.Time]float64
	units    map[string]string
	alarms   map[app.Scope][]app.Alarm
	history  map[string]app.AlarmHistoryItem
	groups   map[string]app.LogGroup
	events   map[string]app.LogEvent
	traces   map[string]app.Trace
	graphs   map[string]app.ServiceGraph
	trail    map[string]app.TrailEvent
	covers   []app.Cover
	attempts map[string]app.Attempt
	bill     func() app.Money // what the ledger says of this month, if set
}

func newMemory() *memory {
	return &memory{
		metrics: map[string]app.Metric{}, points: map[string]map[time.Time]float64{}, units: map[string]string{},
		alarms: map[app.Scope][]app.Alarm{}, history: map[string]app.AlarmHistoryItem{}, groups: map[string]app.LogGroup{},
		events: map[string]app.LogEvent{}, traces: map[string]app.Trace{}, graphs: map[string]app.ServiceGraph{},
		trail: map[string]app.TrailEvent{}, attempts: map[string]app.Attempt{},
	}
}

// fail makes every Keep from now on return err, or work again for nil.
func (m *memory) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = err
}

// text is a value in a form that compares; fmt would print no more than the scope, whose String all items inherit.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// keep puts items into a table by their identity, with their covers, and counts those that are new or differ.
func keep[T any](ctx context.Context, m *memory, table map[string]T, items []T, id func(T) string, covers []app.Cover) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if m.broken != nil {
		return 0, m.broken
	}
	n := 0
	for _, item := range items {
		if old, ok := table[id(item)]; !ok || text(old) != text(item) {
			table[id(item)] = item
			n++
		}
	}
	m.covers = append(m.covers, covers...)
	return n, nil
}

func (m *memory) KeepMetrics(ctx context.Context, s app.Scope, metrics []app.Metric) (int, error) {
	return keep(ctx, m, m.metrics, metrics, func(x app.Metric) string { return s.String() + " " + x.Key() }, nil)
}

func (m *memory) KeepSeries(ctx context.Context, series []app.Series, covers ...app.Cover) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return 0, m.broken
	}
	n := 0
	for _, s := range series {
		key := s.Scope.String() + " " + s.Reading.Key()
		m.units[key] = s.Unit
		if m.points[key] == nil {
			m.points[key] = map[time.Time]float64{}
		}
		for _, p := range s.Points {
			if old, ok := m.points[key][p.At]; !ok || old != p.Value {
				m.points[key][p.At] = p.Value
				n++
			}
		}
	}
	m.covers = append(m.covers, covers...)
	return n, ctx.Err()
}

func (m *memory) KeepAlarms(ctx context.Context, s app.Scope, alarms []app.Alarm, _ time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return 0, m.broken
	}
	alarms = slices.Clone(alarms)
	for i, a := range alarms { // unknown tags leave those that were known
		old := slices.IndexFunc(m.alarms[s.Place()], func(o app.Alarm) bool { return o.Name == a.Name })
		if old >= 0 && a.Tags == nil {
			alarms[i].Tags = m.alarms[s.Place()][old].Tags
		}
	}
	if text(m.alarms[s.Place()]) == text(alarms) {
		return 0, ctx.Err()
	}
	m.alarms[s.Place()] = alarms
	return len(alarms), ctx.Err()
}

func (m *memory) KeepTags(ctx context.Context, s app.Scope, tagged []app.Tagged) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken != nil {
		return 0, m.broken
	}
	tags := map[string]map[string]string{}
	for _, t := range tagged {
		tags[t.ARN] = t.Tags
	}
	n := 0
	alarms := slices.Clone(m.alarms[s.Place()])
	for i, a := range alarms {
		now := tags[a.ARN]
		if now == nil {
			now = map[string]string{}
		}
		if a.Tags == nil || !maps.Equal(a.Tags, now) {
			alarms[i].Tags = now
			n++
		}
	}
	m.alarms[s.Place()] = alarms
	return n, ctx.Err()
}

func (m *memory) KeepAlarmHistory(ctx context.Context, items []app.AlarmHistoryItem, covers ...app.Cover) (int, error) {
	return keep(ctx, m, m.history, items, func(x app.AlarmHistoryItem) string { return fmt.Sprint(x.Scope, x.Alarm, x.At, x.Summary) }, covers)
}

func (m *memory) KeepLogGroups(ctx context.Context, s app.Scope, groups []app.LogGroup) (int, error) {
	return keep(ctx, m, m.groups, groups, func(x app.LogGroup) string { return s.String() + " " + x.Name }, nil)
}

func (m *memory) KeepLogEvents(ctx context.Context, events []app.LogEvent, covers ...app.Cover) (int, error) {
	return keep(ctx, m, m.events, events, func(x app.LogEvent) string { return x.Scope.String() + x.Group + x.ID }, covers)
}

func (m *memory) KeepTraces(ctx context.Context, traces []app.Trace, covers ...app.Cover) (int, error) {
	id := func(x app.Trace) string { return x.Scope.String() + string(x.ID) }
	m.mu.Lock()
	better := slices.DeleteFunc(slices.Clone(traces), func(x app.Trace) bool {
		old, ok := m.traces[id(x)]
		return ok && (x.Revision < old.Revision || x.Revision == old.Revision && len(x.Spans) < len(old.Spans))
	})
	m.mu.Unlock()
	return keep(ctx, m, m.traces, better, id, covers)
}

func (m *memory) KeepServiceGraph(ctx context.Context, g app.ServiceGraph) (int, error) {
	id := func(x app.ServiceGraph) string { return x.Scope.String() + x.Range.From.String() }
	return keep(ctx, m, m.graphs, []app.ServiceGraph{g}, id, nil)
}

func (m *memory) KeepTrail(ctx context.Context, events []app.TrailEvent, covers ...app.Cover) (int, error) {
	return keep(ctx, m, m.trail, events, func(x app.TrailEvent) string { return x.Scope.String() + x.ID }, covers)
}

func (m *memory) Metrics(_ context.Context, s app.Scope) (all []app.Metric, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(m.metrics)) {
		if len(key) > len(s.String()) && key[:len(s.String())] == s.String() {
			all = append(all, m.metrics[key])
		}
	}
	return all, nil
}

func (m *memory) Alarms(_ context.Context, q app.AlarmQuery) (all []app.Alarm, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range q.Scopes {
		all = append(all, m.alarms[s.Place()]...)
	}
	return all, nil
}

func (m *memory) LogGroups(_ context.Context, scopes []app.Scope) (all []app.LogGroup, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range slices.Sorted(maps.Keys(m.groups)) {
		if slices.ContainsFunc(scopes, func(s app.Scope) bool { return s.Place() == m.groups[key].Scope.Place() }) {
			all = append(all, m.groups[key])
		}
	}
	return all, nil
}

func whole(t app.Trace) bool { return !t.Partial && len(t.Spans) > 0 }

func (m *memory) TraceRevisions(_ context.Context, s app.Scope, within app.Range) (map[app.TraceID]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	revisions := map[app.TraceID]int{}
	for _, t := range m.traces {
		if t.Scope.Place() == s.Place() && within.Contains(t.Start) && whole(t) {
			revisions[t.ID] = t.Revision
		}
	}
	return revisions, nil
}

func (m *memory) PartialTraces(_ context.Context, s app.Scope, since time.Time) (ids []app.TraceID, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range m.traces {
		if t.Scope.Place() == s.Place() && !t.Start.Before(since) && !whole(t) {
			ids = append(ids, t.ID)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

func (m *memory) ServiceGraph(_ context.Context, s app.Scope, within app.Range) (sum app.ServiceGraph, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range m.graphs {
		if g.Scope.Place() == s.Place() && g.Range.Overlaps(within) {
			sum.Nodes = append(sum.Nodes, g.Nodes...)
			sum.Range = g.Range
		}
	}
	return sum, nil
}

// Spent returns what the accounts would be billed.
func (m *memory) Spent(context.Context, app.Range) (app.Money, error) {
	if m.bill == nil {
		return 0, nil
	}
	return m.bill(), nil
}

func (m *memory) Coverage(_ context.Context, q app.CoverQuery) (all []app.Cover, _ error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.covers {
		if c.Signal == q.Signal && slices.ContainsFunc(q.Scopes, func(s app.Scope) bool { return s.Place() == c.Scope.Place() }) &&
			(q.Resource == "" || q.Resource == c.Resource) && (q.Range.Empty() || q.Range.Overlaps(c.Range)) {
			all = append(all, c)
		}
	}
	return all, nil
}

// settled returns what is settled of a resource at this moment.
func (m *memory) settled(scope app.Scope, signal app.Signal, resource string) []app.Range {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ranges []app.Range
	for _, c := range m.covers {
		if c.Scope.Place() == scope.Place() && c.Signal == signal && c.Resource == resource {
			ranges = append(ranges, c.Settled())
		}
	}
	return app.Union(ranges)
}

// known returns what AWS has answered of a resource.
func (m *memory) known(scope app.Scope, signal app.Signal, resource string) []app.Range {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ranges []app.Range
	for _, c := range m.covers {
		if c.Scope.Place() == scope.Place() && c.Signal == signal && c.Resource == resource && c.Answered() {
			ranges = append(ranges, c.Range)
		}
	}
	return app.Union(ranges)
}

// picture is all that a reader of the cache can tell, in a form that compares: the items, and for each resource that has
// any cover what AWS has never answered.
func (m *memory) picture(within app.Range) map[string]string {
	p := map[string]string{}
	for k, v := range m.metrics {
		p["metric "+k] = v.Key()
	}
	for k, v := range m.points {
		for at, value := range v {
			p["point "+k+at.String()] = fmt.Sprint(value, m.units[k])
		}
	}
	for k, v := range m.alarms {
		p["alarms "+k.String()] = text(v)
	}
	for k, v := range m.history {
		p["history "+k] = text(v)
	}
	for k, v := range m.groups {
		p["group "+k] = v.Name
	}
	for k, v := range m.events {
		p["event "+k] = text(v)
	}
	for k, v := range m.traces {
		p["trace "+k] = text(v)
	}
	for k, v := range m.graphs {
		p["graph "+k] = text(v)
	}
	for k, v := range m.trail {
		p["trail "+k] = text(v)
	}
	for _, c := range m.covers {
		if !c.Answered() {
			continue
		}
		key := fmt.Sprint("cover ", c.Scope, c.Signal, c.Resource)
		p[key] = fmt.Sprint(app.Subtract(within, m.known(c.Scope, c.Signal, c.Resource)))
	}
	return p
}

// difference says where two pictures differ first, or "".
func difference(got, want map[string]string) string {
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[k]; !ok || g != want[k] {
			return fmt.Sprintf("%s: got %q, want %q", k, g, want[k])
		}
	}
	for _, k := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[k]; !ok {
			return k + ": not wanted"
		}
	}
	return ""
}

func (m *memory) KeepAttempts(_ context.Context, attempts []app.Attempt) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range attempts {
		m.attempts[a.Scope.String()+" "+string(a.Signal)] = a
	}
	return nil
}

// ClaimScope lets everybody in: that runs take turns is for the cache to see to.
func (m *memory) ClaimScope(context.Context, app.Scope, func()) (func() error, error) {
	return func() error { return nil }, nil
}

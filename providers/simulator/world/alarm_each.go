package world

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// EachStory is what an alarm with contributors evaluates: each metric of a name by itself. The alarm is in ALARM as
// long as one of them is.
type EachStory struct {
	Namespace string `yaml:"namespace"`
	Metric    string `yaml:"metric"`
	By        string `yaml:"by"` // the dimension that tells contributors apart
	Statistic string `yaml:"statistic"`
	// Query is of Metrics Insights, or PromQL is; they are told as they stand, and computed as above.
	Query    string        `yaml:"query"`
	PromQL   string        `yaml:"promql"`
	Pending  time.Duration `yaml:"pending"`
	Recovery time.Duration `yaml:"recovery"`
}

// configure gives an alarm its query. One on PromQL has neither threshold nor periods of its own: both are in the
// query.
func (s EachStory) configure(a app.Alarm) app.Alarm {
	if s.PromQL != "" {
		a.PromQL = &app.PromQL{Query: s.PromQL, Pending: s.Pending, Recovery: s.Recovery}
		a.Interval = a.Period
		return a
	}
	a.Expression = s.Query
	a.Queries = []app.MetricQuery{{ID: "q1", Expression: s.Query, Compared: true}}
	return a
}

// told is the alarm as AWS tells of it.
func (s EachStory) told(a app.Alarm) app.Alarm {
	if s.PromQL != "" {
		a.Period, a.Threshold, a.Comparison, a.EvaluationPeriods, a.DatapointsToAlarm, a.TreatMissing = 0, nil, "", 0,
			0, ""
	}
	return a
}

// contributor is one in the making.
type contributor struct {
	app.AlarmContributor
	life []turn
}

// each lets every contributor live by itself, writes its history, and returns the turns of the alarm, which it leaves
// with the contributors that are in ALARM at the end.
func (m *maker) each(p *Place, a *app.Alarm, s EachStory, d dice) []turn {
	var all []contributor
	for _, r := range p.Metrics {
		i := slices.IndexFunc(r.Metric.Dimensions, func(x app.Dimension) bool { return x.Name == s.By })
		if i < 0 || len(r.Metric.Dimensions) != 1 || r.Metric.Namespace != s.Namespace || r.Metric.Name != s.Metric {
			continue
		}
		values := m.recordedOf(p, app.Reading{Metric: r.Metric, Statistic: s.Statistic, Period: a.Period})
		all = append(all, newContributor(s.By, r.Metric.Dimensions[i].Value, m.watch(*a, values, d)))
	}
	life := m.together(*a, all)
	*a = s.told(*a)
	for _, c := range all {
		p.History = append(p.History, c.history(*a)...)
		if last := c.life[len(c.life)-1]; last.state == app.InAlarm {
			a.Contributors = append(a.Contributors, c.AlarmContributor)
		}
	}
	slices.SortFunc(a.Contributors, func(c, o app.AlarmContributor) int { return strings.Compare(c.ID, o.ID) })
	return life
}

func newContributor(by, value string, life []turn) contributor {
	digest := sha256.Sum256([]byte(by + "=" + value))
	last := life[len(life)-1]
	c := contributor{app.AlarmContributor{ID: hex.EncodeToString(digest[:8]), Attributes: map[string]string{by: value},
		Since: last.at}, life}
	c.Reason = c.turned(last.state)
	return c
}

func (c contributor) turned(to app.AlarmState) string {
	if to == app.InAlarm {
		return c.Name() + " crossed the threshold."
	}
	return c.Name() + " is within the threshold."
}

// history returns the items of the contributor's turns.
func (c contributor) history(a app.Alarm) (items []app.AlarmHistoryItem) {
	for i, t := range c.life[1:] {
		before := c.life[i].state
		items = append(items, app.AlarmHistoryItem{
			Scope: a.Scope, Alarm: a.Name, At: t.at, Kind: app.ContributorStateUpdate, From: before, To: t.state,
			Summary: fmt.Sprintf("Alarm contributor updated from %s to %s", before, t.state),
			Data: mustJSON(stateUpdate{"1.0", alarmState{Value: before, Reason: c.turned(before)},
				alarmState{Value: t.state, Reason: c.turned(t.state)}}),
			Contributor: c.ID, Attributes: c.Attributes,
		})
	}
	return items
}

// together returns the turns of the alarm: in ALARM while one contributor is, else OK if one is.
func (m *maker) together(a app.Alarm, all []contributor) []turn {
	states := make([]app.AlarmState, len(all))
	type change struct {
		of int
		turn
	}
	var changes []change
	for i, c := range all {
		states[i] = c.life[0].state
		for _, t := range c.life[1:] {
			changes = append(changes, change{i, t})
		}
	}
	slices.SortStableFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	state := func() app.AlarmState {
		switch {
		case slices.Contains(states, app.InAlarm):
			return app.InAlarm
		case slices.Contains(states, app.OK):
			return app.OK
		}
		return app.InsufficientData
	}
	said := func() string {
		var in []string
		for i, c := range all {
			if states[i] == app.InAlarm {
				in = append(in, c.Name())
			}
		}
		return fmt.Sprintf("%d of %d contributors in ALARM: [%s]", len(in), len(all), strings.Join(in, ", "))
	}
	from := m.world.Range.From
	life := []turn{{from, state(), reason{at: from, to: state(), said: said()}}}
	for _, c := range changes {
		states[c.of] = c.state
		before := life[len(life)-1].state
		if now := state(); now != before {
			life = append(life, turn{c.at, now, reason{at: c.at, from: before, to: now, said: said()}})
		}
	}
	return life
}

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
	mutes    map[app.Scope][]app.MuteRule
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
		alarms: map[app.Scope][]app.Alarm{}, history: map[string]app.AlarmHistoryItem{},
		groups: map[string]app.LogGroup{},
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
func keep[T any](ctx context.Context, m *memory, table map[string]T, items []T, id func(T) string,
	covers []app.Cover) (int, error) {
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

func (m *memory) KeepContributors(_ context.Context, s app.Scope, alarm string, all []app.AlarmContributor) (int,
	error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, a := range m.alarms[s.Place()] {
		if a.Name == alarm {
			m.alarms[s.Place()][i].Contributors = all
		}
	}
	return 1, m.broken
}

func (m *memory) KeepMuteRules(_ context.Context, s app.Scope, rules []app.MuteRule, _ time.Time) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.mutes == nil {
		m.mutes = map[app.Scope][]app.MuteRule{}
	}
	m.mutes[s.Place()] = rules
	return 1, m.broken
}

func (m *memory) KeepAnomalyDetectors(_ context.Context, s app.Scope, all []app.AnomalyDetector, _ time.Time) (int,
	error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, a := range m.alarms[s.Place()] {
		for _, d := range all {
			if d.Of(a) {
				m.alarms[s.Place()][i].Detector = &d
			}
		}
	}
	return 1, m.broken
}

func (m *memory) MuteRules(_ context.Context, s app.Scope) ([]app.MuteRule, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.mutes[s.Place()], nil
}

func (m *memory) KeepAlarmHistory(ctx context.Context, items []app.AlarmHistoryItem, covers ...app.Cover) (int, error) {
	return keep(ctx, m, m.history, items, func(
		x app.AlarmHistoryItem) string {
		return fmt.Sprint(x.Scope, x.Alarm, x.At, x.Summary)
	}, covers)
}

func (m *memory) KeepLogGroups(ctx context.Context, s app.Scope, groups []app.LogGroup) (int, error) {
	return keep(ctx, m, m.groups, groups, func(x app.LogGroup) string { return s.String() + " " + x.Name }, nil)
}

func (m *memory) KeepLogEvents(ctx context.Context, events []app.LogEvent, covers ...app.Cover) (int, error) {
	return keep(ctx, m, m.events, events, func(x app.LogEvent) string { return x.Scope.String() + x.Group + x.ID },
		covers)
}

func (m *memory) KeepTraces(ctx context.Context, traces []app.Trace, covers ...app.Cover) (int, error) {
	id := func(x app.Trace) string { return x.Scope.String() + string(x.ID) }
	m.mu.Lock()
	better := slices.DeleteFunc(slices.Clone(traces), func(x app.Trace) bool {
		old, ok := m.traces[id(x)]
		return ok && (x.Revision < old.Revision || x.Revision == old.Revision &&
			(len(x.Spans) < len(old.Spans) || x.Spans == nil && old.Spans != nil))
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

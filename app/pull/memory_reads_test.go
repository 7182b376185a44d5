package pull_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

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

func whole(t app.Trace) bool { return !t.Partial && t.Spans != nil }

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
		if c.Signal == q.Signal && slices.ContainsFunc(q.Scopes,
			func(s app.Scope) bool { return s.Place() == c.Scope.Place() }) &&
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

// picture is all that a reader of the cache can tell, in a form that compares: the items, and for each resource that
// has any cover what AWS has never answered.
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

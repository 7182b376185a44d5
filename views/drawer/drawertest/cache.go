package drawertest

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// Cache is a cache in memory: what a test puts there is what is read. A failure is returned by every read.
type Cache struct {
	AllAttempts  []app.Attempt
	scopes       []app.Scope
	AllFreshness []app.Freshness
	AllSpend     app.Spend
	size         int64
	Covers       []app.Cover
	AllAlarms    []app.Alarm
	History      []app.AlarmHistoryItem
	AllMetrics   []app.Metric // of Ireland
	AllSeries    []app.Series
	Events       []app.LogEvent
	Counts       []app.LogCount
	AllTraces    []app.Trace
	AllLatencies []app.Latency
	Trail        []app.TrailEvent
	Failure      error
	Groups       []app.LogGroup
	Graph        app.ServiceGraph
	Presets      app.Presets      // of the services; nil: those of the incident
	Asked        []app.LogQuery   // by LogVolume
	Sought       []app.TraceQuery // by Latencies
	Combed       []app.TrailQuery // by TrailEvents
}

// Scopes returns the scopes.
func (s *Cache) Scopes(context.Context) ([]app.Scope, error) { return s.scopes, s.Failure }

// Attempts returns AllAttempts.
func (s *Cache) Attempts(context.Context) ([]app.Attempt, error) { return s.AllAttempts, s.Failure }

// Freshness returns AllFreshness.
func (s *Cache) Freshness(context.Context) ([]app.Freshness, error) { return s.AllFreshness, s.Failure }

// Spend returns AllSpend.
func (s *Cache) Spend(context.Context, app.Range) (app.Spend, error) { return s.AllSpend, s.Failure }

// Size returns the size.
func (s *Cache) Size() (int64, error) { return s.size, s.Failure }

// Coverage returns the covers of a signal.
func (s *Cache) Coverage(_ context.Context, q app.CoverQuery) ([]app.Cover, error) {
	var found []app.Cover
	for _, c := range s.Covers {
		if q.Signal == "" || c.Signal == q.Signal {
			found = append(found, c)
		}
	}
	return found, s.Failure
}

// Alarms returns the alarms of a state or a name.
func (s *Cache) Alarms(_ context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	var found []app.Alarm
	for _, a := range s.AllAlarms {
		if (q.State == "" || a.State == q.State) && (q.Name == "" || a.Name == q.Name) {
			found = append(found, a)
		}
	}
	return found, s.Failure
}

// Keep puts an alarm there in place of the one of its name.
func (s *Cache) Keep(a app.Alarm) {
	s.AllAlarms = append(slices.DeleteFunc(s.AllAlarms, func(old app.Alarm) bool { return old.Name == a.Name }), a)
}

// AlarmHistory returns the history of an alarm.
func (s *Cache) AlarmHistory(_ context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	var found []app.AlarmHistoryItem
	for _, h := range s.History {
		if q.Name == "" || h.Alarm == q.Name {
			found = append(found, h)
		}
	}
	return found, s.Failure
}

// Metrics returns the metrics of Ireland.
func (s *Cache) Metrics(_ context.Context, place app.Scope) ([]app.Metric, error) {
	if place != Ireland {
		return nil, s.Failure
	}
	return s.AllMetrics, s.Failure
}

// Series returns AllSeries.
func (s *Cache) Series(context.Context, app.SeriesQuery) ([]app.Series, error) {
	return s.AllSeries, s.Failure
}

// LogVolume returns the counts, and keeps the query.
func (s *Cache) LogVolume(_ context.Context, q app.LogQuery, _ time.Duration) ([]app.LogCount, error) {
	s.Asked = append(s.Asked, q)
	return s.Counts, s.Failure
}

// Latencies returns AllLatencies, and keeps the query.
func (s *Cache) Latencies(_ context.Context, q app.TraceQuery) ([]app.Latency, error) {
	s.Sought = append(s.Sought, q)
	return s.AllLatencies, s.Failure
}

// LogGroups returns the log groups.
func (s *Cache) LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error) {
	return s.Groups, s.Failure
}

// ServiceGraph returns the graph.
func (s *Cache) ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error) {
	return s.Graph, s.Failure
}

// SearchLogs returns the events of a query.
func (s *Cache) SearchLogs(_ context.Context, q app.LogQuery) (app.LogResult, error) {
	found := s.logged(q)
	return app.LogResult{Events: found[:min(len(found), max(q.Limit, 0))], Total: len(found)}, s.Failure
}

// LogNeighbours returns the events of the stream of one, in the order of Events.
func (s *Cache) LogNeighbours(_ context.Context, of app.LogEvent, before, after int) (n app.LogNeighbours, err error) {
	var stream []app.LogEvent
	at := -1
	for _, e := range s.Events {
		if e.Group == of.Group && e.Stream == of.Stream {
			if e.ID == of.ID {
				at = len(stream)
			}
			stream = append(stream, e)
		}
	}
	if at < 0 {
		return n, s.Failure
	}
	n.Before, n.After = stream[max(at-before, 0):at], stream[at+1:min(at+1+after, len(stream))]
	n.EarlierExist, n.LaterExist = before < at, at+1+after < len(stream)
	return n, s.Failure
}

// LogPage returns the events of a query but for the first.
func (s *Cache) LogPage(_ context.Context, q app.LogQuery, skip int) (app.LogResult, error) {
	found := s.logged(q)
	rest := found[min(skip, len(found)):]
	return app.LogResult{Events: rest[:min(len(rest), max(q.Limit, 0))], Total: len(found)}, s.Failure
}

// LogRecords returns the records of events by themselves.
func (s *Cache) LogRecords(_ context.Context, of []app.LogEvent) ([]app.LogRecord, error) {
	return app.JoinLines(of), s.Failure
}

// LogTotals returns the totals of a query by group.
func (s *Cache) LogTotals(_ context.Context, q app.LogQuery) (totals []app.LogTotal, err error) {
	for _, e := range s.logged(q) {
		i := slices.IndexFunc(totals, func(t app.LogTotal) bool { return t.Group == e.Group })
		if i < 0 {
			i, totals = len(totals), append(totals, app.LogTotal{Scope: e.Scope, Group: e.Group})
		}
		totals[i].Counts[e.Level]++
	}
	return totals, s.Failure
}

// logged are the events of the groups and levels that a query asks for.
func (s *Cache) logged(q app.LogQuery) (found []app.LogEvent) {
	for _, e := range s.Events {
		if e.Level >= q.Level && (len(q.Groups) == 0 || slices.Contains(q.Groups, e.Group)) {
			found = append(found, e)
		}
	}
	return found
}

// LogEvents returns the events of a query.
func (s *Cache) LogEvents(_ context.Context, q app.LogQuery) iter.Seq2[app.LogEvent, error] {
	return each(s.logged(q), s.Failure)
}

// Traces returns AllTraces.
func (s *Cache) Traces(_ context.Context, q app.TraceQuery) iter.Seq2[app.Trace, error] {
	var found []app.Trace
	for _, t := range s.AllTraces {
		if q.ID != "" && q.ID != t.ID {
			continue
		}
		links := func(p app.Span) bool { return slices.Contains(p.Links, string(q.LinkedTo)) }
		if q.LinkedTo == "" || slices.ContainsFunc(t.Spans, links) {
			found = append(found, t)
		}
	}
	return each(found, s.Failure)
}

// TrailEvents returns the trail events that concern what a query names, and keeps the query.
func (s *Cache) TrailEvents(_ context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	s.Combed = append(s.Combed, q)
	var found []app.TrailEvent
	for _, e := range s.Trail {
		if len(q.Concerning) == 0 || resource.Concerns(e, resource.Names(q.Concerning...)) {
			found = append(found, e)
		}
	}
	return each(found, s.Failure)
}

func each[T any](items []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

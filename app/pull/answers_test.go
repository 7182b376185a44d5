package pull_test

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// pages is how many items a page has.
type pages struct{ events, trail, history, summaries, tags int }

// serve answers page by page. covers tells what is complete after the items sent so far.
func serve[T any](ctx context.Context, a *account, q asked, items []T, size int,
	covers func(sent []T) app.Range) iter.Seq2[app.Page[T], error] {
	a.show(q)
	return func(yield func(app.Page[T], error) bool) {
		for from := 0; ; from += size {
			if err := a.request(ctx, q.operation, q.resource); err != nil {
				yield(app.Page[T]{}, err)
				return
			}
			to := min(from+size, len(items))
			a.bill(q, to-from)
			page := app.Page[T]{Items: slices.Clone(items[from:to]), Covers: q.at}
			if to < len(items) {
				page.Covers = covers(items[:to]).Intersect(q.at)
			}
			if !yield(page, nil) || to == len(items) {
				return
			}
		}
	}
}

func nothing[T any]([]T) app.Range { return app.Range{} }

// until returns the covers of an answer that comes oldest first, since those of one that comes newest first.
func until[T any](q app.Range, at func(T) time.Time) func([]T) app.Range {
	return func(sent []T) app.Range { return app.Range{From: q.From, To: at(sent[len(sent)-1])} }
}

func since[T any](q app.Range, at func(T) time.Time, unit time.Duration) func([]T) app.Range {
	return func(sent []T) app.Range { return app.Range{From: at(sent[len(sent)-1]).Add(unit), To: q.To} }
}

// during returns the items of a range; backward turns them round.
func during[T any](items []T, r app.Range, at func(T) time.Time) []T {
	var some []T
	for _, item := range items {
		if r.Contains(at(item)) {
			some = append(some, item)
		}
	}
	slices.SortStableFunc(some, func(x, y T) int { return at(x).Compare(at(y)) })
	return some
}

func backward[T any](items []T) []T { slices.Reverse(items); return items }

func eventAt(e app.LogEvent) time.Time { return e.At }

func trailAt(e app.TrailEvent) time.Time { return e.At }

func historyAt(h app.AlarmHistoryItem) time.Time { return h.At }

func traceAt(t app.Trace) time.Time { return t.Start }

func (a *account) sources() pull.Sources {
	return pull.Sources{
		Scope: a.scope,
		Metrics: func(ctx context.Context, _ app.MetricsQuestion) iter.Seq2[app.Page[app.Metric], error] {
			return serve(ctx, a, asked{operation: "ListMetrics"}, a.metrics, 500, nothing)
		},
		Alarms: func(ctx context.Context, _ app.AlarmsQuestion) iter.Seq2[app.Page[app.Alarm], error] {
			return serve(ctx, a, asked{operation: "DescribeAlarms"}, a.alarms, 100, nothing)
		},
		Tags: func(ctx context.Context, q app.TagsQuestion) iter.Seq2[app.Page[app.Tagged], error] {
			items := a.tagged
			if !slices.Equal(q.Types, []string{"cloudwatch:alarm"}) {
				items = nil
			}
			return serve(ctx, a, asked{operation: "GetResources"}, items, a.page.tags, nothing)
		},
		LogGroups: func(ctx context.Context, _ app.LogGroupsQuestion) iter.Seq2[app.Page[app.LogGroup], error] {
			var groups []app.LogGroup
			for _, name := range a.groups {
				groups = append(groups, app.LogGroup{Scope: a.scope, Name: name, Class: a.classes[name]})
			}
			return serve(ctx, a, asked{operation: "DescribeLogGroups"}, groups, 50, nothing)
		},
		Series: a.series,
		AlarmHistory: func(ctx context.Context, q app.AlarmHistoryQuestion) iter.Seq2[app.Page[app.AlarmHistoryItem],
			error] {
			items := backward(during(a.history, q.Range, historyAt))
			return serve(ctx, a, asked{operation: "DescribeAlarmHistory", at: q.Range}, items, a.page.history,
				since(q.Range, historyAt, time.Millisecond))
		},
		LogEvents: func(ctx context.Context, q app.LogEventsQuestion) iter.Seq2[app.Page[app.LogEvent], error] {
			items := during(a.events[q.Group], q.Range, eventAt)
			return serve(ctx, a, asked{operation: "FilterLogEvents", resource: q.Group, at: q.Range}, items,
				a.page.events, until(q.Range, eventAt))
		},
		Trail: func(ctx context.Context, q app.TrailQuestion) iter.Seq2[app.Page[app.TrailEvent], error] {
			items := backward(during(a.trail, q.Range, trailAt))
			return serve(ctx, a, asked{operation: "LookupEvents", at: q.Range}, items, a.page.trail,
				since(q.Range, trailAt, time.Second))
		},
		TraceSummaries: func(ctx context.Context, q app.TraceSummariesQuestion) iter.Seq2[app.Page[app.Trace], error] {
			items := during(a.traces, q.Range, traceAt)
			for i := range items {
				items[i].Spans = nil
			}
			return serve(ctx, a, asked{operation: "GetTraceSummaries", at: q.Range}, items, a.page.summaries, nothing)
		},
		Traces: func(ctx context.Context, q app.TracesQuestion) iter.Seq2[app.Page[app.Trace], error] {
			var items []app.Trace
			for _, t := range a.traces {
				if slices.Contains(q.IDs, t.ID) {
					// BatchGetTraces knows neither revision nor URL.
					items = append(items, app.Trace{Scope: t.Scope, ID: t.ID, Start: t.Start, Spans: t.Spans})
				}
			}
			return serve(ctx, a, asked{operation: "BatchGetTraces", ids: q.IDs}, items, 5, nothing)
		},
		ServiceGraph: func(ctx context.Context, q app.ServiceGraphQuestion) iter.Seq2[app.Page[app.ServiceGraph],
			error] {
			n := len(during(a.traces, q.Range, traceAt))
			graph := app.ServiceGraph{Scope: a.scope, Range: q.Range,
				Nodes: []app.ServiceNode{{Name: "shop", Stats: app.CallStats{Total: int64(n)}}}}
			return serve(ctx, a, asked{operation: "GetServiceGraph", at: q.Range}, []app.ServiceGraph{graph}, 1,
				nothing)
		},
	}
}

// series answers with a datapoint for every period; that of a period of which only a part is asked differs. As the
// provider does, it asks for one period at a time, in batches, and a page is one such request.
func (a *account) series(ctx context.Context, q app.SeriesQuestion) iter.Seq2[app.Page[app.Series], error] {
	a.show(asked{operation: "GetMetricData", at: q.Range, readings: q.Readings})
	readings := slices.SortedStableFunc(slices.Values(q.Readings),
		func(x, y app.Reading) int { return cmp.Compare(x.Period, y.Period) })
	return func(yield func(app.Page[app.Series], error) bool) {
		for len(readings) > 0 {
			period := readings[0].Period
			n := 1
			for n < len(readings) && readings[n].Period == period {
				n++
			}
			for _, batch := range app.BatchReadings(readings[:n], q.Range.Align(period).Length()) {
				if err := a.request(ctx, "GetMetricData", ""); err != nil {
					yield(app.Page[app.Series]{}, err)
					return
				}
				a.bill(asked{operation: "GetMetricData", readings: batch}, 0)
				if !yield(app.Page[app.Series]{Items: a.points(batch, q.Range), Covers: q.Range}, nil) {
					return
				}
			}
			readings = readings[n:]
		}
	}
}

func (a *account) points(readings []app.Reading, within app.Range) (items []app.Series) {
	for _, r := range readings {
		s := app.Series{Scope: a.scope, Reading: r, Complete: true}
		for at := within.Align(r.Period).From; at.Before(within.To); at = at.Add(r.Period) {
			value := valueOf(r.Key(), at)
			if at.Before(within.From) || at.Add(r.Period).After(within.To) {
				value = -float64(within.To.Sub(at))
			}
			s.Points = append(s.Points, app.Point{At: at, Value: value})
		}
		items = append(items, s)
	}
	return items
}

func valueOf(key string, at time.Time) float64 {
	h := fnv.New32()
	fmt.Fprint(h, key, at.Unix())
	return float64(h.Sum32() % 1000)
}

// pagesOf is an answer.
type pagesOf[T any] = iter.Seq2[app.Page[T], error]

// each changes every page of an answer.
func each[T any](answer pagesOf[T], change func(*app.Page[T])) pagesOf[T] {
	return func(yield func(app.Page[T], error) bool) {
		for page, err := range answer {
			if len(page.Items) > 0 {
				change(&page)
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

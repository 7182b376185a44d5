package bundle

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache"
)

// copying carries what an incident needs from one cache to another, by the methods that screens read with and pulls
// keep with: what arrives is cut to the ranges and whole in itself.
type copying struct {
	ctx      context.Context
	from, to *cache.DB
	done     app.BundleContents // Places and Ranges say what is wanted; the rest counts what was copied
}

// placesOf are the places of the evidence; all that the cache has where none names a place.
func placesOf(ctx context.Context, from *cache.DB, i app.Incident) ([]app.Scope, error) {
	if places := i.Places(); len(places) > 0 {
		return places, nil
	}
	places, err := from.Scopes(ctx)
	for n := range places {
		places[n] = places[n].Place()
	}
	return places, err
}

// rangesOf are the ranges that the incident pins.
func rangesOf(i app.Incident) []app.Range {
	var ranges []app.Range
	for _, p := range i.Pins() {
		ranges = append(ranges, p.Range)
	}
	return app.Union(ranges)
}

func (c *copying) all() error {
	for _, step := range []func() error{c.alarms, c.logGroups} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, within := range c.done.Ranges {
		for _, step := range []func(app.Range) error{c.history, c.series, c.logs, c.traces, c.graphs, c.trail} {
			if err := step(within); err != nil {
				return err
			}
		}
	}
	return nil
}

// alarms copies the alarms of each place with when they were listed last, those that are gone first at the instants at
// which they still were there and no longer.
func (c *copying) alarms() error {
	for _, place := range c.done.Places {
		all, err := c.from.Alarms(c.ctx, app.AlarmQuery{Scopes: []app.Scope{place}, Gone: true})
		if err != nil {
			return err
		}
		times := []time.Time{}
		for _, a := range all {
			times = append(times, a.Seen)
			if !a.Gone.IsZero() {
				times = append(times, a.Gone.Add(-time.Millisecond), a.Gone)
			}
		}
		slices.SortFunc(times, time.Time.Compare)
		for _, at := range slices.CompactFunc(times, time.Time.Equal) {
			there := slices.DeleteFunc(slices.Clone(all), func(a app.Alarm) bool { return a.GoneBy(at) })
			if _, err := c.to.KeepAlarms(c.ctx, place, there, at); err != nil {
				return err
			}
		}
		c.done.Alarms += len(all)
	}
	return nil
}

func (c *copying) logGroups() error {
	for _, place := range c.done.Places {
		groups, err := c.from.LogGroups(c.ctx, []app.Scope{place})
		if err != nil {
			return err
		}
		if _, err := c.to.KeepLogGroups(c.ctx, place, groups); err != nil {
			return err
		}
	}
	return nil
}

// covers are what is known of a signal, cut to a range.
func (c *copying) covers(s app.Signal, within app.Range) ([]app.Cover, error) {
	covers, err := c.from.Coverage(c.ctx, app.CoverQuery{Scopes: c.done.Places, Signal: s, Range: within})
	for n := range covers {
		covers[n].Range = covers[n].Range.Intersect(within)
	}
	return covers, err
}

func (c *copying) history(within app.Range) error {
	covers, err := c.covers(app.Alarms, within)
	if err != nil {
		return err
	}
	items, err := c.from.AlarmHistory(c.ctx, app.AlarmQuery{Scopes: c.done.Places, Range: within})
	if err != nil {
		return err
	}
	c.done.Turns += len(items)
	_, err = c.to.KeepAlarmHistory(c.ctx, items, covers...)
	return err
}

func (c *copying) series(within app.Range) error {
	covers, err := c.covers(app.Metrics, within)
	if err != nil {
		return err
	}
	all, err := c.from.Series(c.ctx, app.SeriesQuery{Scopes: c.done.Places, Range: within})
	if err != nil {
		return err
	}
	listed := map[app.Scope][]app.Metric{}
	for _, s := range all {
		c.done.Points += len(s.Points)
		listed[s.Place()] = append(listed[s.Place()], s.Metric)
	}
	c.done.Series += len(all)
	for place, metrics := range listed {
		if _, err := c.to.KeepMetrics(c.ctx, place, metrics); err != nil {
			return err
		}
	}
	_, err = c.to.KeepSeries(c.ctx, all, covers...)
	return err
}

// batch is how many items are kept in a transaction: as many as a page of AWS has at most.
const batch = 10_000

func (c *copying) logs(within app.Range) error {
	covers, err := c.covers(app.Logs, within)
	if err != nil {
		return err
	}
	groups := map[string]bool{}
	for _, g := range c.done.Groups {
		groups[g] = true
	}
	q := app.LogQuery{Scopes: c.done.Places, Range: within}
	err = inBatches(c.from.LogEvents(c.ctx, q), func(events []app.LogEvent) error {
		for _, e := range events {
			groups[e.Group] = true
		}
		c.done.Events += len(events)
		_, err := c.to.KeepLogEvents(c.ctx, events)
		return err
	})
	if err != nil {
		return err
	}
	c.done.Groups = slices.Sorted(maps.Keys(groups))
	_, err = c.to.KeepLogEvents(c.ctx, nil, covers...)
	return err
}

func (c *copying) traces(within app.Range) error {
	covers, err := c.covers(app.Traces, within)
	if err != nil {
		return err
	}
	q := app.TraceQuery{Scopes: c.done.Places, Range: within, Spans: true}
	err = inBatches(c.from.Traces(c.ctx, q), func(traces []app.Trace) error {
		for _, t := range traces {
			c.done.Spans += len(t.Spans)
		}
		c.done.Traces += len(traces)
		_, err := c.to.KeepTraces(c.ctx, traces)
		return err
	})
	if err != nil {
		return err
	}
	_, err = c.to.KeepTraces(c.ctx, nil, covers...)
	return err
}

func (c *copying) graphs(within app.Range) error {
	for _, place := range c.done.Places {
		graph, err := c.from.ServiceGraph(c.ctx, place, within)
		if err != nil {
			return err
		}
		if graph.Range.Empty() {
			continue
		}
		if _, err := c.to.KeepServiceGraph(c.ctx, graph); err != nil {
			return err
		}
	}
	return nil
}

func (c *copying) trail(within app.Range) error {
	covers, err := c.covers(app.Trail, within)
	if err != nil {
		return err
	}
	q := app.TrailQuery{Scopes: c.done.Places, Range: within}
	err = inBatches(c.from.TrailEvents(c.ctx, q), func(events []app.TrailEvent) error {
		c.done.Trail += len(events)
		_, err := c.to.KeepTrail(c.ctx, events)
		return err
	})
	if err != nil {
		return err
	}
	_, err = c.to.KeepTrail(c.ctx, nil, covers...)
	return err
}

// inBatches hands out items many at a time.
func inBatches[T any](items iter.Seq2[T, error], keep func([]T) error) error {
	held := make([]T, 0, batch)
	for item, err := range items {
		if err != nil {
			return err
		}
		if held = append(held, item); len(held) == batch {
			if err := keep(held); err != nil {
				return err
			}
			held = held[:0]
		}
	}
	if len(held) == 0 {
		return nil
	}
	return keep(held)
}

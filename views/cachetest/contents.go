package cachetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache"
)

// Contents is what a cache holds; the zero value is what it holds before the first pull. Every item names its scope.
//
// The cache knows of a signal what Covers say, and nothing else: items alone do not make a range known. When a signal
// was last asked for is the newest of its covers, and of the listings of alarms.
type Contents struct {
	Scopes    []app.Scope // with their profiles; items introduce their own without one
	Alarms    []app.Alarm // see keepAlarms
	History   []app.AlarmHistoryItem
	Metrics   []ListedMetric // those of Series are listed too
	Series    []app.Series
	LogGroups []app.LogGroup // that AWS lists; a group of LogEvents alone is not listed
	LogEvents []app.LogEvent
	Traces    []app.Trace
	Graphs    []app.ServiceGraph
	Trail     []app.TrailEvent
	Covers    []app.Cover
	Attempts  []app.Attempt
	Requests  []app.Request
}

// ListedMetric is a metric of a scope of which the cache need not have datapoints.
type ListedMetric struct {
	Scope  app.Scope
	Metric app.Metric
}

// keep keeps all of it in a cache through the methods that a pull uses.
func (c Contents) keep(ctx context.Context, db *cache.DB) error {
	for _, s := range c.Scopes {
		if err := db.KeepScope(ctx, s, app.Identity{Account: s.Account}); err != nil {
			return err
		}
	}
	for _, r := range c.Requests {
		db.Record(r)
	}
	return errors.Join(c.keepAlarms(ctx, db), c.keepMetrics(ctx, db), c.keepLogs(ctx, db), c.keepTraces(ctx, db),
		c.keepTrail(ctx, db), db.KeepAttempts(ctx, c.Attempts), db.Flush(ctx))
}

// keepAlarms keeps the alarms of a scope as the listing at the instant at which they were last seen, which has to be
// the same for all, as it is in CloudWatch. Alarms that are gone by then are listed before, and missing at their
// instant.
func (c Contents) keepAlarms(ctx context.Context, db *cache.DB) error {
	byScope := map[app.Scope][]app.Alarm{}
	for _, a := range c.Alarms {
		byScope[a.Scope.Place()] = append(byScope[a.Scope.Place()], a)
	}
	for scope, alarms := range byScope {
		times, err := listings(alarms)
		if err != nil {
			return err
		}
		for _, at := range times {
			listed := slices.DeleteFunc(slices.Clone(alarms), func(a app.Alarm) bool {
				return !a.Gone.IsZero() && !a.Gone.After(at)
			})
			if _, err := db.KeepAlarms(ctx, scope, listed, at); err != nil {
				return err
			}
		}
	}
	_, err := db.KeepAlarmHistory(ctx, c.History)
	return err
}

// listings returns when alarms of one scope have to be listed, so that each is gone when it says.
func listings(alarms []app.Alarm) ([]time.Time, error) {
	seen := alarms[0].Seen
	times := []time.Time{seen}
	for _, a := range alarms {
		switch {
		case a.Seen.IsZero() || !a.Seen.Equal(seen):
			return nil, fmt.Errorf("alarm %s was seen at %v and %s at %v: a listing names all of a scope",
				a.Name, a.Seen, alarms[0].Name, seen)
		case a.Gone.After(seen):
			return nil, fmt.Errorf("alarm %s is gone at %v, after the listing of %v", a.Name, a.Gone, seen)
		case !a.Gone.IsZero():
			times = append(times, a.Gone.Add(-time.Millisecond), a.Gone)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times, nil
}

// keepMetrics lists the metrics of series too, as a pull does before it asks for datapoints.
func (c Contents) keepMetrics(ctx context.Context, db *cache.DB) error {
	listed := slices.Clone(c.Metrics)
	for _, s := range c.Series {
		listed = append(listed, ListedMetric{s.Scope, s.Metric})
	}
	for _, m := range listed {
		if _, err := db.KeepMetrics(ctx, m.Scope, []app.Metric{m.Metric}); err != nil {
			return err
		}
	}
	_, err := db.KeepSeries(ctx, c.Series)
	return err
}

func (c Contents) keepLogs(ctx context.Context, db *cache.DB) error {
	for _, g := range c.LogGroups {
		if _, err := db.KeepLogGroups(ctx, g.Scope, []app.LogGroup{g}); err != nil {
			return err
		}
	}
	_, err := db.KeepLogEvents(ctx, c.LogEvents)
	return err
}

func (c Contents) keepTraces(ctx context.Context, db *cache.DB) error {
	for _, g := range c.Graphs {
		if _, err := db.KeepServiceGraph(ctx, g); err != nil {
			return err
		}
	}
	_, err := db.KeepTraces(ctx, c.Traces)
	return err
}

// keepTrail keeps the covers of all signals too: whatever method keeps them, a cover says itself what it is of.
func (c Contents) keepTrail(ctx context.Context, db *cache.DB) error {
	_, err := db.KeepTrail(ctx, c.Trail, c.Covers...)
	return err
}

package timeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
	"github.com/nephograph/nephograph/views/lane"
)

// The made-up incident that the tests look at.
var (
	shop, now, hour  = apptest.Shop, apptest.Now, apptest.Hour
	presets, metric  = apptest.Presets, apptest.Metric
	ago, alarmOn     = apptest.Ago, apptest.AlarmOn
	change           = apptest.Change
	throttles, units = apptest.Throttles, apptest.Units
	writes, iterator = apptest.Writes, apptest.Iterator
	latency, disk    = apptest.Latency, apptest.Disk
	failures         = apptest.Failures
	deploy           = apptest.Deploy
	incidentVolume   = apptest.Volume
	turn             = apptest.NewTurn
)

// fake is a cache that holds the incident. Its fields may be changed by a test before the screen reads.
type fake struct {
	places    []app.Scope
	alarms    []app.Alarm
	history   []app.AlarmHistoryItem
	series    []app.Series
	groups    []app.LogGroup
	volume    func(app.Range, time.Duration) []app.LogCount
	latencies []app.Latency
	trail     []app.TrailEvent
	covers    map[app.Signal][]app.Cover

	err   error
	fails map[string]error // reads that begin with the key
	mu    sync.Mutex
	asked []string // the reads, each strand's in order
}

func incident() *fake {
	i := apptest.NewIncident()
	return &fake{places: []app.Scope{shop}, alarms: i.Alarms, history: i.History, series: i.Series, groups: i.Groups,
		volume: incidentVolume, latencies: i.Latencies, trail: i.Trail, covers: i.Covers}
}

// cover is apptest.Incident.Cover.
func (f *fake) cover(s app.Signal, resource string, from, to float64) {
	(&apptest.Incident{Covers: f.covers}).Cover(s, resource, from, to)
}

// alarm is apptest.Incident.Alarm.
func (f *fake) alarm(a app.Alarm, turns ...apptest.Turn) {
	i := apptest.Incident{Alarms: f.alarms, History: f.history}
	i.Alarm(a, turns...)
	f.alarms, f.history = i.Alarms, i.History
}

func (f *fake) read(ctx context.Context, what string) error {
	f.mu.Lock()
	f.asked = append(f.asked, what)
	f.mu.Unlock()
	for part, err := range f.fails {
		if strings.HasPrefix(what, part) {
			return err
		}
	}
	return errors.Join(ctx.Err(), f.err)
}

func (f *fake) Scopes(ctx context.Context) ([]app.Scope, error) {
	return f.places, f.read(ctx, "scopes")
}

func (f *fake) Alarms(ctx context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	return f.alarms, f.read(ctx, "alarms")
}

func (f *fake) AlarmHistory(ctx context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return slices.DeleteFunc(slices.Clone(f.history), func(h app.AlarmHistoryItem) bool { return !q.Range.Contains(h.At) }), f.read(ctx, "history")
}

func (f *fake) Metrics(ctx context.Context, s app.Scope) ([]app.Metric, error) {
	var all []app.Metric
	for _, s := range f.series {
		all = append(all, s.Metric)
	}
	return all, f.read(ctx, "metrics")
}

func (f *fake) Series(ctx context.Context, q app.SeriesQuery) ([]app.Series, error) {
	var found []app.Series
	for _, s := range f.series {
		if !slices.Contains(q.Keys, s.Reading.Key()) {
			continue
		}
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), func(p app.Point) bool { return !q.Range.Contains(p.At) })
		if len(s.Points) > 0 {
			found = append(found, s)
		}
	}
	return found, f.read(ctx, "series")
}

func (f *fake) LogGroups(ctx context.Context, _ []app.Scope) ([]app.LogGroup, error) {
	return f.groups, f.read(ctx, "log groups")
}

func (f *fake) LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error) {
	var within app.Range
	if within = q.Range.Intersect(app.Since(now, 5*time.Hour)); within.Empty() || f.volume == nil {
		return nil, f.read(ctx, "log volume")
	}
	return f.volume(within, bucket), f.read(ctx, fmt.Sprintf("log volume by %v", bucket))
}

func (f *fake) Latencies(ctx context.Context, q app.TraceQuery) ([]app.Latency, error) {
	return slices.DeleteFunc(slices.Clone(f.latencies), func(l app.Latency) bool { return !q.Range.Contains(l.At) }), f.read(ctx, "latencies")
}

func (f *fake) TrailEvents(ctx context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	return func(yield func(app.TrailEvent, error) bool) {
		if err := f.read(ctx, "trail"); err != nil {
			yield(app.TrailEvent{}, err)
			return
		}
		for _, e := range f.trail {
			if q.Range.Contains(e.At) && (!q.Changes || e.Change()) && !yield(e, nil) {
				return
			}
		}
	}
}

func (f *fake) Coverage(ctx context.Context, q app.CoverQuery) ([]app.Cover, error) {
	return f.covers[q.Signal], f.read(ctx, "coverage of "+string(q.Signal))
}

// askedFor counts the reads that begin with what.
func (f *fake) askedFor(what string) int {
	n := 0
	for _, a := range f.asked {
		if strings.HasPrefix(a, what) {
			n++
		}
	}
	return n
}

// placed returns metrics that are measured in a place.
func placed(in app.Scope, metrics ...app.Metric) []lane.PlacedMetric {
	all := make([]lane.PlacedMetric, len(metrics))
	for i, m := range metrics {
		all[i] = lane.PlacedMetric{Scope: in, Metric: m}
	}
	return all
}

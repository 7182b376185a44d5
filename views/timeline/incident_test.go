package timeline

import (
	"cmp"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/lane"
)

// The made-up incident that the tests look at.
var (
	shop, now, hour  = apptest.Shop, apptest.Now, apptest.Hour
	presets, metric  = apptest.Presets, apptest.Metric
	ago, alarmOn     = cachetest.Ago, apptest.AlarmOn
	change           = apptest.Change
	throttles, units = apptest.Throttles, apptest.Units
	writes, iterator = apptest.Writes, apptest.Iterator
	latency, disk    = apptest.Latency, apptest.Disk
	failures         = apptest.Failures
	deploy           = apptest.Deploy
	turn             = apptest.NewTurn
)

// stored is what a test keeps in a cache: what the fields hold is read once it is opened, as open does, and again after
// a change of them.
type stored struct {
	*cachetest.Cache // nil before it is opened

	places  []app.Scope
	alarms  []app.Alarm
	history []app.AlarmHistoryItem
	series  []app.Series
	groups  []app.LogGroup
	events  []app.LogEvent
	traces  []app.Trace
	graphs  []app.ServiceGraph
	trail   []app.TrailEvent
	covers  map[app.Signal][]app.Cover

	err   error
	fails map[string]error // of the methods of cache.DB by their names
}

func incident() *stored {
	i := cachetest.Incident()
	f := &stored{places: i.Scopes, alarms: i.Alarms, history: i.History, series: i.Series, groups: i.LogGroups,
		events: i.LogEvents, traces: i.Traces, graphs: i.Graphs, trail: i.Trail, covers: map[app.Signal][]app.Cover{}}
	for _, c := range i.Covers {
		f.covers[c.Signal] = append(f.covers[c.Signal], c)
	}
	return f
}

// open keeps what the fields hold in a new cache.
func (f *stored) open(t testing.TB) *stored {
	t.Helper()
	f.Cache = cachetest.New(t, f.contents())
	f.FailIf(func(r cachetest.Read) error { return cmp.Or(f.fails[r.Method], f.err) })
	return f
}

func (f *stored) contents() cachetest.Contents {
	c := cachetest.Contents{Scopes: f.places, Alarms: f.alarms, History: f.history, Series: f.series,
		LogGroups: f.groups, LogEvents: f.events, Traces: f.traces, Graphs: f.graphs, Trail: f.trail}
	for _, s := range app.Signals {
		c.Covers = append(c.Covers, f.covers[s]...)
	}
	return c
}

// cover says that a signal is known from one time to another, in minutes ago.
func (f *stored) cover(s app.Signal, resource string, from, to float64) {
	f.covers[s] = append(f.covers[s], cachetest.Cover(s, resource, from, to))
}

// alarm adds an alarm whose state changed so, first from OK.
func (f *stored) alarm(a app.Alarm, turns ...apptest.Turn) {
	i := apptest.Incident{Alarms: f.alarms, History: f.history}
	i.Alarm(a, turns...)
	f.alarms, f.history = i.Alarms, i.History
}

// placed returns metrics that are measured in a place.
func placed(in app.Scope, metrics ...app.Metric) []lane.PlacedMetric {
	all := make([]lane.PlacedMetric, len(metrics))
	for i, m := range metrics {
		all[i] = lane.PlacedMetric{Scope: in, Metric: m}
	}
	return all
}

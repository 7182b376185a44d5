package drawertest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
)

// Cache is what a test puts into its fields, read from a real cache once Open was called, as New does. It may be opened
// again after a change. Alarms are seen Now, and events have some id, where they do not say.
type Cache struct {
	*cachetest.Cache // nil before it is opened

	AllAttempts []app.Attempt
	Covers      []app.Cover
	AllAlarms   []app.Alarm
	History     []app.AlarmHistoryItem
	AllMetrics  []app.Metric // of Ireland
	AllSeries   []app.Series
	Events      []app.LogEvent
	AllTraces   []app.Trace
	Trail       []app.TrailEvent
	Groups      []app.LogGroup
	Graph       app.ServiceGraph // of Ireland in the last hour
	Requests    []app.Request

	scopes  []app.Scope
	Failure error       // every read ends with it
	Presets app.Presets // of the services; nil: those of the incident
}

// Open keeps what the fields hold in a new cache, which is closed when the test ends, and returns s.
func (s *Cache) Open(t testing.TB) *Cache {
	t.Helper()
	contents := cachetest.Contents{Scopes: s.scopes, Alarms: s.AllAlarms, History: s.History, Series: s.AllSeries,
		LogGroups: s.Groups, LogEvents: s.Events, Traces: s.AllTraces, Trail: s.Trail, Covers: s.Covers,
		Attempts: s.AllAttempts, Requests: s.Requests}
	for _, m := range s.AllMetrics {
		contents.Metrics = append(contents.Metrics, cachetest.ListedMetric{Scope: Ireland, Metric: m})
	}
	if s.Graph.Nodes != nil {
		graph := s.Graph
		graph.Scope, graph.Range = Ireland, app.Since(Now, time.Hour)
		contents.Graphs = []app.ServiceGraph{graph}
	}
	contents.Alarms, contents.LogEvents = slices.Clone(s.AllAlarms), slices.Clone(s.Events)
	for i := range contents.Alarms {
		if a := &contents.Alarms[i]; a.Seen.IsZero() {
			a.Seen = Now
		}
	}
	for i := range contents.LogEvents {
		if e := &contents.LogEvents[i]; e.ID == "" {
			e.ID = fmt.Sprintf("%056d", i)
		}
	}
	s.Cache = cachetest.New(t, contents)
	s.FailIf(func(cachetest.Read) error { return s.Failure })
	return s
}

// Size is that of a cache of some weeks: a test's own would change with the format of the file.
func (s *Cache) Size() (int64, error) {
	if s.scopes == nil {
		return 0, s.Failure
	}
	return 812_000_000, s.Failure
}

// Keep puts an alarm there in place of the one of its name, to be opened with.
func (s *Cache) Keep(a app.Alarm) {
	s.AllAlarms = append(slices.DeleteFunc(s.AllAlarms, func(old app.Alarm) bool { return old.Name == a.Name }), a)
}

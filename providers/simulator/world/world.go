// Package world makes up the accounts that the simulator serves: a day in the life of a shop, told by a scenario and
// filled in by a seed. The same scenario, seed, scale and anchor give the same world to the last byte.
//
// A World is plain data in the vocabulary of package app. How it looks on the wire is the simulator's business; so the
// truth about it (Truth) is told without the way through JSON, CBOR, the SDK and the cache, and can judge that way.
package world

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// World is everything that the simulator knows.
type World struct {
	Seed   uint64
	Scale  float64
	Range  app.Range // from the first item to the anchor, which no item reaches
	Places []*Place  // by account, then Region
}

// Place is one account in one Region. Its slices are sorted as package app's Compare functions say.
type Place struct {
	Scope   app.Scope // with the profile under which the demo reaches it
	Alarms  []app.Alarm
	History []app.AlarmHistoryItem
	Metrics []Recorded
	Groups  []app.LogGroup
	Events  map[string][]app.LogEvent // by log group
	Traces  []app.Trace               // with spans
	Trail   []app.TrailEvent
	// Queries are those that colleagues have run in Logs Insights, Definitions those that they have saved.
	Queries     []app.InsightsQuery
	Definitions []app.QueryDefinition

	MuteRules []app.MuteRule
	Detectors []app.AnomalyDetector
}

// Recorded is a metric with what was put into it.
type Recorded struct {
	Metric app.Metric
	Unit   string
	// Samples are by time, at most one a minute; a minute without one is a gap.
	Samples []Sample
}

// Sample is what was recorded in one minute: Count values, spread evenly over Values.
type Sample struct {
	At     time.Time // start of the minute
	Count  float64
	Values []float64 // sorted, at least one
}

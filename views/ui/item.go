package ui

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Changes are trail events so close together that a lane draws them as one. The drawer shows them, as it does
// app.Alarm, app.Unwatched, app.TrailEvent, app.Series, app.Trace, app.Latency, app.LogEvent, app.LogGroup, LogBucket, and what
// follows.
type Changes []app.TrailEvent

// SeriesAt is a series as a lane tells it.
type SeriesAt struct {
	app.Series
	At        time.Time // that was clicked; zero: none
	PerSecond bool      // the lane tells its Sums as a rate
}

// Service is one that takes part in traces, in one place.
type Service struct {
	app.Scope
	Name string
}

// Span is one of a trace, whose other spans need not be there.
type Span struct {
	Trace app.Trace
	Span  app.Span
}

// LogList is what a question finds in the logs, under a title: the drawer lists the events with their fields.
type LogList struct {
	Title string
	Query app.LogQuery
}

// TraceList is what a question finds among the traces, under a title.
type TraceList struct {
	Title string
	Query app.TraceQuery
}

// ChangeList is what a question finds in the trail, under a title.
type ChangeList struct {
	Title string
	Query app.TrailQuery
}

// AlarmList are alarms under a title.
type AlarmList struct {
	Title  string
	Alarms []app.Alarm
}

// Command is something a person can have done by its name, in the command palette.
type Command struct {
	Title  string // what is done: "Add a lane", "Board: checkout"
	Detail string // where or of what; may be ""
	Keys   string // that do it too; may be ""
	Do     func()
}

// Commander is a Screen with commands of its own, asked for when the palette opens.
type Commander interface{ Commands() []Command }

// Adder is a Screen that shows items beside each other, and takes another: app.Alarm, app.LogGroup, or app.Series
// (its points are not needed). The Timeline adds a lane, or for BoardFor all that a person wants to see of an alarm.
type Adder interface{ Add(Item) }

// BoardFor asks an Adder for what belongs to an alarm: its metrics, the logs, traces and changes of what it watches.
type BoardFor struct{ Alarm app.Alarm }

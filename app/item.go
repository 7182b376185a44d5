package app

import "time"

// Changes are trail events so close together that a lane draws them as one. The drawer shows them, as it does
// app.Alarm, app.Unwatched, app.TrailEvent, app.Series, app.Trace, app.Latency, app.LogEvent, app.LogGroup, LogBucket,
// and what follows.
type Changes []TrailEvent

// SeriesAt is a series as a lane tells it.
type SeriesAt struct {
	Series
	At        time.Time // that was clicked; zero: none
	PerSecond bool      // the lane tells its Sums as a rate
}

// Service is one that takes part in traces, in one place.
type Service struct {
	Scope
	Name string
}

// TraceSpan is one of a trace, whose other spans need not be there.
type TraceSpan struct {
	Trace Trace
	Span  Span
}

// LogList is what a question finds in the logs, under a title: the drawer lists the events with their fields.
type LogList struct {
	Title string
	Query LogQuery
}

// TraceList is what a question finds among the traces, under a title.
type TraceList struct {
	Title string
	Query TraceQuery
}

// ChangeList is what a question finds in the trail, under a title.
type ChangeList struct {
	Title string
	Query TrailQuery
}

// AlarmList are alarms under a title.
type AlarmList struct {
	Title  string
	Alarms []Alarm
}

// WhatExplains is an alarm, or with the zero Alarm an instant, of which is asked what may have caused it.
type WhatExplains struct {
	Alarm Alarm
	At    time.Time // of an alarm: zero for when it last went off
}

// Item is anything that the drawer can show: app.Alarm, app.TrailEvent, app.Series, app.Trace, or a cluster of them.
type Item any

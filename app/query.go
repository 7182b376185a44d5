package app

import "time"

// The queries are what screens and commands ask of the cache. A zero field does not narrow. Scopes are compared by
// account and Region. Names of resources are compared whole, as package resource reads them.

// AlarmQuery asks for alarms, or for their history.
type AlarmQuery struct {
	Scopes []Scope
	Name   string
	State  AlarmState
	Gone   bool  // also those that AWS no longer lists
	Range  Range // of history items
}

// SeriesQuery asks for datapoints.
type SeriesQuery struct {
	Scopes    []Scope
	Range     Range
	Namespace string
	Keys      []string // of readings
}

// LogQuery asks for log events.
type LogQuery struct {
	Scopes   []Scope
	Range    Range
	Groups   []string
	Resource string // name or ARN of a resource whose log groups are asked for
	Match    LogExpr
	Level    Level // at least
	Trace    TraceID
	Request  string
	Limit    int // 0: all
	Newest   bool
}

// TraceQuery asks for traces.
type TraceQuery struct {
	Scopes    []Scope
	Range     Range // of the trace's start
	ID        TraceID
	LinkedTo  TraceID  // only traces with a span that links to this one; ID does not narrow beside it
	Resources []string // names or ARNs of services and resources, one of which takes part; as "" any does
	Faults    bool     // only with a fault (5xx): the service failed, not its client
	Failed    bool     // only with a fault, an error (4xx) or a throttle (429)
	Slower    time.Duration
	Spans     bool // with their spans
	Limit     int
	Newest    bool
}

// TrailQuery asks for CloudTrail events; all conditions must hold, which LookupEvents cannot do.
type TrailQuery struct {
	Scopes     []Scope
	Range      Range
	Name       string   // UpdateTable
	Service    string   // dynamodb
	Principal  string   // part of the principal's name, in any case
	Concerning []string // names or ARNs of resources; the event concerns one of them
	Changes    bool     // only writes that were not refused
	Failed     bool     // only refused or failed calls
	Limit      int
	Newest     bool
}

// CoverQuery asks how much of a signal is known.
type CoverQuery struct {
	Scopes   []Scope
	Signal   Signal
	Resource string
	Range    Range
}

package app

import (
	"slices"
	"strings"
	"time"
)

// EvidenceKind says what a piece of evidence is.
type EvidenceKind string

// The kinds of evidence.
const (
	AlarmEvidence    EvidenceKind = "alarm"
	MetricEvidence   EvidenceKind = "metric"
	LogEventEvidence EvidenceKind = "log event"
	PatternEvidence  EvidenceKind = "pattern"
	TraceEvidence    EvidenceKind = "trace"
	TrailEvidence    EvidenceKind = "trail event"
	QueryEvidence    EvidenceKind = "query"
	NoteEvidence     EvidenceKind = "note"
)

// EvidenceKinds are all kinds.
var EvidenceKinds = []EvidenceKind{AlarmEvidence, MetricEvidence, LogEventEvidence, PatternEvidence, TraceEvidence,
	TrailEvidence, QueryEvidence, NoteEvidence}

// Evidence is something pinned to an incident: it names what the cache holds, and the range in which that was looked
// at. What it shows is read from the cache, where pins keep it.
type Evidence struct {
	ID      string // within its incident
	Kind    EvidenceKind
	Title   string // what it was called when it was pinned; one line
	Caption string // what a person says of it; the text of a note, in Markdown
	Pinned  time.Time
	Range   Range // that was looked at; of an event its own instant; empty for a note
	Scope   Scope // where it is; zero for notes, patterns and queries

	Alarm   string   // name of an alarm
	Reading Reading  // of a metric
	Group   string   // log group of a log event
	Event   string   // id of a log event or a trail event
	Trace   TraceID  // of a trace
	Pattern string   // template of a pattern
	Query   LogQuery // of a query; of a pattern, the events among which its own are. Its Range is the evidence's.
}

// LogPattern is a pattern of log events as it can be pinned, and opened again: its template, and a question that finds
// its events, perhaps among a few others.
type LogPattern struct {
	Template string
	Query    LogQuery
}

// Pinnable is an Item that is pinned as another, which this package knows.
type Pinnable interface{ Pinned() Item }

// eventLength is the range of an event that is one instant: the resolution of its time.
const eventLength = time.Millisecond

// maxEvidenceTitle bounds a title, in runes: a log message may be of a megabyte.
const maxEvidenceTitle = 160

// EvidenceOf returns an item as evidence, looked at in a window; false for what is no evidence, such as a list of
// changes, whose lines are.
func EvidenceOf(item Item, window Range, now time.Time) (Evidence, bool) {
	e, ok := evidenceOf(item, window)
	e.Pinned, e.Title = now, oneLine(e.Title)
	e.Scope = e.Scope.Place()
	return e, ok
}

func evidenceOf(item Item, window Range) (Evidence, bool) {
	if p, ok := item.(Pinnable); ok {
		item = p.Pinned()
	}
	switch item := PlainItem(item).(type) {
	case Alarm:
		return Evidence{Kind: AlarmEvidence, Title: item.Name, Scope: item.Scope, Range: window, Alarm: item.Name}, true
	case Series:
		return Evidence{Kind: MetricEvidence, Title: item.Resource() + " " + item.Name, Scope: item.Scope,
			Range: window, Reading: item.Reading}, true
	case LogEvent:
		return Evidence{Kind: LogEventEvidence, Title: Gist(item.Message), Scope: item.Scope, Range: instant(item.At),
			Group: item.Group, Event: item.ID}, true
	case LogPattern:
		return Evidence{Kind: PatternEvidence, Title: item.Template, Range: window, Pattern: item.Template,
			Query: withoutRange(item.Query)}, true
	case LogList:
		return Evidence{Kind: QueryEvidence, Title: item.Title, Range: rangeOr(item.Query.Range, window),
			Query: withoutRange(item.Query)}, true
	case LogBucket:
		return Evidence{Kind: QueryEvidence, Title: "Log events", Range: item.Range,
			Query: withoutRange(item.Query())}, true
	case LogGroup:
		return Evidence{Kind: QueryEvidence, Title: item.Name, Range: window,
			Query: LogQuery{Scopes: []Scope{item.Place()}, Groups: []string{item.Name}}}, true
	case TrailEvent:
		return Evidence{Kind: TrailEvidence, Title: item.Name + " by " + item.Principal.Name(), Scope: item.Scope,
			Range: instant(item.At), Event: item.ID}, true
	}
	return traceEvidence(item)
}

// traceEvidence is a trace, however it was come to.
func traceEvidence(item Item) (Evidence, bool) {
	var of Trace
	switch item := item.(type) {
	case Trace:
		of = item
	case TraceSpan:
		of = item.Trace
	case Latency:
		of = Trace{Scope: item.Scope, ID: item.ID, Start: item.At, Entry: "Trace " + string(item.ID)}
	default:
		return Evidence{}, false
	}
	title := strings.TrimSpace(strings.Join([]string{of.Entry, of.Method, of.URL}, " "))
	e := Evidence{Kind: TraceEvidence, Title: title, Scope: of.Scope, Range: instant(of.Start), Trace: of.ID}
	if of.Duration > 0 {
		e.Range.To = of.Start.Add(of.Duration)
	}
	return e, true
}

// Note returns a note as evidence.
func Note(text string, now time.Time) Evidence {
	return Evidence{Kind: NoteEvidence, Caption: text, Pinned: now}
}

// Item returns what shows the evidence without a look at the cache; nil for what has to be read: alarms, events and
// traces.
func (e Evidence) Item() Item {
	switch e.Kind {
	case MetricEvidence:
		return Series{Scope: e.Scope, Reading: e.Reading}
	case PatternEvidence, QueryEvidence:
		return LogList{Title: e.Title, Query: e.Asked()}
	}
	return nil
}

// Asked is the query of a query or a pattern, in the evidence's range.
func (e Evidence) Asked() LogQuery {
	q := e.Query
	q.Range = e.Range
	return q
}

// same reports whether two pieces of evidence are of the same thing in the same range.
func (e Evidence) same(o Evidence) bool {
	return e.Kind == o.Kind && e.Scope.Place() == o.Scope.Place() && e.Range.Equal(o.Range) && e.Alarm == o.Alarm &&
		e.Reading.Key() == o.Reading.Key() && e.Group == o.Group && e.Event == o.Event && e.Trace == o.Trace &&
		e.Pattern == o.Pattern && sameLogQuery(e.Query, o.Query)
}

func sameLogQuery(a, b LogQuery) bool {
	return slices.Equal(a.Scopes, b.Scopes) && slices.Equal(a.Groups, b.Groups) && a.Match.Equal(b.Match) &&
		a.Resource == b.Resource && a.Level == b.Level && a.Trace == b.Trace && a.Request == b.Request
}

// withoutRange is the query as evidence keeps it: what is asked, not when or how many.
func withoutRange(q LogQuery) LogQuery {
	q.Range, q.Limit, q.Newest = Range{}, 0, false
	return q
}

func rangeOr(r, otherwise Range) Range {
	if r.Empty() {
		return otherwise
	}
	return r
}

func instant(at time.Time) Range { return Range{From: at, To: at.Add(eventLength)} }

// oneLine returns the beginning of a text as one line.
func oneLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if runes := []rune(text[:min(len(text), 4*maxEvidenceTitle)]); len(runes) > maxEvidenceTitle {
		return string(runes[:maxEvidenceTitle]) + "…"
	}
	return text
}

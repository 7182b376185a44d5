package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
)

// Options say how a report is written.
type Options struct {
	Presets app.Presets
	Zone    *time.Location // of all times in it
	Now     time.Time      // when it is written
	Program string         // that writes it
}

// exhibit is what a section is made of.
type exhibit = incident.Exhibit

// section is one piece of evidence as it is written down. All of it is text that is still to be escaped, but Picture.
type section struct {
	ID      string
	Kind    string
	Title   string
	Caption string // Markdown
	When    string
	Where   string
	Said    []string // sentences
	Picture string   // an SVG; "": none
	Heads   []string // of Rows
	Rows    [][]string
	Code    string // monospace: a message, a request
	Data    string // datapoints as CSV, to be unfolded
}

// sections writes all evidence.
func (o Options) sections(f incident.Facts) (all []section) {
	for _, x := range f.Exhibits {
		s := section{ID: x.ID, Kind: capital(string(x.Kind)), Title: x.Title, Caption: x.Caption, Where: whereOf(x)}
		if !x.Range.Empty() {
			s.When = o.span(x.Range)
		}
		switch {
		case x.Problem != nil:
			s.Said = []string{"It could not be read: " + x.Problem.Error() + "."}
		case !x.Found:
			s.Said = []string{"The cache that this report was made from has nothing of it."}
		default:
			o.fill(&s, x)
		}
		all = append(all, s)
	}
	return all
}

func whereOf(x exhibit) string {
	places := x.Query.Scopes
	if x.Scope != (app.Scope{}) {
		places = []app.Scope{x.Scope}
	}
	var names []string
	for _, p := range places {
		names = append(names, p.String())
	}
	return strings.Join(names, ", ")
}

func (o Options) fill(s *section, x exhibit) {
	switch x.Kind {
	case app.NoteEvidence:
		s.Title = "Note"
	case app.AlarmEvidence:
		o.alarm(s, x)
	case app.MetricEvidence:
		o.metric(s, x)
	case app.LogEventEvidence:
		s.Title, s.When = x.Group, o.stamp(x.Log.At)
		s.Code = x.Log.Message
	case app.TraceEvidence:
		o.trace(s, x)
	case app.TrailEvidence:
		o.change(s, x)
	case app.QueryEvidence, app.PatternEvidence:
		o.query(s, x)
	}
}

func (o Options) alarm(s *section, x exhibit) {
	a := *x.Of
	s.Said = append(s.Said, "It goes off when "+phrase.AlarmCondition(a, o.Presets)+".")
	if a.Description != "" {
		s.Said = append(s.Said, a.Description)
	}
	s.Picture = states(x, o.Zone)
	s.Heads = []string{"When", "From", "To", "Why"}
	for _, t := range x.Turns {
		if t.Kind == app.StateUpdate {
			why, _ := t.Reason()
			s.Rows = append(s.Rows, []string{o.stamp(t.At), phrase.AlarmState(t.From), phrase.AlarmState(t.To), why})
		}
	}
}

func (o Options) metric(s *section, x exhibit) {
	known, _ := o.Presets.Of(x.Series.Metric)
	unit := x.Series.Unit
	if unit == "" {
		unit = known.Unit
	}
	s.Title = phrase.Metric(x.Series.Metric, o.Presets)
	s.Said = append(s.Said, fmt.Sprintf("%s over %s; %s.", x.Series.Statistic, phrase.Window(x.Series.Every()),
		phrase.Plural(len(x.Series.Points), "datapoint", "datapoints")))
	if x.Of != nil {
		s.Said = append(s.Said, "The alarm "+x.Of.Name+" watches it: "+phrase.AlarmCondition(*x.Of, o.Presets)+".")
	}
	s.Picture = series(x, unit, o.Zone)
	var b strings.Builder
	b.WriteString("time,value\n")
	for _, p := range x.Series.Points {
		fmt.Fprintf(&b, "%s,%v\n", p.At.UTC().Format(time.RFC3339), p.Value)
	}
	s.Data = b.String()
}

func (o Options) trace(s *section, x exhibit) {
	t := *x.Request
	s.When = o.stamp(t.Start)
	how := phrase.Failure(t.Fault, t.Throttle, t.Error)
	if how == "" {
		how = "ok"
	}
	s.Said = append(s.Said, fmt.Sprintf("%s: %s, status %d, %s; %s.", t.ID, how, t.Status,
		phrase.Duration(t.Response), phrase.Plural(len(t.Spans), "span", "spans")))
	if t.Partial || t.Limited {
		s.Said = append(s.Said, "X-Ray had only a part of it.")
	}
	if more := len(t.Spans) - mostSpans; more > 0 {
		s.Said = append(s.Said, fmt.Sprintf("%s more are not drawn.", phrase.Count(more)))
	}
	if within := spanOf(t); len(t.Spans) > 0 && !within.Empty() {
		s.Picture = waterfall(t, within)
	}
	for _, span := range t.Spans {
		for _, e := range span.Exceptions {
			s.Heads = []string{"Span", "Exception", "Message"}
			s.Rows = append(s.Rows, []string{span.Name, e.Type, e.Message})
		}
	}
}

// spanOf is the time from the first to the last instant of a trace's spans.
func spanOf(t app.Trace) app.Range {
	r := app.Range{From: t.Start, To: t.Start.Add(t.Duration)}
	for _, s := range t.Spans {
		if s.Start.Before(r.From) {
			r.From = s.Start
		}
		if s.End.After(r.To) {
			r.To = s.End
		}
	}
	return r
}

func (o Options) change(s *section, x exhibit) {
	e := *x.Change
	s.Title, s.When = resource.Title(e), o.stamp(e.At)
	s.Heads = []string{"", ""}
	add := func(name, value string) {
		if value != "" {
			s.Rows = append(s.Rows, []string{name, value})
		}
	}
	add("Event", e.Name+" of "+e.Source)
	add("By", e.Principal.Name())
	add("From", e.SourceIP)
	add("Refused", strings.TrimSpace(e.ErrorCode+" "+e.ErrorMessage))
	for _, r := range e.Resources {
		add("Resource", r.Name)
	}
	add("Event ID", e.ID)
	s.Code = request(e.Raw)
}

// maxRequest bounds what is written of a request, in bytes: CloudTrail's event may have 256 KB.
const maxRequest = 8 << 10

// request is what was asked of AWS, as indented JSON.
func request(raw json.RawMessage) string {
	var event struct {
		Request json.RawMessage `json:"requestParameters"`
	}
	if json.Unmarshal(raw, &event) != nil || len(event.Request) == 0 || string(event.Request) == "null" {
		return ""
	}
	var value any
	if json.Unmarshal(event.Request, &value) != nil {
		return ""
	}
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return ""
	}
	if len(text) > maxRequest {
		return strings.ToValidUTF8(string(text[:maxRequest]), "") + "\n…"
	}
	return string(text)
}

func (o Options) query(s *section, x exhibit) {
	s.Said = append(s.Said, fmt.Sprintf("%s.", phrase.Plural(x.Counted, "log event", "log events")))
	if x.Kind == app.PatternEvidence {
		s.Code = x.Pattern
		s.Said[0] = fmt.Sprintf("%s with its phrases.", phrase.Plural(x.Counted, "log event", "log events"))
	}
	if x.Missing.Any() {
		s.Said = append(s.Said, phrase.Missing(x.Missing))
	}
	if more := x.Counted - len(x.Events); more > 0 {
		s.Said = append(s.Said, fmt.Sprintf("The first %d stand below.", len(x.Events)))
	}
	if x.Counted > 0 {
		s.Picture = volume(x, o.Zone)
	}
	s.Heads = []string{"When", "Level", "Message"}
	for _, e := range x.Events {
		s.Rows = append(s.Rows, []string{o.stamp(e.At), e.Level.String(), cut(e.Message)})
	}
}

// maxMessage bounds a message in a table, in bytes; one that was pinned by itself is written whole.
const maxMessage = 2 << 10

func cut(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.ToValidUTF8(message[:maxMessage], "") + " …"
}

func (o Options) stamp(t time.Time) string { return phrase.Stamp(t, o.Zone) }

func (o Options) span(r app.Range) string { return o.stamp(r.From) + " – " + o.stamp(r.To) }

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// figure is a time of the review with its name.
type figure struct{ Name, Value, Note string }

// figures are the times that a review compares.
func (o Options) figures(f incident.Facts) []figure {
	t := f.Times
	length := func(d time.Duration, ok bool, missing string) string {
		if !ok {
			return missing
		}
		return phrase.Lasting(d)
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return o.stamp(t)
	}
	detect, known := t.ToDetect()
	acknowledge, acknowledged := t.ToAcknowledge()
	recover, over := t.ToRecover()
	return []figure{
		{"Time to detect", length(detect, known, "not known"), at(t.Detected)},
		{"Time to acknowledge", length(acknowledge, acknowledged, "not noted"), at(t.Acknowledged)},
		{"Time to recover", length(recover, over, "not over"), at(t.Recovered)},
	}
}

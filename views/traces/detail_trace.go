package traces

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// traceDetail is one trace: what its summary says, and its spans once they are read.
type traceDetail struct {
	picture  *waterfallPicture
	trace    app.Trace
	bars     []bar
	shown    map[string]app.Span // those of the bars, by id
	left     int                 // spans that no bar stands for
	thrown   []string            // exceptions, each once, in the order of time
	spans    int
	services []string // that take part, by name
	logs     related.Count
	until    time.Time // when it was read: later log events are still ahead
	changes  related.ChangesBefore
	alarms   []app.Alarm // on its services
	missing  bool        // the cache does not hold it
	linked   linked
}

func (d traceDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	q := app.TraceQuery{Scopes: []app.Scope{d.trace.Scope}, ID: d.trace.ID, Spans: true, Limit: 1}
	d.missing = true
	var links []app.TraceID
	for t, err := range r.Traces(ctx, q) {
		if err != nil {
			return d, err
		}
		d.missing = false
		d.trace, d.spans, d.thrown, d.services = t, len(t.Spans), exceptions(t.Spans), servicesOf(t)
		d.bars, d.left = telling(waterfall(t.Spans), maxBars)
		d.shown = spansOf(d.bars, t.Spans)
		links = linksOf(t.Spans)
		d.trace.Spans = nil // 12,000 spans need not live as long as the drawer
	}
	var problems [4]error
	d.linked, problems[3] = readLinked(ctx, r, d.trace, links)
	d.until = o.Now
	d.logs, problems[0] = related.CountLogs(ctx, r, d.logQuery())
	d.changes, problems[1] = related.ReadChangesBefore(ctx, r, o.Focus.Scopes, d.trace.Start, d.services)
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: o.Focus.Scopes})
	problems[2] = err
	names := resource.Names(d.services...)
	d.alarms = slices.DeleteFunc(all, func(a app.Alarm) bool {
		return !slices.ContainsFunc(names, func(n resource.Name) bool { return n.WatchedBy(a) })
	})
	return d, errors.Join(problems[:]...)
}

// spansOf returns the spans that bars stand for.
func spansOf(bars []bar, spans []app.Span) map[string]app.Span {
	shown := make(map[string]app.Span, len(bars))
	for _, b := range bars {
		shown[b.id] = app.Span{}
	}
	for _, s := range spans {
		if _, ok := shown[s.ID]; ok {
			shown[s.ID] = s
		}
	}
	return shown
}

// logQuery asks for the log events that name the trace, in either form of its id, from just before it began to where
// late ones have arrived.
func (d traceDetail) logQuery() app.LogQuery {
	within := app.Range{From: d.trace.Start.Add(-time.Minute), To: d.trace.Start.Add(d.trace.Duration + 5*time.Minute)}
	if !d.until.IsZero() && within.To.After(d.until) {
		within.To = d.until
	}
	return app.LogQuery{Trace: d.trace.ID, Range: within}
}

// exceptions collects what spans threw, each once, at most five.
func exceptions(spans []app.Span) (thrown []string) {
	for _, s := range spans {
		for _, e := range s.Exceptions {
			if text := e.Type + ": " + e.Message; !slices.Contains(thrown, text) && len(thrown) < 5 {
				thrown = append(thrown, text)
			}
		}
	}
	return thrown
}

// servicesOf returns the names of the services and resources that take part in a trace, each once.
func servicesOf(t app.Trace) (names []string) {
	for _, s := range t.Spans {
		for _, name := range []string{s.Service, resource.Short(s.Resource)} {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func traceTag(t app.Trace) fyne.CanvasObject {
	switch {
	case t.Fault:
		return ui.NewTag(ui.Disc, ui.ColorAlarm, "Fault")
	case t.Throttle:
		return ui.NewTag(ui.Diamond, ui.ColorWarning, "Throttled")
	case t.Error:
		return ui.NewTag(ui.Diamond, ui.ColorWarning, "Error")
	}
	return ui.NewTag(ui.Ring, ui.ColorOK, "OK")
}

func (d traceDetail) Page(k drawer.PageContext) *drawer.Page {
	t := d.trace
	title := phrase.Amount(t.Response.Seconds(), "Seconds")
	if t.Entry != "" {
		title = t.Entry + " " + title
	}
	p := drawer.NewPage("Trace · "+phrase.ScopeText(t.Scope), title, traceTag(t), k.Stamp(t.Start))
	if t.URL != "" {
		p.Fact("Request", t.Method+" "+t.URL)
	}
	if t.Status != 0 {
		p.Fact("Status", fmt.Sprint(t.Status))
	}
	if t.Duration > 0 {
		p.Fact("Duration", phrase.Amount(t.Duration.Seconds(), "Seconds"))
	}
	p.Fact("Id", string(t.ID))
	switch {
	case t.Partial:
		p.Text("Segments are still in progress; pull again to see the rest.", ui.Note.In(ui.ColorWarning))
	case t.Limited:
		p.Text("AWS kept only a part of this trace: it was too large.", ui.Note.In(ui.ColorWarning))
	}
	if d.missing {
		p.Text("The cache does not hold this trace: it was not sampled, was forgotten, or has not been pulled.",
			ui.Note)
	}
	if len(d.bars) > 0 {
		p.KeyedSection(phrase.Plural(int64(d.spans), "span", "spans"), "s", "Step through the spans, or leave them",
			func() { d.picture.TakeKeyboard(!d.picture.keyed) })
		d.picture.show(d.bars, func(b bar) { k.Open(app.TraceSpan{Trace: t, Span: d.shown[b.id]}) })
		p.AddSteps(d.picture)
		if d.left > 0 {
			p.Text("And "+phrase.Plural(int64(d.left), "span", "spans")+" that took less time.", ui.Note)
		}
	}
	if len(d.thrown) > 0 {
		p.Section("Exceptions")
		for _, e := range d.thrown {
			p.Text(e, ui.Small)
			p.Gap(4)
		}
	}
	d.linked.list(p, k)
	p.Section("Go to")
	d.pivots(p, k)
	p.Pivot("The hour around it, on the timeline", "h", k.Moment(t.Start),
		func() { k.GoTo(drawer.HourAround(t.Start), "") })
	p.Copy = string(t.ID)
	return p
}

func (d traceDetail) pivots(p *drawer.Page, k drawer.PageContext) {
	p.Pivot("Its waterfall, whole", "w", phrase.Count(d.spans), func() { k.Session.Screen.Set(waterfallScreen) })
	p.Pivot("Log events of this trace", "l", phrase.CountOnceRead(d.logs, !d.until.IsZero()), func() {
		k.Open(app.LogList{Title: "Logs of the trace at " + phrase.Clock(d.trace.Start, k.Session.Zone.Now()),
			Query: d.logQuery()})
	})
	earlier := d.changes
	if d.until.IsZero() { // keys work before the counts are there
		earlier = related.ChangesBefore{Scopes: k.Session.Focus.Now().Scopes, At: d.trace.Start, Resources: d.services}
	}
	p.ChangesBefore(k, earlier, "its services", "the trace", !d.until.IsZero())
	if !d.until.IsZero() {
		p.Pivot("Alarms on its services", "a", phrase.Count(int64(len(d.alarms))), func() {
			k.Open(app.AlarmList{Title: "Alarms on its services", Alarms: d.alarms})
		})
	}
}

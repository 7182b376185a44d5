package shell

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// traceDetail is one trace: what its summary says, and its services once its spans are read.
type traceDetail struct {
	trace    app.Trace
	services []serviceShare
	thrown   []string // exceptions, each once, in the order of time
	spans    int
	logs     tally
	whole    bool // the rest has been read
}

// serviceShare is what one service did in a trace.
type serviceShare struct {
	name   string
	calls  int
	time   time.Duration // of its segments
	faults int
}

func (d traceDetail) read(ctx context.Context, r Reader, _ outlook) (detail, error) {
	q := app.TraceQuery{Scopes: []app.Scope{d.trace.Scope}, ID: d.trace.ID, Spans: true, Limit: 1}
	for t, err := range r.Traces(ctx, q) {
		if err != nil {
			return d, err
		}
		d.trace, d.spans = t, len(t.Spans)
		d.services, d.thrown = summarise(t.Spans)
		d.trace.Spans = nil // 12,000 spans need not live as long as the drawer
	}
	d.whole = true
	err := d.readLogs(ctx, r)
	return d, err
}

// readLogs counts the log events that name the trace, from just before it began to where late ones have arrived.
func (d *traceDetail) readLogs(ctx context.Context, r Reader) error {
	within := app.Range{From: d.trace.Start.Add(-time.Minute), To: d.trace.Start.Add(d.trace.Duration + 5*time.Minute)}
	counts, err := r.LogVolume(ctx, app.LogQuery{Range: within, Trace: d.trace.ID}, within.Length())
	if err != nil {
		return err
	}
	d.logs = tally{}
	for _, c := range counts {
		d.logs.n += c.Count
	}
	d.logs.reach, err = readReach(ctx, r, app.Logs, []app.Scope{d.trace.Scope}, "", within)
	return err
}

// summarise adds spans up by service, slowest first, and collects their exceptions.
func summarise(spans []app.Span) ([]serviceShare, []string) {
	byName := map[string]*serviceShare{}
	var thrown []string
	for _, s := range spans {
		for _, e := range s.Exceptions {
			if text := e.Type + ": " + e.Message; !slices.Contains(thrown, text) && len(thrown) < 5 {
				thrown = append(thrown, text)
			}
		}
		if s.Kind != app.Segment {
			continue
		}
		share := byName[s.Name]
		if share == nil {
			share = &serviceShare{name: s.Name}
			byName[s.Name] = share
		}
		share.calls++
		if !s.End.IsZero() {
			share.time += s.End.Sub(s.Start)
		}
		if s.Fault || s.Error || s.Throttle {
			share.faults++
		}
	}
	var shares []serviceShare
	for _, s := range byName {
		shares = append(shares, *s)
	}
	slices.SortFunc(shares, func(a, b serviceShare) int {
		return cmp.Or(cmp.Compare(b.time, a.time), cmp.Compare(a.name, b.name))
	})
	return shares, thrown
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

func (d traceDetail) page(k desk) *page {
	t := d.trace
	title := ui.Amount(t.Response.Seconds(), "Seconds")
	if t.Entry != "" {
		title = t.Entry + " " + title
	}
	p := newPage("Trace · "+place(t.Scope), title, traceTag(t), k.stamp(t.Start))
	if t.URL != "" {
		p.fact("Request", t.Method+" "+t.URL)
	}
	if t.Status != 0 {
		p.fact("Status", fmt.Sprint(t.Status))
	}
	if t.Duration > 0 {
		p.fact("Duration", ui.Amount(t.Duration.Seconds(), "Seconds"))
	}
	p.fact("Id", string(t.ID))
	switch {
	case t.Partial:
		p.text("Segments are still in progress; pull again to see the rest.", ui.Note.In(ui.ColorWarning))
	case t.Limited:
		p.text("AWS kept only a part of this trace: it was too large.", ui.Note.In(ui.ColorWarning))
	}
	d.listServices(p, k)
	if len(d.thrown) > 0 {
		p.section("Exceptions")
		for _, e := range d.thrown {
			p.text(e, ui.Small)
			p.gap(4)
		}
	}
	p.section("Go to")
	if d.whole {
		p.pivot("Log events of this trace", "l", d.logs.says(), func() { k.goTo(hourAround(t.Start), t.Entry) })
	}
	p.pivot("The hour around it", "h", k.moment(t.Start), func() { k.goTo(hourAround(t.Start), "") })
	p.copy = string(t.ID)
	return p
}

func (d traceDetail) listServices(p *page, k desk) {
	if len(d.services) == 0 {
		return
	}
	p.section(ui.Plural(int64(len(d.services)), "service", "services") + ", " + ui.Plural(int64(d.spans), "span", "spans"))
	for i, s := range d.services {
		if i == maxListed {
			break
		}
		label := s.name
		if s.calls > 1 {
			label += " × " + ui.Count(int64(s.calls))
		}
		value := ui.Amount(s.time.Seconds(), "Seconds")
		if s.faults > 0 {
			value = ui.Count(int64(s.faults)) + " failed · " + value
		}
		p.pivot(label, "", value, func() { k.goTo(hourAround(d.trace.Start), s.name) })
	}
}

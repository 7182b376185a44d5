package shell

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// tracesDetail is what a question finds among the traces.
type tracesDetail struct {
	list   ui.TraceList
	traces []app.Trace
	total  tally
}

func (d tracesDetail) read(ctx context.Context, r Reader, _ outlook) (detail, error) {
	q := d.list.Query
	all, err := r.Latencies(ctx, q)
	if err != nil {
		return d, err
	}
	d.total.n, d.traces = len(all), nil
	q.Limit = firstListed
	for t, err := range r.Traces(ctx, q) {
		if err != nil {
			return d, err
		}
		d.traces = append(d.traces, t)
	}
	d.total.reach, err = readReach(ctx, r, app.Traces, q.Scopes, "", q.Range)
	return d, err
}

func (d tracesDetail) page(k desk) *page {
	q := d.list.Query
	p := newPage("Traces", d.list.Title, nil, d.total.of("trace", "traces")+" · "+k.span(q.Range.From, q.Range.To))
	d.total.explain(p, "traces")
	zone := k.session.Zone.Now()
	for _, t := range d.traces {
		value := ui.Amount(t.Response.Seconds(), "Seconds")
		if word := failure(t); word != "" {
			value = word + " · " + value
		}
		p.entry(ui.Clock(t.Start, zone)+"  "+traceName(t), value, func() { k.open(t) })
	}
	if rest := d.total.n - len(d.traces); rest > 0 && len(d.traces) > 0 {
		p.text("And "+ui.Count(int64(rest))+" more.", ui.Note)
	}
	p.pivotToTimeline(k, q.Range, q.Resource)
	return p
}

// traceName says where a trace entered, or which it is.
func traceName(t app.Trace) string {
	if t.Entry != "" {
		return t.Entry
	}
	return string(t.ID)
}

// failure is the word for how a trace failed, "" if it did not.
func failure(t app.Trace) string {
	switch {
	case t.Fault:
		return "fault"
	case t.Throttle:
		return "throttled"
	case t.Error:
		return "error"
	}
	return ""
}

package traces

import (
	"context"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// tracesDetail is what a question finds among the traces.
type tracesDetail struct {
	list   app.TraceList
	traces []app.Trace
	total  related.Count
	ends   ends // of all of them
}

// ends counts how traces ended, each by the gravest that happened on its way.
type ends struct{ faults, throttles, errors int }

func endsOf(traces []app.Latency) (e ends) {
	for _, t := range traces {
		switch phrase.Failure(t.Fault, t.Throttle, t.Error) {
		case "fault":
			e.faults++
		case "throttled":
			e.throttles++
		case "error":
			e.errors++
		}
	}
	return e
}

// says tells them in a few words, "" if none failed.
func (e ends) says() string {
	var said []string
	for _, part := range []struct {
		n     int
		words string
	}{{e.faults, "with faults"}, {e.throttles, "throttled"}, {e.errors, "with errors of the client (4xx)"}} {
		if part.n > 0 {
			said = append(said, phrase.Count(int64(part.n))+" "+part.words)
		}
	}
	return strings.Join(said, ", ")
}

func (d tracesDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	q := d.list.Query
	all, err := r.Latencies(ctx, q)
	if err != nil {
		return d, err
	}
	d.total.N, d.ends, d.traces = len(all), endsOf(all), nil
	q.Limit = drawer.ListLimit
	for t, err := range r.Traces(ctx, q) {
		if err != nil {
			return d, err
		}
		d.traces = append(d.traces, t)
	}
	d.total.Completeness, err = related.ReadCompleteness(ctx, r, app.Traces, q.Scopes, "", q.Range)
	return d, err
}

func (d tracesDetail) Page(k drawer.PageContext) *drawer.Page {
	q := d.list.Query
	p := drawer.NewPage("Traces", d.list.Title, nil, d.counted()+" · "+k.Span(q.Range.From, q.Range.To))
	if !q.Faults { // which are all with faults
		p.Text(d.ends.says(), ui.Note)
	}
	p.Incomplete(d.total, phrase.SignalItems(app.Traces))
	zone := k.Session.Zone.Now()
	for _, t := range d.traces {
		value := phrase.Amount(t.Response.Seconds(), "Seconds")
		if word := phrase.Failure(t.Fault, t.Throttle, t.Error); word != "" {
			value = word + " · " + value
		}
		p.Entry(phrase.Clock(t.Start, zone)+"  "+traceName(t), value, func() { k.Open(t) })
	}
	if rest := d.total.N - len(d.traces); rest > 0 && len(d.traces) > 0 {
		p.Text("And "+phrase.Count(int64(rest))+" more.", ui.Note)
	}
	p.PivotToTimeline(k, q.Range)
	return p
}

// counted says how many traces there are of which kind.
func (d tracesDetail) counted() string {
	switch q := d.list.Query; {
	case q.Faults:
		return phrase.CountOf(d.total, "trace with a fault", "traces with faults")
	case q.Failed:
		return phrase.CountOf(d.total, "trace that failed", "traces that failed")
	}
	return phrase.CountOf(d.total, "trace", "traces")
}

// traceName says where a trace entered, or which it is.
func traceName(t app.Trace) string {
	if t.Entry != "" {
		return t.Entry
	}
	return string(t.ID)
}

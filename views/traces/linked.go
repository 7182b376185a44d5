package traces

import (
	"cmp"
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// linked are the traces that a trace is linked with: those that its spans link to, as a consumer of messages links to
// the traces that sent them, and those that link to it.
type linked struct {
	to, from         []linkedTrace
	moreTo, moreFrom int // than are shown
}

// linkedTrace is one of them.
type linkedTrace struct {
	trace  app.Trace
	cached bool
}

// maxLinked bounds how many are shown either way: a batch has up to 10,000 messages.
const maxLinked = 20

// readLinked reads what a trace is linked with, in whatever place it was seen.
func readLinked(ctx context.Context, r Reader, t app.Trace, links []app.TraceID) (l linked, err error) {
	l.moreTo = max(0, len(links)-maxLinked)
	for _, id := range links[:min(len(links), maxLinked)] {
		found := linkedTrace{trace: app.Trace{Scope: t.Scope, ID: id, Start: id.Time()}}
		for other, err := range r.Traces(ctx, app.TraceQuery{ID: id, Limit: 1}) {
			if err != nil {
				return l, err
			}
			found = linkedTrace{other, true}
		}
		l.to = append(l.to, found)
	}
	for other, err := range r.Traces(ctx, app.TraceQuery{LinkedTo: t.ID}) {
		if err != nil {
			return l, err
		}
		if len(l.from) == maxLinked {
			l.moreFrom++
			continue
		}
		l.from = append(l.from, linkedTrace{other, true})
	}
	return l, nil
}

// linksOf returns the traces that spans link to, each once, in the order of time.
func linksOf(spans []app.Span) (ids []app.TraceID) {
	for _, s := range spans {
		for _, link := range s.Links {
			if id, ok := app.ParseTraceID(link); ok && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// list leads to the linked traces.
func (l linked) list(p *drawer.Page, k drawer.PageContext) {
	for _, part := range []struct {
		title  string
		traces []linkedTrace
		more   int
	}{{"Links to", l.to, l.moreTo}, {"Linked from", l.from, l.moreFrom}} {
		if len(part.traces) == 0 {
			continue
		}
		p.Section(part.title)
		for _, t := range part.traces {
			label, value := "A trace", "not in the cache"
			if t.cached {
				label, value = cmp.Or(t.trace.Entry, label), phrase.Amount(t.trace.Response.Seconds(), "Seconds")
				if word := phrase.Failure(t.trace.Fault, t.trace.Throttle, t.trace.Error); word != "" {
					value = word + " · " + value
				}
			}
			p.Entry(label+", "+k.Moment(t.trace.Start), value, func() { k.Open(t.trace) })
		}
		if part.more > 0 {
			p.Text("And "+phrase.Count(int64(part.more))+" more.", ui.Note)
		}
	}
}

package shell

import (
	"context"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// logsDetail is what a question finds in the logs: the first events, and how many there are in all.
type logsDetail struct {
	list   app.LogList
	events []app.LogEvent
	total  tally
}

// firstListed is how many items of a question the drawer lists; more are for a screen.
const firstListed = 50

func (d logsDetail) read(ctx context.Context, r Reader, _ outlook) (Detail[Reader], error) {
	q := d.list.Query
	q.Limit = firstListed
	found, err := r.SearchLogs(ctx, q)
	if err != nil {
		return d, err
	}
	d.events, d.total.n = found.Events, found.Total
	d.total.reach, err = readReach(ctx, r, app.Logs, q.Scopes, q.Resource, q.Range)
	return d, err
}

func (d logsDetail) page(k desk) *page {
	p := newPage("Log events", d.list.Title, nil, countOf(d.total, "event", "events")+" · "+k.span(d.list.Query.Range.From, d.list.Query.Range.To))
	p.incomplete(d.total, "log events")
	for _, e := range d.events {
		listLog(p, k, e)
	}
	if rest := d.total.n - len(d.events); rest > 0 && len(d.events) > 0 {
		p.text("And "+phrase.Count(int64(rest))+" more; the search command lists them all.", ui.Note)
	}
	p.pivotToTimeline(k, d.list.Query.Range)
	p.copy = logText(k, d.events)
	return p
}

// messageSize is that of a message in the drawer: a line of 323 pixels holds some fifty letters of it.
const messageSize = 11

// listLog adds an event: when, how grave and where, and the beginning of its message.
func listLog(p *page, k desk, e app.LogEvent) {
	p.entry(phrase.Clock(e.At, k.session.Zone.Now())+"  "+shortGroup(e.Group), e.Level.String(), func() { k.open(e) })
	p.text(gist(e.Message), ui.Style{Color: ui.ColorQuiet, Size: messageSize, Mono: true})
	p.gap(6)
}

// shortGroup takes what a person calls a log group out of its name.
func shortGroup(group string) string { return group[strings.LastIndexByte(group, '/')+1:] }

func logText(k desk, events []app.LogEvent) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(k.stamp(e.At) + " " + e.Group + " " + e.Message + "\n")
	}
	return b.String()
}

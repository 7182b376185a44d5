package logs

import (
	"context"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// logsDetail is what a question finds in the logs: the first events, and how many there are in all.
type logsDetail struct {
	list   app.LogList
	events []app.LogEvent
	total  related.Count
}

func (d logsDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	q := d.list.Query
	q.Limit = drawer.ListLimit
	found, err := r.SearchLogs(ctx, q)
	if err != nil {
		return d, err
	}
	d.events, d.total.N = found.Events, found.Total
	d.total.Completeness, err = related.ReadCompleteness(ctx, r, app.Logs, q.Scopes, q.Resource, q.Range)
	return d, err
}

func (d logsDetail) Page(k drawer.PageContext) *drawer.Page {
	p := drawer.NewPage("Log events", d.list.Title, nil,
		phrase.CountOf(d.total, "event", "events")+" · "+k.Span(d.list.Query.Range.From, d.list.Query.Range.To))
	p.Incomplete(d.total, phrase.SignalItems(app.Logs))
	for _, e := range d.events {
		listLog(p, k, e)
	}
	if rest := d.total.N - len(d.events); rest > 0 && len(d.events) > 0 {
		p.Text("And "+phrase.Count(int64(rest))+" more; the search command lists them all.", ui.Note)
	}
	p.PivotToTimeline(k, d.list.Query.Range)
	p.Copy = logText(k, d.events)
	return p
}

// listLog adds an event: when, how grave and where, and the beginning of its message.
func listLog(p *drawer.Page, k drawer.PageContext, e app.LogEvent) {
	p.Entry(phrase.Clock(e.At, k.Session.Zone.Now())+"  "+resource.OfGroup(e.Group).Detailed(), e.Level.String(),
		func() { k.Open(e) })
	p.Text(app.Gist(e.Message), ui.Style{Color: ui.ColorQuiet, Size: drawer.MessageStyle, Mono: true})
	p.Gap(6)
}

func logText(k drawer.PageContext, events []app.LogEvent) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(k.Stamp(e.At) + " " + e.Group + " " + e.Message + "\n")
	}
	return b.String()
}

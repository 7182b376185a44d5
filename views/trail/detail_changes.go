package trail

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// trailsDetail is what a question finds in the trail, the newest first.
type trailsDetail struct {
	list   app.ChangeList
	events []app.TrailEvent
	total  related.Count
}

func (d trailsDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	q := d.list.Query
	q.Newest = true
	d.total, d.events = related.Count{}, nil
	for e, err := range r.TrailEvents(ctx, q) {
		if err != nil {
			return d, err
		}
		if d.total.N++; len(d.events) < drawer.ListLimit {
			d.events = append(d.events, e)
		}
	}
	var err error
	d.total.Completeness, err = related.ReadCompleteness(ctx, r, app.Trail, q.Scopes, "", q.Range)
	return d, err
}

func (d trailsDetail) Page(k drawer.PageContext) *drawer.Page {
	q := d.list.Query
	p := drawer.NewPage("Trail events", d.list.Title, nil,
		phrase.CountOf(d.total, "event", "events")+" · "+k.Span(q.Range.From, q.Range.To))
	p.Incomplete(d.total, phrase.SignalItems(app.Trail))
	for _, e := range d.events {
		listTrail(p, k, e)
	}
	if rest := d.total.N - len(d.events); rest > 0 && len(d.events) > 0 {
		p.Text("And "+phrase.Count(int64(rest))+" more.", ui.Note)
	}
	p.PivotToTimeline(k, q.Range)
	return p
}

// listTrail adds an event: what, when, and who did it.
func listTrail(p *drawer.Page, k drawer.PageContext, e app.TrailEvent) {
	p.Entry(resource.Title(e), phrase.Clock(e.At, k.Session.Zone.Now()), func() { k.Open(e) })
	who := e.Principal.Name()
	if e.ErrorCode != "" {
		who += " · " + e.ErrorCode
	}
	p.Text(who, ui.Note)
	p.Gap(4)
}

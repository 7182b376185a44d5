package shell

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// trailsDetail is what a question finds in the trail, the newest first.
type trailsDetail struct {
	list   app.ChangeList
	events []app.TrailEvent
	total  tally
}

func (d trailsDetail) read(ctx context.Context, r Reader, _ outlook) (Detail[Reader], error) {
	q := d.list.Query
	q.Newest = true
	d.total, d.events = tally{}, nil
	for e, err := range r.TrailEvents(ctx, q) {
		if err != nil {
			return d, err
		}
		if d.total.n++; len(d.events) < firstListed {
			d.events = append(d.events, e)
		}
	}
	var err error
	d.total.reach, err = readReach(ctx, r, app.Trail, q.Scopes, "", q.Range)
	return d, err
}

func (d trailsDetail) page(k desk) *page {
	q := d.list.Query
	p := newPage("Trail events", d.list.Title, nil, countOf(d.total, "event", "events")+" · "+k.span(q.Range.From, q.Range.To))
	p.incomplete(d.total, "trail events")
	for _, e := range d.events {
		listTrail(p, k, e)
	}
	if rest := d.total.n - len(d.events); rest > 0 && len(d.events) > 0 {
		p.text("And "+phrase.Count(int64(rest))+" more.", ui.Note)
	}
	p.pivotToTimeline(k, q.Range)
	return p
}

// listTrail adds an event: what, when, and who did it.
func listTrail(p *page, k desk, e app.TrailEvent) {
	p.entry(trailTitle(e), phrase.Clock(e.At, k.session.Zone.Now()), func() { k.open(e) })
	who := e.Principal.Name()
	if e.ErrorCode != "" {
		who += " · " + e.ErrorCode
	}
	p.text(who, ui.Note)
	p.gap(4)
}

// alarmsDetail is a list of alarms.
type alarmsDetail struct{ list app.AlarmList }

func (d alarmsDetail) read(context.Context, Reader, outlook) (Detail[Reader], error) { return d, nil }

func (d alarmsDetail) page(k desk) *page {
	p := newPage("Alarms", d.list.Title, nil, phrase.Plural(int64(len(d.list.Alarms)), "alarm", "alarms"))
	for i, a := range d.list.Alarms {
		if i == firstListed {
			p.text("And "+phrase.Count(int64(len(d.list.Alarms)-i))+" more; the Alarms screen lists them all.", ui.Note)
			break
		}
		_, _, word := ui.OfState(a.State)
		p.entry(a.Name, word+" for "+phrase.Lasting(phrase.AsOf(a, k.session.Now()).Sub(a.Since)), func() { k.open(a) })
		p.text(phrase.AlarmSubject(a, k.presets), ui.Note)
		p.gap(4)
	}
	return p
}

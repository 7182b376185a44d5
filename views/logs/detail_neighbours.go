package logs

import (
	"context"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// neighboursEach is how many neighbours of an event are shown on each side at first, and how many more each time.
const neighboursEach = 50

// neighboursItem is what stands around an event in its stream.
type neighboursItem struct {
	of            app.LogEvent
	before, after int // events that are asked for
}

// neighboursDetail lists the events around one in its stream, the event itself marked.
type neighboursDetail struct {
	item neighboursItem
	near app.LogNeighbours
	read bool
}

func (d neighboursDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	near, err := r.LogNeighbours(ctx, d.item.of, d.item.before, d.item.after)
	if err != nil {
		return d, err
	}
	d.near, d.read = near, true
	return d, nil
}

// neighboursText says how many neighbours there are on each side: 50+ + 12.
func neighboursText(n app.LogNeighbours) string {
	side := func(events []app.LogEvent, more bool) string {
		text := phrase.Count(int64(len(events)))
		if more {
			text += "+"
		}
		return text
	}
	return side(n.Before, n.EarlierExist) + " before, " + side(n.After, n.LaterExist) + " after"
}

func (d neighboursDetail) Page(k drawer.PageContext) *drawer.Page {
	of := d.item.of
	p := drawer.NewPage("Log stream · "+phrase.ScopeText(of.Scope),
		"Around "+phrase.Clock(of.At, k.Session.Zone.Now())+" in "+resource.OfGroup(of.Group).Detailed(), nil,
		of.Stream)
	if !d.read {
		return p
	}
	p.Text(neighboursText(d.near)+".", ui.Note)
	p.Gap(6)
	if d.near.EarlierExist {
		p.Pivot("Earlier events", "b", "", d.more(k, neighboursEach, 0))
	}
	for _, e := range d.near.Before {
		d.list(p, k, e)
	}
	p.Text(phrase.Clock(of.At, k.Session.Zone.Now())+"  This event", ui.Strong.In(ui.ColorAccent))
	p.Text(strings.TrimRight(app.PlainText(of.Message), "\r\n"), treeCode)
	p.Gap(8)
	for _, e := range d.near.After {
		d.list(p, k, e)
	}
	if d.near.LaterExist {
		p.Pivot("Later events", "n", "", d.more(k, 0, neighboursEach))
	}
	p.Copy = logText(k, d.near.Around(of))
	return p
}

// more shows more of the stream, in place of what is shown.
func (d neighboursDetail) more(k drawer.PageContext, before, after int) func() {
	item := d.item
	item.before, item.after = item.before+before, item.after+after
	return func() { k.Session.Selected.Set(item) }
}

// list adds an event of the stream: when, how grave, and the beginning of its message.
func (d neighboursDetail) list(p *drawer.Page, k drawer.PageContext, e app.LogEvent) {
	p.Lead(drawer.NewPivot(phrase.Clock(e.At, k.Session.Zone.Now()), "", e.Level.String(), func() { k.Open(e) }).
		In(ui.Note, ui.Note).Low())
	p.Text(app.Gist(e.Message), ui.Style{Color: ui.ColorQuiet, Size: drawer.MessageStyle, Mono: true})
	p.Gap(4)
}

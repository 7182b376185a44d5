package alarms

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// alarmsDetail is a list of alarms.
type alarmsDetail struct{ list app.AlarmList }

func (d alarmsDetail) Read(context.Context, DetailReader, drawer.ReadContext) (drawer.Detail[DetailReader], error) {
	return d, nil
}

func (d alarmsDetail) Page(k drawer.PageContext) *drawer.Page {
	p := drawer.NewPage("Alarms", d.list.Title, nil, phrase.CountItems(app.Alarms, len(d.list.Alarms)))
	for i, a := range d.list.Alarms {
		if i == drawer.ListLimit {
			p.Text("And "+phrase.Count(int64(len(d.list.Alarms)-i))+" more; the Alarms screen lists them all.", ui.Note)
			break
		}
		_, _, word := ui.OfState(a.State)
		p.Entry(a.Name, word+" for "+phrase.Lasting(phrase.AsOf(a, k.Session.Now()).Sub(a.Since)), func() { k.Open(a) })
		p.Text(phrase.AlarmSubject(a, k.Presets), ui.Note)
		p.Gap(4)
	}
	return p
}

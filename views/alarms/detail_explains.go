package alarms

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// explainsDetail ranks what may have caused an alarm, or what happened at an instant.
type explainsDetail struct {
	item app.WhatExplains
	said *insight.Explanation // nil until read
}

func (d explainsDetail) Read(
	ctx context.Context, r DetailReader, o drawer.ReadContext,
) (drawer.Detail[DetailReader], error) {
	e, err := related.Explain(ctx, r, askedOf(d.item, o))
	d.said = &e
	return d, err
}

// suspectsMost is how many suspects are listed; there are no more.
const suspectsMost = 12

func (d explainsDetail) Page(k drawer.PageContext) *drawer.Page {
	title := d.item.Alarm.Name
	if title == "" {
		title = k.Stamp(d.item.At)
	}
	if d.said == nil {
		return drawer.NewPage("What explains it?", title, nil, "…")
	}
	e := *d.said
	p := drawer.NewPage("What explains it?", title, nil, k.Teller().Symptom(e.Symptom))
	p.Section("Suspects")
	p.Suspects(k, e, suspectsMost, true)
	p.SuspectsFound(k, e)
	p.Section("Go to")
	if d.item.Alarm.Name != "" {
		p.Pivot("The alarm", "a", "", func() { k.Open(d.item.Alarm) })
	}
	p.Pivot("Show it on the timeline", "h", phrase.Window(e.Now.Length()), func() { k.GoTo(e.Now, "") })
	p.Gap(8)
	p.Text("Evidence and no verdict: "+phrase.Between(e.Now, k.Session.Now(), k.Session.Zone.Now())+
		" compared with the "+phrase.Window(e.Usual.Length())+" before.", ui.Note)
	return p
}

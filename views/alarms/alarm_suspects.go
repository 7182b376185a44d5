package alarms

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// suspectsShown is how many suspects of an alarm its page shows; the rest is one key away.
const suspectsShown = 3

// ReadLater ranks what may have caused the alarm: it reads five hours of all signals.
func (d alarmDetail) ReadLater(ctx context.Context, r DetailReader, o drawer.ReadContext) (any, error) {
	return related.Explain(ctx, r, askedOf(app.WhatExplains{Alarm: d.alarm}, o))
}

// With returns the detail with what is suspected.
func (d alarmDetail) With(part any) drawer.Detail[DetailReader] {
	if e, ok := part.(insight.Explanation); ok {
		d.suspects = &e
	}
	return d
}

// askedOf is the question of what explains an item, in the places of the focus.
func askedOf(item app.WhatExplains, o drawer.ReadContext) related.SymptomQuestion {
	q := related.SymptomQuestion{Scopes: o.Focus.Scopes, At: item.At, Now: o.Now, Presets: o.Presets}
	if item.Alarm.Name != "" {
		q.Alarm = &item.Alarm
	}
	return q
}

// explained adds the first suspects of the alarm, once they are ranked. Their figures are on the page of their own:
// here they would take those of other entries.
func (d alarmDetail) explained(p *drawer.Page, k drawer.PageContext) {
	p.KeyedSection("Suspects", "e", "What explains it?", func() { k.Open(app.WhatExplains{Alarm: d.alarm}) })
	switch {
	case d.suspects == nil:
		p.Text("…", ui.Note)
	case !d.suspects.Symptom.Fired:
		p.Text("It is not known to have gone off.", ui.Note)
	default:
		p.Suspects(k, *d.suspects, suspectsShown, false)
	}
}

package logs

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// eventPattern is the pattern that a log event has among those of its group.
type eventPattern struct{ event app.LogEvent }

// eventPatternDetail finds the pattern of an event and shows it.
type eventPatternDetail struct {
	event app.LogEvent
	found *patternDetail // nil until it is found
	none  bool           // there is none
}

func (d eventPatternDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	window := o.Window
	if !window.Contains(d.event.At) {
		window = o.Past(drawer.HourAround(d.event.At))
	}
	before := app.Range{From: window.From.Add(-window.Length()), To: window.From}
	scopes := []app.Scope{d.event.Scope}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: scopes, Signal: app.Logs, Range: before})
	if err != nil {
		return d, err
	}
	asked := app.LogQuery{Scopes: scopes, Groups: []string{d.event.Group}, Range: window}
	known := pattern.Known(before, covers)
	set, err := mineEvents(ctx, r, asked, before, known)
	if err != nil {
		return d, err
	}
	i := set.Find(d.event.Message)
	if d.none = i < 0; d.none {
		return d, nil
	}
	if known == 0 {
		before = app.Range{}
	}
	row := newPatternRow(patternItem{Pattern: set.Patterns[i], bucket: set.Bucket, asked: asked, before: before})
	rest, err := patternDetail{item: row.patternItem}.Read(ctx, r, o)
	found := rest.(patternDetail)
	d.found = &found
	return d, err
}

func (d eventPatternDetail) Page(k drawer.PageContext) *drawer.Page {
	if d.found != nil {
		found := *d.found
		found.item.filter = func(query string) { k.Session.Asked.Set(ui.Ask{Signal: app.Logs, Term: query}) }
		return found.Page(k)
	}
	p := drawer.NewPage("Pattern of a log event · "+phrase.ScopeText(d.event.Scope),
		resource.OfGroup(d.event.Group).Detailed(), nil, k.Stamp(d.event.At))
	if d.none {
		p.Text("The cache no longer has the event in the window that is looked at.", ui.Note)
	}
	return p
}

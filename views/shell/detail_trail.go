package shell

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// trailDetail is one CloudTrail event.
type trailDetail struct {
	event app.TrailEvent
	what  []setting // that it asked for; nil until read
	more  bool      // settings than what says
	raw   string    // indented, bounded; "" until read
}

// maxRaw bounds the JSON that is shown; CloudTrail events are up to 256 KB, and nobody reads that in a drawer.
const maxRaw = 16 << 10

// read takes the JSON apart and indents it: of a large event that is work for another goroutine.
func (d trailDetail) read(context.Context, Reader, outlook) (detail, error) {
	d.raw = indented(d.event.Raw)
	d.what, d.more = requested(d.event.Raw)
	return d, nil
}

// indented returns JSON as a person reads it, as it is if it is none, and not more than maxRaw of it.
func indented(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		b.Reset()
		b.Write(raw)
	}
	text := b.String()
	if len(text) > maxRaw {
		text = strings.ToValidUTF8(text[:maxRaw], "") + "\n…"
	}
	return text
}

// shortName takes what a person calls a resource out of its ARN.
func shortName(name string) string {
	if !strings.HasPrefix(name, "arn:") {
		return name
	}
	last := name[strings.LastIndexByte(name, ':')+1:]
	return last[strings.LastIndexByte(last, '/')+1:]
}

// trailTitle names an event: "UpdateTable orders".
func trailTitle(e app.TrailEvent) string {
	if len(e.Resources) == 0 {
		return e.Name
	}
	return e.Name + " " + shortName(e.Resources[0].Name)
}

func trailTag(e app.TrailEvent) fyne.CanvasObject {
	switch {
	case e.Denied():
		return ui.NewTag(ui.Disc, ui.ColorAlarm, "Denied")
	case e.ErrorCode != "":
		return ui.NewTag(ui.Disc, ui.ColorAlarm, "Failed")
	case e.Change():
		return ui.NewTag(ui.Diamond, ui.ColorChange, "Change")
	}
	return ui.NewTag(ui.Dash, ui.ColorNoData, "Read only")
}

func (d trailDetail) page(k desk) *page {
	e := d.event
	p := newPage("Trail event · "+place(e.Scope), trailTitle(e), trailTag(e), k.stamp(e.At))
	who := e.Principal.Name()
	if e.Principal.InvokedBy != "" && who != e.Principal.InvokedBy {
		who += " through " + e.Principal.InvokedBy
	}
	p.fact("Who", who)
	p.fact("As", e.Principal.Type)
	p.fact("Service", e.Service())
	p.fact("From", e.SourceIP)
	p.fact("With", e.UserAgent)
	p.fact("Request", e.RequestID)
	if e.ErrorCode != "" {
		p.fact("Error", strings.TrimSuffix(e.ErrorCode+": "+e.ErrorMessage, ": "))
	}
	d.request(p)
	d.resources(p, k)
	p.section("Go to")
	if len(e.Resources) > 0 {
		name := shortName(e.Resources[0].Name)
		p.pivot("What names "+name, "n", "", func() { k.goTo(k.session.Range(), name) })
	}
	p.pivot("The hour around it", "h", ui.Moment(e.At, k.session.Now(), k.session.Zone.Now()), func() { k.goTo(hourAround(e.At), "") })
	if d.raw != "" {
		p.section("Raw")
		p.text(d.raw, ui.Style{Color: ui.ColorQuiet, Size: 11, Mono: true})
	}
	p.copy = string(e.Raw)
	return p
}

// request tells what the event asked for: what a change changed.
func (d trailDetail) request(p *page) {
	if len(d.what) == 0 {
		return
	}
	p.section("What")
	for _, s := range d.what {
		p.setting(s)
	}
	if d.more {
		p.text("And more, in the raw event below.", ui.Note)
	}
}

// resources lists what the event concerns; each leads to what else names it.
func (d trailDetail) resources(p *page, k desk) {
	if len(d.event.Resources) == 0 {
		return
	}
	p.section("Resources")
	for _, r := range d.event.Resources {
		name := shortName(r.Name)
		kind := strings.TrimPrefix(r.Type, "AWS::")
		p.pivot(name, "", strings.ReplaceAll(kind, "::", " "), func() { k.goTo(hourAround(d.event.At), name) })
	}
}

// changesDetail is a cluster of changes.
type changesDetail struct{ events []app.TrailEvent }

func (d changesDetail) read(context.Context, Reader, outlook) (detail, error) { return d, nil }

// maxListed bounds a list in the drawer; what is longer is for a screen.
const maxListed = 50

func (d changesDetail) page(k desk) *page {
	if len(d.events) == 0 {
		return newPage("Changes", "No changes", nil, "")
	}
	first, last := d.events[0].At, d.events[0].At
	for _, e := range d.events {
		if e.At.Before(first) {
			first = e.At
		}
		if e.At.After(last) {
			last = e.At
		}
	}
	title := ui.Plural(int64(len(d.events)), "change", "changes")
	p := newPage("Changes close together", title, ui.NewTag(ui.Diamond, ui.ColorChange, "Change"), k.span(first, last))
	for i, e := range d.events {
		if i == maxListed {
			p.text("And "+ui.Count(int64(len(d.events)-maxListed))+" more; zoom in to see them apart.", ui.Note)
			break
		}
		p.pivot(trailTitle(e), "", ui.Clock(e.At, k.session.Zone.Now()), func() { k.session.Selected.Set(e) })
		p.text(e.Principal.Name(), ui.Note)
		p.gap(4)
	}
	return p
}

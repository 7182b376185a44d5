package trail

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// trailDetail is one CloudTrail event.
type trailDetail struct {
	event app.TrailEvent
	links *trailLinks      // nil until read
	what  []drawer.Setting // that it asked for; nil until read
	more  bool             // settings than what says
	raw   string           // indented, bounded; "" until read
}

// MaxRaw bounds the JSON that is shown; CloudTrail events are up to 256 KB, and nobody reads that in a drawer.
const MaxRaw = 16 << 10

// read takes the JSON apart and indents it: of a large event that is work for another goroutine.
func (d trailDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	d.raw = Indented(d.event.Raw)
	d.what, d.more = requested(d.event.Raw)
	d.links = &trailLinks{}
	var problems [4]error
	if name := d.question(); name != "" {
		d.links.same, problems[0] = related.CountTrail(ctx, r, d.sameQuery(o.Focus.Scopes))
		d.links.alarms, problems[1] = related.AlarmsOn(ctx, r, o.Focus.Scopes, name)
	}
	d.links.who, problems[2] = related.CountTrail(ctx, r, d.whoQuery(o.Focus.Scopes))
	d.links.after, problems[3] = related.WentOff(ctx, r, o.Focus.Scopes,
		app.Range{From: d.event.At, To: d.event.At.Add(related.ChangesWindow)})
	return d, errors.Join(problems[:]...)
}

// trailLinks is what an event is joined with.
type trailLinks struct {
	same   related.Count // changes of the same resource
	who    related.Count // events of the same principal
	alarms []app.Alarm   // that watch the resource
	after  []app.Alarm   // that went off within two hours
}

// resource is the name of what the event concerns first, "" for nothing.
func (d trailDetail) resource() string {
	if len(d.event.Resources) == 0 {
		return ""
	}
	return resource.OfTrail(d.event.Resources[0]).Short
}

// question is the name by which other signals are asked for it.
func (d trailDetail) question() string {
	if len(d.event.Resources) == 0 {
		return ""
	}
	return resource.Question(d.event.Resources[0])
}

// nearby is the time around an event in which others belong to it.
func (d trailDetail) nearby() app.Range {
	return app.Range{From: d.event.At.Add(-related.ChangesWindow), To: d.event.At.Add(related.ChangesWindow)}
}

func (d trailDetail) sameQuery(scopes []app.Scope) app.TrailQuery {
	return app.TrailQuery{Scopes: scopes, Range: d.nearby(), Concerning: []string{d.question()}, Changes: true}
}

func (d trailDetail) whoQuery(scopes []app.Scope) app.TrailQuery {
	return app.TrailQuery{Scopes: scopes, Range: drawer.HourAround(d.event.At), Principal: d.event.Principal.Name()}
}

// Indented returns JSON as a person reads it, as it is if it is none, and not more than maxRaw of it.
func Indented(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		b.Reset()
		b.Write(raw)
	}
	text := b.String()
	if len(text) > MaxRaw {
		text = strings.ToValidUTF8(text[:MaxRaw], "") + "\n…"
	}
	return text
}

func trailTag(e app.TrailEvent) fyne.CanvasObject {
	switch {
	case e.Type == app.InsightEvent:
		return ui.NewTag(ui.Ring, ui.ColorWarning, "Insight")
	case e.Denied():
		return ui.NewTag(ui.Disc, ui.ColorAlarm, "Denied")
	case e.ErrorCode != "":
		return ui.NewTag(ui.Disc, ui.ColorAlarm, "Failed")
	case e.Change():
		return ui.NewTag(ui.Diamond, ui.ColorChange, "Change")
	}
	if e.SignIn() {
		return ui.NewTag(ui.Dash, ui.ColorNoData, "Sign-in")
	}
	return ui.NewTag(ui.Dash, ui.ColorNoData, "Read only")
}

func (d trailDetail) Page(k drawer.PageContext) *drawer.Page {
	e := d.event
	p := drawer.NewPage("Trail event · "+phrase.ScopeText(e.Scope), titleOf(e), trailTag(e), k.Stamp(e.At))
	d.insight(p, k)
	who := e.Principal.Name()
	if e.Principal.InvokedBy != "" && who != e.Principal.InvokedBy {
		who += " through " + e.Principal.InvokedBy
	}
	p.Fact("Who", who)
	p.Fact("As", e.Principal.Type)
	p.Fact("Service", resource.Service(e.Service()))
	p.Fact("From", e.SourceIP)
	p.Fact("With", e.UserAgent)
	p.Fact("Request", e.RequestID)
	if e.ErrorCode != "" {
		p.Fact("Error", strings.TrimSuffix(e.ErrorCode+": "+e.ErrorMessage, ": "))
	}
	d.request(p)
	d.resources(p, k)
	p.Section("Go to")
	if d.links != nil {
		d.pivots(p, k)
	}
	if name := d.resource(); name != "" {
		p.Pivot("Narrow everything to "+name, "n", "", func() { k.GoTo(k.Session.Range(), d.question()) })
	}
	p.Pivot("The hour around it, on the timeline", "h", phrase.Moment(e.At, k.Session.Now(), k.Session.Zone.Now()),
		func() { k.GoTo(drawer.HourAround(e.At), "") })
	if d.raw != "" {
		p.Section("Raw")
		p.Text(d.raw, ui.Style{Color: ui.ColorQuiet, Size: 11, Mono: true})
	}
	p.Copy = string(e.Raw)
	return p
}

func (d trailDetail) pivots(p *drawer.Page, k drawer.PageContext) {
	e, l, scopes := d.event, d.links, k.Session.Focus.Now().Scopes
	p.Pivot("Alarms that went off in the 2 h after", "a", phrase.Count(int64(len(l.after))), func() {
		k.Open(app.AlarmList{Title: "Went off after " + e.Name, Alarms: l.after})
	})
	if name := d.resource(); name != "" {
		p.Pivot("Alarms on "+name, "w", phrase.Count(int64(len(l.alarms))), func() {
			k.Open(app.AlarmList{Title: "Alarms on " + name, Alarms: l.alarms})
		})
		p.Pivot("Changes to "+name+" within 2 h", "c", phrase.CountText(l.same), func() {
			k.Open(app.ChangeList{Title: "Changes to " + name, Query: d.sameQuery(scopes)})
		})
	}
	p.Pivot("What "+ui.Body.Fit(e.Principal.Name(), drawer.PageWidth/3)+" did in the hour", "d",
		phrase.CountText(l.who), func() {
			k.Open(app.ChangeList{Title: "By " + e.Principal.Name(), Query: d.whoQuery(scopes)})
		})
}

// request tells what the event asked for: what a change changed.
func (d trailDetail) request(p *drawer.Page) {
	if len(d.what) == 0 {
		return
	}
	p.Section("What")
	p.Settings(d.what)
	if d.more {
		p.Text("And more, in the raw event below.", ui.Note)
	}
}

// resources lists what the event concerns; each leads to what else names it.
func (d trailDetail) resources(p *drawer.Page, k drawer.PageContext) {
	if len(d.event.Resources) == 0 {
		return
	}
	p.Section("Resources")
	for _, r := range d.event.Resources {
		name := resource.OfTrail(r).Short
		kind := strings.TrimPrefix(r.Type, "AWS::")
		p.Pivot(name, "", strings.ReplaceAll(kind, "::", " "), func() {
			k.GoTo(drawer.HourAround(d.event.At), resource.Question(r))
		})
	}
}

// changesDetail is a cluster of changes.
type changesDetail struct{ events []app.TrailEvent }

func (d changesDetail) Read(context.Context, Reader, drawer.ReadContext) (drawer.Detail[Reader], error) {
	return d, nil
}

// maxListed bounds a list in the drawer; what is longer is for a screen.
const maxListed = 50

func (d changesDetail) Page(k drawer.PageContext) *drawer.Page {
	if len(d.events) == 0 {
		return drawer.NewPage("Changes", "No changes", nil, "")
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
	title := phrase.Plural(int64(len(d.events)), "change", "changes")
	p := drawer.NewPage("Changes close together", title, ui.NewTag(ui.Diamond, ui.ColorChange, "Change"),
		k.Span(first, last))
	for i, e := range d.events {
		if i == maxListed {
			p.Text("And "+phrase.Count(int64(len(d.events)-maxListed))+" more; zoom in to see them apart.", ui.Note)
			break
		}
		listTrail(p, k, e)
	}
	return p
}

package shell

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// trailDetail is one CloudTrail event.
type trailDetail struct {
	event app.TrailEvent
	links *trailLinks // nil until read
	what  []setting   // that it asked for; nil until read
	more  bool        // settings than what says
	raw   string      // indented, bounded; "" until read
}

// maxRaw bounds the JSON that is shown; CloudTrail events are up to 256 KB, and nobody reads that in a drawer.
const maxRaw = 16 << 10

// read takes the JSON apart and indents it: of a large event that is work for another goroutine.
func (d trailDetail) read(ctx context.Context, r Reader, o outlook) (Detail[Reader], error) {
	d.raw = indented(d.event.Raw)
	d.what, d.more = requested(d.event.Raw)
	d.links = &trailLinks{}
	var problems [4]error
	if name := d.resource(); name != "" {
		d.links.same, problems[0] = countTrail(ctx, r, d.sameQuery(o.focus.Scopes))
		d.links.alarms, problems[1] = alarmsOn(ctx, r, o.focus.Scopes, name)
	}
	d.links.who, problems[2] = countTrail(ctx, r, d.whoQuery(o.focus.Scopes))
	d.links.after, problems[3] = wentOff(ctx, r, o.focus.Scopes, app.Range{From: d.event.At, To: d.event.At.Add(before)})
	return d, errors.Join(problems[:]...)
}

// trailLinks is what an event is joined with.
type trailLinks struct {
	same   tally       // changes of the same resource
	who    tally       // events of the same principal
	alarms []app.Alarm // that watch the resource
	after  []app.Alarm // that went off within two hours
}

// resource is the name of what the event concerns first, "" for nothing.
func (d trailDetail) resource() string {
	if len(d.event.Resources) == 0 {
		return ""
	}
	return shortName(d.event.Resources[0].Name)
}

// nearby is the time around an event in which others belong to it.
func (d trailDetail) nearby() app.Range {
	return app.Range{From: d.event.At.Add(-before), To: d.event.At.Add(before)}
}

func (d trailDetail) sameQuery(scopes []app.Scope) app.TrailQuery {
	return app.TrailQuery{Scopes: scopes, Range: d.nearby(), Resource: d.resource(), Changes: true}
}

func (d trailDetail) whoQuery(scopes []app.Scope) app.TrailQuery {
	return app.TrailQuery{Scopes: scopes, Range: hourAround(d.event.At), Principal: d.event.Principal.Name()}
}

// alarmsOn returns the alarms that watch a resource.
func alarmsOn(ctx context.Context, r Reader, scopes []app.Scope, name string) ([]app.Alarm, error) {
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes})
	return slices.DeleteFunc(all, func(a app.Alarm) bool {
		return a.Metric == nil || app.ShortResource(a.Metric.Subject()) != name
	}), err
}

// wentOff returns the alarms that went off in a range, in the order in which they did.
func wentOff(ctx context.Context, r Reader, scopes []app.Scope, within app.Range) (went []app.Alarm, err error) {
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: scopes, Range: within})
	if err != nil {
		return nil, err
	}
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes})
	slices.SortFunc(history, app.CompareHistory)
	for _, h := range history {
		if h.Kind != app.StateUpdate || h.To != app.InAlarm {
			continue
		}
		is := func(a app.Alarm) bool { return a.Name == h.Alarm && a.Place() == h.Place() }
		if i := slices.IndexFunc(all, is); i >= 0 && !slices.ContainsFunc(went, is) {
			went = append(went, all[i])
		}
	}
	return went, err
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
	if d.links != nil {
		d.pivots(p, k)
	}
	if name := d.resource(); name != "" {
		p.pivot("Narrow everything to "+name, "n", "", func() { k.goTo(k.session.Range(), name) })
	}
	p.pivot("The hour around it, on the timeline", "h", phrase.Moment(e.At, k.session.Now(), k.session.Zone.Now()), func() { k.goTo(hourAround(e.At), "") })
	if d.raw != "" {
		p.section("Raw")
		p.text(d.raw, ui.Style{Color: ui.ColorQuiet, Size: 11, Mono: true})
	}
	p.copy = string(e.Raw)
	return p
}

func (d trailDetail) pivots(p *page, k desk) {
	e, l, scopes := d.event, d.links, k.session.Focus.Now().Scopes
	p.pivot("Alarms that went off in the 2 h after", "a", phrase.Count(int64(len(l.after))), func() {
		k.open(app.AlarmList{Title: "Went off after " + e.Name, Alarms: l.after})
	})
	if name := d.resource(); name != "" {
		p.pivot("Alarms on "+name, "w", phrase.Count(int64(len(l.alarms))), func() {
			k.open(app.AlarmList{Title: "Alarms on " + name, Alarms: l.alarms})
		})
		p.pivot("Changes to "+name+" within 2 h", "c", countText(l.same), func() {
			k.open(app.ChangeList{Title: "Changes to " + name, Query: d.sameQuery(scopes)})
		})
	}
	p.pivot("What "+ui.Body.Fit(e.Principal.Name(), pageWidth/3)+" did in the hour", "d", countText(l.who), func() {
		k.open(app.ChangeList{Title: "By " + e.Principal.Name(), Query: d.whoQuery(scopes)})
	})
}

// request tells what the event asked for: what a change changed.
func (d trailDetail) request(p *page) {
	if len(d.what) == 0 {
		return
	}
	p.section("What")
	p.settings(d.what)
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

func (d changesDetail) read(context.Context, Reader, outlook) (Detail[Reader], error) { return d, nil }

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
	title := phrase.Plural(int64(len(d.events)), "change", "changes")
	p := newPage("Changes close together", title, ui.NewTag(ui.Diamond, ui.ColorChange, "Change"), k.span(first, last))
	for i, e := range d.events {
		if i == maxListed {
			p.text("And "+phrase.Count(int64(len(d.events)-maxListed))+" more; zoom in to see them apart.", ui.Note)
			break
		}
		listTrail(p, k, e)
	}
	return p
}

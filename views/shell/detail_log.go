package shell

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// bucketDetail is a bar of the log lane with the first of its events, gravest levels first.
type bucketDetail struct {
	bucket ui.LogBucket
	events []app.LogEvent
	known  bool
}

// firstEvents is how many events of a bar are shown.
const firstEvents = 12

// maxMessage bounds what is shown of one event, in bytes.
const maxMessage = 600

func (d bucketDetail) read(ctx context.Context, r Reader, o outlook) (detail, error) {
	for _, level := range []app.Level{app.LevelError, app.LevelWarn, app.LevelNone} {
		q := app.LogQuery{Scopes: o.focus.Scopes, Range: d.bucket.Range, Resource: o.focus.Resource, Level: level, Limit: firstEvents}
		d.events = d.events[:0:0]
		for e, err := range r.LogEvents(ctx, q) {
			if err != nil {
				return d, err
			}
			d.events = append(d.events, e)
		}
		if len(d.events) > 0 {
			break
		}
	}
	d.known = true
	return d, nil
}

func (d bucketDetail) page(k desk) *page {
	b := d.bucket
	zone := k.session.Zone.Now()
	p := newPage("Log events", ui.Plural(int64(b.Total()), "event", "events"), nil, k.stamp(b.Range.From)+" – "+ui.Clock(b.Range.To, zone))
	for level := app.LevelError; ; level-- {
		if n := b.Counts[level]; n > 0 {
			color, word := ui.OfLevel(level)
			p.add(container.NewHBox(ui.NewMark(ui.Square, color, 9), ui.NewSpace(2, 24), ui.NewText(word, ui.Body),
				layout.NewSpacer(), ui.NewText(ui.Count(int64(n)), ui.Quiet)))
		}
		if level == app.LevelNone {
			break
		}
	}
	p.section("Go to")
	p.pivot("This stretch of time", "z", ui.Window(b.Range.Length()), func() { k.goTo(b.Range, k.session.Focus.Now().Resource) })
	if len(d.events) > 0 {
		p.section(d.heading())
		for _, e := range d.events {
			p.text(ui.Clock(e.At, zone)+"  "+e.Group, ui.Note)
			p.text(shortMessage(e.Message), ui.Style{Color: ui.ColorText, Size: 11, Mono: true})
			p.gap(6)
		}
	} else if d.known {
		p.text("Its events are no longer in the cache.", ui.Note)
	}
	p.copy = d.text(k)
	return p
}

func (d bucketDetail) heading() string {
	_, word := ui.OfLevel(d.events[0].Level)
	if d.events[0].Level < app.LevelWarn {
		return "First events"
	}
	return "First of its " + strings.ToLower(word)
}

func shortMessage(m string) string {
	m = strings.TrimRight(m, "\n")
	if len(m) > maxMessage {
		m = strings.ToValidUTF8(m[:maxMessage], "") + "…"
	}
	return m
}

func (d bucketDetail) text(k desk) string {
	var b strings.Builder
	for _, e := range d.events {
		b.WriteString(k.stamp(e.At) + " " + e.Group + " " + e.Message + "\n")
	}
	return b.String()
}

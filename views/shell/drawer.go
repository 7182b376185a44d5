package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// drawer shows one item from top to bottom: what it is, its state, one sentence, where to go next, history, actions.
type drawer struct {
	widget.BaseWidget
	desk   desk
	reader Reader
	load   ui.Loader
	keys   ui.Bindings // of what it shows now

	detail  detail // nil: closed
	whole   bool   // the rest of it was read, or could not be
	title   string // of what it shows
	problem error  // of reading the rest
	walk    walk
	titled  func() // is told that the title may have changed

	ground *ui.Surface
	edge   *ui.Surface
	body   *fyne.Container
	scroll *container.Scroll
	head   *drawerHead
	close  *ui.Chip
}

// desk is what a page needs beside its item: the session, and where its pivots lead.
type desk struct {
	session *ui.Session
	presets app.Presets
	open    func(app.Item) // in the drawer, with a way back
	visit   func(screen string)
	copy    func(text string)
	spans   *waterfallPicture // of a trace
	add     func(app.Item)    // beside the others on the screen that shows such; nil: there is none
}

// detail is one kind of item in the drawer.
type detail interface {
	// read returns the detail with the rest of what the cache knows of it. It runs away from the UI goroutine, and what
	// it could read travels with its error.
	read(context.Context, Reader, outlook) (detail, error)
	// page draws what is known so far. It runs on the UI goroutine and reads nothing.
	page(desk) *page
}

// outlook is what a read knows of the session, which belongs to another goroutine.
type outlook struct {
	now     time.Time
	end     time.Time // of what there is to see
	focus   app.Focus
	window  app.Range // that the focus means
	presets app.Presets
}

// outlookOf returns that of a session as it is now.
func outlookOf(s *ui.Session, presets app.Presets) outlook {
	return outlook{s.Now(), s.End(), s.Focus.Now(), s.Range(), presets}
}

// past is the part of a range that is no longer ahead: of the rest there is nothing to know yet.
func (o outlook) past(r app.Range) app.Range {
	if r.To.After(o.now) {
		r.To = o.now
	}
	return r
}

func newDrawer(s *Shell, presets app.Presets) *drawer {
	d := &drawer{
		desk: desk{session: s.session, presets: presets, visit: s.visitNamed, add: s.adder(),
			copy: func(text string) { s.app.Clipboard().SetContent(text) }},
		reader: s.reader, titled: s.sayTitle, load: ui.Loader{Threads: s.session.Threads},
		ground: ui.NewSurface(ui.ColorSurface), edge: ui.NewHairline(), body: container.New(column{}),
		head: newDrawerHead(), close: ui.NewIconChip(ui.IconClose, s.closeDetail),
	}
	d.desk.open = d.pivot
	d.desk.spans = newWaterfallPicture(s.window.Canvas(), d.seeSpan)
	d.scroll = container.NewVScroll(d.body)
	d.scroll.OnScrolled = func(at fyne.Position) { d.head.follow(d.title, at.Y) }
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

func (d *drawer) open() bool { return d.detail != nil }

// bindings are the keys of what it shows, those of its spans first. What leads from other items to their neighbours does
// nothing here where there are none: nobody means the screen's own command by it.
func (d *drawer) bindings() ui.Bindings {
	all := append(d.desk.spans.bindings(), d.keys...)
	for _, signal := range "tlcam" {
		all = append(all, ui.Binding{Rune: signal, Do: func() {}})
	}
	return all
}

// show opens the drawer for an item, or closes it for nil and for what it does not know.
func (d *drawer) show(item app.Item) {
	d.load.Stop()
	d.problem = nil
	if !sameAlarm(d.walk.item, item) {
		d.desk.session.Ahead.Drop()
	}
	spans := d.desk.spans
	was := d.walk.enter(item, step{detail: d.detail, whole: d.whole, title: d.title, offset: d.scroll.Offset, row: spans.row, keyed: spans.keyed})
	if d.detail = was.detail; d.detail == nil {
		d.detail = detailOf(item)
	}
	spans.take(false)
	d.title, d.keys, d.whole, spans.row = "", nil, was.whole, was.row
	if d.detail == nil {
		d.Hide()
		return
	}
	d.draw()
	d.scroll.Offset = was.offset
	d.scroll.Refresh()
	d.head.follow(d.title, d.scroll.Offset.Y)
	d.Show()
	spans.take(was.keyed)
	d.fill()
}

// pivot opens what an item leads to, with a way back to it.
func (d *drawer) pivot(item app.Item) {
	d.walk.onward()
	d.desk.session.Selected.Set(item)
}

// back opens again what led here.
func (d *drawer) back() {
	if item, ok := d.walk.back(); ok {
		d.desk.session.Selected.Set(item)
	}
}

// fill reads the rest of what is shown, again when the focus or the cache has changed; what it has stays until then.
func (d *drawer) fill() {
	if !d.open() {
		return
	}
	first, out := d.detail, outlookOf(d.desk.session, d.desk.presets)
	ui.Again(&d.load, func(ctx context.Context) (detail, error) { return first.read(ctx, d.reader, out) },
		func(rest detail, err error) {
			d.problem, d.whole = err, true
			if rest != nil {
				d.detail = rest
			}
			d.draw()
			if err != nil {
				d.desk.session.Ahead.Drop()
			}
			d.desk.session.Ahead.Type()
		})
}

// awaits reports whether a key may be for what is read of a detail for the first time: a letter or a figure, as its pivots and
// entries have, that nothing is bound to yet.
func (d *drawer) awaits(p ui.Press) bool {
	mark := p.Rune >= 'a' && p.Rune <= 'z' || p.Rune >= '1' && p.Rune <= '9'
	return d.open() && d.load.Busy() && !d.whole && mark && !d.keys.Has(p)
}

// seeSpan scrolls to where the keys are among the spans, clear of the head.
func (d *drawer) seeSpan(top, bottom float32) {
	y, at := d.desk.spans.Position().Y, &d.scroll.Offset.Y
	switch seen := d.scroll.Size().Height; {
	case y+top < *at+headHeight:
		*at = max(y+top-headHeight, 0)
	case y+bottom > *at+seen:
		*at = y + bottom - seen
	default:
		return
	}
	d.scroll.Refresh()
	d.head.follow(d.title, *at)
}

// again draws what is shown anew, after the zone has changed.
func (d *drawer) again() {
	if d.open() {
		d.draw()
	}
}

func (d *drawer) draw() {
	p := d.detail.page(d.desk)
	d.title = p.title
	d.titled()
	if from, ok := d.walk.from(); ok {
		p.backTo(from, d.back)
	}
	if d.problem != nil {
		p.line()
		p.problems([]error{d.problem})
	}
	d.body.Objects = p.objects(d.desk.copy)
	d.keys = p.keys
	d.body.Refresh()
	d.Refresh()
	d.head.follow(d.title, d.scroll.Offset.Y)
}

// detailOf returns how an item is shown, nil for what the drawer does not know.
func detailOf(item app.Item) detail {
	switch item := item.(type) {
	case app.Alarm:
		return alarmDetail{alarm: item}
	case app.TrailEvent:
		return trailDetail{event: item}
	case app.Changes:
		return changesDetail{item}
	case []app.TrailEvent:
		return changesDetail{item}
	case app.Series:
		return seriesDetail{series: item}
	case app.SeriesAt:
		return seriesDetail{series: item.Series, at: item.At, rate: item.PerSecond}
	case app.Trace:
		return traceDetail{trace: item}
	case app.Latency:
		return traceDetail{trace: app.Trace{Scope: item.Scope, ID: item.ID, Start: item.At, Response: item.Response,
			Fault: item.Fault, Error: item.Error, Throttle: item.Throttle}}
	case app.TraceSpan:
		return spanDetail{trace: item.Trace, span: item.Span}
	case app.LogBucket:
		return bucketDetail{bucket: item}
	case app.LogList:
		return logsDetail{list: item}
	case app.LogEvent:
		return logDetail{event: item}
	case app.LogGroup:
		return groupDetail{group: item}
	case app.Service:
		return serviceDetail{service: item}
	case app.TraceList:
		return tracesDetail{list: item}
	case app.ChangeList:
		return trailsDetail{list: item}
	case app.AlarmList:
		return alarmsDetail{list: item}
	case app.Coverage:
		return coverDetail{part: item}
	case allTurns:
		return turnsDetail{alarm: item.alarm}
	case app.Unwatched:
		return unwatchedDetail{resource: item}
	}
	return nil
}

// CreateRenderer draws the drawer.
func (d *drawer) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: d, Parts: []fyne.CanvasObject{d.ground, d.edge, d.scroll, d.head, d.close},
		Place: func(s fyne.Size) {
			d.ground.Resize(s)
			d.edge.Resize(fyne.NewSize(1, s.Height))
			d.scroll.Resize(fyne.NewSize(s.Width-1, s.Height))
			d.scroll.Move(fyne.NewPos(1, 0))
			d.head.Resize(fyne.NewSize(s.Width-1, headHeight))
			d.head.Move(fyne.NewPos(1, 0))
			d.close.Resize(fyne.NewSquareSize(ui.ChipHeight))
			d.close.Move(fyne.NewPos(s.Width-ui.ChipHeight-8, 8))
		},
		Min: func() fyne.Size { return fyne.NewSize(ui.DrawerWidth, 100) },
	}
}

// hour around an instant is what a pivot to a moment shows.
func hourAround(t time.Time) app.Range {
	return app.Range{From: t.Add(-30 * time.Minute), To: t.Add(30 * time.Minute)}
}

// pivotToTimeline adds the one pivot that moves what is looked at: to a range, on the timeline, with all that is there. The cause
// of an alarm is rarely at what it watches.
func (p *page) pivotToTimeline(k desk, r app.Range) {
	p.section("Go to")
	p.pivot("Show it on the timeline", "h", phrase.Window(r.Length()), func() { k.goTo(r, "") })
}

// goTo looks at a range, narrowed to a resource if there is one, on the timeline.
func (k desk) goTo(r app.Range, resource string) {
	f := k.session.Focus.Now().On(r)
	f.Resource = resource
	k.session.Go(f)
	k.visit("Timeline")
}

// place says where an item lives: "eu-west-1 · 111122223333".
func place(s app.Scope) string { return s.Region + " · " + s.Account }

func (k desk) moment(t time.Time) string {
	return phrase.Moment(t, k.session.Now(), k.session.Zone.Now())
}

// clock is a time of day to the minute, for where its day is told beside it.
func (k desk) clock(t time.Time) string { return t.In(k.session.Zone.Now()).Format("15:04") }

// span is the time from one instant to another of the same day.
func (k desk) span(from, to time.Time) string {
	if from.Equal(to) {
		return k.stamp(from)
	}
	return k.stamp(from) + " – " + phrase.Clock(to, k.session.Zone.Now())
}

func (k desk) stamp(t time.Time) string { return phrase.Stamp(t, k.session.Zone.Now()) }

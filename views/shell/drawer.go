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
	desk desk
	open []Opener
	load ui.Loader
	keys ui.Bindings // of what it shows now

	content Content // nil: closed
	whole   bool    // the rest of it was read, or could not be
	title   string  // of what it shows
	problem error   // of reading the rest
	walk    walk
	steps   Steps // of the page that is shown; nil: it has none
	resume  step  // how the rows of what is shown were left, until they are there
	canvas  fyne.Canvas
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
	add     func(app.Item) // beside the others on the screen that shows such; nil: there is none
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

// drawerParts is what a drawer is made of.
type drawerParts struct {
	canvas  fyne.Canvas // that it is shown on
	session *ui.Session
	presets app.Presets
	details []Opener
	visit   func(screen string) // goes to a screen
	add     func(app.Item)      // adds an item to the screen that shows several; nil: there is none
	copy    func(text string)   // to the clipboard
	titled  func()              // is told that the title may have changed
}

// newDrawer returns a drawer that shows nothing yet.
func newDrawer(p drawerParts) *drawer {
	d := &drawer{
		desk: desk{session: p.session, presets: p.presets, visit: p.visit, add: p.add, copy: p.copy},
		open: p.details, canvas: p.canvas, titled: p.titled, load: ui.Loader{Threads: p.session.Threads},
		ground: ui.NewSurface(ui.ColorSurface), edge: ui.NewHairline(), body: container.New(column{}),
		head: newDrawerHead(), close: ui.NewIconChip(ui.IconClose, func() { p.session.Selected.Set(nil) }),
	}
	d.desk.open = d.pivot
	d.scroll = container.NewVScroll(d.body)
	d.scroll.OnScrolled = func(at fyne.Position) { d.head.follow(d.title, at.Y) }
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

// contentOf returns how an item is shown, nil for what the drawer does not know.
func (d *drawer) contentOf(item app.Item) Content {
	for _, open := range d.open {
		if c := open(item); c != nil {
			return c
		}
	}
	return nil
}

// Title returns the name of what is shown.
func (d *drawer) Title() string { return d.title }

func (d *drawer) isOpen() bool { return d.content != nil }

// bindings are the keys of what it shows, those of its spans first. What leads from other items to their neighbours does
// nothing here where there are none: nobody means the screen's own command by it.
func (d *drawer) bindings() ui.Bindings {
	var all ui.Bindings
	if d.steps != nil {
		all = d.steps.Bindings()
	}
	all = append(all, d.keys...)
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
	left := step{content: d.content, whole: d.whole, title: d.title, offset: d.scroll.Offset}
	if d.steps != nil {
		left.row, left.keyed = d.steps.Row(), d.steps.HasKeyboard()
	}
	was := d.walk.enter(item, left)
	if d.content = was.content; d.content == nil {
		d.content = d.contentOf(item)
	}
	d.releaseKeyboard()
	d.title, d.keys, d.whole, d.steps, d.resume = "", nil, was.whole, nil, was
	if d.content == nil {
		d.Hide()
		return
	}
	d.draw()
	d.scroll.Offset = was.offset
	d.scroll.Refresh()
	d.head.follow(d.title, d.scroll.Offset.Y)
	d.Show()
	if d.steps != nil && was.keyed {
		d.steps.TakeKeyboard(true)
	}
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
	if !d.isOpen() {
		return
	}
	first, out := d.content, outlookOf(d.desk.session, d.desk.presets)
	ui.Again(&d.load, func(ctx context.Context) (Content, error) { return first.read(ctx, out) },
		func(rest Content, err error) {
			d.problem, d.whole, d.content = err, true, rest
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
	return d.isOpen() && d.load.Busy() && !d.whole && mark && !d.keys.Has(p)
}

// releaseKeyboard gives the keyboard back, if the rows of the page have it.
func (d *drawer) releaseKeyboard() {
	if d.steps != nil {
		d.steps.TakeKeyboard(false)
	}
}

// takeSteps takes the rows of a page that is drawn; those of an item that is shown anew are where they were left.
func (d *drawer) takeSteps(s Steps) {
	if s != nil && d.steps == nil {
		s.Attach(d.canvas, d.reveal)
		s.SetRow(d.resume.row)
	}
	d.steps = s
}

// reveal scrolls to the row that keys are at, clear of the head.
func (d *drawer) reveal(top, bottom float32) {
	y, at := d.steps.Position().Y, &d.scroll.Offset.Y
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
	if d.isOpen() {
		d.draw()
	}
}

func (d *drawer) draw() {
	p := d.content.page(d.desk)
	d.title = p.title
	d.titled()
	d.takeSteps(p.steps)
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

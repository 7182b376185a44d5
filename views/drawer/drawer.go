package drawer

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

// Drawer shows one item from top to bottom: what it is, its state, one sentence, where to go next, history, actions.
type Drawer struct {
	widget.BaseWidget
	context PageContext
	adder   func() func(app.Item) // see Parts
	openers []Opener
	load    ui.Loader
	later   ui.Loader   // of what takes longer, once the rest is shown
	Keys    ui.Bindings // of what it shows now

	content Content // nil: closed
	whole   bool    // the rest of it was read, or could not be
	title   string  // of what it shows
	problem error   // of reading the rest
	history history
	steps   Steps // of the page that is shown; nil: it has none
	resume  step  // how the rows of what is shown were left, until they are there
	canvas  fyne.Canvas
	titled  func() // is told that the title may have changed

	ground *ui.Surface
	edge   *ui.Surface
	body   *fyne.Container
	scroll *container.Scroll
	head   *drawerHead
	Close  *ui.Chip
	pin    *ui.Chip // nil: nothing is pinned
}

// PageContext is what a page needs beside its item: the session, and where its pivots lead.
type PageContext struct {
	Session *ui.Session
	Presets app.Presets
	Open    func(app.Item) // in the drawer, with a way back
	visit   func(screen string)
	copy    func(text string)
	Add     func(app.Item) // beside the others on the screen that shows such; nil: there is none
}

// ReadContext is what a read knows of the session, which belongs to another goroutine.
type ReadContext struct {
	Now     time.Time
	End     time.Time // of what there is to see
	Focus   app.Focus
	Window  app.Range // that the focus means
	Presets app.Presets
}

// NewReadContext returns that of a session as it is now.
func NewReadContext(s *ui.Session, presets app.Presets) ReadContext {
	return ReadContext{s.Now(), s.End(), s.Focus.Now(), s.Range(), presets}
}

// Past is the part of a range that is no longer ahead: of the rest there is nothing to know yet.
func (o ReadContext) Past(r app.Range) app.Range {
	if r.To.After(o.Now) {
		r.To = o.Now
	}
	return r
}

// Parts is what a drawer is made of.
type Parts struct {
	Canvas  fyne.Canvas // that it is shown on
	Session *ui.Session
	Presets app.Presets
	Details []Opener
	Visit   func(screen string) // goes to a screen
	// Adder returns what adds an item to the screen that shows several, nil where there is none; it is asked for each
	// page. It may be nil itself.
	Adder  func() func(app.Item)
	Copy   func(text string) // to the clipboard
	Titled func()            // is told that the title may have changed
	Pin    func()            // pins what is shown to the incident; nil: nothing is pinned
}

// New returns a drawer that shows nothing yet.
func New(p Parts) *Drawer {
	d := &Drawer{
		context: PageContext{Session: p.Session, Presets: p.Presets, visit: p.Visit, copy: p.Copy},
		openers: p.Details, canvas: p.Canvas, titled: p.Titled, load: ui.Loader{Threads: p.Session.Threads},
		later:  ui.Loader{Threads: p.Session.Threads},
		ground: ui.NewSurface(ui.ColorSurface), edge: ui.NewHairline(), body: container.New(Column{}),
		head: newDrawerHead(), Close: ui.NewIconChip(ui.IconClose, func() { p.Session.Selected.Set(nil) }),
	}
	d.context.Open, d.adder = d.openNext, p.Adder
	d.scroll = container.NewVScroll(d.body)
	d.scroll.OnScrolled = func(at fyne.Position) { d.head.follow(d.title, at.Y) }
	if p.Pin != nil {
		d.pin = ui.NewIconChip(ui.IconPin, p.Pin)
	}
	d.ExtendBaseWidget(d)
	d.Hide()
	return d
}

// contentOf returns how an item is shown, nil for what the drawer does not know.
func (d *Drawer) contentOf(item app.Item) Content {
	for _, open := range d.openers {
		if c := open(item); c != nil {
			return c
		}
	}
	return nil
}

// Title returns the name of what is shown.
func (d *Drawer) Title() string { return d.title }

// IsOpen reports whether an item is shown.
func (d *Drawer) IsOpen() bool { return d.content != nil }

// Bindings are the keys of what it shows, those of its spans first. What leads from other items to their neighbours
// does nothing here where there are none: nobody means the screen's own command by it.
func (d *Drawer) Bindings() ui.Bindings {
	var all ui.Bindings
	if d.steps != nil {
		all = d.steps.Bindings()
	}
	all = append(all, d.Keys...)
	for _, signal := range "tlcam" {
		all = append(all, ui.Binding{Rune: signal, Do: func() {}})
	}
	return all
}

// Open opens the drawer for an item, or closes it for nil and for what it does not know.
func (d *Drawer) Open(item app.Item) {
	d.load.Stop()
	d.later.Stop()
	d.problem = nil
	if !SameAlarm(d.history.item, item) {
		d.context.Session.Ahead.Drop()
	}
	left := step{content: d.content, whole: d.whole, title: d.title, offset: d.scroll.Offset}
	if d.steps != nil {
		left.row, left.keyed = d.steps.Row(), d.steps.HasKeyboard()
	}
	was := d.history.enter(item, left)
	if d.content = was.content; d.content == nil {
		d.content = d.contentOf(item)
	}
	d.ReleaseKeyboard()
	d.title, d.Keys, d.whole, d.steps, d.resume = "", nil, was.whole, nil, was
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
	d.Fill()
}

// openNext opens what an item leads to, with a way back to it.
func (d *Drawer) openNext(item app.Item) {
	d.history.onward()
	d.context.Session.Selected.Set(item)
}

// back opens again what led here.
func (d *Drawer) back() {
	if item, ok := d.history.back(); ok {
		d.context.Session.Selected.Set(item)
	}
}

// Fill reads the rest of what is shown, again when the focus or the cache has changed; what it has stays until then.
func (d *Drawer) Fill() {
	if !d.IsOpen() {
		return
	}
	first, out := d.content, NewReadContext(d.context.Session, d.context.Presets)
	ui.Again(&d.load, func(ctx context.Context) (Content, error) { return first.read(ctx, out) },
		func(rest Content, err error) {
			d.problem, d.whole, d.content = err, true, rest
			d.draw()
			if err != nil {
				d.context.Session.Ahead.Drop()
			}
			d.context.Session.Ahead.Type()
			d.fillLater()
		})
}

// fillLater reads what takes longer of what is shown. What a person looks at in the meantime stays where it is.
func (d *Drawer) fillLater() {
	read := d.content.readLater()
	if read == nil {
		return
	}
	out := NewReadContext(d.context.Session, d.context.Presets)
	ui.Again(&d.later, func(ctx context.Context) (any, error) { return read(ctx, out) }, func(part any, err error) {
		if err != nil {
			d.problem = err
		}
		d.content = d.content.with(part)
		d.draw()
	})
}

// Awaits reports whether a key may be for what is read of a detail for the first time: a letter or a figure, as its
// pivots and entries have, that nothing is bound to yet.
func (d *Drawer) Awaits(p ui.Press) bool {
	mark := p.Rune >= 'a' && p.Rune <= 'z' || p.Rune >= '1' && p.Rune <= '9'
	return d.IsOpen() && d.load.Busy() && !d.whole && mark && !d.Keys.Has(p)
}

// ReleaseKeyboard gives the keyboard back, if the rows of the page have it.
func (d *Drawer) ReleaseKeyboard() {
	if d.steps != nil {
		d.steps.TakeKeyboard(false)
	}
}

// takeSteps takes the rows of a page that is drawn; those of an item that is shown anew are where they were left.
func (d *Drawer) takeSteps(s Steps) {
	if s != nil && d.steps == nil {
		s.Attach(d.canvas, d.reveal)
		s.SetRow(d.resume.row)
	}
	d.steps = s
}

// reveal scrolls to the row that keys are at, clear of the head.
func (d *Drawer) reveal(top, bottom float32) {
	y, at := d.steps.Position().Y, &d.scroll.Offset.Y
	switch seen := d.scroll.Size().Height; {
	case y+top < *at+HeadHeight:
		*at = max(y+top-HeadHeight, 0)
	case y+bottom > *at+seen:
		*at = y + bottom - seen
	default:
		return
	}
	d.scroll.Refresh()
	d.head.follow(d.title, *at)
}

// Again draws what is shown anew, after the zone has changed.
func (d *Drawer) Again() {
	if d.IsOpen() {
		d.draw()
	}
}

func (d *Drawer) draw() {
	if d.adder != nil {
		d.context.Add = d.adder()
	}
	p := d.content.page(d.context)
	d.title = p.title
	d.titled()
	d.takeSteps(p.steps)
	if from, ok := d.history.from(); ok {
		p.backTo(from, d.back)
	}
	if d.problem != nil {
		p.Line()
		p.Problems([]error{d.problem})
	}
	d.body.Objects = p.objects(d.context.copy)
	d.Keys = p.keys
	d.body.Refresh()
	d.Refresh()
	d.head.follow(d.title, d.scroll.Offset.Y)
}

// CreateRenderer draws the drawer.
func (d *Drawer) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{d.ground, d.edge, d.scroll, d.head, d.Close}
	if d.pin != nil {
		parts = append(parts, d.pin)
	}
	return &ui.Face{
		Widget: d, Parts: parts,
		Place: func(s fyne.Size) {
			d.ground.Resize(s)
			d.edge.Resize(fyne.NewSize(1, s.Height))
			d.scroll.Resize(fyne.NewSize(s.Width-1, s.Height))
			d.scroll.Move(fyne.NewPos(1, 0))
			d.head.Resize(fyne.NewSize(s.Width-1, HeadHeight))
			d.head.Move(fyne.NewPos(1, 0))
			d.Close.Resize(fyne.NewSquareSize(ui.ChipHeight))
			d.Close.Move(fyne.NewPos(s.Width-ui.ChipHeight-8, 8))
			if d.pin != nil {
				d.pin.Resize(fyne.NewSquareSize(ui.ChipHeight))
				d.pin.Move(fyne.NewPos(s.Width-2*ui.ChipHeight-12, 8))
			}
		},
		Min: func() fyne.Size { return fyne.NewSize(ui.DrawerWidth, 100) },
	}
}

// hour around an instant is what a pivot to a moment shows.
func HourAround(t time.Time) app.Range {
	return app.Range{From: t.Add(-30 * time.Minute), To: t.Add(30 * time.Minute)}
}

// PivotToTimeline adds the one pivot that moves what is looked at: to a range, on the timeline, with all that is there.
// The cause of an alarm is rarely at what it watches.
func (p *Page) PivotToTimeline(k PageContext, r app.Range) {
	p.Section("Go to")
	p.Pivot("Show it on the timeline", "h", phrase.Window(r.Length()), func() { k.GoTo(r, "") })
}

// GoTo looks at a range, narrowed to a resource if there is one, on the timeline.
func (k PageContext) GoTo(r app.Range, resource string) {
	f := k.Session.Focus.Now().On(r)
	f.Resource = resource
	k.Session.Go(f)
	k.visit("Timeline")
}

// Moment is an instant to the minute, with as much of its day as is needed.
func (k PageContext) Moment(t time.Time) string {
	return phrase.Moment(t, k.Session.Now(), k.Session.Zone.Now())
}

// CopyText puts a text on the clipboard.
func (k PageContext) CopyText(text string) { k.copy(text) }

// Clock is a time of day to the minute, for where its day is told beside it.
func (k PageContext) Clock(t time.Time) string { return phrase.ClockMinutes(t, k.Session.Zone.Now()) }

// Span is the time from one instant to another of the same day.
func (k PageContext) Span(from, to time.Time) string {
	if from.Equal(to) {
		return k.Stamp(from)
	}
	return k.Stamp(from) + " – " + phrase.Clock(to, k.Session.Zone.Now())
}

// Stamp is an instant in full.
func (k PageContext) Stamp(t time.Time) string { return phrase.Stamp(t, k.Session.Zone.Now()) }

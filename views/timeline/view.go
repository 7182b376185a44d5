package timeline

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// View is the Timeline screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	session *ui.Session
	reader  Reader
	presets app.Presets

	loads    loads
	again    bool // to be read once more after what is being read
	snapshot snapshot
	answered bool // snapshot is there
	failed   error
	colors   colors
	proposals
	boards

	stop   []func()   // what is followed
	axis   chart.Axis // as it is looked at now; pictures may be of another one
	moved  time.Time  // when the window last moved by wheel or key
	offset float32    // to scroll to, once the rows are there
	crosshair
	chosen

	title  *titleRow
	ruler  *ruler
	scroll *container.Scroll
	field  *field
	empty  *emptyState
	redraw func() // has the canvas draw again, see New
}

// New returns the Timeline of a session. It reads nothing before Enter. presets say how metrics are read and named.
func New(session *ui.Session, reader Reader, presets app.Presets) *View {
	v := &View{session: session, reader: reader, presets: presets, loads: newLoads(session.Threads)}
	v.row, v.stepped, v.under = -1, -1, -1
	v.title, v.ruler, v.empty = newTitleRow(v), newRuler(), newEmptyState()
	v.ruler.tapped = v.pinAt
	v.field = newField(v)
	v.scroll = container.NewVScroll(v.field)
	v.scroll.OnScrolled = v.field.follow
	// The canvas does not know what was hidden when it last drew, and such an object cannot ask it to draw; one that is
	// always there can.
	v.redraw = func() { canvas.Refresh(v.ruler.ground) }
	v.ExtendBaseWidget(v)
	return v
}

var (
	_ ui.Screen = (*View)(nil)
	_ ui.Bound  = (*View)(nil)
)

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: v, Parts: []fyne.CanvasObject{v.scroll, v.empty, v.title, v.ruler}, Place: v.place,
		Min: func() fyne.Size { return fyne.NewSize(plotLeft+leastPlot+plotRight, 240) },
	}
}

func (v *View) place(size fyne.Size) {
	top := v.title.heightFor(size.Width)
	v.title.Resize(fyne.NewSize(size.Width, top))
	v.ruler.Move(fyne.NewPos(0, top))
	v.ruler.Resize(fyne.NewSize(size.Width, rulerHeight))
	top += rulerHeight
	rest := fyne.NewSize(size.Width, max(size.Height-top, 0))
	for _, o := range []fyne.CanvasObject{v.scroll, v.empty} {
		o.Move(fyne.NewPos(0, top))
		o.Resize(rest)
	}
}

// Enter shows the screen as it was left, and begins to follow the session.
func (v *View) Enter(s ui.State) {
	v.unfollow()
	v.row = -1
	if n, err := strconv.Atoi(s["lane"]); err == nil {
		v.row = n
	}
	if t, err := time.Parse(time.RFC3339Nano, s["crosshair"]); err == nil {
		v.crossAt, v.crossed = t, true
	}
	v.pin, _ = time.Parse(time.RFC3339Nano, s["pin"]) // zero where there is none
	if y, err := strconv.ParseFloat(s["scroll"], 32); err == nil {
		v.offset = float32(y)
	}
	v.stop = []func(){
		v.session.Focus.Follow(func(app.Focus) { v.follow() }),
		v.session.Zone.Follow(func(z *time.Location) { v.snapshot.zone = z; v.draw(); v.arrange() }),
		v.session.Changed.Follow(v.onCacheChanged),
		v.session.Contact.Follow(func(ui.Contact) { v.proposeAgain(); v.arrange() }),
		v.session.Selected.Follow(func(app.Item) { v.field.rebuild(); v.field.arrange() }),
	}
	v.proposeAgain()
	v.follow()
	v.loadBoards()
}

// Leave stops the loads and returns how the screen looks.
func (v *View) Leave() ui.State {
	v.unfollow()
	v.loads.stop()
	v.again = false
	s := ui.State{"lane": strconv.Itoa(v.row), "scroll": fmt.Sprint(v.scroll.Offset.Y)}
	if v.crossed {
		s["crosshair"] = v.crossAt.UTC().Format(time.RFC3339Nano)
	}
	if !v.pin.IsZero() {
		s["pin"] = v.pin.UTC().Format(time.RFC3339Nano)
	}
	return s
}

func (v *View) unfollow() {
	for _, stop := range v.stop {
		stop()
	}
	v.stop = nil
}

// follow shows the window of the focus: at once with the pictures that are there, then with what the cache answers.
func (v *View) follow() {
	v.field.cancelGesture()
	v.axis.Range = v.session.Range()
	v.arrange()
	v.load()
}

// load reads what is looked at, in place of what is being read.
func (v *View) load() {
	v.again = false
	if v.axis.Width > 0 {
		ui.Load(&v.loads.snapshot, v.question(), v.answer)
	}
}

// onCacheChanged reads again after the cache changed.
func (v *View) onCacheChanged(c ui.Change) {
	if c.Signal != app.Metrics && c.Signal != app.Logs && c.Signal != app.Traces {
		v.revision++
	}
	v.refollow()
}

// refollow is follow after a change of the cache, of which there are many a second during a pull: a read that is
// running is not cancelled. During a gesture the axis stays.
func (v *View) refollow() {
	if !v.field.gesturing() {
		v.axis.Range = v.session.Range()
	}
	v.arrange()
	v.reread()
}

// reread reads once more after the read that is running, however often it is called: the answer of that is part of the
// question.
func (v *View) reread() {
	if v.again = v.loads.snapshot.Busy(); !v.again {
		v.load()
	}
}

// question returns the read of the window that is looked at when it runs.
func (v *View) question() func(context.Context) (snapshot, error) {
	focus := v.session.Focus.Now()
	q := question{
		axis: v.axis, now: v.session.Now().UTC(), live: focus.Window > 0, zone: v.session.Zone.Now(),
		scopes: focus.Scopes, resource: focus.Resource, presets: v.presets, board: v.edits.Here(),
		proposal: v.proposal, earlier: v.earlier, revision: v.revision,
	}
	if v.answered {
		before := v.snapshot
		q.before = &before
	}
	return func(ctx context.Context) (snapshot, error) { return read(ctx, v.reader, q) }
}

// answer shows what was read; what could not be read stays as it was.
func (v *View) answer(e snapshot, err error) {
	v.failed = err
	if err == nil || e.anyRead() {
		e.board = v.edits.Here() // it may have been changed since
		v.proposedEarly = v.proposedEarly || v.proposal.within.Empty() && v.session.Contact.Now().Pulling
		v.earlier = remember(v.earlier, v.proposal, e.proposal)
		v.snapshot, v.answered, v.proposal = e, true, e.proposal
		v.draw()
	}
	v.arrange()
	if v.again || err == nil && e.axis.Width != v.axis.Width && e.bucket != lane.BucketFor(v.axis) {
		v.load() // the window was resized while this was read, or the cache changed
	}
}

// proposeAgain proposes lanes again once the pull has ended that brought the first data: until then they are in the
// order in which data came, often with the cause at the bottom. Where an item has been opened by then, they stay.
func (v *View) proposeAgain() {
	if !v.proposedEarly || v.session.Contact.Now().Pulling {
		return
	}
	v.proposedEarly = false
	if v.session.Selected.Now() == nil {
		v.proposal, v.earlier = proposal{}, nil
		v.reread()
	}
}

// draw has the lanes painted away from the UI goroutine.
func (v *View) draw() {
	if !v.answered || v.axis.Width <= 0 {
		return
	}
	e, f := v.snapshot, frame{v.axis.Width, v.scroll.Size().Height, v.canvasScale(), ui.NewPalette()}
	e.colors = v.colors.assign(e.seriesOf(boardOf(e)))
	ui.Load(&v.loads.scene, func(context.Context) (scene, error) { return compose(e, f), nil }, func(s scene, _ error) {
		v.keepChosen(v.chosenKey(), s.board)
		v.field.show(s)
		v.chooseWanted()
		v.arrange()
		if v.offset > 0 {
			v.scroll.Offset.Y, v.offset = v.offset, 0
			v.scroll.Refresh()
			v.field.follow(v.scroll.Offset)
		}
	})
}

func (v *View) canvasScale() float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		return c.Scale()
	}
	return 1
}

// resized sets the width of the pictures. The crosshair stays at its instant until the pointer moves: a click opens the
// drawer, which makes the pictures narrower.
func (v *View) resized(width float32) {
	before := v.axis.Width
	if width == before {
		return
	}
	v.axis.Width, v.under = width, -1
	switch {
	case !v.answered: // the first picture has the final width of the window
		v.load()
	case lane.BucketFor(v.axis) != v.snapshot.bucket:
		v.reread()
	}
	v.arrange()
	v.draw()
}

// arrange updates everything for the axis, the crosshair and the snapshot, without drawing.
func (v *View) arrange() {
	zone := v.session.Zone.Now()
	if v.under >= 0 {
		v.crossAt = v.axis.Time(v.under)
	}
	v.ruler.show(v.axis, zone)
	v.ruler.point(v.pointed())
	v.field.arrange()
	v.title.offer(v.removed)
	v.title.show(v.titleWords(), v.heading(), v.snapshot.stale(), v.trouble())
	what, remedy := v.emptiness()
	v.empty.show(what, remedy)
	ui.SetShown(v.scroll, len(v.field.scene.rows) > 0)
	if v.Size().Width > 0 {
		v.place(v.Size())
	}
}

// trouble is the error to show above older data.
func (v *View) trouble() error {
	if !v.answered {
		return nil
	}
	return v.failed
}

// titleWords names the board, or the screen where none was chosen.
func (v *View) titleWords() string {
	switch b := v.edits.Here(); {
	case b.Automatic():
		return "Timeline"
	case b.Name == "":
		return "Board: not saved"
	default:
		return "Board: " + b.Name
	}
}

// heading is what stands beside the title: how many lanes, and which window.
func (v *View) heading() string {
	r := v.axis.Range
	if r.Empty() {
		return ""
	}
	window := phrase.Between(r, v.session.Now(), v.session.Zone.Now()) +
		", " + phrase.Window(r.Length().Round(time.Second))
	if n := len(v.field.scene.rows); n > 0 {
		return phrase.Plural(int64(n), "lane", "lanes") + v.origin() + v.unsaved() + " · " + window
	}
	return window
}

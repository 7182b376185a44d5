package explore

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Screen is a screen that searches one signal. It belongs to the UI goroutine.
type Screen[T any] struct {
	widget.BaseWidget
	parts   Parts[T]
	session *ui.Session
	load    ui.Loader
	entered bool

	shown   Answer[T] // what was read last; it stays while it is read again
	loaded  bool      // anything was ever read
	asked   Question  // that shown answers
	at      time.Time // when that was read
	problem error     // of the last reading
	invalid error     // what is wrong with the query
	turned  bool
	limit   int

	outLoad ui.Loader // of what is written to a file
	written string    // how that goes on; "": nothing was written

	fields   []string // that are columns
	pages    paged[T]
	pageLoad ui.Loader
	folds    folds[T]
	foldLoad ui.Loader

	tabs    *tabBar // nil: the screen has its place alone
	query   *ui.Field
	assist  *assist // of the query
	known   []Facet // that were found lately, for what is typed next
	fresh   fresh
	new     *ui.Chip // leads to what is new
	order   *ui.Chip
	out     *ui.Chip // exports
	found   *ui.Text
	notice  *ui.Text
	facets  *facets
	side    fyne.CanvasObject // the facets, scrolled, with the line beside them
	strip   *strip
	list    *ui.List[T]
	table   fyne.CanvasObject
	more    *ui.Chip
	empty   *fyne.Container
	title   *ui.Text
	why     *fyne.Container
	content *fyne.Container
}

// firstLimit is how many items are listed before a person asks for more; each time they are twice as many.
const firstLimit = 2000

// New returns a screen; it reads nothing until it is entered.
func New[T any](p Parts[T]) *Screen[T] {
	s := &Screen[T]{parts: p, session: p.Session, load: ui.Loader{Threads: p.Session.Threads}, limit: firstLimit,
		foldLoad: ui.Loader{Threads: p.Session.Threads}, outLoad: ui.Loader{Threads: p.Session.Threads},
		pageLoad: ui.Loader{Threads: p.Session.Threads},
		query:    ui.NewField(p.Hint), found: ui.NewText("", ui.Note), notice: ui.NewShrinkingText("", ui.Bad),
		title: ui.NewText("", ui.Title), why: container.NewVBox()}
	s.query.TextStyle = fyne.TextStyle{Monospace: true}
	s.query.Text = p.Query
	s.query.OnChanged = func(string) { s.limit, s.written = firstLimit, ""; s.read(true) }
	s.query.OnEscape = func() { s.focus(s.list) }
	s.query.OnDown = func() { s.focus(s.list) }
	s.query.OnSubmitted = func(string) { s.focus(s.list) }
	s.assist = newAssist(s, s.query, s.knownFields, p.Name)
	s.order = ui.NewChip(s.turn)
	s.out = ui.NewButton("Export", s.offerFormats)
	s.new = ui.NewChip(s.jump)
	s.more = ui.NewChip(s.readMore)
	s.facets = newFacets(s.filter, func() { s.focus(s.list) })
	if p.Orders[0] == "" {
		s.parts.Orders = [2]string{"Newest first", "Oldest first"}
	}
	if p.Lane == 0 {
		s.parts.Lane = volumeHeight
	}
	zone := func() *time.Location { return s.session.Zone.Now() }
	s.strip = newStrip(s.parts.Lane, s.narrow, func(item app.Item) { s.session.Selected.Set(item) }, zone)
	s.list = ui.NewList(p.Key, p.Columns...)
	s.list.OnOpen, s.list.Ahead = func(item T) {
		s.assist.remember()
		s.session.Selected.Set(p.Item(item))
	}, s.session.Ahead
	s.list.OnEnd = s.readMore
	if p.Pages.Read != nil {
		s.list.Absent, s.list.OnAbsent = p.Pages.Absent, s.seek
	}
	s.table = container.NewBorder(nil, container.NewHBox(layout.NewSpacer(), s.more, layout.NewSpacer()), nil, nil,
		s.list.Table())
	s.content = s.build()
	s.foldAll()
	s.ExtendBaseWidget(s)
	s.follow()
	s.arrange()
	return s
}

// build lays out the screen.
func (s *Screen[T]) build() *fyne.Container {
	inset := func(o fyne.CanvasObject, above, below float32) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(above, below, 12, 12), o)
	}
	name := container.NewHBox(ui.NewText(s.parts.Name, ui.Title), ui.NewSpace(6, 0))
	bar := container.NewBorder(nil, nil, name, container.NewHBox(s.new, s.order, s.out), s.query)
	said := inset(container.NewBorder(nil, nil, s.found, nil, s.notice), 2, 4)
	if s.tabs != nil {
		told := container.NewBorder(nil, nil, container.NewHBox(ui.NewSpace(18, 0), s.found), nil, s.notice)
		said = inset(container.NewBorder(nil, nil, s.tabs, nil, told), 4, 0)
	}
	head := container.NewVBox(inset(bar, 8, 0), said, ui.NewHairline())
	s.side = container.NewBorder(nil, nil, nil, ui.NewHairline(), container.NewVScroll(s.facets))
	titled := container.NewHBox(layout.NewSpacer(), s.title, layout.NewSpacer())
	s.empty = container.NewCenter(container.NewVBox(titled, s.why))
	rows := container.NewStack(s.table, s.empty)
	below := container.NewBorder(container.NewVBox(ui.NewSpace(0, 8), s.strip, ui.NewSpace(0, 4)), nil, nil, nil, rows)
	if s.parts.Bare {
		below = rows
	}
	if s.parts.Above != nil {
		below = container.New(stacked{}, s.parts.Above, ui.NewHairline(), rows)
	}
	return container.NewBorder(head, nil, nil, nil, container.New(besides{}, s.side, below))
}

// besides lays out the facets beside the rest, and leaves them out where there is little room.
type besides struct{}

const leastBesides = 640

func (besides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side, rest := objects[0], objects[1]
	left := float32(0)
	if size.Width >= leastBesides {
		left = facetsWidth + 1
	}
	ui.SetShown(side, left > 0)
	side.Resize(fyne.NewSize(facetsWidth+1, size.Height))
	rest.Move(fyne.NewPos(left, 0))
	rest.Resize(fyne.NewSize(size.Width-left, size.Height))
}

func (besides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, objects[1].MinSize().Height)
}

// stacked lays out what stands above the list, a line and the list: the first takes three fifths of the height.
type stacked struct{}

const partAbove = 0.6

func (stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	above := size.Height * partAbove
	for i, part := range []struct{ top, height float32 }{{0, above}, {above, 1}, {above + 5, size.Height - above - 5}} {
		objects[i].Move(fyne.NewPos(0, part.top))
		objects[i].Resize(fyne.NewSize(size.Width, part.height))
	}
}

func (stacked) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 240) }

func (s *Screen[T]) follow() {
	s.session.Focus.Follow(func(app.Focus) { s.limit, s.known = firstLimit, nil; s.read(false) })
	s.session.Changed.Follow(func(c ui.Change) {
		if c.Signal == s.parts.Signal {
			s.read(false)
		}
	})
	s.session.Zone.Follow(func(*time.Location) { s.list.Refresh(); s.strip.Refresh() })
	s.session.Contact.Follow(func(ui.Contact) { s.arrange() })
	s.session.Selected.Follow(s.followItem)
}

// markSelected marks the row of what is in the drawer.
func (s *Screen[T]) markSelected(item app.Item) {
	key := ""
	if item != nil {
		key = s.parts.KeyOf(item)
	}
	s.list.Mark(key)
}

// followItem shows which item is in the drawer, in the lane too where that depends on it.
func (s *Screen[T]) followItem(item app.Item) {
	s.markSelected(item)
	if s.parts.Follows && item != nil && s.parts.KeyOf(item) != "" {
		s.read(false)
	}
}

// CreateRenderer draws the screen.
func (s *Screen[T]) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(s.content, s.assist.layer))
}

// Resize draws the lane anew where its width has changed.
func (s *Screen[T]) Resize(size fyne.Size) {
	s.BaseWidget.Resize(size)
	if s.loaded && s.strip.width() != s.asked.Axis.Width {
		s.read(false)
	}
}

// Enter shows the screen as it was left.
func (s *Screen[T]) Enter(state ui.State) {
	s.entered = true
	if state != nil {
		s.turned = state["order"] == "turned"
		s.enterColumns(state)
		s.query.SetText(state["query"])
		if n, err := strconv.Atoi(state["limit"]); err == nil && n > firstLimit {
			s.limit = n
		}
	}
	s.markSelected(s.session.Selected.Now())
	s.arrange()
	s.read(false)
	s.focus(s.list)
}

// Leave stops reading and returns the query and the order.
func (s *Screen[T]) Leave() ui.State {
	s.entered = false
	s.load.Stop()
	s.foldLoad.Stop()
	s.assist.remember()
	s.pageLoad.Stop()
	state := ui.State{"query": s.query.Text, "limit": strconv.Itoa(s.limit),
		fieldsState: strings.Join(s.fields, "\n")}
	if s.turned {
		state["order"] = "turned"
	}
	return state
}

// stale is after how long the answer is read again although no change was announced, where the window moves with time.
const stale = time.Minute

// Tick reads again what is old.
func (s *Screen[T]) Tick() {
	if s.entered && (s.session.Now().Sub(s.at) >= stale && s.session.Focus.Now().Window > 0 || s.problem != nil) {
		s.read(false)
	}
}

// read asks the cache. What is shown stays until the answer is there. Of what a person types only the last question is
// answered; what is asked for otherwise lets a reading come to its end.
func (s *Screen[T]) read(typed bool) {
	if !s.entered {
		return
	}
	if s.invalid = nil; s.parts.Check != nil {
		if s.invalid = s.parts.Check(s.query.Text); s.invalid != nil {
			s.assist.pointAt(s.invalid)
			s.arrange()
			return
		}
	}
	s.assist.pointAt(nil)
	q, scale, colors := s.question(), s.scale(), ui.NewPalette()
	read := func(ctx context.Context) (drawn[T], error) {
		a, err := s.parts.Read(ctx, q)
		if err != nil {
			return drawn[T]{}, err
		}
		return drawn[T]{a, paint(a.Lane, q.Axis, s.parts.Lane, scale, colors)}, nil
	}
	show := func(d drawn[T], err error) { s.show(q, d, err) }
	if typed {
		ui.Load(&s.load, read, show)
	} else {
		ui.Again(&s.load, read, show)
	}
}

// drawn is an answer with its lane as it is drawn.
type drawn[T any] struct {
	Answer[T]
	picture picture
}

func (s *Screen[T]) show(q Question, d drawn[T], err error) {
	if s.problem = err; err != nil {
		s.session.Ahead.Drop()
	} else {
		same := s.loaded && q.Text == s.asked.Text && q.Turned == s.asked.Turned && q.Focus.Equal(s.asked.Focus)
		frozen := same && s.deep()
		switch {
		case frozen:
			s.fresh.count += max(d.Total-s.shown.Total, 0)
			d.Total, d.Items, d.Listed = s.shown.Total, s.shown.Items, s.shown.Listed
			q.Range = s.asked.Range
		case same:
			s.noteFresh(s.shown.Items, d.Answer)
		default:
			s.fresh = fresh{}
		}
		s.shown, s.loaded, s.asked, s.at = d.Answer, true, q, q.Now
		if !frozen {
			s.setRows(d.Answer)
			s.list.SetItems(s.folds.compose(s.pages.rows, &s.parts))
		}
		s.facets.show(d.Facets, q.Text)
		s.learn(d.Facets, q.Text)
		s.strip.show(d.picture)
		if s.parts.Shown != nil {
			s.parts.Shown(d.Answer, q)
		}
		s.markSelected(s.session.Selected.Now())
	}
	s.arrange()
	s.session.Ahead.Type()
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && c.Focused() == nil && s.entered {
		c.Focus(s.list)
	}
}

func (s *Screen[T]) question() Question {
	within := s.session.Range()
	return Question{Text: s.query.Text, Focus: s.session.Focus.Now(), Range: within, Now: s.session.Now(),
		Zone: s.session.Zone.Now(), Axis: chart.Axis{Range: within, Width: s.strip.width()}, Turned: s.turned,
		Limit: s.limit,
		Open:  s.session.Selected.Now()}
}

func (s *Screen[T]) scale() float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		return c.Scale()
	}
	return 1
}

// arrange says what is shown.
func (s *Screen[T]) arrange() {
	order := s.parts.Orders[0]
	if s.turned {
		order = s.parts.Orders[1]
	}
	s.order.Set(ui.Word{Text: order, Style: ui.Body})
	ui.SetShown(s.out, s.exports())
	s.sayFresh()
	s.found.Set(s.foundText())
	s.sayTabs()
	text, style := s.noticeText()
	s.notice.SetStyle(style)
	s.notice.Set(text)
	rest := s.rest()
	ui.SetShown(s.more, rest > 0)
	if rest > 0 {
		s.more.Set(ui.Word{Text: phrase.Count(int64(rest)) + " more", Style: ui.Small},
			ui.Word{Text: "End", Style: ui.Note})
	}
	title, why := s.emptyMessage()
	ui.SetShown(s.table, title == "")
	ui.SetShown(s.empty, title != "")
	if title != "" {
		s.title.Set(title)
		s.why.Objects = []fyne.CanvasObject{ui.NewParagraph(why, ui.Quiet, 400).Centered()}
		s.why.Refresh()
		s.empty.Refresh()
	}
	s.content.Refresh()
}

// foundText says how many items were found, and how an export of them goes on.
func (s *Screen[T]) foundText() string {
	if s.written == "" {
		return s.shown.Found
	}
	return s.shown.Found + " · " + s.written
}

// noticeText says what is wrong with the query, why the cache could not be read, or what of the window is missing.
func (s *Screen[T]) noticeText() (string, ui.Style) {
	switch {
	case s.invalid != nil:
		return "· " + s.invalid.Error(), ui.Bad
	case s.problem != nil:
		sentence, _ := explain.Explain(s.problem)
		if s.loaded {
			sentence = "As of " + phrase.Clock(s.at, s.session.Zone.Now()) + ". " + sentence
		}
		return "· " + sentence, ui.Bad
	case s.shown.Missing != "":
		return "· " + s.shown.Missing, ui.Note.In(ui.ColorWarning)
	}
	return "", ui.Note
}

// emptyMessage says why no row is shown and what to do about it; "" while there are rows.
func (s *Screen[T]) emptyMessage() (title, why string) {
	trouble := s.session.Contact.Now().Trouble
	switch {
	case len(s.shown.Items) > 0:
		return "", ""
	case s.problem != nil:
		_, remedy := explain.Explain(s.problem)
		return "The cache cannot be read", remedy
	case !s.loaded:
		return "Reading the cache", "It takes a moment."
	case !s.shown.Known && trouble != nil:
		why, _ = explain.Explain(trouble)
		return s.shown.Title, why
	}
	return s.shown.Title, s.shown.Why
}

// filter adds a term to the query, or takes it out.
func (s *Screen[T]) filter(term string, out bool) {
	s.query.SetText(query.With(s.query.Text, term, out))
}

// narrow looks at a part of the window.
func (s *Screen[T]) narrow(r app.Range) { s.session.Go(s.session.Focus.Now().On(r)) }

// turn turns the order round.
func (s *Screen[T]) turn() {
	s.turned = !s.turned
	s.foldAll()
	s.read(false)
	s.arrange()
}

// readMore lists twice as many items.
func (s *Screen[T]) readMore() {
	if s.rest() > 0 && s.parts.Pages.Read == nil && !s.load.Busy() {
		s.limit = 2 * s.limit
		s.read(false)
	}
}

// focus gives the keyboard to a part of the screen; a list that is hidden, because it is empty, cannot have it.
func (s *Screen[T]) focus(o fyne.Focusable) {
	switch c := fyne.CurrentApp().Driver().CanvasForObject(s); {
	case c == nil:
	case o == fyne.Focusable(s.list) && !s.table.Visible():
		c.Unfocus()
	default:
		c.Focus(o)
	}
}

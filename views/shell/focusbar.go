package shell

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// focusBar shows and changes what is looked at: places, time, resource, zone; and pulls.
type focusBar struct {
	widget.BaseWidget
	session *ui.Session
	actions focusActions

	ground                                                             *ui.Surface
	places, earlier, window, later, out, back, forward, resource, zone *ui.Chip
	pull                                                               *pullButton
	follow                                                             *ui.Chip
	following                                                          Following
	search                                                             *ui.Chip
	// there is no room for words that icons say too
	narrow bool
	held   float32 // width of the window's chip
	scopes []app.Scope
}

// focusActions is what the bar leaves to the window, because it opens something.
type focusActions struct {
	chooseRange    func()
	chooseResource func()
	pull           func()
	follow         func()
	search         func()
}

func newFocusBar(s *ui.Session, a focusActions) *focusBar {
	b := &focusBar{session: s, actions: a, ground: ui.NewSurface(ui.ColorSurface)}
	b.places = ui.NewChip(b.showPlaces).After(ui.IconCaret)
	b.earlier = ui.NewIconChip(ui.IconEarlier, func() { b.shift(-1) })
	b.window = ui.NewChip(b.showWindows).After(ui.IconCaret)
	b.later = ui.NewIconChip(ui.IconLater, func() { b.shift(1) })
	b.out = ui.NewIconChip(ui.IconOut, b.zoomOut)
	b.back = ui.NewIconChip(ui.IconBack, s.Back)
	b.forward = ui.NewIconChip(ui.IconForward, s.Forward)
	b.resource = ui.NewChip(b.tapResource).Round()
	b.zone = ui.NewChip(b.toggleZone)
	b.search = ui.NewIconChip(ui.IconSearch, a.search)
	b.pull = newPullButton(a.pull)
	b.follow = ui.NewChip(a.follow)
	b.ExtendBaseWidget(b)
	b.say()
	return b
}

// shift moves the window by half its length, so that what was at the edge is in the middle.
func (b *focusBar) shift(direction int) {
	r := b.session.Range()
	b.session.Go(b.session.Focus.Now().On(r.Shift(time.Duration(direction) * r.Length() / 2)))
}

// zoomOut doubles the window; one that moves with now still does, as long as there is a name for it.
func (b *focusBar) zoomOut() {
	f, r := b.session.Focus.Now(), b.session.Range()
	switch longest := app.Windows[len(app.Windows)-1]; {
	case f.Window == 0:
		b.session.Go(f.On(r.Zoom(r.From.Add(r.Length()/2), 2)))
	case 2*f.Window <= longest:
		f.Window *= 2
		b.session.Go(f)
	default:
		b.session.Go(f.On(r.Zoom(r.To, 2)))
	}
}

func (b *focusBar) toggleZone() {
	if b.session.Zone.Now() == time.UTC {
		b.session.Zone.Set(time.Local)
	} else {
		b.session.Zone.Set(time.UTC)
	}
}

// tapResource takes the narrowing away, or asks for one.
func (b *focusBar) tapResource() {
	f := b.session.Focus.Now()
	if f.Resource == "" {
		b.actions.chooseResource()
		return
	}
	f.Resource = ""
	b.session.Go(f)
}

// know tells the bar which places the cache holds.
func (b *focusBar) know(scopes []app.Scope) {
	b.scopes = scopes
	b.say()
}

// say puts the session into the chips' words.
func (b *focusBar) say() {
	f, now, zone := b.session.Focus.Now(), b.session.Now(), b.session.Zone.Now()
	b.sayPlaces(f)
	r := b.session.Range()
	b.window.Set(ui.Word{Text: phrase.Between(r, now, zone), Style: ui.Head},
		ui.Word{Text: windowName(f, r, now), Style: ui.Quiet})
	b.sayResource(resource.Short(f.Resource))
	if b.narrow {
		b.out.Set()
		b.back.Set()
	} else {
		b.out.Set(ui.Word{Text: "zoom out", Style: ui.Body})
		b.back.Set(ui.Word{Text: "back", Style: ui.Body})
	}
	utc, local := ui.Head, ui.Quiet
	if zone != time.UTC {
		utc, local = local, utc
	}
	both := []ui.Word{{Text: "UTC", Style: utc}, {Text: localName(r.To), Style: local}}
	switch {
	case !b.narrow:
		b.zone.Set(both...)
	case zone == time.UTC:
		b.zone.Set(both[0])
	default:
		b.zone.Set(both[1])
	}
	b.sayFollow()
	able(b.back, b.session.CanBack())
	able(b.forward, b.session.CanForward())
	b.Refresh()
}

func able(c *ui.Chip, can bool) {
	if can {
		c.Enable()
	} else {
		c.Disable()
	}
}

// localName is what local time is called; where that is UTC too, it still says which of the two is meant.
func localName(at time.Time) string {
	if name := phrase.ZoneName(time.Local, at); name != "UTC" {
		return name
	}
	return "local"
}

// current is how old what is cached may be to pass for now.
const current = 2 * time.Minute

// windowName says how long the window is, that it moves, and that it does so with what is cached where that is not now.
func windowName(f app.Focus, r app.Range, now time.Time) string {
	switch name := phrase.Window(r.Length().Round(time.Second)); {
	case f.Cached && now.Sub(r.To) > current:
		return "last " + name + " cached"
	case f.Window > 0:
		return "last " + name
	default:
		return name
	}
}

func (b *focusBar) sayPlaces(f app.Focus) {
	scopes := f.Scopes
	if len(scopes) == 0 {
		scopes = b.scopes
	}
	a, r := accounts(scopes), regions(scopes)
	switch {
	case len(scopes) == 0:
		b.places.Set(ui.Word{Text: "Nothing cached", Style: ui.Quiet})
	case len(scopes) == 1:
		b.places.Set(ui.Word{Text: a[0], Style: ui.Head}, ui.Word{Text: r[0], Style: ui.Quiet})
	case b.narrow:
		b.places.Set(ui.Word{Text: phrase.Plural(int64(len(scopes)), "place", "places"), Style: ui.Head})
	default:
		b.places.Set(ui.Word{Text: phrase.Plural(int64(len(a)), "account", "accounts"), Style: ui.Head},
			ui.Word{Text: "· " + phrase.Plural(int64(len(r)), "Region", "Regions"), Style: ui.Quiet})
	}
}

// saySearch names the palette and its key, shows a glass alone where there is too little room for words, and nothing
// where there is none: its key works all the same.
func (b *focusBar) saySearch(room float32) {
	words, icon := searchWords(), ui.IconName("")
	if widthOf(words...) > room {
		words, icon = nil, ui.IconSearch
	}
	if (b.search.Says() == "") != (words == nil) {
		b.search.Before(icon).Set(words...)
	}
	ui.SetShown(b.search, room >= ui.ChipHeight)
}

func searchWords() []ui.Word {
	return []ui.Word{{Text: "Search or run…", Style: ui.Quiet}, {Text: paletteKeys, Style: ui.Note.In(ui.ColorFaint)}}
}

// widthOf is how wide a chip of some words is.
func widthOf(words ...ui.Word) float32 { return ui.NewChip(nil, words...).MinSize().Width }

// sayFollow says whether the window keeps pulling, and how often.
func (b *focusBar) sayFollow() {
	if !b.following.On {
		b.follow.Set(ui.Word{Text: "Follow", Style: ui.Body})
		return
	}
	words := []ui.Word{{Text: "Following", Style: ui.Head.In(ui.ColorAccent)}}
	if !b.narrow {
		words = append(words, ui.Word{Text: phrase.Window(b.following.Every), Style: ui.Quiet})
	}
	b.follow.Set(words...)
}

func (b *focusBar) sayResource(name string) {
	most := 24
	if b.narrow {
		most = 12
	}
	if name == "" && b.narrow {
		b.resource.Before(ui.IconFilter).After("").Set()
		return
	}
	if name == "" {
		b.resource.Before(ui.IconFilter).After("").Set(ui.Word{Text: "all resources", Style: ui.Quiet})
		return
	}
	if len([]rune(name)) > most {
		name = string([]rune(name)[:most-1]) + "…"
	}
	b.resource.Before("").After(ui.IconClose).Set(ui.Word{Text: "resource", Style: ui.Note},
		ui.Word{Text: name, Style: ui.Small})
}

// showPlaces offers all places, or one of them.
func (b *focusBar) showPlaces() {
	f := b.session.Focus.Now()
	items := []*fyne.MenuItem{checked("Everything in the cache", len(f.Scopes) == 0, func() {
		f.Scopes = nil
		b.session.Go(f)
	})}
	for _, s := range b.scopes {
		place := s.Place()
		items = append(items, checked(place.Account+"  "+place.Region, slices.Contains(f.Scopes, place), func() {
			f.Scopes = toggled(f.Scopes, place)
			if len(f.Scopes) == len(b.scopes) {
				f.Scopes = nil // all of them is everything, also of places that come later
			}
			b.session.Go(f)
		}))
	}
	b.places.PopUp(items...)
}

// toggled returns the scopes with one more or one less, in order.
func toggled(scopes []app.Scope, s app.Scope) []app.Scope {
	if i := slices.Index(scopes, s); i >= 0 {
		return slices.Delete(slices.Clone(scopes), i, i+1)
	}
	more := append(slices.Clone(scopes), s)
	slices.SortFunc(more, app.CompareScopes)
	return more
}

func (b *focusBar) showWindows() {
	f := b.session.Focus.Now()
	var items []*fyne.MenuItem
	for _, w := range app.Windows {
		items = append(items, checked("Last "+phrase.Window(w), f.Window == w && !f.Cached,
			func() { b.session.Go(f.Last(w)) }))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("From … to …", b.actions.chooseRange))
	b.window.PopUp(items...)
}

func checked(label string, is bool, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, do)
	item.Checked = is
	return item
}

// CreateRenderer draws the bar.
func (b *focusBar) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{b.ground}
	for _, c := range b.chips() {
		parts = append(parts, c)
	}
	parts = append(parts, b.pull.bar)
	return &ui.Face{Widget: b, Parts: parts, Place: b.place,
		Min: func() fyne.Size { return fyne.NewSize(800, ui.FocusHeight) }}
}

// chips are all that can be tapped, from left to right.
func (b *focusBar) chips() []*ui.Chip {
	return append(b.left(), b.search, b.zone, b.follow, b.pull.Chip)
}

func (b *focusBar) left() []*ui.Chip {
	return []*ui.Chip{b.places, b.earlier, b.window, b.later, b.out, b.back, b.forward, b.resource}
}

// narrowBar is the width below which the bar has not enough room for all its words.
const narrowBar = 1200

const (
	barInset = 12
	barGap   = 8
)

// What the window's chip says by day, and what it usually says at most.
var (
	dayWindow    = []ui.Word{{Text: "Today 09:12 – 10:12", Style: ui.Head}, {Text: "last 1 h cached", Style: ui.Quiet}}
	widestWindow = []ui.Word{{Text: "Yesterday 22:00 – Today 10:00", Style: ui.Head},
		{Text: "last 12 h", Style: ui.Quiet}}
)

// windowWidth is how wide the window's chip is in the room for it and for search: as wide as it usually is at most, or
// by day where search would have no room for words; and under the pointer no narrower than it was, so that a second
// click meets what the first one did.
func (b *focusBar) windowWidth(room float32) float32 {
	width := func(words []ui.Word) float32 { return ui.NewChip(nil, words...).After(ui.IconCaret).MinSize().Width }
	search := widthOf(searchWords()...)
	if width(dayWindow)+search > room {
		search = ui.ChipHeight
	}
	least := float32(0)
	if slices.ContainsFunc(b.chips(), (*ui.Chip).Hovered) {
		least = b.held
	}
	b.held = max(b.window.MinSize().Width, min(width(widestWindow), room-search), least)
	return b.held
}

func (b *focusBar) place(s fyne.Size) {
	b.ground.Resize(s)
	y := (s.Height - ui.ChipHeight) / 2
	x := s.Width - barInset
	right := func(c *ui.Chip, width float32) {
		x -= width
		c.Resize(fyne.NewSize(width, ui.ChipHeight))
		c.Move(fyne.NewPos(x, y))
		x -= barGap
	}
	right(b.pull.Chip, b.pull.width())
	right(b.follow, b.follow.MinSize().Width)
	right(b.zone, b.zone.MinSize().Width)
	end := x
	x = barInset
	room := end - x - barGap
	for _, c := range b.left() {
		if c != b.window {
			room -= c.MinSize().Width + barGap
		}
	}
	for _, c := range b.left() {
		width := c.MinSize().Width
		if c == b.window {
			width = b.windowWidth(room)
		}
		c.Resize(fyne.NewSize(width, ui.ChipHeight))
		c.Move(fyne.NewPos(x, y))
		x += width + barGap
	}
	b.saySearch(end - x)
	x = end
	right(b.search, b.search.MinSize().Width)
	const thick, inset = 2, 8 // the line keeps clear of the chip's round corners
	chip := b.pull.Size()
	b.pull.bar.Move(b.pull.Position().AddXY(inset, chip.Height-thick-1))
	b.pull.bar.Resize(fyne.NewSize((chip.Width-2*inset)*b.pull.progress.share(), thick))
	if b.pull.progress.Running {
		b.pull.bar.Show()
	} else {
		b.pull.bar.Hide()
	}
}

// Resize leaves words out where there is no room for them.
func (b *focusBar) Resize(s fyne.Size) {
	if narrow := s.Width < narrowBar; narrow != b.narrow {
		b.narrow, b.pull.narrow = narrow, narrow
		b.pull.say()
		b.say()
	}
	b.BaseWidget.Resize(s)
}

// says returns the bar's words from left to right, for tests and for reading aloud.
func (b *focusBar) says() string {
	var words []string
	for _, c := range b.chips() {
		words = append(words, c.Says())
	}
	return strings.Join(words, " | ")
}

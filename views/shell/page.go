package shell

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	pageInset = 16
	pageWidth = ui.DrawerWidth - 1 - 2*pageInset
	factLabel = 84 // width of the labels of facts
)

// page is the drawing of a detail: objects from top to bottom, and the keys that work while it is shown.
type page struct {
	title   string
	back    fyne.CanvasObject // leads to what led here; nil: nothing did
	parts   []fyne.CanvasObject
	keys    ui.Bindings
	entries int     // of lists, numbered through
	pending float32 // room before what comes next, unless a new part begins
	steps   Steps   // rows that can be stepped through by keys; nil: there are none
	copy    string  // what Copy puts on the clipboard; "": there is no such action
}

// newPage begins with what the item is and where, its name, its state and since when. tag may be nil.
func newPage(kind, title string, tag fyne.CanvasObject, since string) *page {
	p := &page{title: title}
	p.text(kind, ui.Note)
	p.gap(2)
	p.text(title, ui.Title)
	p.gap(8)
	if tag == nil {
		p.text(since, ui.Note)
	} else {
		p.add(container.NewHBox(tag, ui.NewText(since, ui.Note)))
	}
	p.gap(8)
	return p
}

func (p *page) add(o fyne.CanvasObject) {
	if p.pending > 0 {
		p.parts = append(p.parts, ui.NewSpace(0, p.pending))
		p.pending = 0
	}
	p.parts = append(p.parts, o)
}

func (p *page) gap(height float32) { p.add(ui.NewSpace(0, height)) }

// room keeps what comes next apart, unless it begins a new part.
func (p *page) room(height float32) { p.pending = max(p.pending, height) }

// text adds a text on as many lines as it needs; an empty one adds nothing.
func (p *page) text(text string, style ui.Style) {
	if text != "" {
		p.add(ui.NewParagraph(text, style, pageWidth))
	}
}

// problems adds what went wrong, each once, and what to do about it, once where it is the same.
func (p *page) problems(list []error) {
	said, last := map[string]bool{}, ""
	for _, err := range list {
		sentence, remedy := explain.Explain(err)
		if said[sentence] {
			continue
		}
		if remedy != last {
			p.text(last, ui.Note)
		}
		said[sentence], last = true, remedy
		p.text(sentence, ui.Bad)
	}
	p.text(last, ui.Note)
}

// line sets what follows apart.
func (p *page) line() {
	p.pending = 0
	p.gap(12)
	p.add(ui.NewHairline())
	p.gap(12)
}

// section begins a part with its heading.
func (p *page) section(title string) {
	p.line()
	p.text(strings.ToUpper(title), ui.Section)
	p.gap(6)
}

// keyedSection is section for a part that a key leads into.
func (p *page) keyedSection(title, key, does string, do func()) {
	p.line()
	p.add(container.NewHBox(ui.NewText(strings.ToUpper(title), ui.Section), ui.NewKeyCap(key)))
	p.gap(6)
	p.bind(key, does, do)
}

// fact adds a name and a value; an empty value adds nothing.
func (p *page) fact(name, value string) {
	if value == "" {
		return
	}
	label := container.NewStack(ui.NewSpace(factLabel, 0), container.NewVBox(ui.NewParagraph(name, ui.Note, factLabel)))
	p.add(container.NewHBox(label, ui.NewParagraph(value, ui.Small, pageWidth-factLabel-4)))
	p.room(4)
}

// settings add names and their values in two columns, as wide as the names need; a name that is wider than settingMost has a
// line of its own above its value.
func (p *page) settings(list []setting) {
	const between = 8
	column := float32(0)
	for _, s := range list {
		if width := ui.Note.Width(s.name); width <= settingMost {
			column = max(column, width)
		}
	}
	for _, s := range list {
		name := s.name
		if ui.Note.Width(name) > column {
			p.text(name, ui.Note)
			name = ""
		}
		label := container.NewStack(ui.NewSpace(column, 0), container.NewVBox(ui.NewParagraph(name, ui.Note, column+1)))
		p.add(container.New(layout.NewCustomPaddedHBoxLayout(between), label, ui.NewParagraph(s.value, ui.Small, pageWidth-column-between)))
		p.room(4)
	}
}

// settingMost is how wide a column of names may be.
const settingMost = 120

// pivot adds a way to go on, with a key and a count or a name at its end.
func (p *page) pivot(label, key, value string, do func()) { p.lead(newPivot(label, key, value, do)) }

// entry adds one of a list of things that can be opened: the first nine by a figure.
func (p *page) entry(label, value string, open func()) {
	p.lead(newPivot(label, p.figure(), value, open))
}

// lead adds a pivot, whose key works from then on.
func (p *page) lead(v *pivot) {
	p.add(v)
	if v.press != "" {
		p.bind(v.press, v.label.Now(), v.do)
	}
}

// bind lets a character do something while the page is shown.
func (p *page) bind(key, does string, do func()) {
	p.keys = append(p.keys, ui.Binding{Keys: key, Does: does, Rune: []rune(key)[0], Do: do})
}

// figure is the key of the next entry, "" from the tenth on.
func (p *page) figure() string {
	if p.entries++; p.entries <= 9 {
		return strconv.Itoa(p.entries)
	}
	return ""
}

// backTo adds the way back to what led here.
func (p *page) backTo(title string, do func()) {
	chip := ui.NewChip(do, ui.Word{Text: ui.Note.Fit(title, pageWidth/2), Style: ui.Note}).Before(ui.IconEarlier)
	p.back = chip
	p.keys = append(p.keys, ui.Binding{Keys: "⌫", Does: "Back to " + ui.Small.Fit(title, pageWidth/2), Key: fyne.KeyBackspace, Do: do})
}

// objects returns everything, with the actions at the end.
func (p *page) objects(copyText func(string)) []fyne.CanvasObject {
	if p.back != nil {
		p.parts = append([]fyne.CanvasObject{container.NewHBox(p.back), ui.NewSpace(0, 8)}, p.parts...)
	}
	if p.copy != "" {
		do := func() { copyText(p.copy) }
		p.line()
		p.add(container.NewHBox(ui.NewButton("Copy", do), layout.NewSpacer()))
		p.bind("y", "Copy", do)
	}
	return p.parts
}

// inset sets an object in from the left.
func inset(left float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, left, 0), o)
}

// column lays objects one below the other, each as high as it needs, in the drawer's width.
type column struct{}

// Layout places the objects.
func (column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(pageInset)
	for _, o := range objects {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(pageInset, y))
		o.Resize(fyne.NewSize(size.Width-2*pageInset, height))
		y += height
	}
}

// MinSize is the sum of the heights.
func (column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(2 * pageInset)
	for _, o := range objects {
		height += o.MinSize().Height
	}
	return fyne.NewSize(pageWidth, height)
}

package drawer

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
	PageWidth = ui.DrawerWidth - 1 - 2*pageInset // of what stands on a page
	factLabel = 84                               // width of the labels of facts
)

// Page is the drawing of a detail: objects from top to bottom, and the keys that work while it is shown.
type Page struct {
	title   string
	back    fyne.CanvasObject // leads to what led here; nil: nothing did
	Parts   []fyne.CanvasObject
	keys    ui.Bindings
	entries int     // of lists, numbered through
	pending float32 // room before what comes next, unless a new part begins
	steps   Steps   // rows that can be stepped through by keys; nil: there are none
	Copy    string  // what Copy puts on the clipboard; "": there is no such action
}

// NewPage begins with what the item is and where, its name, its state and since when. tag may be nil.
func NewPage(kind, title string, tag fyne.CanvasObject, since string) *Page {
	p := &Page{title: title}
	p.Text(kind, ui.Note)
	p.Gap(2)
	p.Text(title, ui.Title)
	p.Gap(8)
	if tag == nil {
		p.Text(since, ui.Note)
	} else {
		p.Add(container.NewHBox(tag, ui.NewText(since, ui.Note)))
	}
	p.Gap(8)
	return p
}

// Add adds an object below what there is.
func (p *Page) Add(o fyne.CanvasObject) {
	if p.pending > 0 {
		p.Parts = append(p.Parts, ui.NewSpace(0, p.pending))
		p.pending = 0
	}
	p.Parts = append(p.Parts, o)
}

// Gap leaves room of a height.
func (p *Page) Gap(height float32) { p.Add(ui.NewSpace(0, height)) }

// Room keeps what comes next apart, unless it begins a new part.
func (p *Page) Room(height float32) { p.pending = max(p.pending, height) }

// Text adds a text on as many lines as it needs; an empty one adds nothing.
func (p *Page) Text(text string, style ui.Style) {
	if text != "" {
		p.Add(ui.NewParagraph(text, style, PageWidth))
	}
}

// Problems adds what went wrong, each once, and what to do about it, once where it is the same.
func (p *Page) Problems(list []error) {
	said, last := map[string]bool{}, ""
	for _, err := range list {
		sentence, remedy := explain.Explain(err)
		if said[sentence] {
			continue
		}
		if remedy != last {
			p.Text(last, ui.Note)
		}
		said[sentence], last = true, remedy
		p.Text(sentence, ui.Bad)
	}
	p.Text(last, ui.Note)
}

// Line sets what follows apart.
func (p *Page) Line() {
	p.pending = 0
	p.Gap(12)
	p.Add(ui.NewHairline())
	p.Gap(12)
}

// Section begins a part with its heading.
func (p *Page) Section(title string) {
	p.Line()
	p.Text(strings.ToUpper(title), ui.Section)
	p.Gap(6)
}

// KeyedSection is section for a part that a key leads into.
func (p *Page) KeyedSection(title, key, does string, do func()) {
	p.Line()
	p.Add(container.NewHBox(ui.NewText(strings.ToUpper(title), ui.Section), ui.NewKeyCap(key)))
	p.Gap(6)
	p.bind(key, does, do)
}

// KeyedNote adds a note with the key of what it is about.
func (p *Page) KeyedNote(text, key, does string, do func()) {
	p.Add(container.NewHBox(ui.NewText(text, ui.Note), ui.NewKeyCap(key)))
	p.bind(key, does, do)
}

// Fact adds a name and a value; an empty value adds nothing.
func (p *Page) Fact(name, value string) {
	if value == "" {
		return
	}
	label := container.NewStack(ui.NewSpace(factLabel, 0), container.NewVBox(ui.NewParagraph(name, ui.Note, factLabel)))
	p.Add(container.NewHBox(label, ui.NewParagraph(value, ui.Small, PageWidth-factLabel-4)))
	p.Room(4)
}

// Settings add names and their values in two columns, as wide as the names need; a name that is wider than settingMost
// has a line of its own above its value.
func (p *Page) Settings(list []Setting) {
	const between = 8
	column := float32(0)
	for _, s := range list {
		if width := ui.Note.Width(s.Name); width <= settingMost {
			column = max(column, width)
		}
	}
	for _, s := range list {
		name := s.Name
		if ui.Note.Width(name) > column {
			p.Text(name, ui.Note)
			name = ""
		}
		label := container.NewStack(ui.NewSpace(column, 0), container.NewVBox(ui.NewParagraph(name, ui.Note, column+1)))
		p.Add(container.New(layout.NewCustomPaddedHBoxLayout(between), label,
			ui.NewParagraph(s.Value, ui.Small, PageWidth-column-between)))
		p.Room(4)
	}
}

// settingMost is how wide a column of names may be.
const settingMost = 120

// Pivot adds a way to go on, with a key and a count or a name at its end.
func (p *Page) Pivot(label, key, value string, do func()) { p.Lead(NewPivot(label, key, value, do)) }

// Entry adds one of a list of things that can be opened: the first nine by a figure.
func (p *Page) Entry(label, value string, open func()) {
	p.Lead(NewPivot(label, p.Figure(), value, open))
}

// Lead adds a pivot, whose key works from then on.
func (p *Page) Lead(v *pivot) {
	p.Add(v)
	if v.press != "" {
		p.bind(v.press, v.label.Now(), v.do)
	}
}

// bind lets a character do something while the page is shown.
func (p *Page) bind(key, does string, do func()) {
	p.keys = append(p.keys, ui.Binding{Keys: key, Does: does, Rune: []rune(key)[0], Do: do})
}

// Figure is the key of the next entry, "" from the tenth on.
func (p *Page) Figure() string {
	if p.entries++; p.entries <= 9 {
		return strconv.Itoa(p.entries)
	}
	return ""
}

// backTo adds the way back to what led here.
func (p *Page) backTo(title string, do func()) {
	chip := ui.NewChip(do, ui.Word{Text: ui.Note.Fit(title, PageWidth/2), Style: ui.Note}).Before(ui.IconEarlier)
	p.back = chip
	p.keys = append(p.keys, ui.Binding{Keys: "⌫", Does: "Back to " + ui.Small.Fit(title, PageWidth/2),
		Key: fyne.KeyBackspace, Do: do})
}

// objects returns everything, with the actions at the end.
func (p *Page) objects(copyText func(string)) []fyne.CanvasObject {
	if p.back != nil {
		p.Parts = append([]fyne.CanvasObject{container.NewHBox(p.back), ui.NewSpace(0, 8)}, p.Parts...)
	}
	if p.Copy != "" {
		do := func() { copyText(p.Copy) }
		p.Line()
		p.Add(container.NewHBox(ui.NewButton("Copy", do), layout.NewSpacer()))
		p.bind("y", "Copy", do)
	}
	return p.Parts
}

// Inset sets an object in from the left.
func Inset(left float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, left, 0), o)
}

// Column lays objects one below the other, each as high as it needs, in the drawer's width.
type Column struct{}

// Layout places the objects.
func (Column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(pageInset)
	for _, o := range objects {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(pageInset, y))
		o.Resize(fyne.NewSize(size.Width-2*pageInset, height))
		y += height
	}
}

// MinSize is the sum of the heights.
func (Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := float32(2 * pageInset)
	for _, o := range objects {
		height += o.MinSize().Height
	}
	return fyne.NewSize(PageWidth, height)
}

package shell

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

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
	entries int    // of lists, numbered through
	copy    string // what Copy puts on the clipboard; "": there is no such action
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

func (p *page) add(o fyne.CanvasObject) { p.parts = append(p.parts, o) }

func (p *page) gap(height float32) { p.add(ui.NewSpace(0, height)) }

// text adds a text on as many lines as it needs; an empty one adds nothing.
func (p *page) text(text string, style ui.Style) {
	if text != "" {
		p.add(ui.NewParagraph(text, style, pageWidth))
	}
}

// line sets what follows apart.
func (p *page) line() {
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

// fact adds a name and a value; an empty value adds nothing.
func (p *page) fact(name, value string) {
	if value == "" {
		return
	}
	label := container.NewStack(ui.NewSpace(factLabel, 0), container.NewVBox(ui.NewParagraph(name, ui.Note, factLabel)))
	p.add(container.NewHBox(label, ui.NewParagraph(value, ui.Small, pageWidth-factLabel-4)))
	p.gap(4)
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
		p.gap(4)
	}
}

// settingMost is how wide a column of names may be.
const settingMost = 120

// pivot adds a way to go on, with a key and a count or a name at its end.
func (p *page) pivot(label, key, value string, do func()) {
	p.add(newPivot(label, key, value, do))
	if key != "" {
		p.keys = append(p.keys, ui.Binding{Keys: key, Does: label, Rune: []rune(key)[0], Do: do})
	}
}

// entry adds one of a list of things that can be opened: the first nine by a figure.
func (p *page) entry(label, value string, open func()) {
	key := ""
	if p.entries++; p.entries <= 9 {
		key = strconv.Itoa(p.entries)
	}
	p.pivot(label, key, value, open)
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
		p.keys = append(p.keys, ui.Binding{Keys: "y", Does: "Copy", Rune: 'y', Do: do})
	}
	return p.parts
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

// pivot is a line that leads on: what, its key, and how much there is.
type pivot struct {
	widget.BaseWidget
	do    func()
	glow  *ui.Surface
	label *ui.Text
	key   *ui.KeyCap // nil: it has none
	value *ui.Text
}

func newPivot(label, key, value string, do func()) *pivot {
	p := &pivot{do: do, glow: ui.NewSurface(ui.ColorSurface), label: ui.NewShrinkingText(label, ui.Body),
		value: ui.NewShrinkingText(value, ui.Quiet).Right()}
	if key != "" {
		p.key = ui.NewKeyCap(key)
	}
	p.ExtendBaseWidget(p)
	return p
}

// Tapped goes there.
func (p *pivot) Tapped(*fyne.PointEvent) { p.do() }

// MouseIn lights the line up.
func (p *pivot) MouseIn(*desktop.MouseEvent) { p.glow.SetColor(ui.ColorRaised, 255) }

// MouseMoved does nothing.
func (p *pivot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends it.
func (p *pivot) MouseOut() { p.glow.SetColor(ui.ColorSurface, 255) }

// CreateRenderer draws the line.
func (p *pivot) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{p.glow, p.label, p.value}
	if p.key != nil {
		parts = append(parts, p.key)
	}
	return &ui.Face{Widget: p, Parts: parts, Place: p.place, Min: func() fyne.Size { return fyne.NewSize(100, 26) }}
}

func (p *pivot) place(s fyne.Size) {
	p.glow.Resize(s.AddWidthHeight(12, 0))
	p.glow.Move(fyne.NewPos(-6, 0))
	value := min(ui.Quiet.Width(p.value.Now())+1, s.Width/2)
	p.value.Resize(fyne.NewSize(value, s.Height))
	p.value.Move(fyne.NewPos(s.Width-value, 0))
	room := s.Width - value - 12
	if p.key != nil {
		room -= p.key.MinSize().Width + 10
	}
	label := min(ui.Body.Width(p.label.Now())+1, room)
	p.label.Resize(fyne.NewSize(label, s.Height))
	if p.key != nil {
		p.key.Resize(fyne.NewSize(p.key.MinSize().Width, s.Height))
		p.key.Move(fyne.NewPos(label+10, 0))
	}
}

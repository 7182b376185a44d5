package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// Value is one value of the settings, and where it comes from.
type Value struct {
	Name  string // keep logs
	Value string // as the file has it
	From  string // default, or the line of the file
}

// Held is what holds for the cache that is open. It is read once, when the program starts.
type Held struct {
	Values  []Value
	Problem error // why the settings file counts for nothing; nil: it is right, or there is none
	// The files: of the cache, of the settings and of the boards, which need not be there. "": there is no folder.
	Cache, File, Boards string
}

// Reader is what the screen asks of the cache; *cache.DB satisfies it.
type Reader interface {
	Scopes(context.Context) ([]app.Scope, error)
}

// Parts is what the screen is made of. All are needed.
type Parts struct {
	Session    *ui.Session
	Reader     Reader
	Held       Held
	Appearance func() ui.Appearance
	Appear     func(ui.Appearance) // changes it, and keeps the choice
	Copy       func(text string)   // to the clipboard
	Keys       func() []ui.KeyGroup
}

// View is the screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	Parts
	entered bool
	load    ui.Loader

	values *ui.ListPanel[Value]
	keys   *ui.ListPanel[key]
	places *ui.ListPanel[app.Scope]
	look   *ui.Panel
	files  *ui.Panel
	looks  []*ui.Chip
	paths  *ui.Prose
	copied string // the path that was copied last

	grid    *fyne.Container
	content *fyne.Container
}

// New returns the screen; it reads nothing until it is entered.
func New(p Parts) *View {
	v := &View{Parts: p, load: ui.Loader{Threads: p.Session.Threads}, paths: ui.NewProse()}
	v.values, v.keys, v.places = newValues(p.Held), newKeys(), newPlaces()
	v.look = ui.NewPanel("Appearance", "", v.newLooks())
	v.files = ui.NewPanel("Files", "", v.paths)
	v.grid = ui.NewGrid(&ui.Grid{Rows: rows, Natural: v.natural},
		v.values.Panel, v.keys.Panel, v.places.Panel, v.files, v.look)
	inset := layout.NewCustomPaddedLayout(10, 2, 16, 16)
	head := container.New(inset, container.NewHBox(ui.NewText("Settings", ui.Title)))
	v.content = container.NewBorder(head, nil, nil, nil, v.grid)
	v.ExtendBaseWidget(v)
	v.Session.Changed.Follow(func(ui.Change) { v.read() })
	v.arrange()
	return v
}

// threeWide is the width from which on three panels stand beside each other.
const threeWide = 840

// rows of the grid: values and keys, and below them places, files and the look.
func rows(width float32) [][]ui.GridCell {
	cell := func(panel int, share float32) ui.GridCell { return ui.GridCell{Object: panel, Share: share} }
	if width >= threeWide {
		return [][]ui.GridCell{{cell(0, 58), cell(1, 42)}, {cell(2, 36), cell(3, 38), cell(4, 26)}}
	}
	return [][]ui.GridCell{{cell(0, 58), cell(1, 42)}, {cell(3, 58), cell(4, 42)}, {cell(2, 100)}}
}

func (v *View) natural(panel int) float32 {
	switch panel {
	case 0:
		return v.values.Natural()
	case 1:
		return v.keys.Natural()
	case 2:
		return v.places.Natural()
	case 3:
		return ui.PanelHead + ui.PanelBelow + v.paths.Natural()
	}
	return v.look.MinSize().Height
}

// newLooks are the buttons that change how the window looks.
func (v *View) newLooks() fyne.CanvasObject {
	box := container.NewVBox()
	for _, look := range []struct {
		words, key string
		is         ui.Appearance
	}{{"Dark", "d", ui.Dark}, {"Light", "l", ui.Light}, {"As the system", "s", ui.System}} {
		chip := ui.NewButton(look.words, func() { v.appear(look.is) })
		v.looks = append(v.looks, chip)
		box.Add(container.NewHBox(chip, container.NewCenter(ui.NewKeyCap(look.key))))
	}
	return container.New(layout.NewCustomPaddedLayout(2, 4, 12, 12), box)
}

func (v *View) appear(look ui.Appearance) {
	v.Appear(look)
	v.arrange()
}

// Enter shows the screen.
func (v *View) Enter(ui.State) {
	v.entered = true
	v.arrange()
	v.read()
	v.focus(v.values.List)
}

// Leave stops reading. Nothing of the screen is a person's choice but the look, which is kept elsewhere.
func (v *View) Leave() ui.State {
	v.entered = false
	v.load.Stop()
	return nil
}

func (v *View) read() {
	if !v.entered {
		return
	}
	ui.Again(&v.load, v.Reader.Scopes, func(places []app.Scope, err error) {
		empty := "No place is cached yet. Press Pull (F5) above: it asks the places that the AWS configuration names."
		if err != nil {
			sentence, remedy := explain.Explain(err)
			empty = sentence + " " + remedy
		}
		v.places.SetItems(places, empty)
		v.grid.Refresh()
	})
}

// arrange shows what is held.
func (v *View) arrange() {
	for i, is := range []ui.Appearance{ui.Dark, ui.Light, ui.System} {
		v.looks[i].Choose(v.Appearance() == is)
	}
	v.keys.SetItems(linesOf(v.Keys()), "")
	v.paths.Set(v.pathLines()...)
	v.grid.Refresh()
}

func (v *View) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(o)
	}
}

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }

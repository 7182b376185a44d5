package incidents

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// editor is one line in which a title, a caption, a note or a passphrase is entered. It is hidden while nothing is.
type editor struct {
	widget.BaseWidget
	view  *View
	label *ui.Text
	field *ui.Field
	enter func(string)
}

func newEditor(v *View) *editor {
	e := &editor{view: v, label: ui.NewText("", ui.Note), field: ui.NewField("")}
	e.field.Whole = true
	e.field.OnEscape = e.leave
	e.field.OnSubmitted = func(text string) {
		enter := e.enter
		e.leave()
		enter(text)
	}
	e.ExtendBaseWidget(e)
	e.Hide()
	return e
}

// ask shows the line with a text to change; Enter calls enter with what it has become.
func (e *editor) ask(label, text string, secret bool, enter func(string)) {
	e.label.Set(label)
	e.field.Password = secret
	e.field.SetText(text)
	e.enter = enter
	e.Show()
	e.view.content.Refresh()
	e.view.focus(e.field)
}

// leave hides the line and gives the keyboard back to the evidence.
func (e *editor) leave() {
	e.close()
	e.view.content.Refresh()
	e.view.focus(e.view.evidence.List)
}

func (e *editor) close() {
	e.field.SetText("")
	e.Hide()
}

// CreateRenderer draws the line.
func (e *editor) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(layout.NewCustomPaddedLayout(4, 0, 16, 16),
		container.NewBorder(nil, nil, e.label, nil, e.field)))
}

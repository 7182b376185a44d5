package explore

import (
	"errors"
	"image/color"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// assist helps with what is typed into a query bar: it completes fields and values, offers the last queries, and
// underlines what is wrong. Its keys come before those of the bar: ↓ and ↑ move through the list, Tab takes up the row
// at the cursor or the first, Enter the one at the cursor, Escape closes the list. Ctrl+Space opens it, Ctrl+H and ↑ in
// an empty bar open the last queries.
type assist struct {
	screen fyne.CanvasObject
	field  *ui.Field
	fields func() []query.KnownField
	past   history
	valid  bool

	layer   *fyne.Container // over the screen
	list    *suggestions
	mark    *canvas.Rectangle // under what is wrong
	offered []query.Suggestion
}

// newAssist puts itself before what the bar of a screen does.
func newAssist(screen fyne.CanvasObject, field *ui.Field, fields func() []query.KnownField, name string) *assist {
	a := &assist{screen: screen, field: field, fields: fields, past: history{name}, valid: true,
		mark: canvas.NewRectangle(color.Transparent)}
	a.list = newSuggestions(a.take)
	a.mark.Hide()
	a.layer = container.NewWithoutLayout(a.mark, a.list)
	changed, escape, down, submitted := field.OnChanged, field.OnEscape, field.OnDown, field.OnSubmitted
	field.OnChanged = func(text string) { changed(text); a.suggest(false) }
	field.OnEscape = func() { a.unless(a.close, escape) }
	field.OnDown = func() { a.unless(func() { a.list.move(1) }, down) }
	field.OnUp = func() { a.unless(func() { a.list.move(-1) }, a.recallIfEmpty) }
	field.OnSubmitted = func(text string) {
		if a.open() && a.list.cursor >= 0 {
			a.take(a.list.cursor)
			return
		}
		a.close()
		a.remember()
		submitted(text)
	}
	field.OnTab = a.tab
	field.OnLeft = func() {
		if !a.list.over { // a press on the list takes the keyboard from the bar
			a.close()
		}
	}
	field.OnControl = a.control
	return a
}

func (a *assist) open() bool { return a.list.Visible() }
func (a *assist) close()     { a.offered = nil; a.list.show(nil, "") }

// unless does one thing while the list is open, and another else.
func (a *assist) unless(opened, closed func()) {
	if a.open() {
		opened()
		return
	}
	closed()
}

// tab takes up the row at the cursor, or the first.
func (a *assist) tab(do bool) bool {
	if do && a.open() {
		a.take(max(a.list.cursor, 0))
		return true
	}
	return a.open()
}

func (a *assist) control(key fyne.KeyName) bool {
	switch key {
	case fyne.KeySpace:
		a.suggest(true)
	case fyne.KeyH:
		a.recall()
	default:
		return false
	}
	return true
}

// focused reports whether the bar has the keyboard.
func (a *assist) focused() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(a.field)
	return c != nil && c.Focused() == fyne.Focusable(a.field)
}

// cursor is where in the query the cursor stands, in bytes.
func (a *assist) cursor() int {
	at := 0
	for range a.field.CursorColumn {
		_, size := utf8.DecodeRuneInString(a.field.Text[at:])
		at += size
	}
	return at
}

// suggest offers what the term at the cursor may mean. Before anything of it is typed that is done only if it is asked
// for.
func (a *assist) suggest(asked bool) {
	if !a.focused() {
		a.close()
		return
	}
	text, cursor := a.field.Text, a.cursor()
	a.offered = nil
	var rows []suggestion
	for _, s := range query.Complete(text, cursor, query.Known{Fields: a.fields()}) {
		if !asked && s.From == cursor || text[:s.From]+s.With+text[s.To:] == text {
			continue
		}
		a.offered = append(a.offered, s)
		rows = append(rows, suggestion{s.Text, noteOf(s)})
	}
	a.place()
	a.list.show(rows, "Tab takes the first, ↓ chooses, Esc closes")
}

// noteOf says what a suggestion is, or how many have it.
func noteOf(s query.Suggestion) string {
	switch {
	case s.Count > 0:
		return phrase.Count(int64(s.Count))
	case s.What == query.AField:
		return "field"
	}
	return ""
}

// place puts the list below the bar.
func (a *assist) place() {
	at := a.origin()
	a.list.Move(fyne.NewPos(at.X, at.Y+a.field.Size().Height+2))
}

// origin is where the bar lies on the screen.
func (a *assist) origin() fyne.Position {
	driver := fyne.CurrentApp().Driver()
	return driver.AbsolutePositionForObject(a.field).Subtract(driver.AbsolutePositionForObject(a.screen))
}

// recall offers the last queries.
func (a *assist) recall() {
	a.offered = nil
	var rows []suggestion
	for _, text := range a.past.all() {
		a.offered = append(a.offered, query.Suggestion{To: len(a.field.Text), With: text})
		rows = append(rows, suggestion{text: text})
	}
	if len(rows) == 0 {
		return
	}
	a.place()
	a.list.show(rows, "Recent queries: ↓ chooses, Enter asks again, Esc closes")
	a.list.move(1)
}

func (a *assist) recallIfEmpty() {
	if a.field.Text == "" {
		a.recall()
	}
}

// take puts a suggestion into the query.
func (a *assist) take(row int) {
	if row >= len(a.offered) {
		return
	}
	s, text := a.offered[row], a.field.Text
	a.close()
	before := text[:min(s.From, len(text))] + s.With
	a.field.SetText(before + text[min(s.To, len(text)):])
	a.field.CursorColumn = utf8.RuneCountInString(before)
	a.field.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(a.field); c != nil {
		c.Focus(a.field)
	}
	if s.What == query.AField { // its values are next
		a.suggest(true)
	} else {
		a.close()
	}
}

// remember keeps the query among the last ones, if it is one.
func (a *assist) remember() {
	if a.valid {
		a.past.add(a.field.Text)
	}
}

// pointAt underlines what an error of the query is about.
func (a *assist) pointAt(err error) {
	a.valid = err == nil
	var wrong *query.Error
	if !errors.As(err, &wrong) || wrong.At > len(a.field.Text) {
		a.mark.Hide()
		return
	}
	width := func(text string) float32 {
		return fyne.MeasureText(text, theme.TextSize(), a.field.TextStyle).Width
	}
	from := theme.InnerPadding() + width(a.field.Text[:wrong.At])
	to := theme.InnerPadding() + width(a.field.Text[:min(wrong.End, len(a.field.Text))])
	room := a.field.Size().Width - theme.InnerPadding()
	if from > room { // the text is scrolled: the sentence says what it is
		a.mark.Hide()
		return
	}
	at := a.origin()
	a.mark.FillColor = ui.Color(ui.ColorAlarm)
	a.mark.Move(fyne.NewPos(at.X+from, at.Y+a.field.Size().Height-errorBelow))
	a.mark.Resize(fyne.NewSize(max(min(to, room)-from, errorLeast), 2))
	a.mark.Show()
}

const (
	errorBelow = 7 // from the underline to the lower edge of the bar
	errorLeast = 8 // width of the underline where something is missing
)

// knownFields are what a query of this screen may name: those of the facets with the values that were found, and
// others.
func (s *Screen[T]) knownFields() (all []query.KnownField) {
	named := map[string]bool{}
	for _, f := range s.known {
		named[f.Field] = true
		all = append(all, f.known())
	}
	for _, name := range s.parts.Fields {
		if !named[name] {
			all = append(all, query.KnownField{Name: name})
		}
	}
	return all
}

// learn takes up the fields of an answer for what is typed next. A field that the query itself narrows keeps the values
// it had: what is typed of a value as a rule finds nothing before it is whole.
func (s *Screen[T]) learn(facets []Facet, asked string) {
	asked = app.Fold(asked)
	for _, f := range facets {
		i := slices.IndexFunc(s.known, func(k Facet) bool { return k.Field == f.Field })
		switch {
		case f.Field == "":
		case i < 0:
			s.known = append(s.known, f)
		case !strings.Contains(asked, app.Fold(f.Field)):
			s.known[i] = f
		}
	}
}

// known are the values of a facet as a person may type them.
func (f Facet) known() query.KnownField {
	terms := map[string]string{}
	field := query.KnownField{Name: f.Field, Term: func(value string) string { return terms[value] }}
	for _, values := range [][]Value{f.Values, f.Others} {
		for _, v := range values {
			terms[v.Text] = v.Term
			field.Values = append(field.Values, query.KnownValue{Text: v.Text, Count: v.Count})
		}
	}
	return field
}

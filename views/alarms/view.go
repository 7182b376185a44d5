// Package alarms is the screen of alarms: all that the cache knows, those that are in alarm first, with how long they
// have been so and how often they went off.
package alarms

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// Reader is what the screen reads from the cache; *cache.DB satisfies it.
type Reader interface {
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	Freshness(context.Context) ([]app.Freshness, error)
}

// View is the screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	session *ui.Session
	reader  Reader
	presets app.Presets
	load    ui.Loader
	entered bool

	shown board // what was read last; it stays while more is read

	title, count *ui.Text
	filter       *ui.Field
	trouble      *ui.Text        // of reading
	top          *fyne.Container // the line that they stand in
	list         *ui.List[Row]
	table        fyne.CanvasObject
	empty        *fyne.Container
	emptyTitle   *ui.Text
	emptyWhy     *fyne.Container
	content      *fyne.Container
}

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, reader Reader, presets app.Presets) *View {
	v := &View{session: session, reader: reader, presets: presets, load: ui.Loader{Threads: session.Threads},
		title: ui.NewText("Alarms", ui.Title), count: ui.NewText("", ui.Note), trouble: ui.NewShrinkingText("", ui.Bad),
		filter: ui.NewField("Filter: name, metric, state"), emptyTitle: ui.NewText("", ui.Title), emptyWhy: container.NewVBox()}
	v.list = ui.NewList(Row.Key, v.columns()...)
	v.list.OnOpen = func(r Row) { v.session.Selected.Set(r.Alarm) }
	v.table = v.list.Table()
	v.empty = container.NewCenter(container.NewVBox(container.NewHBox(layout.NewSpacer(), v.emptyTitle, layout.NewSpacer()), v.emptyWhy))
	v.filter.OnChanged = func(string) { v.show() }
	v.filter.OnEscape = func() { v.filter.SetText(""); v.focus(v.list) }
	v.filter.OnDown = func() { v.focus(v.list) }
	v.filter.OnSubmitted = func(string) { v.focus(v.list) }
	v.top = v.head()
	v.content = container.NewBorder(v.top, nil, nil, nil, container.NewStack(v.table, v.empty))
	v.ExtendBaseWidget(v)
	v.follow()
	v.show()
	return v
}

// head is the line above the table.
func (v *View) head() *fyne.Container {
	filter := container.NewGridWrap(fyne.NewSize(240, ui.ChipHeight), v.filter)
	left := container.NewHBox(v.title, ui.NewSpace(6, 0), v.count, ui.NewSpace(6, 0))
	row := container.NewBorder(nil, nil, left, filter, v.trouble)
	return container.New(layout.NewCustomPaddedLayout(8, 8, 12, 12), row)
}

func (v *View) follow() {
	v.session.Focus.Follow(func(app.Focus) { v.read() })
	v.session.Changed.Follow(func(c ui.Change) {
		if c.Signal == app.Alarms {
			v.read()
		}
	})
	v.session.Selected.Follow(func(item ui.Item) { v.mark(item) })
}

// mark shows which alarm is in the drawer.
func (v *View) mark(item ui.Item) {
	if a, ok := item.(app.Alarm); ok {
		v.list.Mark(Row{Alarm: a}.Key())
		return
	}
	v.list.Mark("")
}

func (v *View) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(o)
	}
}

// Enter shows the screen as it was left.
func (v *View) Enter(state ui.State) {
	v.entered = true
	if text, ok := state["filter"]; ok {
		v.filter.SetText(text)
	}
	v.mark(v.session.Selected.Now())
	v.read()
	v.focus(v.list)
}

// Leave stops reading and returns the filter.
func (v *View) Leave() ui.State {
	v.entered = false
	v.load.Stop()
	return ui.State{"filter": v.filter.Text}
}

// Tick lets the times in state grow.
func (v *View) Tick() {
	if v.entered {
		v.read()
	}
}

// Bindings are the keys of the screen. Those of the list work before it has the keyboard, too: a screen that was never
// drawn cannot be given it.
func (v *View) Bindings() ui.Bindings {
	return ui.Bindings{
		{Keys: "/", Does: "Filter the alarms", Rune: '/', Do: func() { v.focus(v.filter) }},
		v.listed("↑ ↓", "Move through them", fyne.KeyDown), v.listed("", "", fyne.KeyUp),
		v.listed("PgUp PgDn", "By a page", fyne.KeyPageDown), v.listed("", "", fyne.KeyPageUp),
		v.listed("Home End", "First and last", fyne.KeyHome), v.listed("", "", fyne.KeyEnd),
		v.listed("Enter", "Open the one at the cursor", fyne.KeyReturn), v.listed("", "", fyne.KeyEnter),
	}
}

// listed binds a key to what the list does with it, and gives the list the keyboard.
func (v *View) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		v.focus(v.list)
		v.list.TypedKey(&fyne.KeyEvent{Name: key})
	}}
}

// read reads the alarms of the focus; what is shown stays until the answer is there.
func (v *View) read() {
	if !v.entered {
		return
	}
	f, now := v.session.Focus.Now(), v.session.Now()
	ui.Again(&v.load, func(ctx context.Context) (board, error) { return readBoard(ctx, v.reader, f, now) },
		func(b board, err error) {
			if err != nil { // what was shown is better than nothing
				v.shown.problem = err
			} else {
				v.shown = b
			}
			v.show()
			v.renew()
		})
}

// renew gives the drawer the alarm as it is now, if it shows one that has changed.
func (v *View) renew() {
	open, ok := v.session.Selected.Now().(app.Alarm)
	if !ok {
		return
	}
	for _, r := range v.shown.rows {
		if r.Key() == (Row{Alarm: open}).Key() && (r.Alarm.State != open.State || !r.Alarm.Since.Equal(open.Since)) {
			v.session.Selected.Set(r.Alarm)
		}
	}
}

// show puts what was read, filtered, on the screen.
func (v *View) show() {
	rows := filtered(v.shown.rows, v.filter.Text, v.presets)
	v.list.SetItems(rows)
	v.sayCount()
	v.sayTrouble()
	v.top.Refresh() // the count may need more room
	title, why := v.emptiness(len(rows))
	if title == "" {
		v.empty.Hide()
		v.table.Show()
		return
	}
	v.emptyTitle.Set(title)
	v.emptyWhy.Objects = []fyne.CanvasObject{ui.NewParagraph(why, ui.Quiet, 380).Centered()}
	v.emptyWhy.Refresh()
	v.table.Hide()
	v.empty.Show()
	v.empty.Refresh()
}

func (v *View) sayCount() {
	style := ui.Note
	in := 0
	for _, r := range v.shown.rows {
		if r.Alarm.State == app.InAlarm {
			in++
		}
	}
	if in > 0 {
		style = style.In(ui.ColorAlarm)
	}
	v.count.SetStyle(style)
	if len(v.shown.rows) == 0 {
		v.count.Set("")
		return
	}
	v.count.Set(ui.Count(int64(in)) + " of " + ui.Count(int64(len(v.shown.rows))) + " in alarm")
}

func (v *View) sayTrouble() {
	if v.shown.problem == nil {
		v.trouble.Set("")
		return
	}
	sentence, _ := explain.Explain(v.shown.problem)
	if len(v.shown.rows) > 0 {
		sentence = "As of " + ui.Clock(v.shown.at, v.session.Zone.Now()) + ". " + sentence
	}
	v.trouble.Set(sentence)
}

// emptiness says why there is nothing to see and what to do; "" while there is something.
func (v *View) emptiness(rows int) (title, why string) {
	f := v.session.Focus.Now()
	switch {
	case rows > 0:
		return "", ""
	case len(v.shown.rows) > 0:
		return "No alarm fits the filter", "Press Esc in the filter to see all " + ui.Count(int64(len(v.shown.rows))) + "."
	case v.shown.problem != nil:
		_, remedy := explain.Explain(v.shown.problem)
		return "The alarms cannot be read", remedy
	case !v.shown.known:
		return "Reading the cache", "It takes a moment."
	case !v.shown.asked:
		return "No alarms in the cache yet", "Press Pull (F5) above, or run nephograph pull. Every read after that is local."
	case f.Resource != "":
		return "No alarm watches " + f.Resource, "Take the resource filter away in the bar above to see all alarms."
	case len(f.Scopes) > 0:
		return "No alarms in these places", "Choose other accounts and Regions in the bar above."
	}
	return "No alarms in these accounts", "CloudWatch has none where the cache has looked: nothing here would tell you of trouble."
}

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }

// columns declares what the list shows of an alarm.
func (v *View) columns() []ui.Column[Row] {
	quiet := func(text string) ui.Cell { return ui.Cell{Text: text, Style: ui.Note} }
	return []ui.Column[Row]{
		{Title: "State", Width: 84, Cell: stateCell},
		{Title: "Name", Share: 2, Cell: func(r Row) ui.Cell { return ui.Cell{Text: r.Alarm.Name, Style: nameStyle(r)} }},
		{Title: "Kind", Width: 70, Above: 1060, Cell: func(r Row) ui.Cell { return quiet(kindWord(r.Alarm)) }},
		{Title: "Watches", Share: 3, Above: 680, Cell: func(r Row) ui.Cell { return ui.Cell{Text: ui.AlarmSubject(r.Alarm, v.presets)} }},
		{Title: "Goes off", Share: 2, Above: 760, Cell: func(r Row) ui.Cell { return quiet(ui.AlarmRule(r.Alarm, v.presets)) }},
		{Title: "For", Width: 76, Align: fyne.TextAlignTrailing, Cell: func(r Row) ui.Cell {
			return ui.Cell{Text: ui.Lasting(v.session.Now().Sub(r.Alarm.Since))}
		}},
		{Title: "Went off", Width: 62, Align: fyne.TextAlignTrailing, Above: 560, Cell: flapCell},
		{Title: "Region", Width: 92, Above: 580, Cell: func(r Row) ui.Cell { return quiet(r.Alarm.Region) }},
		{Title: "Account", Width: 96, Above: 940, Cell: func(r Row) ui.Cell { return quiet(r.Alarm.Account) }},
	}
}

func stateCell(r Row) ui.Cell {
	shape, color, word := ui.OfState(r.Alarm.State)
	style := ui.Note
	if r.Alarm.State == app.InAlarm {
		style = ui.Small.In(ui.ColorAlarm)
	}
	return ui.Cell{Text: word, Mark: shape, Ink: color, Style: style}
}

func nameStyle(r Row) ui.Style {
	if r.Alarm.State == app.InAlarm {
		return ui.Strong
	}
	return ui.Small
}

func kindWord(a app.Alarm) string {
	switch {
	case a.Kind == app.CompositeAlarm:
		return "composite"
	case a.Metric == nil:
		return "formula"
	}
	return "metric"
}

// flapCell counts how often an alarm went off in the window; in amber where that is too often to mean anything.
func flapCell(r Row) ui.Cell {
	switch {
	case r.Flaps == 0:
		return ui.Cell{Text: "–", Style: ui.Note}
	case r.Flapping:
		return ui.Cell{Text: ui.Count(int64(r.Flaps)) + " ×", Style: ui.Strong.In(ui.ColorWarning)}
	}
	return ui.Cell{Text: ui.Count(int64(r.Flaps)) + " ×"}
}

// filtered returns the rows in which every word of the text occurs, in any case.
func filtered(rows []Row, text string, presets app.Presets) []Row {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return rows
	}
	var fit []Row
	for _, r := range rows {
		said := r.says(presets)
		all := true
		for _, w := range words {
			all = all && strings.Contains(said, w)
		}
		if all {
			fit = append(fit, r)
		}
	}
	return fit
}

// Package alarms is the screen of alarms: all alarms in the cache, those in alarm first, each with its metric and
// threshold, how long it has been in its state and how often it went off; and the resources that no alarm watches.
//
// Alarms and their state changes are read at once, and searched and ordered in memory: a letter typed over 5,000 alarms
// costs 4 ms. The small charts are read only for the rows that are visible, some hundred series at a time, and stay
// until newer ones are there (sparks.go). A resource is not watched if it had datapoints in the last day that was
// pulled and no alarm reads any of its metrics (app.FindUnwatched).
package alarms

import (
	"context"
	"encoding/json"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// Reader is what the screen reads from the cache; *cache.DB satisfies it.
type Reader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	MetricsSince(context.Context, app.Scope, time.Time) ([]app.Metric, error)
	Freshness(context.Context) ([]app.Freshness, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
}

// View is the screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	session *ui.Session
	reader  Reader
	presets app.Presets
	load    ui.Loader
	sparks  *sparks
	entered bool

	shown    board // what was read last; it stays while it is read again
	filter   filter
	filtered filtered

	head       *head
	list       *ui.List[line]
	unwatched  *ui.List[app.Unwatched]
	tables     [2]fyne.CanvasObject // of alarms, of unwatched resources
	empty      *fyne.Container
	emptyTitle *ui.Text
	emptyWhy   *fyne.Container
	content    *fyne.Container
}

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, reader Reader, presets app.Presets) *View {
	v := &View{session: session, reader: reader, presets: presets, load: ui.Loader{Threads: session.Threads},
		filter: filter{folded: map[string]bool{}}, emptyTitle: ui.NewText("", ui.Title), emptyWhy: container.NewVBox()}
	v.sparks = newSparks(session, reader, v.redraw)
	v.head = newHead(v)
	v.list = ui.NewList(func(l line) string { return l.key }, v.columns()...)
	v.list.OnOpen, v.list.Ahead = v.open, session.Ahead
	v.list.OnOrder = func(column int) {
		v.changeFilter(func(f *filter) { f.order = f.order.toggled(v.columns()[column].Title) })
	}
	v.unwatched = ui.NewList(unwatchedKey, v.unwatchedColumns()...)
	v.unwatched.OnOpen, v.unwatched.Ahead = func(u app.Unwatched) { v.session.Selected.Set(u) }, session.Ahead
	v.tables = [2]fyne.CanvasObject{v.list.Table(), v.unwatched.Table()}
	title := container.NewHBox(layout.NewSpacer(), v.emptyTitle, layout.NewSpacer())
	v.empty = container.NewCenter(container.NewVBox(title, v.emptyWhy))
	v.head.filter.OnChanged = func(text string) { v.changeFilter(func(f *filter) { f.text = text }) }
	v.head.filter.OnEscape = func() { v.head.filter.SetText(""); v.focus(v.table()) }
	v.head.filter.OnDown = func() { v.focus(v.table()) }
	v.head.filter.OnSubmitted = func(string) { v.focus(v.table()) }
	v.content = container.NewBorder(v.head.content, nil, nil, nil,
		container.NewStack(v.tables[0], v.tables[1], v.empty))
	v.ExtendBaseWidget(v)
	v.follow()
	v.arrange()
	return v
}

func (v *View) follow() {
	v.session.Focus.Follow(func(app.Focus) { v.sparks.markStale(); v.read() })
	v.session.Changed.Follow(func(c ui.Change) {
		switch c.Signal {
		case app.Alarms:
			v.read()
		case app.Metrics:
			v.sparks.markStale()
			v.redraw()
		}
	})
	v.session.Contact.Follow(func(ui.Contact) { v.arrange() })
	v.session.Selected.Follow(func(item app.Item) { v.markSelected(item) })
}

// table is the list that is shown.
func (v *View) table() interface {
	fyne.CanvasObject
	fyne.Focusable
} {
	if v.filter.facet == facetUnwatched {
		return v.unwatched
	}
	return v.list
}

// open shows an alarm in the drawer, or folds or unfolds a group whose heading is no alarm.
func (v *View) open(l line) {
	if l.row == nil {
		v.setFolded(l.group.id, !l.group.folded)
		v.markSelected(v.session.Selected.Now())
		return
	}
	v.session.Selected.Set(l.row.Alarm)
}

// markSelected marks the row of the item that is in the drawer.
func (v *View) markSelected(item app.Item) {
	alarm, resource := "", ""
	switch item := item.(type) {
	case app.Alarm:
		alarm = v.lineOf(keyOf(item))
	case app.Unwatched:
		resource = unwatchedKey(item)
	}
	v.list.Mark(alarm)
	v.unwatched.Mark(resource)
}

// lineOf returns the key of a line that shows an alarm: the one at the cursor if it does, "" if none does.
func (v *View) lineOf(alarm string) string {
	if at, ok := v.list.Cursor(); ok && at.row != nil && at.row.key == alarm {
		return at.key
	}
	for _, l := range v.list.Items() {
		if l.row != nil && l.row.key == alarm {
			return l.key
		}
	}
	return ""
}

func (v *View) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(o)
	}
}

// focusFirst gives the table the keyboard focus after the first read, if nothing has it: a hidden table cannot get it.
func (v *View) focusFirst() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() == nil {
		c.Focus(v.table())
	}
}

// Enter shows the screen as it was left.
func (v *View) Enter(state ui.State) {
	v.entered = true
	v.filter = filterOf(state, v.filter)
	v.head.filter.SetText(v.filter.text)
	v.arrange()
	v.markSelected(v.session.Selected.Now())
	v.read()
	v.focus(v.table())
}

// Leave stops reading and returns the filter.
func (v *View) Leave() ui.State {
	v.entered = false
	v.load.Stop()
	v.sparks.stop()
	return v.filter.state()
}

// state returns the filter as the state of the screen.
func (f filter) state() ui.State {
	folded, _ := json.Marshal(f.folded) // a map of strings and booleans cannot fail
	down := ""
	if f.order.reversed {
		down = "down"
	}
	return ui.State{"filter": f.text, "show": facetNames[f.facet], "group": string(f.group), "order": f.order.by,
		"turned": down, "folded": string(folded)}
}

// filterOf returns the filter of a state; that of before if there is no state.
func filterOf(state ui.State, was filter) filter {
	if state == nil {
		return was
	}
	f := filter{text: state["filter"], facet: facetOf(state["show"]), group: grouping(state["group"]),
		order: order{state["order"], state["turned"] != ""}, folded: map[string]bool{}}
	if json.Unmarshal([]byte(state["folded"]), &f.folded) != nil || f.folded == nil {
		f.folded = map[string]bool{}
	}
	return f
}

// stale is after how long the board is read again although no change was announced.
const stale = time.Minute

// Tick updates the texts that depend on the time, and reads a stale board again.
func (v *View) Tick() {
	switch {
	case !v.entered:
	case v.session.Now().Sub(v.shown.at) >= stale || v.shown.problem != nil:
		v.sparks.markStale()
		v.read()
	default:
		v.head.showNotice(v.notice())
		v.redraw()
	}
}

// read reads the alarms of the focus. What is shown stays until they are there.
func (v *View) read() {
	if !v.entered {
		return
	}
	f, end, now := v.session.Focus.Now(), v.session.Range().To, v.session.Now()
	read := func(ctx context.Context) (board, error) { return readBoard(ctx, v.reader, f, end, now, v.presets) }
	ui.Again(&v.load, read, func(b board, err error) {
		if err != nil { // what was shown is better than nothing
			v.shown.problem = err
			v.session.Ahead.Drop()
		} else {
			v.shown = b
		}
		v.arrange()
		v.updateDrawer()
		v.session.Ahead.Type()
		v.focusFirst()
	})
}

// updateDrawer shows the alarm in the drawer as it is now, if it has changed.
func (v *View) updateDrawer() {
	open, ok := v.session.Selected.Now().(app.Alarm)
	if !ok {
		return
	}
	for _, r := range v.shown.rows {
		now := r.Alarm
		changed := now.State != open.State || !now.Since.Equal(open.Since) || !now.Gone.Equal(open.Gone)
		if changed && r.key == keyOf(open) {
			v.session.Selected.Set(now)
		}
	}
}

// changeFilter changes the filter and shows what it leaves.
func (v *View) changeFilter(change func(*filter)) {
	change(&v.filter)
	v.arrange()
}

// arrange shows what the filter leaves of the board.
func (v *View) arrange() {
	v.filtered = v.shown.filter(v.filter, v.presets)
	of := 0
	if v.filter.facet == facetUnwatched { // no charts are read for a table that is not shown
		of = 1
		v.unwatched.SetItems(v.filtered.unwatched)
	} else {
		v.list.SetItems(v.filter.lines(v.filtered.rows, v.presets))
		v.list.SayOrder(v.orderColumn(), v.filter.order.reversed)
	}
	v.head.showCounts(v.filter, v.filtered, v.shown.loaded)
	v.head.showNotice(v.notice())
	title, why := v.emptyMessage(v.filtered)
	setShown(v.tables[of], title == "")
	setShown(v.tables[1-of], false)
	v.followFocus()
	setShown(v.empty, title != "")
	if title != "" {
		v.emptyTitle.Set(title)
		v.emptyWhy.Objects = []fyne.CanvasObject{ui.NewParagraph(why, ui.Quiet, 380).Centered()}
		v.emptyWhy.Refresh()
		v.empty.Refresh()
	}
}

// followFocus moves the keyboard focus from the table that is no longer shown to the other one.
func (v *View) followFocus() {
	other := fyne.Focusable(v.unwatched)
	if v.table() == other {
		other = v.list
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() == other {
		c.Focus(v.table())
	}
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// redraw draws the visible rows again.
func (v *View) redraw() {
	switch {
	case !v.entered:
	case v.filter.facet == facetUnwatched:
		v.unwatched.Refresh()
	default:
		v.list.Refresh()
	}
}

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }

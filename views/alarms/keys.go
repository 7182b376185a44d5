package alarms

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

var (
	_ ui.Commander = (*View)(nil)
	_ ui.Awaiting  = (*View)(nil)
)

// Bindings are the keys of the screen. Those of the list work before it has the keyboard focus too, which it cannot get
// before it is drawn.
func (v *View) Bindings() ui.Bindings {
	return ui.Bindings{
		{Keys: "/", Does: "Filter the alarms", Rune: '/', Do: func() { v.focus(v.head.filter) }},
		{Keys: "f F", Does: "Show the next state, the previous one", Rune: 'f', Do: func() { v.stepFacet(1) }},
		{Rune: 'F', Do: func() { v.stepFacet(-1) }},
		{Keys: "g", Does: "Group by service, composite, tag …", Rune: 'g', Do: v.chooseGrouping},
		{Keys: "o O", Does: "Sort by the next column, reverse the order", Rune: 'o', Do: func() { v.stepOrder(1) }},
		{Rune: 'O', Do: v.reverse},
		{Keys: "← →", Does: "Fold a group, unfold it", Key: fyne.KeyLeft, Do: func() { v.fold(true) }},
		{Key: fyne.KeyRight, Do: func() { v.fold(false) }},
		v.listed("↑ ↓", "Next alarm, previous alarm", fyne.KeyDown), v.listed("", "", fyne.KeyUp),
		v.listed("PgUp PgDn", "Next page, previous page", fyne.KeyPageDown), v.listed("", "", fyne.KeyPageUp),
		v.listed("Home End", "First alarm, last alarm", fyne.KeyHome), v.listed("", "", fyne.KeyEnd),
		v.listed("Enter", "Open the alarm at the cursor", fyne.KeyReturn), v.listed("", "", fyne.KeyEnter),
	}
}

// Awaits reports whether a key has to wait for the alarms to be read for the first time. That of the filter need not.
func (v *View) Awaits(p ui.Press) bool {
	return v.entered && v.load.Busy() && !v.shown.loaded && p.Rune != '/' && v.Bindings().Has(p)
}

// listed binds a key to what the list does with it, and gives the list the keyboard focus.
func (v *View) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		list := v.table()
		v.focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: key})
	}}
}

// Commands are what the command palette offers on this screen.
func (v *View) Commands() []ui.Command {
	list := []ui.Command{
		{Title: "Filter the alarms", Detail: "Alarms", Keys: "/", Do: func() { v.focus(v.head.filter) }}}
	for f := range facetNames {
		list = append(list, ui.Command{Title: "Show: " + facetNames[f], Detail: "Alarms", Do: func() {
			v.changeFilter(func(to *filter) { to.facet = facet(f) })
		}})
	}
	for _, g := range groupings(v.shown.tags) {
		list = append(list, ui.Command{Title: "Group by: " + g.name(), Detail: "Alarms", Do: func() { v.groupBy(g) }})
	}
	return list
}

// stepFacet shows the next facet with rows, or for -1 the previous one.
func (v *View) stepFacet(by int) {
	v.changeFilter(func(to *filter) {
		for range facetNames {
			to.facet = facet((int(to.facet) + by + len(facetNames)) % len(facetNames))
			if v.filtered.count[to.facet] > 0 {
				return
			}
		}
	})
}

// stepOrder sorts the rows by the next column that has an order.
func (v *View) stepOrder(by int) {
	at, n := v.orderColumn(), len(v.columns())
	for range n {
		at = (at + by + n) % n
		if c := v.columns()[at]; c.Order {
			v.changeFilter(func(to *filter) { to.order = order{by: c.Title} })
			return
		}
	}
}

func (v *View) reverse() {
	v.changeFilter(func(to *filter) { to.order = to.order.toggled(v.columns()[v.orderColumn()].Title) })
}

// orderColumn returns the column that the rows are sorted by.
func (v *View) orderColumn() int {
	for i, c := range v.columns() {
		if c.Title == v.filter.order.by {
			return i
		}
	}
	return 0
}

func (v *View) groupBy(g grouping) {
	v.changeFilter(func(to *filter) { to.group, to.folded = g, map[string]bool{} })
}

// fold folds the group at the cursor, or unfolds it. From an alarm of the group the cursor goes to its heading.
func (v *View) fold(folded bool) {
	at, ok := v.list.Cursor()
	if !ok || v.filter.group == ungrouped {
		return
	}
	for row := v.list.Row(); row >= 0; row-- {
		if l := v.list.Items()[row]; l.group != nil {
			if at.group == nil && !folded {
				return
			}
			v.list.Go(row)
			v.setFolded(l.group.id, folded)
			return
		}
	}
}

func (v *View) setFolded(id string, folded bool) {
	v.changeFilter(func(to *filter) { to.folded[id] = folded })
}

// capital returns a text with its first letter in upper case.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

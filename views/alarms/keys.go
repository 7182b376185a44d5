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

// Bindings are the keys of the screen. Those of the list work before it has the keyboard, too: a screen that was never
// drawn cannot be given it.
func (v *View) Bindings() ui.Bindings {
	return ui.Bindings{
		{Keys: "/", Does: "Filter the alarms", Rune: '/', Do: func() { v.focus(v.head.filter) }},
		{Keys: "f F", Does: "Next state alone, the one before", Rune: 'f', Do: func() { v.stepFacet(1) }}, {Rune: 'F', Do: func() { v.stepFacet(-1) }},
		{Keys: "g", Does: "Group by service, composite, tag …", Rune: 'g', Do: v.chooseGrouping},
		{Keys: "o O", Does: "Order by the next column, turn it round", Rune: 'o', Do: func() { v.stepOrder(1) }}, {Rune: 'O', Do: v.reverse},
		{Keys: "← →", Does: "Fold a group, open it", Key: fyne.KeyLeft, Do: func() { v.fold(true) }}, {Key: fyne.KeyRight, Do: func() { v.fold(false) }},
		v.listed("↑ ↓", "Move through them", fyne.KeyDown), v.listed("", "", fyne.KeyUp),
		v.listed("PgUp PgDn", "By a page", fyne.KeyPageDown), v.listed("", "", fyne.KeyPageUp),
		v.listed("Home End", "First and last", fyne.KeyHome), v.listed("", "", fyne.KeyEnd),
		v.listed("Enter", "Open the one at the cursor", fyne.KeyReturn), v.listed("", "", fyne.KeyEnter),
	}
}

// Awaits reports whether a key is for the alarms, while they are read for the first time. The filter needs none.
func (v *View) Awaits(p ui.Press) bool {
	return v.entered && v.load.Busy() && !v.shown.loaded && p.Rune != '/' && v.Bindings().Has(p)
}

// listed binds a key to what the list does with it, and gives the list the keyboard.
func (v *View) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		list := v.table()
		v.focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: key})
	}}
}

// Commands are what can be done with the board, for the command palette.
func (v *View) Commands() []ui.Command {
	list := []ui.Command{{Title: "Filter the alarms", Detail: "Alarms", Keys: "/", Do: func() { v.focus(v.head.filter) }}}
	for f := range facetNames {
		list = append(list, ui.Command{Title: "Show: " + facetNames[f], Detail: "Alarms", Do: func() { v.changeFilter(func(w *filter) { w.facet = facet(f) }) }})
	}
	for _, g := range groupings(v.shown.tags) {
		list = append(list, ui.Command{Title: "Group by: " + g.name(), Detail: "Alarms", Do: func() { v.groupBy(g) }})
	}
	return list
}

// stepFacet shows the next facet that has anything, or the one before.
func (v *View) stepFacet(by int) {
	v.changeFilter(func(w *filter) {
		for range facetNames {
			w.facet = facet((int(w.facet) + by + len(facetNames)) % len(facetNames))
			if v.filtered.count[w.facet] > 0 {
				return
			}
		}
	})
}

// stepOrder puts the rows in the order of the next column.
func (v *View) stepOrder(by int) {
	at, n := v.orderColumn(), len(v.columns())
	for range n {
		at = (at + by + n) % n
		if c := v.columns()[at]; c.Order {
			v.changeFilter(func(w *filter) { w.order = order{by: c.Title} })
			return
		}
	}
}

func (v *View) reverse() {
	v.changeFilter(func(w *filter) { w.order = w.order.toggled(v.columns()[v.orderColumn()].Title) })
}

// orderColumn returns the column whose order the rows are in.
func (v *View) orderColumn() int {
	for i, c := range v.columns() {
		if c.Title == v.filter.order.by {
			return i
		}
	}
	return 0
}

func (v *View) groupBy(g grouping) {
	v.changeFilter(func(w *filter) { w.group, w.folded = g, map[string]bool{} })
}

// fold closes the group at the cursor, or opens it; from one of its alarms the cursor goes to its head.
func (v *View) fold(closed bool) {
	at, ok := v.list.Cursor()
	if !ok || v.filter.group == ungrouped {
		return
	}
	for row := v.list.Row(); row >= 0; row-- {
		if l := v.list.Items()[row]; l.group != nil {
			if at.group == nil && !closed {
				return
			}
			v.list.Go(row)
			v.setFolded(l.group.id, closed)
			return
		}
	}
}

func (v *View) setFolded(id string, closed bool) {
	v.changeFilter(func(w *filter) { w.folded[id] = closed })
}

// capital writes the first letter large.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

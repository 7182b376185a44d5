package alarms

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// head stands above the table: the title, what went wrong with reading, how the rows are grouped, the filter, and below them
// the facets with their counts.
type head struct {
	content *fyne.Container
	line    *fyne.Container
	notice  *ui.Text // or of when it is
	group   *ui.Chip
	filter  *ui.Field
	facets  [len(facetNames)]*ui.Chip
}

const filterWidth = 220

func newHead(v *View) *head {
	h := &head{notice: ui.NewShrinkingText("", ui.Bad), filter: ui.NewField("Filter: name, metric, tag, state")}
	h.group = ui.NewChip(v.chooseGrouping).After(ui.IconCaret)
	chips := container.NewHBox()
	for f := range h.facets {
		h.facets[f] = ui.NewChip(func() { v.changeFilter(func(w *filter) { w.facet = facet(f) }) }).Round()
		if shape, ink := facet(f).mark(); shape != ui.NoShape {
			h.facets[f].Mark(shape, ink)
		}
		chips.Add(h.facets[f])
	}
	filter := container.NewGridWrap(fyne.NewSize(filterWidth, ui.ChipHeight), h.filter)
	title := container.NewHBox(ui.NewText("Alarms", ui.Title), ui.NewSpace(6, 0))
	h.line = container.NewBorder(nil, nil, title, container.NewHBox(h.group, filter), h.notice)
	inset := func(o fyne.CanvasObject, above, below float32) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(above, below, 12, 12), o)
	}
	h.content = container.NewVBox(inset(h.line, 8, 0), inset(chips, 0, 4))
	return h
}

// mark is the shape and the colour of a facet, those of its state.
func (f facet) mark() (ui.Shape, fyne.ThemeColorName) {
	var state app.AlarmState
	switch f {
	case facetInAlarm:
		state = app.InAlarm
	case facetInsufficientData:
		state = app.InsufficientData
	case facetOK:
		state = app.OK
	default:
		return ui.NoShape, ""
	}
	shape, ink, _ := ui.OfState(state)
	return shape, ink
}

// showCounts shows counts, and which facet and grouping hold. A facet that has nothing is not there, but for those that always matter; of
// alarms that were never read nothing is counted.
func (h *head) showCounts(w filter, p filtered, known bool) {
	for f, chip := range h.facets {
		n := p.count[f]
		style := ui.Quiet
		if facet(f) == facetInAlarm && n > 0 {
			style = ui.Head.In(ui.ColorAlarm)
		}
		count := phrase.Count(int64(n))
		if !known {
			count = "–"
		}
		chip.Set(ui.Word{Text: facetNames[f], Style: ui.Small}, ui.Word{Text: count, Style: style})
		chip.Choose(facet(f) == w.facet)
		if p.any[f] || facet(f) <= facetOK || facet(f) == w.facet {
			chip.Show()
		} else {
			chip.Hide()
		}
	}
	name := w.group.name()
	h.group.Set(ui.Word{Text: "Group", Style: ui.Quiet}, ui.Word{Text: name, Style: ui.Body})
	h.content.Refresh()
	h.line.Refresh() // the chip may need more room
}

// showNotice says what one has to know of what is seen.
func (h *head) showNotice(text string, style ui.Style) {
	h.notice.SetStyle(style)
	h.notice.Set(text)
}

// notice says why the alarms could not be read again; or else of when the states are, and the values, where that is not now:
// what is on the board is not all of one time.
func (v *View) notice() (text string, style ui.Style) {
	if v.shown.problem != nil {
		sentence, _ := explain.Explain(v.shown.problem)
		if len(v.shown.rows) > 0 {
			sentence = "As of " + phrase.Clock(v.shown.at, v.session.Zone.Now()) + ". " + sentence
		}
		return sentence, ui.Bad
	}
	states, values := v.asOf()
	return strings.Join(slices.DeleteFunc([]string{states, v.outdatedNotice(), values}, func(s string) bool { return s == "" }), " "), ui.Note.In(ui.ColorWarning)
}

func (v *View) moment(t time.Time) string {
	return phrase.Moment(t, v.session.Now(), v.session.Zone.Now())
}

// asOf says of when the states are, and the values, where that is not now. How often alarms went off is known up to the earlier.
func (v *View) asOf() (states, values string) {
	told, end := v.moment(v.shown.askedAt), v.session.Range().To
	late := func(t time.Time) bool { return v.session.Now().Sub(t) > phrase.Late }
	old := v.shown.asked && late(v.shown.askedAt)
	if old && told == v.moment(end) {
		return "All as of " + told + ".", ""
	}
	states, values = "States", "Values and 24 h"
	if v.shown.asked && v.shown.flapsTo.Equal(v.shown.askedAt) { // the window goes on after it
		states, values = "States and 24 h", "Values"
	}
	states, values = states+" as of "+told+".", values+" up to "+v.moment(end)+"."
	if !old {
		states = ""
	}
	if !late(end) {
		values = ""
	}
	return states, values
}

// outdatedNotice names a place that is older than the rest, or counts them.
func (v *View) outdatedNotice() string {
	switch behind := v.shown.outdated; len(behind) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%s as of %s.", behind[0].scope, v.moment(behind[0].at))
	default:
		return fmt.Sprintf("%d places are older, the oldest as of %s.", len(behind), v.moment(behind[0].at))
	}
}

// chooseGrouping shows what the alarms can be grouped by.
func (v *View) chooseGrouping() {
	var items []*fyne.MenuItem
	for _, g := range groupings(v.shown.tags) {
		item := fyne.NewMenuItem(capital(g.name()), func() { v.groupBy(g) })
		item.Checked = g == v.filter.group
		items = append(items, item)
	}
	v.head.group.PopUp(items...)
}

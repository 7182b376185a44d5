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

// head is above the table: the title, a notice, how the rows are grouped, the filter, and below them the facets with
// their counts.
type head struct {
	content *fyne.Container
	line    *fyne.Container
	notice  *ui.Text // why the alarms could not be read, or how old they are
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
		h.facets[f] = ui.NewChip(func() { v.changeFilter(func(to *filter) { to.facet = facet(f) }) }).Round()
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

// mark returns the shape and the colour of the state that a facet shows.
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

// showCounts shows the counts, the facet and the grouping. Facets without rows are hidden, but for those of the states.
// Before the alarms were loaded there are no counts.
func (h *head) showCounts(shown filter, left filtered, loaded bool) {
	for f, chip := range h.facets {
		n := left.count[f]
		style := ui.Quiet
		if facet(f) == facetInAlarm && n > 0 {
			style = ui.Head.In(ui.ColorAlarm)
		}
		count := phrase.Count(int64(n))
		if !loaded {
			count = "–"
		}
		chip.Set(ui.Word{Text: facetNames[f], Style: ui.Small}, ui.Word{Text: count, Style: style})
		chip.Choose(facet(f) == shown.facet)
		if left.any[f] || facet(f) <= facetOK || facet(f) == shown.facet {
			chip.Show()
		} else {
			chip.Hide()
		}
	}
	h.group.Set(ui.Word{Text: "Group", Style: ui.Quiet}, ui.Word{Text: shown.group.name(), Style: ui.Body})
	h.content.Refresh()
	h.line.Refresh() // the chip may need more room
}

// showNotice shows what a person has to know about the rows.
func (h *head) showNotice(text string, style ui.Style) {
	h.notice.SetStyle(style)
	h.notice.Set(text)
}

// notice says why the alarms could not be read again, or else up to when the states and the values are known, where
// that is not now: the parts of the board may differ in that.
func (v *View) notice() (text string, style ui.Style) {
	if v.shown.problem != nil {
		sentence, _ := explain.Explain(v.shown.problem)
		if len(v.shown.rows) > 0 {
			sentence = "As of " + phrase.Clock(v.shown.at, v.session.Zone.Now()) + ". " + sentence
		}
		return sentence, ui.Bad
	}
	states, values := v.asOf()
	parts := slices.DeleteFunc([]string{states, v.outdatedNotice(), values}, func(s string) bool { return s == "" })
	return strings.Join(parts, " "), ui.Note.In(ui.ColorWarning)
}

func (v *View) moment(t time.Time) string {
	return phrase.Moment(t, v.session.Now(), v.session.Zone.Now())
}

// asOf says up to when the states are known, and the values, each "" if that is now. The counts of 24 h end with the
// earlier of the two.
func (v *View) asOf() (states, values string) {
	asked, end := v.moment(v.shown.askedAt), v.session.Range().To
	late := func(t time.Time) bool { return v.session.Now().Sub(t) > phrase.Late }
	old := v.shown.asked && late(v.shown.askedAt)
	if old && asked == v.moment(end) {
		return "All as of " + asked + ".", ""
	}
	states, values = "States", "Values and 24 h"
	if v.shown.asked && v.shown.flapsTo.Equal(v.shown.askedAt) { // the window goes on after it
		states, values = "States and 24 h", "Values"
	}
	states, values = states+" as of "+asked+".", values+" up to "+v.moment(end)+"."
	if !old {
		states = ""
	}
	if !late(end) {
		values = ""
	}
	return states, values
}

// outdatedNotice names the scope whose alarms are older than the rest, or counts such scopes.
func (v *View) outdatedNotice() string {
	switch outdated := v.shown.outdated; len(outdated) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("%s as of %s.", outdated[0].scope, v.moment(outdated[0].at))
	default:
		return fmt.Sprintf("%d places are older, the oldest as of %s.", len(outdated), v.moment(outdated[0].at))
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

package alarms

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// family is the alarms that an alarm is made of, and those that are made of it.
type family struct {
	children map[string]app.Alarm // by name; what the cache does not know is not there
	parents  []app.Alarm          // composite alarms whose rules name it
	holder   *app.Alarm           // that may hold its actions back; nil where none may, or it is not known
	causes   []app.Alarm          // metric alarms by which it goes off: itself, or those below it at any depth
}

// readFamily looks among all alarms of the place, for a composite alarm and its children live in one (CloudWatch user
// guide, "Composite alarms"). Deleted ones are told as such.
func readFamily(ctx context.Context, r DetailReader, a app.Alarm) (family, error) {
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{a.Scope}, Gone: true})
	f := family{children: map[string]app.Alarm{}, causes: a.Causes(all)}
	children := a.Children()
	for _, other := range all {
		if slices.Contains(children, other.Name) {
			f.children[other.Name] = other
		}
		if other.Name == a.Suppressor() && other.Gone.IsZero() {
			f.holder = &other
		}
		if other.Gone.IsZero() && other.Kind == app.CompositeAlarm && slices.Contains(other.Children(), a.Name) {
			f.parents = append(f.parents, other)
		}
	}
	return f, err
}

// state is how a rule sees an alarm: a deleted one is in none.
func (f family) state(name string) app.AlarmState {
	a, ok := f.children[name]
	if !ok || !a.Gone.IsZero() {
		return app.NotKnown
	}
	return a.State
}

// The measures of a rule's tree.
const (
	ruleStep    = 16  // by which each part is set in
	ruleDeep    = 6   // steps at most
	ruleRowsMax = 100 // rows that are drawn: a rule has at most 500 (PutCompositeAlarm), and people nest three or four
)

// rule draws what a composite alarm is made of.
func (d alarmDetail) rule(p *drawer.Page, k drawer.PageContext) {
	if d.alarm.Kind != app.CompositeAlarm {
		return
	}
	p.Section("Its rule")
	rule, err := app.ParseAlarmRule(d.alarm.Rule)
	if err != nil {
		p.Text(d.alarm.Rule, ui.Code)
		p.Gap(4)
		p.Text("This is its rule as AWS has it, in a form that is not known here.", ui.Note)
		return
	}
	rows := ruleRows(rule, d.facts.family.state)
	for i, row := range rows {
		if i == ruleRowsMax {
			p.Text("And "+phrase.Plural(int64(len(rows)-i), "part", "parts")+" more; Copy takes the whole rule.",
				ui.Note)
			break
		}
		d.ruleRow(p, k, row)
	}
}

func (d alarmDetail) ruleRow(p *drawer.Page, k drawer.PageContext, row ruleRow) {
	inset := float32(min(row.depth, ruleDeep)) * ruleStep
	name, current := ui.Quiet, d.alarm.Gone.IsZero()
	if row.holds && current {
		name = ui.Head
	}
	if row.joins != "" {
		met := ""
		if row.of > 0 && current {
			met = holding(row.met, row.of)
		}
		p.Add(drawer.NewPivot(row.joins, "", met, nil).In(name, ui.Note).Below(inset, nil))
		return
	}
	label := row.alarm
	if row.wanted != "" {
		label += " " + row.wanted
	}
	child, ok := d.facts.family.children[row.alarm]
	if !ok {
		p.Add(drawer.NewPivot(label, "", "Not in the cache", nil).In(name, ui.Note).Below(inset,
			ui.NewMark(ui.NoShape, ui.ColorFaint, drawer.PivotMark)))
		return
	}
	addRelative(p, k, child, label, name, inset)
}

func holding(met, of int) string {
	if met == 1 {
		return "1 of " + phrase.Count(int64(of)) + " holds"
	}
	return phrase.Count(int64(met)) + " of " + phrase.Count(int64(of)) + " hold"
}

// partOf lists the composite alarms that an alarm is a part of.
func (d alarmDetail) partOf(p *drawer.Page, k drawer.PageContext) {
	if len(d.facts.family.parents) == 0 {
		return
	}
	p.Section("Part of")
	for _, a := range d.facts.family.parents {
		addRelative(p, k, a, a.Name, ui.Body, 0)
	}
}

// relative adds an alarm that can be opened, with its state and for how long it has been in it.
func addRelative(p *drawer.Page, k drawer.PageContext, a app.Alarm, label string, name ui.Style, inset float32) {
	mark, value := stateNow(k, a)
	p.Lead(drawer.NewPivot(label, p.Figure(), value, func() { k.Open(a) }).In(name, ui.Note).Below(inset, mark))
}

// stateNow is the mark of an alarm's state, and the state in a few words.
func stateNow(k drawer.PageContext, a app.Alarm) (mark fyne.CanvasObject, words string) {
	if !a.Gone.IsZero() {
		return ui.NewMark(ui.Dash, ui.ColorNoData, drawer.PivotMark), "Deleted"
	}
	shape, color, word := ui.OfState(a.State)
	return ui.NewMark(shape, color, drawer.PivotMark),
		word + ", " + phrase.Age(phrase.AsOf(a, k.Session.Now()).Sub(a.Since))
}

package alarms

import (
	"cmp"
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// formulaStyle is that of an expression: a line of 323 pixels holds some 45 letters of it.
var formulaStyle = ui.Style{Color: ui.ColorText, Size: 11, Mono: true}

// readInputs reads the series that a formula is made of, over a range.
func readInputs(ctx context.Context, r DetailReader, a app.Alarm, within app.Range) ([]app.Series, error) {
	if _, alone := a.Reading(); alone || len(a.Readings()) == 0 {
		return nil, nil
	}
	var keys []string
	for _, reading := range a.Readings() {
		keys = append(keys, reading.Key())
	}
	return r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{a.Scope}, Range: within, Keys: keys})
}

// expression lists what an alarm on metric queries evaluates: what it compares first, then what that is made of.
func (d alarmDetail) expression(p *drawer.Page, k drawer.PageContext) {
	if len(d.alarm.Queries) < 2 && d.alarm.Metric != nil || len(d.alarm.Queries) == 0 {
		return
	}
	p.Section("Its expression")
	lines := slices.Clone(d.alarm.Queries)
	slices.SortStableFunc(lines, func(a, b app.MetricQuery) int {
		switch {
		case a.Compared == b.Compared:
			return 0
		case a.Compared:
			return -1
		}
		return 1
	})
	for _, q := range lines {
		d.line(p, k, q)
	}
}

// line adds a line of an expression: one that reads a metric leads to its series.
func (d alarmDetail) line(p *drawer.Page, k drawer.PageContext, q app.MetricQuery) {
	value := ""
	if q.Compared {
		value = "compared"
	}
	if q.Reading == nil {
		addFormula(p, queryText(q), value)
		return
	}
	series := app.Series{Scope: d.alarm.Scope, Reading: *q.Reading}
	for _, s := range append(slices.Clip(d.facts.inputs), d.facts.series) {
		if s.Reading.Key() == q.Reading.Key() {
			series = s
		}
	}
	if n := len(series.Points); n > 0 && value == "" {
		known, _ := k.Presets.Of(q.Reading.Metric)
		value = phrase.Amount(series.Points[n-1].Value, cmp.Or(series.Unit, known.Unit))
	}
	p.Lead(drawer.NewPivot(queryText(q), p.Figure(), value, func() { k.Open(series) }).In(formulaStyle, ui.Note))
}

// formula adds a formula with a word at its end, on lines of its own where there is no room for both.
func addFormula(p *drawer.Page, text, word string) {
	if formulaStyle.Width(text)+ui.Note.Width(word)+12 <= drawer.PageWidth {
		p.Add(drawer.NewPivot(text, "", word, nil).In(formulaStyle, ui.Note))
		return
	}
	p.Text(text, formulaStyle)
	p.Text(word, ui.Note)
	p.Gap(4)
}

// queryText is one line of an expression: "e1 = 100 * errors / invocations", "errors = Errors, Sum of checkout".
func queryText(q app.MetricQuery) string {
	if q.Reading == nil {
		return q.ID + " = " + q.Expression
	}
	text := q.ID + " = " + q.Reading.Name + ", " + q.Reading.Statistic
	if of := resource.Of(q.Reading.Metric).Short; of != "" {
		text += " of " + of
	}
	return text
}

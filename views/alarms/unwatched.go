package alarms

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// unwatchedText is the text of a resource that no alarm watches, which the filter searches.
func unwatchedText(u app.Unwatched, presets app.Presets) string {
	return strings.Join([]string{u.Resource, u.Namespace, presets.Title(u.Namespace), u.Account, u.Region}, "\n")
}

func unwatchedKey(u app.Unwatched) string {
	return u.Scope.String() + "/" + u.Namespace + "/" + u.Resource
}

// unwatchedSpark is the chart of the metric that shows first that something is wrong.
func (v *View) unwatchedSpark(u app.Unwatched) sparkRequest {
	readings := v.presets.Readings([]app.Metric{u.Telling(v.presets)}, nil)
	return sparkRequest{reading: readings[0], scope: u.Scope.Place()}
}

// unwatchedColumns are the columns of the table of resources that no alarm watches.
func (v *View) unwatchedColumns() []ui.Column[app.Unwatched] {
	quiet := func(text func(app.Unwatched) string) func(app.Unwatched) ui.Cell {
		return func(u app.Unwatched) ui.Cell { return ui.Cell{Text: text(u), Style: ui.Note} }
	}
	right := fyne.TextAlignTrailing
	return []ui.Column[app.Unwatched]{
		{Title: "Service", Width: 110,
			Cell: quiet(func(u app.Unwatched) string { return v.presets.Title(u.Namespace) })},
		{Title: "Resource", Share: 2, Cell: func(u app.Unwatched) ui.Cell {
			return ui.Cell{Text: resource.Short(u.Resource)}
		}},
		{Title: "Would tell first", Share: 1, Above: 560, Cell: quiet(func(u app.Unwatched) string {
			return u.Telling(v.presets).Name
		})},
		{Title: titleLast, Width: lastWidth, Above: 480, Align: right, Cell: v.unwatchedLastCell},
		{Title: "What it means", Share: 4, Above: 900, Cell: quiet(func(u app.Unwatched) string {
			known, _ := v.presets.Of(u.Telling(v.presets))
			return known.Means
		})},
		{Title: "Metrics", Width: 52, Align: right, Cell: func(u app.Unwatched) ui.Cell {
			return ui.Cell{Text: fmt.Sprint(len(u.Metrics))}
		}},
		{Title: titleRegion, Width: 92, Above: 640, Cell: quiet(func(u app.Unwatched) string { return u.Region })},
		{Title: titleAccount, Width: 96, Above: 1100, Cell: quiet(func(u app.Unwatched) string { return u.Account })},
	}
}

func (v *View) unwatchedLastCell(u app.Unwatched) ui.Cell {
	s, ok := v.sparks.of(v.unwatchedSpark(u))
	if !ok || s.chart == nil {
		return ui.Cell{Text: "–", Style: ui.Note}
	}
	known, _ := v.presets.Of(u.Telling(v.presets))
	style := ui.Small
	if s.late {
		style = ui.Note
	}
	return ui.Cell{Spark: s.chart, Text: phrase.Amount(s.last.Value, known.Unit), Style: style}
}

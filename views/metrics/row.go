package metrics

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// row is a reading of a metric as the list shows it.
type row struct {
	series  app.Series // by the reading that was asked for
	drawn   app.Series // as it is shown, perhaps of a longer period
	key     string
	service string // as people call it: DynamoDB
	of      string // the resource that is measured: orders
	what    string // throttled writes
	alarms  []app.Alarm
	spark   *chart.Spark // nil: no datapoints in the window
	least   float64
	most    float64
	shift   float64 // how much the second half of the window differs from the first, in its standard deviations
}

func (s reading) newRow(place app.Scope, r app.Reading, alarms []app.Alarm) row {
	known, _ := s.presets.Of(r.Metric)
	n := row{series: app.Series{Scope: place.Place(), Reading: r, Unit: known.Unit},
		service: s.presets.Title(r.Namespace),
		of:      resource.Of(r.Metric).Short, what: phrase.Metric(r.Metric, s.presets)}
	n.key = lane.SeriesKey(n.series.Scope, r)
	for _, a := range alarms {
		for _, evaluated := range a.Readings() {
			if evaluated.Key() == r.Key() {
				n.alarms = append(n.alarms, a)
				break
			}
		}
	}
	return n
}

// fill adds the datapoints that were read. Where AWS no longer keeps the period that was asked for, they are of a
// longer one; what is opened is the series that was asked for.
func (r *row) fill(of related.SeriesOf, within app.Range) {
	s := of.Series
	if len(s.Points) == 0 {
		return
	}
	s.Unit = cmp.Or(s.Unit, r.series.Unit)
	r.drawn, r.series = s, of.Item()
	r.series.Unit = s.Unit
	var watched app.Alarm
	if len(r.alarms) > 0 {
		watched = r.alarms[0]
	}
	r.spark = chart.NewSpark(watched, s.Points, max(s.Every(), s.Period), within)
	r.least, _, r.most, _ = extent(s.Points)
	r.shift = insight.Shift(s, within.From.Add(within.Length()/2))
}

// inAlarm reports whether an alarm on the reading is in alarm.
func (r row) inAlarm() bool {
	for _, a := range r.alarms {
		if a.State == app.InAlarm && a.Gone.IsZero() {
			return true
		}
	}
	return false
}

// others are the dimensions that do not name the resource, which tell metrics of the same name apart.
func (r row) others() (said string) {
	for _, d := range r.series.Dimensions {
		if d.Value != r.series.Subject() && d.Value != r.of {
			said += " · " + d.Value
		}
	}
	return said
}

// columns are those of the list: whose, what, how, its course and its values.
func columns() []ui.Column[row] {
	value := func(of func(row) float64) func(row) ui.Cell {
		return func(r row) ui.Cell {
			if r.spark == nil {
				return ui.Cell{Text: "–", Style: ui.Note}
			}
			return ui.Cell{Text: phrase.Amount(of(r), r.series.Unit), Style: ui.Small}
		}
	}
	return []ui.Column[row]{
		{Title: "Resource", Share: 2, Cell: func(r row) ui.Cell {
			c := ui.Cell{Text: r.of, Style: ui.Small}
			if r.inAlarm() {
				c.Mark, c.Ink, _ = ui.OfState(app.InAlarm)
			}
			return c
		}},
		{Title: "Metric", Share: 3, Cell: func(
			r row) ui.Cell {
			return ui.Cell{Text: r.what + r.others(), Style: ui.Small}
		}},
		{Title: "Service", Width: 100, Above: 800,
			Cell: func(r row) ui.Cell { return ui.Cell{Text: r.service, Style: ui.Note} }},
		{Title: "Statistic", Width: 108, Above: 900, Cell: func(r row) ui.Cell {
			return ui.Cell{Text: r.series.Statistic + ", " + phrase.Window(r.series.Period), Style: ui.Note}
		}},
		{Title: "In the window", Width: chart.SparkWidth + 6,
			Cell: func(r row) ui.Cell { return ui.Cell{Spark: r.spark} }},
		{Title: "Newest", Width: 84, Align: fyne.TextAlignTrailing, Cell: value(func(r row) float64 {
			return r.drawn.Points[len(r.drawn.Points)-1].Value
		})},
		{Title: "Least", Width: 76, Above: 700, Align: fyne.TextAlignTrailing,
			Cell: value(func(r row) float64 { return r.least })},
		{Title: "Greatest", Width: 76, Above: 560, Align: fyne.TextAlignTrailing,
			Cell: value(func(r row) float64 { return r.most })},
		{Title: "Region", Width: 90, Above: 980,
			Cell: func(r row) ui.Cell { return ui.Cell{Text: r.series.Region, Style: ui.Note} }},
	}
}

// Values returns the values of a field: of the row's own, and of a dimension of the metric.
func (r row) Values(field string) []string {
	s := r.series
	switch field {
	case "service":
		return []string{r.service}
	case "namespace":
		return []string{s.Namespace}
	case "name":
		return []string{s.Name}
	case "resource":
		if r.of == "" {
			return nil
		}
		return []string{r.of}
	case "statistic":
		return []string{s.Statistic}
	case "period":
		return []string{s.Period.String()}
	case "account":
		return []string{s.Account}
	case "region":
		return []string{s.Region}
	case "alarm":
		if len(r.alarms) == 0 {
			return []string{"no"}
		}
		if r.inAlarm() {
			return []string{"yes", "in alarm"}
		}
		return []string{"yes"}
	}
	for _, d := range s.Dimensions {
		if app.Fold(d.Name) == field {
			return []string{d.Value}
		}
	}
	return nil
}

// Text is what words are looked for in.
func (r row) Text() string {
	said := []string{r.service, r.of, r.what, r.series.Namespace, r.series.Name, r.series.Statistic}
	for _, d := range r.series.Dimensions {
		said = append(said, d.Name+"="+d.Value)
	}
	return strings.Join(said, "\n")
}

// facetFields are the fields that become facets.
var facetFields = []explore.FacetField{
	{Title: "Service", Field: "service", Always: true}, {Title: "Alarm", Field: "alarm"},
	{Title: "Resource", Field: "resource"},
	{Title: "Metric", Field: "name"}, {Title: "Region", Field: "region"}, {Title: "Account", Field: "account"},
}

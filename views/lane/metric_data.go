package lane

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// MetricData is what a lane of a metric is made of.
type MetricData struct {
	Window
	Plot
	Series  map[string]app.Series // by SeriesKey, each with the period by which it is drawn
	Presets app.Presets
	Colors  map[string]int // of series, as indexes of ui.SeriesColors by SeriesKey; none: the first
}

// here are the covers of the metric's place.
func (d MetricData) here() []app.Cover {
	return slices.DeleteFunc(slices.Clone(d.Covers), func(c app.Cover) bool { return c.Scope.Place() != d.Place() })
}

// ink returns the colour of a series.
func (d MetricData) ink(in app.Scope, r app.Reading) fyne.ThemeColorName {
	return ui.SeriesColors[d.Colors[SeriesKey(in, r)]]
}

// unknown returns the blanks of the lane, those that were not pulled apart: they are drawn as missing datapoints are,
// and only a readout names them.
func (d MetricData) unknown() (other, unasked Blanks) {
	keys := []string{""}
	for _, r := range d.Readings {
		keys = append(keys, r.Key())
		for _, longer := range r.Longer(d.Axis.Range.From, d.Now) {
			keys = append(keys, longer.Key())
		}
	}
	w := d.Window
	w.Places = []app.Scope{d.Scope}
	w.Covers = slices.DeleteFunc(d.here(), func(c app.Cover) bool { return !slices.Contains(keys, c.Resource) })
	for _, b := range w.blanksOf(app.Metrics, app.Stretches(w.Past(), w.Covers)) {
		if b.why == Unpulled {
			unasked = append(unasked, b)
		} else {
			other = append(other, b)
		}
	}
	return other, unasked
}

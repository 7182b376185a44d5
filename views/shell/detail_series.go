package shell

import (
	"context"
	"math"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// seriesDetail is a series over what was drawn of it.
type seriesDetail struct{ series app.Series }

func (d seriesDetail) read(context.Context, Reader, outlook) (detail, error) { return d, nil }

// extent returns the least, the mean and the greatest value of points; false if there are none.
func extent(points []app.Point) (least, mean, greatest float64, ok bool) {
	least, greatest = math.Inf(1), math.Inf(-1)
	for _, p := range points {
		least, greatest = math.Min(least, p.Value), math.Max(greatest, p.Value)
		mean += p.Value / float64(len(points))
	}
	return least, mean, greatest, len(points) > 0
}

func (d seriesDetail) page(k desk) *page {
	s := d.series
	known, _ := k.presets.Of(s.Metric)
	unit := s.Unit
	if unit == "" {
		unit = known.Unit
	}
	p := newPage("Metric · "+place(s.Scope), s.Metric.Name, nil, k.presets.Title(s.Namespace)+" · "+s.Statistic+", "+ui.Window(s.Period))
	p.text(known.Means, ui.Quiet)
	window := k.session.Range()
	points := slices.DeleteFunc(slices.Clone(s.Points), func(p app.Point) bool { return !window.Contains(p.At) })
	if least, mean, greatest, ok := extent(points); ok {
		p.section("In this window")
		last := points[len(points)-1]
		p.fact("Last", ui.Amount(last.Value, unit)+" at "+k.stamp(last.At))
		p.fact("Greatest", ui.Amount(greatest, unit))
		p.fact("Mean", ui.Amount(mean, unit))
		p.fact("Least", ui.Amount(least, unit))
		p.fact("Datapoints", ui.Count(int64(len(points))))
	}
	p.section("Identity")
	p.fact("Namespace", s.Namespace)
	for _, dim := range s.Dimensions {
		p.fact(dim.Name, dim.Value)
	}
	if name := s.Metric.Subject(); name != "" {
		p.section("Go to")
		p.pivot("What names "+name, "n", "", func() { k.goTo(k.session.Range(), name) })
	}
	p.copy = s.Reading.Key()
	return p
}

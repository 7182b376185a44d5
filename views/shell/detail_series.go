package shell

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// seriesDetail is a series over the window that is looked at.
type seriesDetail struct {
	series app.Series
	facts  *seriesFacts // nil until read
}

// seriesFacts is what is joined with a series.
type seriesFacts struct {
	within  app.Range   // that was read: the window
	alarms  []app.Alarm // that evaluate its metric
	faults  tally       // traces with faults of its resource
	errors  tally       // in the logs of its resource and of what that calls
	logs    app.LogQuery
	changes changesBefore // the end of the window
}

// resource is by what the metric's resource is found in other signals; "" if it has none.
func (d seriesDetail) resource() string { return app.ShortResource(d.series.Metric.Subject()) }

// resources are what a change has to concern to matter here.
func (d seriesDetail) resources() []string {
	if name := d.resource(); name != "" {
		return []string{name}
	}
	return nil
}

func (d seriesDetail) read(ctx context.Context, r Reader, o outlook) (detail, error) {
	f := &seriesFacts{within: o.past(o.window)}
	scopes, problems := o.focus.Scopes, make([]error, 5)
	d.series, problems[0] = withPoints(ctx, r, d.series, f.within)
	f.alarms, problems[1] = alarmsOfMetric(ctx, r, d.series.Scope, d.series.Metric)
	f.changes, problems[2] = readChangesBefore(ctx, r, scopes, f.within.To, d.resources())
	if name := d.resource(); name != "" {
		f.faults, problems[3] = countTraces(ctx, r, d.faultQuery(scopes, f.within))
		f.logs, problems[4] = errorsBelow(ctx, r, scopes, []string{name}, f.within)
		if problems[4] == nil {
			f.errors, problems[4] = countLogs(ctx, r, f.logs)
		}
	}
	d.facts = f
	return d, errors.Join(problems...)
}

// withPoints returns a series with what the cache has of it in a window. What the cache has by other periods only stays as
// it was drawn.
func withPoints(ctx context.Context, r Reader, s app.Series, within app.Range) (app.Series, error) {
	wide := app.Range{From: within.From.Add(-s.Period), To: within.To} // the line reaches the left edge
	found, err := r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{s.Scope}, Range: wide, Keys: []string{s.Reading.Key()}})
	for _, f := range found {
		if f.Reading.Key() == s.Reading.Key() && len(f.Points) > 0 {
			f.Unit = cmp.Or(f.Unit, s.Unit)
			return f, err
		}
	}
	return s, err
}

// alarmsOfMetric returns the alarms that evaluate a metric, of any statistic.
func alarmsOfMetric(ctx context.Context, r Reader, place app.Scope, m app.Metric) ([]app.Alarm, error) {
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{place}})
	return slices.DeleteFunc(all, func(a app.Alarm) bool {
		return !slices.ContainsFunc(a.Readings(), func(r app.Reading) bool { return r.Metric.Key() == m.Key() })
	}), err
}

func (d seriesDetail) faultQuery(scopes []app.Scope, within app.Range) app.TraceQuery {
	return app.TraceQuery{Scopes: scopes, Range: within, Resources: d.resources(), Faults: true, Newest: true}
}

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
	unit := cmp.Or(s.Unit, known.Unit)
	of := ""
	if name := d.resource(); name != "" {
		of = name + " · "
	}
	p := newPage("Metric · "+place(s.Scope), s.Metric.Name, nil, of+k.presets.Title(s.Namespace)+" · "+s.Statistic+", "+ui.Window(s.Period))
	p.text(known.Means, ui.Quiet)
	d.values(p, k, unit)
	p.section("Go to")
	d.pivots(p, k)
	p.section("Identity")
	p.fact("Namespace", s.Namespace)
	for _, dim := range s.Dimensions {
		p.fact(dim.Name, dim.Value)
	}
	p.copy = s.Reading.Key()
	return p
}

// values shows the series in the window, and what its datapoints come to.
func (d seriesDetail) values(p *page, k desk, unit string) {
	window := k.session.Range()
	points := seen(d.series, window)
	least, mean, greatest, ok := extent(points)
	if !ok {
		if d.facts != nil {
			p.gap(12)
			p.text("The cache has no datapoints of it in this window. Pull to get them, or look at another window.", ui.Note)
		}
		return
	}
	p.gap(12)
	p.add(newSeriesChart(d.series, window, d.thresholds(), unit, k))
	p.section("In this window")
	last, peak := points[len(points)-1], points[slices.IndexFunc(points, func(p app.Point) bool { return p.Value == greatest })]
	p.fact("Last", ui.Amount(last.Value, unit)+" at "+k.stamp(last.At))
	p.fact("Greatest", ui.Amount(greatest, unit)+" at "+k.stamp(peak.At))
	p.fact("Mean", ui.Amount(mean, unit))
	p.fact("Least", ui.Amount(least, unit))
	p.fact("Datapoints", ui.Count(int64(len(points))))
}

// thresholds are what alarms hold the series against: those that evaluate it as it is drawn.
func (d seriesDetail) thresholds() (all []float64) {
	if d.facts == nil {
		return nil
	}
	for _, a := range d.facts.alarms {
		if reading, ok := a.Reading(); ok && a.Threshold != nil && reading.Statistic == d.series.Statistic {
			all = append(all, *a.Threshold)
		}
	}
	return all
}

func (d seriesDetail) pivots(p *page, k desk) {
	scopes, read := k.session.Focus.Now().Scopes, d.facts != nil
	f, alarms := d.facts, "…"
	if read {
		alarms = ui.Count(int64(len(f.alarms)))
	} else { // keys work before the counts are there
		within := k.session.Range()
		f = &seriesFacts{within: within, changes: changesBefore{scopes: scopes, at: within.To, resources: d.resources()},
			logs: app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError, Resource: d.resource()}}
	}
	name := d.series.Metric.Name
	p.pivot("Alarms on this metric", "a", alarms, func() { k.open(ui.AlarmList{Title: "Alarms on " + name, Alarms: f.alarms}) })
	of := d.resource()
	if of != "" {
		p.pivot("Traces with faults", "t", f.faults.once(read), func() {
			k.open(ui.TraceList{Title: "Traces with faults, " + of, Query: d.faultQuery(scopes, f.within)})
		})
		p.pivot("Errors in its logs", "l", f.errors.once(read), func() {
			k.open(ui.LogList{Title: "Errors in the logs of " + of, Query: f.logs})
		})
	}
	f.changes.pivots(p, k, of, k.moment(f.within.To.Truncate(time.Minute)), read)
	if of != "" {
		p.pivot("Narrow everything to "+of, "n", "", func() { k.goTo(k.session.Range(), of) })
	}
	p.pivotToLane(k, d.series)
}

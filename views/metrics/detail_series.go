package metrics

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// seriesDetail is a series over the window that is looked at.
type seriesDetail struct {
	series app.Series   // by a longer period than that of asked where AWS keeps no other of the window
	asked  app.Reading  // that was opened
	at     time.Time    // that was clicked; zero: none
	rate   bool         // its lane tells it by the second
	facts  *seriesFacts // nil until read
}

// seriesFacts is what is joined with a series.
type seriesFacts struct {
	within  app.Range   // that was read: the window
	alarms  []app.Alarm // that evaluate its metric
	limit   []app.LimitStep
	faults  related.Count // traces with faults of its resource
	errors  related.Count // in the logs of its resource and of what that calls
	logs    app.LogQuery
	changes related.ChangesBefore // the end of the window
}

// resource is by what the metric's resource is found in other signals; "" if it has none.
func (d seriesDetail) resource() string { return resource.Of(d.series.Metric).Short }

// resources are what a change has to concern to matter here.
func (d seriesDetail) resources() []string {
	if name := d.resource(); name != "" {
		return []string{name}
	}
	return nil
}

func (d seriesDetail) Read(ctx context.Context, r Reader, o drawer.ReadContext) (drawer.Detail[Reader], error) {
	f := &seriesFacts{within: o.Past(o.Window)}
	scopes, problems := o.Focus.Scopes, make([]error, 6)
	d.series, problems[0] = readSeries(ctx, r, d.item(), o, f.within)
	f.limit, problems[5] = d.readLimit(ctx, r, o, f.within)
	f.alarms, problems[1] = alarmsOfMetric(ctx, r, d.series.Scope, d.series.Metric)
	f.changes, problems[2] = related.ReadChangesBefore(ctx, r, scopes, f.within.To, d.resources())
	if name := d.resource(); name != "" {
		f.faults, problems[3] = related.CountTraces(ctx, r, d.faultQuery(scopes, f.within))
		f.logs, problems[4] = related.ErrorsBelow(ctx, r, scopes, []string{name}, f.within)
		if problems[4] == nil {
			f.errors, problems[4] = related.CountLogs(ctx, r, f.logs)
		}
	}
	d.facts = f
	return d, errors.Join(problems...)
}

// item is the series as it was opened.
func (d seriesDetail) item() app.Series {
	return related.SeriesOf{Asked: d.asked, Series: d.series}.Item()
}

// readSeries returns a series with what the cache has of it in a window. One of which it has nothing stays as it was
// drawn.
func readSeries(
	ctx context.Context, r Reader, s app.Series, o drawer.ReadContext, within app.Range,
) (app.Series, error) {
	found, err := related.ReadSeries(ctx, r, related.SeriesQuestion{
		Scopes: []app.Scope{s.Scope}, Readings: []app.Reading{s.Reading}, Range: within, Edge: related.SeriesEdge,
		Now: o.Now})
	for _, f := range found {
		if len(f.Series.Points) > 0 {
			f.Series.Unit = cmp.Or(f.Series.Unit, s.Unit)
			return f.Series, err
		}
	}
	return s, err
}

// perSecond reports whether the series is told as a rate: as its lane tells it, or as its limit is.
func (d seriesDetail) perSecond(presets app.Presets) bool {
	known, _ := presets.Of(d.series.Metric)
	return d.rate || known.Limit.PerSecond && d.series.Statistic == known.Statistic
}

// told is the series as it is shown, and in which unit.
func (d seriesDetail) told(presets app.Presets) (app.Series, string) {
	known, _ := presets.Of(d.series.Metric)
	s := d.series
	s.Unit = cmp.Or(s.Unit, known.Unit)
	s.Period = s.Every() // between datapoints of a metric of five minutes none is missing
	if d.perSecond(presets) {
		s = s.PerSecond()
	}
	return s, s.Unit
}

// readLimit reads the limit of the series where it has datapoints in a window, if presets say what its limit is and it
// compares with it.
func (d seriesDetail) readLimit(
	ctx context.Context, r Reader, o drawer.ReadContext, within app.Range,
) ([]app.LimitStep, error) {
	known, _ := o.Presets.Of(d.series.Metric)
	if known.Limit.Metric == "" || d.series.Statistic != known.Statistic {
		return nil, nil
	}
	m := d.series.Metric
	m.Name = known.Limit.Metric
	limit, err := readSeries(ctx, r, app.Series{Scope: d.series.Scope, Reading: o.Presets.Reading(m)}, o, within)
	have := app.Subtract(within, chart.Gaps(within, d.series.Points, d.series.Period))
	return app.LimitSteps(limit.Points, have), err
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

func (d seriesDetail) Page(k drawer.PageContext) *drawer.Page {
	s := d.series
	known, _ := k.Presets.Of(s.Metric)
	of := ""
	if name := d.resource(); name != "" {
		of = name + " · "
	}
	p := drawer.NewPage("Metric · "+phrase.ScopeText(s.Scope), s.Metric.Name, nil,
		of+k.Presets.Title(s.Namespace)+" · "+s.Statistic+", "+phrase.Window(s.Period))
	p.Text(known.Means, ui.Quiet)
	d.values(p, k)
	p.Section("Go to")
	d.pivots(p, k)
	p.Section("Identity")
	p.Fact("Namespace", s.Namespace)
	for _, dim := range s.Dimensions {
		p.Fact(dim.Name, dim.Value)
	}
	p.Copy = d.asked.Key()
	return p
}

// values shows the series in the window, and what its datapoints come to.
func (d seriesDetail) values(p *drawer.Page, k drawer.PageContext) {
	window := k.Session.Range()
	s, unit := d.told(k.Presets)
	points := seen(s, window)
	least, mean, greatest, ok := extent(points)
	if !ok {
		if d.facts != nil {
			p.Gap(12)
			p.Text("The cache has no datapoints of it in this window. Pull to get them, or look at another window.",
				ui.Note)
		}
		return
	}
	p.Gap(12)
	p.Add(newSeriesChart(s, window, d.lines(k.Presets), d.at, unit, k))
	p.Section("In this window")
	if at, ok := s.InForce(d.at); ok {
		p.Fact("Clicked", phrase.Amount(at.Value, unit)+d.limitAt(d.at, unit)+" at "+k.Stamp(at.At))
	}
	last, peak := points[len(points)-1], points[slices.IndexFunc(points,
		func(p app.Point) bool { return p.Value == greatest })]
	p.Fact("Last", phrase.Amount(last.Value, unit)+d.limitAt(last.At, unit)+" at "+k.Stamp(last.At))
	p.Fact("Greatest", phrase.Amount(greatest, unit)+d.limitAt(peak.At, unit)+" at "+k.Stamp(peak.At))
	p.Fact("Mean", phrase.Amount(mean, unit))
	p.Fact("Least", phrase.Amount(least, unit))
	datapoints := phrase.Count(int64(len(points)))
	if s.Period > d.series.Period {
		datapoints += ", one every " + phrase.Duration(s.Period)
	}
	p.Fact("Datapoints", datapoints)
}

// limitAt says what the limit is at an instant, to be put after a value; "" where it is not known.
func (d seriesDetail) limitAt(at time.Time, unit string) string {
	if d.facts == nil {
		return ""
	}
	for _, s := range d.facts.limit {
		if s.Contains(at) {
			return " of " + phrase.Amount(s.Value, unit)
		}
	}
	return ""
}

// lines are what the series is held against: the thresholds of the alarms that evaluate it as it is drawn, and its
// limit.
func (d seriesDetail) lines(presets app.Presets) (l seriesLines) {
	if d.facts == nil {
		return l
	}
	l.limit = d.facts.limit
	for _, a := range d.facts.alarms {
		reading, ok := a.Reading()
		switch {
		case !ok || a.Threshold == nil || reading.Statistic != d.series.Statistic:
		case d.perSecond(presets):
			l.thresholds = append(l.thresholds, *a.Threshold/reading.Period.Seconds())
		case !a.Compares(d.series.Period):
		default:
			l.thresholds = append(l.thresholds, *a.Threshold)
		}
	}
	return l
}

func (d seriesDetail) pivots(p *drawer.Page, k drawer.PageContext) {
	scopes, read := k.Session.Focus.Now().Scopes, d.facts != nil
	f, alarms := d.facts, "…"
	if read {
		alarms = phrase.Count(int64(len(f.alarms)))
	} else { // keys work before the counts are there
		within := k.Session.Range()
		f = &seriesFacts{within: within, changes: related.ChangesBefore{Scopes: scopes, At: within.To,
			Resources: d.resources()},
			logs: app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError, Resource: d.resource()}}
	}
	name := d.series.Metric.Name
	p.Pivot("Alarms on this metric", "a", alarms,
		func() { k.Open(app.AlarmList{Title: "Alarms on " + name, Alarms: f.alarms}) })
	of := d.resource()
	if of != "" {
		p.Pivot("Traces with faults", "t", phrase.CountOnceRead(f.faults, read), func() {
			k.Open(app.TraceList{Title: "Traces with faults, " + of, Query: d.faultQuery(scopes, f.within)})
		})
		p.Pivot("Errors in its logs", "l", phrase.CountOnceRead(f.errors, read), func() {
			k.Open(app.LogList{Title: "Errors in the logs of " + of, Query: f.logs})
		})
	}
	p.ChangesBefore(k, f.changes, of, k.Moment(f.within.To.Truncate(time.Minute)), read)
	if of != "" {
		p.Pivot("Narrow everything to "+of, "n", "", func() { k.GoTo(k.Session.Range(), of) })
	}
	p.PivotToLane(k, d.item())
}

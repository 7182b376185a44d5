package shell

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// unwatchedDetail is a resource that no alarm watches, with what its metrics say.
type unwatchedDetail struct {
	resource app.Unwatched
	within   app.Range    // that is looked at; empty until read
	series   []app.Series // one for each metric, in their order, as presets read it; not cached: without points
}

func (d unwatchedDetail) read(ctx context.Context, r Reader, o outlook) (Detail[Reader], error) {
	u := d.resource
	d.within, d.series = o.past(o.window), nil
	var keys []string
	for _, m := range u.Metrics {
		reading := o.presets.Readings([]app.Metric{m}, nil)[0]
		keys = append(keys, reading.Key())
		d.series = append(d.series, app.Series{Scope: u.Scope, Reading: reading})
	}
	found, err := r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{u.Scope}, Range: d.within, Keys: keys})
	for _, s := range found {
		if i := slices.Index(keys, s.Reading.Key()); i >= 0 {
			d.series[i] = s
		}
	}
	return d, err
}

func (d unwatchedDetail) page(k desk) *page {
	u := d.resource
	p := newPage("Resource · "+place(u.Scope), app.ShortResource(u.Resource), ui.NewTag(ui.Dash, ui.ColorNoData, "Not watched"), k.presets.Title(u.Namespace))
	p.text("No alarm watches any of its "+phrase.Plural(int64(len(u.Metrics)), "metric", "metrics")+".", ui.Quiet)
	d.telling(p, k)
	p.section("Go to")
	p.pivot("Show it on the timeline", "h", phrase.Window(k.session.Range().Length()), func() { k.goTo(k.session.Range(), u.Resource) })
	p.section("Its metrics")
	for i, m := range u.Metrics {
		if i == firstListed {
			p.text("And "+phrase.Count(int64(len(u.Metrics)-i))+" more.", ui.Note)
			break
		}
		d.metric(p, k, i, m)
	}
	p.copy = u.Namespace + " " + u.Resource + "\n" + u.Scope.String()
	return p
}

// telling shows the metric by which one would notice first that something is wrong, and says what it means.
func (d unwatchedDetail) telling(p *page, k desk) {
	m := d.resource.Telling(k.presets)
	known, _ := k.presets.Of(m)
	p.section("Would tell first")
	p.text(metricTitle(m, known), ui.Head)
	p.text(known.Means, ui.Note)
	i := slices.IndexFunc(d.series, func(s app.Series) bool { return s.Metric.Key() == m.Key() })
	if i < 0 || len(d.series[i].Points) == 0 {
		if !d.within.Empty() {
			p.gap(4)
			p.text("The cache has no datapoints of it in this window. Pull to get them, or look at another window.", ui.Note)
		}
		return
	}
	s := d.series[i]
	picture := evaluationPicture{within: d.within, period: s.Period, points: s.Points}
	picture.scale = picture.scaled(cmp.Or(s.Unit, known.Unit))
	p.gap(8)
	p.add(newAlarmChart(picture, "", cmp.Or(s.Unit, known.Unit), ui.ColorSeries1, k))
}

// metric adds one metric, which opens as its series.
func (d unwatchedDetail) metric(p *page, k desk, i int, m app.Metric) {
	known, _ := k.presets.Of(m)
	value, series := "…", app.Series{Scope: d.resource.Scope, Reading: app.Reading{Metric: m}}
	if i < len(d.series) {
		series, value = d.series[i], "no datapoints"
		if n := len(series.Points); n > 0 {
			value = phrase.Amount(series.Points[n-1].Value, cmp.Or(series.Unit, known.Unit))
		}
	}
	p.entry(metricTitle(m, known), value, func() { k.open(series) })
	if known.Means != "" && m.Key() != d.resource.Telling(k.presets).Key() { // whose meaning stands above
		p.text(known.Means, ui.Note)
		p.room(6)
	}
}

// metricTitle is a metric in the words of its preset, with what narrows it within its resource.
func metricTitle(m app.Metric, known app.MetricPreset) string {
	title := cmp.Or(known.Short, m.Name)
	title = strings.ToUpper(title[:1]) + title[1:] // names of metrics are ASCII (PutMetricData)
	for _, d := range m.Dimensions {
		if d.Value != m.Subject() {
			title += " · " + app.ShortResource(d.Value)
		}
	}
	return title
}

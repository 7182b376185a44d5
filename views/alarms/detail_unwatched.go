package alarms

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// unwatchedDetail is a resource that no alarm watches, with what its metrics say.
type unwatchedDetail struct {
	resource app.Unwatched
	within   app.Range          // that is looked at; empty until read
	series   []related.SeriesOf // one for each metric, in their order, as presets read it; not cached: without points
}

func (d unwatchedDetail) Read(ctx context.Context, r DetailReader, o drawer.ReadContext) (drawer.Detail[DetailReader],
	error) {
	u := d.resource
	d.within, d.series = o.Past(o.Window), nil
	q := related.SeriesQuestion{Scopes: []app.Scope{u.Scope}, Range: d.within, Now: o.Now}
	for _, m := range u.Metrics {
		asked := o.Presets.Reading(m)
		q.Readings = append(q.Readings, asked)
		d.series = append(d.series, related.SeriesOf{Asked: asked, Series: app.Series{Scope: u.Scope, Reading: asked}})
	}
	found, err := related.ReadSeries(ctx, r, q)
	for _, s := range found {
		for i := range d.series {
			if d.series[i].Asked.Key() == s.Asked.Key() {
				d.series[i] = s
			}
		}
	}
	return d, err
}

func (d unwatchedDetail) Page(k drawer.PageContext) *drawer.Page {
	u := d.resource
	p := drawer.NewPage("Resource · "+phrase.ScopeText(u.Scope), resource.Short(u.Resource),
		ui.NewTag(ui.Dash, ui.ColorNoData, "Not watched"), k.Presets.Title(u.Namespace))
	p.Text("No alarm watches any of its "+phrase.Plural(int64(len(u.Metrics)), "metric", "metrics")+".", ui.Quiet)
	d.telling(p, k)
	p.Section("Go to")
	p.Pivot("Show it on the timeline", "h", phrase.Window(k.Session.Range().Length()),
		func() { k.GoTo(k.Session.Range(), u.Resource) })
	p.Section("Its metrics")
	for i, m := range u.Metrics {
		if i == drawer.ListLimit {
			p.Text("And "+phrase.Count(int64(len(u.Metrics)-i))+" more.", ui.Note)
			break
		}
		d.metric(p, k, i, m)
	}
	p.Copy = u.Namespace + " " + u.Resource + "\n" + u.Scope.String()
	return p
}

// telling shows the metric by which one would notice first that something is wrong, and says what it means.
func (d unwatchedDetail) telling(p *drawer.Page, k drawer.PageContext) {
	m := d.resource.Telling(k.Presets)
	known, _ := k.Presets.Of(m)
	p.Section("Would tell first")
	p.Text(metricTitle(m, known), ui.Head)
	p.Text(known.Means, ui.Note)
	i := slices.IndexFunc(d.series, func(s related.SeriesOf) bool { return s.Asked.Metric.Key() == m.Key() })
	if i < 0 || len(d.series[i].Series.Points) == 0 {
		if !d.within.Empty() {
			p.Gap(4)
			p.Text("The cache has no datapoints of it in this window. Pull to get them, or look at another window.",
				ui.Note)
		}
		return
	}
	s := d.series[i].Series
	picture := evaluationPicture{within: d.within, period: s.Period, points: s.Points}
	picture.scale = picture.scaled(cmp.Or(s.Unit, known.Unit))
	p.Gap(8)
	p.Add(newAlarmChart(picture, "", cmp.Or(s.Unit, known.Unit), ui.ColorSeries1, k))
}

// metric adds one metric, which opens as its series.
func (d unwatchedDetail) metric(p *drawer.Page, k drawer.PageContext, i int, m app.Metric) {
	known, _ := k.Presets.Of(m)
	value, series := "…", app.Series{Scope: d.resource.Scope, Reading: app.Reading{Metric: m}}
	if i < len(d.series) {
		series, value = d.series[i].Item(), "no datapoints"
		if points := d.series[i].Series.Points; len(points) > 0 {
			value = phrase.Amount(points[len(points)-1].Value, cmp.Or(series.Unit, known.Unit))
		}
	}
	p.Entry(metricTitle(m, known), value, func() { k.Open(series) })
	if known.Means != "" && m.Key() != d.resource.Telling(k.Presets).Key() { // whose meaning stands above
		p.Text(known.Means, ui.Note)
		p.Room(6)
	}
}

// metricTitle is a metric in the words of its preset, with what narrows it within its resource.
func metricTitle(m app.Metric, known app.MetricPreset) string {
	title := cmp.Or(known.Short, m.Name)
	title = strings.ToUpper(title[:1]) + title[1:] // names of metrics are ASCII (PutMetricData)
	for _, d := range m.Dimensions {
		if d.Value != m.Subject() {
			title += " · " + resource.Short(d.Value)
		}
	}
	return title
}

package metrics

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Screen lists the metrics of the focus that a query finds, each with its course in the window; above them is the one
// that the drawer shows, or else the first, with the thresholds of its alarms and its limit.
type Screen = explore.Screen[row]

// laneHeight is that of the chart above the list.
const laneHeight = 190

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, r Reader, presets app.Presets) *Screen {
	s := reading{reader: r, presets: presets}
	return explore.New(explore.Parts[row]{
		Name: "Metrics", Hint: "Words, service:lambda, name:Errors, resource:orders, alarm:yes, FunctionName:checkout*",
		Session: session,
		Signal:  app.Metrics, Columns: columns(), Key: func(r row) string { return r.key },
		Item: func(r row) app.Item { return r.series }, KeyOf: keyOf, Read: s.search,
		Orders: [2]string{"By name", "Most changed"}, Lane: laneHeight, Follows: true,
		Check: func(text string) error { _, err := query.ParseFilter(text, nil); return err },
	})
}

// keyOf tells series apart; "" stands for an item of another kind.
func keyOf(item app.Item) string {
	switch item := item.(type) {
	case app.Series:
		return lane.SeriesKey(item.Scope, item.Reading)
	case app.SeriesAt:
		return keyOf(item.Series)
	}
	return ""
}

// reading is what the screen reads with.
type reading struct {
	reader  Reader
	presets app.Presets
}

// mostPoints bounds how many datapoints are read at once: two million take half a second and 32 MB.
const mostPoints = 2_000_000

// leastListed is how many metrics are listed however long the window is.
const leastListed = 20

// search reads what a question finds.
func (s reading) search(ctx context.Context, q explore.Question) (a explore.Answer[row], err error) {
	filter, err := query.ParseFilter(q.Text, nil)
	if err != nil {
		return a, err
	}
	known, err := explore.ReadKnown(ctx, s.reader, app.Metrics, "", q)
	if err != nil {
		return a, err
	}
	alarms, err := s.alarms(ctx, q, known)
	if err != nil {
		return a, err
	}
	all, found, err := s.list(ctx, q, known.Places, alarms, filter)
	if err != nil {
		return a, err
	}
	facets := explore.NewCounter(facetFields)
	for _, r := range found {
		facets.Count(r.Values)
	}
	a.Total, a.Facets = len(found), facets.Facets()
	a.Found = phrase.Plural(int64(all), "metric", "metrics")
	if q.Text != "" {
		a.Found = phrase.Count(int64(a.Total)) + " of " + a.Found
	}
	limit := q.Limit
	if minutes := int(q.Range.Length() / time.Minute); minutes > 0 {
		limit = min(limit, max(mostPoints/minutes, leastListed))
	}
	a.Items = found[:min(len(found), limit)]
	if err := s.fill(ctx, q, a.Items); err != nil {
		return a, err
	}
	if q.Turned {
		slices.SortStableFunc(a.Items, func(a, b row) int { return cmp.Compare(b.shift, a.shift) })
	}
	if a.Lane, err = s.lane(ctx, q, known, a.Items, alarms); err != nil {
		return a, err
	}
	explore.Say(&a, q, known, explore.Words{Items: "metrics", Absent: "Nothing sent any."})
	return a, nil
}

func (s reading) alarms(ctx context.Context, q explore.Question, known explore.Known) ([]insight.AlarmWindow, error) {
	alarms, err := s.reader.Alarms(ctx, app.AlarmQuery{Scopes: known.Places})
	if err != nil {
		return nil, err
	}
	history, err := s.reader.AlarmHistory(ctx, app.AlarmQuery{Scopes: known.Places, Range: q.Range})
	if err != nil {
		return nil, err
	}
	covers, err := s.reader.Coverage(ctx, app.CoverQuery{Scopes: known.Places, Signal: app.Alarms, Range: q.Range})
	return insight.AlarmWindows(q.Range, q.Now, alarms, history, covers), err
}

// list returns the rows of the readings that are pulled and that a query finds, by service, resource and name, and how
// many there are in all.
func (s reading) list(
	ctx context.Context, q explore.Question, places []app.Scope, alarms []insight.AlarmWindow, filter query.Filter,
) (all int, found []row, err error) {
	of := resource.Read(q.Focus.Resource)
	for _, place := range places {
		metrics, err := s.reader.Metrics(ctx, place)
		if err != nil {
			return 0, nil, err
		}
		var here []app.Alarm
		for _, w := range alarms {
			if w.Place() == place.Place() {
				here = append(here, w.Alarm)
			}
		}
		for _, reading := range s.presets.Readings(metrics, here) {
			if q.Focus.Resource != "" && !of.Measures(reading.Metric) {
				continue
			}
			all++
			if r := s.newRow(place, reading, here); filter.Match(r) {
				found = append(found, r)
			}
		}
	}
	slices.SortFunc(found, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.service, b.service), cmp.Compare(a.of, b.of), cmp.Compare(a.key, b.key))
	})
	return all, found, nil
}

// fill reads the datapoints of rows.
func (s reading) fill(ctx context.Context, q explore.Question, rows []row) error {
	if len(rows) == 0 {
		return nil
	}
	asked := related.SeriesQuestion{Range: q.Range, Now: q.Now}
	for _, r := range rows {
		asked.Readings = append(asked.Readings, r.series.Reading)
		if !slices.Contains(asked.Scopes, r.series.Place()) {
			asked.Scopes = append(asked.Scopes, r.series.Place())
		}
	}
	series, err := related.ReadSeries(ctx, s.reader, asked)
	if err != nil {
		return err
	}
	byKey := map[string]related.SeriesOf{}
	for _, one := range series {
		byKey[lane.SeriesKey(one.Series.Scope, one.Asked)] = one
	}
	for i := range rows {
		rows[i].fill(byKey[rows[i].key], q.Range)
	}
	return nil
}

// lane returns the chart of the series that the drawer shows, or else of the first row that is in alarm, or else of the
// first with datapoints.
func (s reading) lane(
	ctx context.Context, q explore.Question, known explore.Known, rows []row, alarms []insight.AlarmWindow,
) (lane.Lane, error) {
	shown, ok := seriesOf(q.Open)
	if !ok {
		i := slices.IndexFunc(rows, func(r row) bool { return len(r.drawn.Points) > 0 && r.inAlarm() })
		if i < 0 || q.Turned {
			i = slices.IndexFunc(rows, func(r row) bool { return len(r.drawn.Points) > 0 })
		}
		if i < 0 {
			return nil, nil
		}
		shown = rows[i].series
	}
	p := lane.Plot{PlacedMetric: lane.PlacedMetric{Scope: shown.Place(), Metric: shown.Metric},
		Readings: []app.Reading{shown.Reading}}
	for _, w := range alarms {
		if w.Place() == shown.Place() && slices.ContainsFunc(w.Readings(),
			func(r app.Reading) bool { return r.Key() == shown.Reading.Key() }) {
			p.Alarms = append(p.Alarms, w)
		}
	}
	d := lane.MetricData{Window: known.Window(q), Plot: p, Presets: s.presets, Series: map[string]app.Series{}}
	series, err := related.ReadSeries(ctx, s.reader, related.SeriesQuestion{
		Scopes: []app.Scope{shown.Place()}, Readings: append(p.Company(s.presets), shown.Reading),
		Range: q.Range, Edge: related.SeriesEdge, Now: q.Now,
	})
	for _, one := range series {
		drawn := one.Series
		drawn.Reading, drawn.Period = one.Asked, max(one.Series.Every(), one.Series.Period)
		d.Series[lane.SeriesKey(drawn.Scope, one.Asked)] = drawn
		if one.Asked.Key() == shown.Reading.Key() {
			d.Plot.Period = drawn.Period
		}
	}
	return lane.NewMetric(d), err
}

// seriesOf returns the series that the drawer shows.
func seriesOf(item app.Item) (app.Series, bool) {
	switch item := item.(type) {
	case app.Series:
		return item, true
	case app.SeriesAt:
		return item.Series, true
	}
	return app.Series{}, false
}

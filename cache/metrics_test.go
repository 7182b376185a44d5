package cache

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestMetricsRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, place := context.Background(), genPlace.Draw(t, "scope")
		want := rapid.SliceOfNDistinct(genMetric(), 0, 5, app.Metric.Key).Draw(t, "metrics")
		if n := twice(t, func() (int, error) { return d.KeepMetrics(ctx, place, want) }); n != len(want) {
			t.Fatalf("%d new, want %d", n, len(want))
		}
		slices.SortFunc(want, func(a, b app.Metric) int { return strings.Compare(a.Key(), b.Key()) })
		got := must[[]app.Metric](t)(d.Metrics(ctx, place))
		same(t, "metrics", got, append([]app.Metric(nil), want...))
	})
}

func TestMetricsSince(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	old, fresh, empty := app.NewMetric("AWS/SQS", "old"), app.NewMetric("AWS/SQS", "fresh"),
		app.NewMetric("AWS/SQS", "empty")
	must[int](t)(d.KeepMetrics(ctx, dayPlace, []app.Metric{old, fresh, empty}))
	at := func(m app.Metric, after time.Duration) app.Series {
		return app.Series{Scope: dayPlace, Reading: app.Reading{Metric: m, Statistic: "Sum", Period: time.Minute},
			Points: []app.Point{{At: epoch.Add(after)}}}
	}
	must[int](t)(d.KeepSeries(ctx, []app.Series{at(old, 0), at(fresh, 30*time.Hour)}))
	for since, want := range map[time.Duration][]app.Metric{
		0: {fresh, old}, time.Millisecond: {fresh}, 30 * time.Hour: {fresh}, 31 * time.Hour: nil,
	} {
		same(t, "metrics", must[[]app.Metric](t)(d.MetricsSince(ctx, dayPlace, epoch.Add(since))), want)
	}
	same(t, "metrics elsewhere", must[[]app.Metric](t)(d.MetricsSince(ctx, app.Scope{Account: "1", Region: "r"},
		epoch)), nil)
}

func TestSeriesRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		want := rapid.SliceOfNDistinct(genSeries(), 0, 5,
			func(s app.Series) string { return s.Scope.String() + s.Reading.Key() }).Draw(t, "series")
		points := 0
		for _, s := range want {
			points += len(s.Points)
		}
		if n := twice(t, func() (int, error) { return d.KeepSeries(ctx, want) }); n != points {
			t.Fatalf("%d new datapoints, want %d", n, points)
		}
		q := app.SeriesQuery{Range: genRange().Draw(t, "range"),
			Namespace: rapid.SampledFrom([]string{"", "orders"}).Draw(t, "namespace"),
			Scopes:    genFew(genPlace).Draw(t, "scopes")}
		if len(want) > 0 && rapid.Bool().Draw(t, "by key") {
			q.Keys = []string{want[0].Reading.Key()}
		}
		same(t, "series", must[[]app.Series](t)(d.Series(ctx, q)), wantedSeries(want, q))
		listed := 0
		for _, place := range must[[]app.Scope](t)(d.Scopes(ctx)) {
			listed += len(must[[]app.Metric](t)(d.Metrics(ctx, place)))
		}
		if listed != 0 {
			t.Fatalf("%d metrics count as listed, and only datapoints of them came", listed)
		}
	})
}

// wantedSeries is what Series promises, in Go.
func wantedSeries(all []app.Series, q app.SeriesQuery) []app.Series {
	var wanted []app.Series
	for _, s := range all {
		if !inScopes(q.Scopes, s.Scope) || q.Namespace != "" && s.Namespace != q.Namespace ||
			len(q.Keys) > 0 && !slices.Contains(q.Keys, s.Reading.Key()) {
			continue
		}
		var points []app.Point
		for _, p := range s.Points {
			if inRange(q.Range, p.At) {
				points = append(points, p)
			}
		}
		s.Points = points
		wanted = append(wanted, s)
	}
	slices.SortFunc(wanted, app.CompareSeries)
	return wanted
}

func inScopes(scopes []app.Scope, s app.Scope) bool {
	return len(scopes) == 0 || slices.Contains(scopes, s.Place())
}

func inRange(r app.Range, at time.Time) bool { return r.Equal(app.Range{}) || r.Contains(at) }

func TestKeepSeriesChanges(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	one := daysSeries()[0][0]
	one.Points = slices.Clone(one.Points[:3])
	keep := func(want int) {
		t.Helper()
		if n := must[int](t)(d.KeepSeries(ctx, []app.Series{one})); n != want {
			t.Errorf("%d changed, want %d", n, want)
		}
	}
	keep(3)
	one.Points[1].Value++ // the newest periods still change
	keep(1)
	one.Unit = "Seconds"
	keep(0)
	one.Points = append(one.Points, app.Point{At: dayRange.To, Value: math.NaN()},
		app.Point{At: dayRange.To.Add(time.Minute), Value: math.Inf(1)})
	keep(0)
	one.Points = one.Points[:3]
	same(t, "series", must[[]app.Series](t)(d.Series(ctx, app.SeriesQuery{})), []app.Series{one})
	one.Points = nil // an answer that leaves points out takes none away
	keep(0)
	if got := must[[]app.Series](t)(d.Series(ctx, app.SeriesQuery{})); len(got) != 1 || len(got[0].Points) != 3 {
		t.Errorf("%v", got)
	}
}

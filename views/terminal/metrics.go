package terminal

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// metrics is the command that lists series with their figures.
func (c *console) metrics() *cobra.Command {
	var namespace, name string
	cmd := &cobra.Command{
		Use: "metrics", Short: "Metric series: newest, lowest and highest value, and their course", Args: cobra.NoArgs,
		Long: `Metric series as the console reads them: each metric with the statistic that shows trouble, and every reading that
an alarm evaluates. A gap in the course is a period without a datapoint, not a zero.`,
		Example: "  nephograph metrics --namespace AWS/Lambda --since 3h\n  nephograph metrics --json | jq 'select(.name==\"Errors\")'",
	}
	cmd.Flags().StringVar(&namespace, "namespace", "", "only of this `namespace`: AWS/Lambda")
	cmd.Flags().StringVar(&name, "resource", "", "only of the resource of this `name` or ARN: orders")
	return c.reading(cmd, func(ctx context.Context, q *question) error {
		all, err := q.series(ctx, namespace, name)
		if err != nil {
			return err
		}
		if q.json { // a series without a datapoint says nothing to a program
			all = slices.DeleteFunc(all, func(s app.Series) bool { return len(s.Points) == 0 })
			if err := printLines(q.console, first(all, q.rows())); err != nil {
				return err
			}
			return q.gaps(ctx, app.Metrics)
		}
		shown := first(all, q.rows())
		q.show(q.seriesTable(shown))
		if len(all) == 0 {
			return q.nothing(ctx, app.Metrics)
		}
		q.noteCut(len(shown), len(all))
		return q.gaps(ctx, app.Metrics)
	})
}

// series returns one series for each reading of what is cached, also where the range holds no datapoint.
func (q *question) series(ctx context.Context, namespace, name string) ([]app.Series, error) {
	scopes := q.scopes
	if scopes == nil {
		var err error
		if scopes, err = q.cache.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	var all []app.Series
	for _, s := range scopes {
		series, err := q.seriesIn(ctx, s, namespace, name)
		if err != nil {
			return nil, err
		}
		all = append(all, series...)
	}
	slices.SortFunc(all, app.CompareSeries)
	return all, nil
}

func (q *question) seriesIn(ctx context.Context, s app.Scope, namespace, name string) ([]app.Series, error) {
	metrics, err := q.cache.Metrics(ctx, s)
	if err != nil {
		return nil, err
	}
	alarms, err := q.cache.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{s}})
	if err != nil {
		return nil, err
	}
	held, err := q.cache.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{s}, Range: q.within, Namespace: namespace})
	if err != nil {
		return nil, err
	}
	byKey := map[string]app.Series{}
	for _, h := range held {
		byKey[h.Reading.Key()] = h
	}
	readings, of := q.deps.Presets.Readings(metrics, alarms), resource.Read(name)
	var series []app.Series
	for _, r := range readings {
		if namespace != "" && r.Namespace != namespace || name != "" && !of.Measures(r.Metric) {
			continue
		}
		one, ok := byKey[r.Key()]
		if !ok {
			preset, _ := q.deps.Presets.Of(r.Metric)
			one = app.Series{Scope: s, Reading: r, Unit: preset.Unit}
		}
		series = append(series, one)
		series = append(series, q.older(r, readings, byKey)...)
	}
	return series, nil
}

// older returns what the cache holds of a reading by longer periods, which is what AWS keeps after two weeks, unless an
// alarm reads by them anyway.
func (q *question) older(r app.Reading, readings []app.Reading, held map[string]app.Series) (series []app.Series) {
	for _, era := range r.Eras(q.within, q.deps.Now()) {
		known := slices.ContainsFunc(readings, func(other app.Reading) bool { return other.Key() == era.Key() })
		if one, ok := held[era.Key()]; ok && !known {
			series = append(series, one)
		}
	}
	return series
}

func (q *question) seriesTable(all []app.Series) *table {
	t := newTable("SERVICE", "RESOURCE", "METRIC", "STATISTIC", "NEWEST>", "LOWEST>", "HIGHEST>", "COURSE", "PLACE")
	for _, s := range all {
		newest, lowest, highest := "-", "-", "-"
		if n := len(s.Points); n > 0 {
			low, high := bounds(s.Points)
			newest, lowest, highest = amount(s.Points[n-1].Value, s.Unit), amount(low, s.Unit), amount(high, s.Unit)
		}
		t.add(q.deps.Presets.Title(s.Namespace), s.Resource(), s.Name, statistic(s.Reading)+cadence(s),
			newest, lowest, highest, course(s.Points, q.within), s.Scope)
	}
	return t
}

// statistic says how a metric is read: Sum, and its period where that is not a minute: Sum 5m.
func statistic(r app.Reading) string {
	if r.Period == time.Minute {
		return r.Statistic
	}
	return r.Statistic + " " + length(r.Period)
}

// cadence says how often a series has datapoints where that is more rarely than its period: ", every 5m".
func cadence(s app.Series) string {
	if every := s.Every(); every > s.Period {
		return ", every " + length(every)
	}
	return ""
}

// bounds returns the lowest and the highest value of at least one point.
func bounds(points []app.Point) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range points {
		low, high = min(low, p.Value), max(high, p.Value)
	}
	return low, high
}

// courseWidth is how many characters a course takes: one an hour of a day.
const courseWidth = 24

// course draws points as bars over the range, the highest of each stretch, blank where there is none. The lowest bar is
// zero, or the lowest value where that is below zero.
func course(points []app.Point, within app.Range) string {
	if len(points) == 0 || within.Empty() {
		return ""
	}
	bars := []rune("▁▂▃▄▅▆▇█")
	tops := make([]float64, courseWidth)
	for i := range tops {
		tops[i] = math.NaN()
	}
	for _, p := range points {
		if !within.Contains(p.At) {
			continue
		}
		i := min(int(float64(p.At.Sub(within.From))/float64(within.Length())*courseWidth), courseWidth-1)
		if math.IsNaN(tops[i]) || p.Value > tops[i] {
			tops[i] = p.Value
		}
	}
	low, high := 0.0, math.Inf(-1)
	for _, v := range tops {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	var b strings.Builder
	for _, v := range tops {
		switch {
		case math.IsNaN(v):
			b.WriteByte(' ')
		case high <= low:
			b.WriteRune(bars[0])
		default:
			b.WriteRune(bars[min(int((v-low)/(high-low)*float64(len(bars))), len(bars)-1)])
		}
	}
	return b.String()
}

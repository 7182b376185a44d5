package terminal

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
)

type metricReader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Metrics(context.Context, app.Scope) ([]app.Metric, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
}

// metricFilter leaves the series of a namespace and of a resource, "" for all.
type metricFilter struct{ namespace, resource string }

// metrics is the command that lists series with their figures.
func (c *commandLine) metrics() *cobra.Command {
	var only metricFilter
	cmd := &cobra.Command{
		Use: "metrics", Short: "Metric series: newest, lowest and highest value, and their course", Args: cobra.NoArgs,
		Long: `Metric series as the console reads them: each metric with the statistic that shows trouble, and
every reading that an alarm evaluates. A gap in the course is a period without a datapoint, not a
zero. What is older than AWS keeps of a period, 15 days of a minute, is shown by a longer one.`,
		Example: "  nephograph metrics --namespace AWS/Lambda --since 3h\n" +
			"  nephograph metrics --json | jq 'select(.name==\"Errors\")'",
	}
	cmd.Flags().StringVar(&only.namespace, "namespace", "", "only of this `namespace`: AWS/Lambda")
	cmd.Flags().StringVar(&only.resource, "resource", "", "only of the resource of this `name` or ARN: orders")
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		all, err := q.series(ctx, r, only)
		if err != nil {
			return err
		}
		if q.json { // a series without a datapoint says nothing to a program
			all = slices.DeleteFunc(all, func(s app.Series) bool { return len(s.Points) == 0 })
			if err := printLines(q.commandLine, first(all, q.rows())); err != nil {
				return err
			}
			return q.noteGaps(ctx, app.Metrics)
		}
		shown := first(all, q.rows())
		q.show(q.seriesTable(shown))
		if len(all) == 0 {
			return q.noteNothing(ctx, app.Metrics)
		}
		q.noteCut(len(shown), len(all))
		return q.noteGaps(ctx, app.Metrics)
	})
}

// series returns one series for each reading of what is cached, also where the range holds no datapoint.
func (q *question) series(ctx context.Context, r metricReader, only metricFilter) ([]app.Series, error) {
	scopes := q.scopes
	if scopes == nil {
		var err error
		if scopes, err = r.Scopes(ctx); err != nil {
			return nil, err
		}
	}
	var all []app.Series
	for _, s := range scopes {
		series, err := q.seriesIn(ctx, r, s, only)
		if err != nil {
			return nil, err
		}
		all = append(all, series...)
	}
	slices.SortFunc(all, app.CompareSeries)
	return all, nil
}

func (q *question) seriesIn(ctx context.Context, r metricReader, s app.Scope, only metricFilter) ([]app.Series, error) {
	metrics, err := r.Metrics(ctx, s)
	if err != nil {
		return nil, err
	}
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{s}})
	if err != nil {
		return nil, err
	}
	readings, of := q.deps.Presets.Readings(metrics, alarms), resource.Read(only.resource)
	readings = slices.DeleteFunc(readings, func(r app.Reading) bool {
		return only.namespace != "" && r.Namespace != only.namespace || only.resource != "" && !of.Measures(r.Metric)
	})
	held, err := related.ReadSeries(ctx, r, related.SeriesQuestion{Scopes: []app.Scope{s}, Readings: readings,
		Range: q.within, Now: q.deps.Now()})
	if err != nil {
		return nil, err
	}
	byKey := map[string]app.Series{}
	for _, h := range held {
		byKey[h.Asked.Key()] = h.Series
	}
	series := make([]app.Series, len(readings))
	for i, read := range readings {
		one, ok := byKey[read.Key()]
		if !ok {
			preset, _ := q.deps.Presets.Of(read.Metric)
			one = app.Series{Scope: s, Reading: read, Unit: preset.Unit}
		}
		series[i] = one
	}
	return series, nil
}

func (q *question) seriesTable(all []app.Series) *table {
	t := newTable("SERVICE", "RESOURCE", "METRIC", "STATISTIC", "NEWEST>", "LOWEST>", "HIGHEST>", "COURSE", "PLACE")
	for _, s := range all {
		newest, lowest, highest := "-", "-", "-"
		if n := len(s.Points); n > 0 {
			low, high := bounds(s.Points)
			newest, lowest = phrase.Amount(s.Points[n-1].Value, s.Unit), phrase.Amount(low, s.Unit)
			highest = phrase.Amount(high, s.Unit)
		}
		t.add(q.deps.Presets.Title(s.Namespace), s.Resource(), s.Name, statistic(s.Reading)+cadence(s), newest, lowest,
			highest,
			sparkline(s.Points, q.within), s.Scope)
	}
	return t
}

// statistic says how a metric is read: Sum, and its period where that is not a minute: Sum 5m.
func statistic(r app.Reading) string {
	if r.Period == time.Minute {
		return r.Statistic
	}
	return r.Statistic + " " + phrase.Duration(r.Period)
}

// cadence says how often a series has datapoints where that is more rarely than its period: ", every 5m".
func cadence(s app.Series) string {
	if every := s.Every(); every > s.Period {
		return ", every " + phrase.Duration(every)
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

// sparklineWidth is how many characters a course takes: one an hour of a day.
const sparklineWidth = 24

// sparkline draws points as bars over the range, the highest of each stretch, blank where there is none. The lowest
// bar is zero, or the lowest value where that is below zero.
func sparkline(points []app.Point, within app.Range) string {
	if len(points) == 0 || within.Empty() {
		return ""
	}
	bars := []rune("▁▂▃▄▅▆▇█")
	tops := make([]float64, sparklineWidth)
	for i := range tops {
		tops[i] = math.NaN()
	}
	for _, p := range points {
		if !within.Contains(p.At) {
			continue
		}
		i := min(int(float64(p.At.Sub(within.From))/float64(within.Length())*sparklineWidth), sparklineWidth-1)
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

package world

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

// recordings draws a metric of up to 40 minutes with gaps.
func recordings(t *rapid.T) Recorded {
	var r Recorded
	minute := anchor.Truncate(time.Minute).Add(-time.Hour)
	for range rapid.IntRange(0, 40).Draw(t, "samples") {
		minute = minute.Add(time.Duration(rapid.IntRange(1, 4).Draw(t, "step")) * time.Minute)
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 6).Draw(t, "values")
		slices.Sort(values)
		count := float64(len(values) * rapid.IntRange(1, 50).Draw(t, "count"))
		r.Samples = append(r.Samples, Sample{minute, count, values})
	}
	return r
}

// spread writes the single values of a bucket out.
func spread(r Recorded, start time.Time, period time.Duration) []float64 {
	var all []float64
	for _, s := range r.Samples {
		if !s.At.Before(start) && s.At.Before(start.Add(period)) {
			for _, v := range s.Values {
				for range int(s.Count) / len(s.Values) {
					all = append(all, v)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestPointsAgreeWithEveryValueWrittenOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := recordings(t)
		period := time.Duration(rapid.IntRange(1, 7).Draw(t, "minutes")) * time.Minute
		within := app.Since(anchor.Add(3*time.Hour), 6*time.Hour)
		p := rapid.Float64Range(0.1, 100).Draw(t, "p")
		want := map[string]func([]float64) float64{
			"Sum":         sum,
			"Average":     func(v []float64) float64 { return sum(v) / float64(len(v)) },
			"Minimum":     func(v []float64) float64 { return v[0] },
			"Maximum":     func(v []float64) float64 { return v[len(v)-1] },
			"SampleCount": func(v []float64) float64 { return float64(len(v)) },
			"p50":         func(v []float64) float64 { return v[int(math.Ceil(float64(len(v))*0.5))-1] },
		}
		for statistic, compute := range want {
			points := r.Points(statistic, period, within)
			if len(points) > 0 && points[0].At.Unix()%int64(period/time.Second) != 0 {
				t.Fatalf("%s: buckets start at %s", statistic, points[0].At)
			}
			seen := 0
			for _, point := range points {
				all := spread(r, point.At, period)
				seen += len(all)
				if len(all) == 0 {
					t.Fatalf("%s: a point without a value at %s", statistic, point.At)
				}
				if w := compute(all); math.Abs(point.Value-w) > 1e-6*(1+math.Abs(w)) {
					t.Fatalf("%s at %s: %v, want %v", statistic, point.At, point.Value, w)
				}
			}
			if total := len(spread(r, within.From, within.Length())); seen != total {
				t.Fatalf("%s: points over %d values, there are %d", statistic, seen, total)
			}
		}
		percentileBetween(t, r, p, period, within)
	})
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

// percentileBetween checks what any percentile promises: so many values lie at or below it.
func percentileBetween(t *rapid.T, r Recorded, p float64, period time.Duration, within app.Range) {
	for _, point := range r.Points("p"+decimal(p), period, within) {
		all := spread(r, point.At, period)
		atMost := 0
		for _, v := range all {
			if v <= point.Value {
				atMost++
			}
		}
		if float64(atMost) < p/100*float64(len(all))*(1-1e-9) || !slices.Contains(all, point.Value) {
			t.Fatalf("p%v is %v: %d of %d lie at or below", p, point.Value, atMost, len(all))
		}
	}
}

func TestPointsAreTheSameAskedInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := recordings(t)
		const period = 5 * time.Minute
		whole := app.Since(anchor, 2*time.Hour).Align(period)
		var pieces []app.Point
		for _, w := range whole.Split(time.Duration(rapid.IntRange(1, 9).Draw(t, "pieces")) * period) {
			pieces = append(r.Points("Average", period, w), pieces...)
		}
		if !slices.Equal(pieces, r.Points("Average", period, whole)) {
			t.Fatalf("in pieces %v", pieces)
		}
	})
}

func TestPointsOfNoStatistic(t *testing.T) {
	r := Recorded{Samples: []Sample{{anchor.Truncate(time.Minute), 1, []float64{1}}}}
	for _, statistic := range []string{"", "p", "p101", "pNaN", "p-1", "Median"} {
		if points := r.Points(statistic, time.Minute, app.Since(anchor, time.Hour)); points != nil {
			t.Errorf("%q: %v", statistic, points)
		}
	}
}

func TestMetricsAgreeWithEachOther(t *testing.T) {
	p := shopWorld(t).place(t, data, "eu-west-1")
	orders := app.Dimension{Name: "TableName", Value: "orders"}
	consumed, _ := p.recorded(app.NewMetric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", orders))
	provisioned, _ := p.recorded(app.NewMetric("AWS/DynamoDB", "ProvisionedWriteCapacityUnits", orders))
	if len(provisioned.Samples) < 40 || provisioned.Samples[0].At.Before(anchor.Add(-48*time.Minute)) {
		t.Fatal("the table has its capacity from the start")
	}
	settled := anchor.Add(-40 * time.Minute) // the bucket has spent its burst
	for _, s := range consumed.Samples {
		if s.At.After(settled) && s.Values[0] > 400*60 {
			t.Errorf("%v units were taken at %s, of 24000", s.Values[0], s.At)
		}
	}
}

func TestCurves(t *testing.T) {
	s := Scenario{Curves: map[string]Curve{
		"flat":  {Base: 3},
		"ramp":  {Knots: Knots{{-10 * time.Minute, 0}, {0, 10}}},
		"both":  {Base: 2, Times: []string{"flat", "ramp"}},
		"teeth": {Saw: &Saw{Every: 10 * time.Minute, Low: 1, High: 2}},
	}}
	r := rhythm{s.Curves, anchor, 1}
	for _, c := range []struct {
		curve string
		at    time.Duration
		want  float64
	}{
		{"flat", -time.Hour, 3}, {"ramp", -time.Hour, 0}, {"ramp", -5 * time.Minute, 5}, {"ramp", time.Minute, 10},
		{"both", -5 * time.Minute, 30}, {"teeth", 0, 1}, {"teeth", -5 * time.Minute, 1.5},
		{"teeth", -10 * time.Minute, 1},
	} {
		if got := r.at(anchor.Add(c.at), c.curve); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s at %s: %v, want %v", c.curve, c.at, got, c.want)
		}
	}
}

func TestNoiseStaysWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		noise := rapid.Float64Range(0, 0.9).Draw(t, "noise")
		r := rhythm{map[string]Curve{"c": {Base: 100, Noise: noise}}, anchor, rapid.Uint64().Draw(t, "seed")}
		at := anchor.Add(-time.Duration(rapid.Int64Range(0, int64(48*time.Hour)).Draw(t, "before")))
		if v := r.at(at, "c"); math.Abs(v-100) > 100*noise+1e-9 {
			t.Fatalf("%v with noise %v", v, noise)
		}
	})
}

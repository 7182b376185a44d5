package app

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// every returns datapoints of one value, a period apart.
func every(statistic string, period time.Duration, from, to int, value float64) Series {
	s := Series{Reading: Reading{Metric: NewMetric("AWS/Lambda", "Errors"), Statistic: statistic, Period: period}}
	for m := from; m < to; m += int(period / time.Minute) {
		s.Points = append(s.Points, Point{time.Unix(int64(m)*60, 0), value})
	}
	return s
}

func TestJoinedEras(t *testing.T) {
	day := Range{time.Unix(0, 0), time.Unix(24*3600, 0)}
	for _, c := range []struct {
		name   string
		within Range
		fine   Series
		coarse []Series
		period time.Duration
		want   []float64
	}{
		{"all of it by the minute", day, every("Sum", time.Minute, 0, 3, 1), nil, time.Minute, []float64{1, 1, 1}},
		{"the longer period says the same again", day, every("Sum", time.Minute, 0, 10, 1),
			[]Series{every("Sum", 5*time.Minute, 0, 10, 5)}, time.Minute,
			[]float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}},
		{"counts are added up", day, every("Sum", time.Minute, 10, 22, 1),
			[]Series{every("Sum", 5*time.Minute, 0, 15, 7)}, 5 * time.Minute, []float64{7, 7, 5, 5}},
		{"other statistics stay", day, every("Maximum", time.Minute, 5, 7, 1),
			[]Series{every("Maximum", 5*time.Minute, 0, 10, 7)}, 5 * time.Minute, []float64{7, 1, 1}},
		{"three eras", day, every("Sum", time.Minute, 120, 180, 1),
			[]Series{every("Sum", 5*time.Minute, 60, 180, 5), every("Sum", time.Hour, 0, 180, 60)}, time.Hour,
			[]float64{60, 60, 60}},
		{"eras that meet within a bucket", day, every("Sum", time.Minute, 90, 185, 1),
			[]Series{every("Sum", 5*time.Minute, 60, 180, 5), every("Sum", time.Hour, 0, 60, 60)}, time.Hour,
			[]float64{60, 60, 60}},
		{"only the oldest", day, every("Average", time.Minute, 0, 0, 0),
			[]Series{every("Average", 5*time.Minute, 0, 10, 4)}, 5 * time.Minute, []float64{4, 4}},
		{"outside of the window a longer period does not count", Range{time.Unix(600, 0), time.Unix(900, 0)},
			every("Sum", time.Minute, 10, 12, 1),
			[]Series{every("Sum", 5*time.Minute, 0, 10, 5)}, time.Minute, []float64{1, 1}},
	} {
		got := c.fine.Joined(c.within, c.coarse...)
		var values []float64
		for _, p := range got.Points {
			values = append(values, p.Value)
		}
		if got.Period != c.period || !slices.Equal(values, c.want) {
			t.Errorf("%s: %v every %v, want %v every %v", c.name, values, got.Period, c.want, c.period)
		}
	}
}

func TestJoinedCountsNothingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cut := rapid.IntRange(0, 24).Draw(t, "hour from which there are minutes") * 60
		coarseTo := rapid.IntRange(cut, 24*60).Draw(t, "minute to which there are hours") / 60 * 60
		fine := every("Sum", time.Minute, cut, 24*60, 1)
		got := fine.Joined(Range{time.Unix(0, 0), time.Unix(24*3600, 0)},
			every("Sum", time.Hour, 0, max(coarseTo, cut), 60))
		sum := 0.0
		for i, p := range got.Points {
			sum += p.Value
			if i > 0 && !got.Points[i-1].At.Before(p.At) {
				t.Fatal("datapoints are not in order of time")
			}
		}
		if sum != 24*60 {
			t.Fatalf("%v of %d are counted", sum, 24*60)
		}
	})
}

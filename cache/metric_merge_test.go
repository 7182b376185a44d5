package cache

import (
	"context"
	"maps"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

// Pages of datapoints that overlap, in any order and over midnight, leave the series as a map of instants would.
func TestPagesMerge(t *testing.T) {
	midnight := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	reading := app.Reading{Metric: app.NewMetric("AWS/Lambda", "Duration"), Statistic: "p99", Period: time.Minute}
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		held := map[time.Time]float64{}
		for range rapid.IntRange(1, 5).Draw(t, "pages") {
			series := app.Series{Scope: dayPlace, Reading: reading}
			want := map[time.Time]float64{}
			for range rapid.IntRange(0, 20).Draw(t, "points") {
				p := app.Point{At: midnight.Add(time.Duration(rapid.IntRange(-15, 15).Draw(t, "at")) * 7 * time.Minute),
					Value: rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, 1.0 / 3}).Draw(t, "value")}
				series.Points = append(series.Points, p)
				want[p.At] = p.Value
			}
			changed := 0
			for at, value := range want {
				if old, ok := held[at]; !ok || math.Float64bits(old) != math.Float64bits(value) {
					changed++
				}
			}
			maps.Copy(held, want)
			if n := twice(t, func() (int, error) { return d.KeepSeries(ctx, []app.Series{series}) }); n != changed {
				t.Fatalf("%d new or changed, want %d", n, changed)
			}
		}
		within := app.Range{From: midnight.Add(time.Duration(rapid.IntRange(-120, 120).Draw(t, "from")) * time.Minute)}
		within.To = within.From.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "length")) * time.Minute)
		if rapid.Bool().Draw(t, "all") {
			within = app.Range{}
		}
		var want []app.Point
		for _, at := range slices.SortedFunc(maps.Keys(held), time.Time.Compare) {
			if inRange(within, at) {
				want = append(want, app.Point{At: at, Value: held[at]})
			}
		}
		got := must[[]app.Series](t)(d.Series(ctx, app.SeriesQuery{Range: within}))
		if len(got) != 1 || !slices.EqualFunc(got[0].Points, want, func(a, b app.Point) bool {
			return a.At.Equal(b.At) && math.Float64bits(a.Value) == math.Float64bits(b.Value)
		}) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestASpoiledChunkIsDamage(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	one := daysSeries()[0][0]
	must[int](t)(d.KeepSeries(ctx, []app.Series{one}))
	if _, err := d.writer.Exec(`UPDATE series_chunk SET data = substr(data, 1, length(data) - 9)`); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Series(ctx, app.SeriesQuery{}); app.KindOf(err) != app.Damaged {
		t.Error(err)
	}
	if _, err := d.KeepSeries(ctx, []app.Series{one}); app.KindOf(err) != app.Damaged {
		t.Error(err)
	}
}

func TestDayOf(t *testing.T) {
	const day = 86_400_000
	for ms, want := range map[int64]int64{0: 0, day - 1: 0, day: 1, -1: -1, -day: -1, -day - 1: -2,
		math.MaxInt64: math.MaxInt64 / day, math.MinInt64: math.MinInt64/day - 1} {
		if got := dayOf(ms); got != want {
			t.Errorf("%d ms lie on day %d, want %d", ms, got, want)
		}
	}
}

// The rows of format 1 become chunks by the day, whatever the order in which they were written.
func TestDatapointsAreCarriedOver(t *testing.T) {
	path := t.TempDir() + "/old.db"
	makeOld(t, path, 1, `
		INSERT INTO scope VALUES (1, '111122223333', 'eu-west-1', '');
		INSERT INTO metric VALUES (1, 1, 'a/b', 'a', 'b', 'null', 1);
		INSERT INTO series VALUES (1, 1, 'Sum', 60000000000, ''), (2, 1, 'p99', 60000000000, '');
		WITH RECURSIVE minute (n) AS (SELECT 0 UNION ALL SELECT n + 7 FROM minute WHERE n < 20160)
		INSERT INTO datapoint SELECT 2 - n % 2, -60000 + (20160 - n) * 60000, n / 3.0 FROM minute;`)
	got := must[[]app.Series](t)(openAt(t, path).Series(context.Background(), app.SeriesQuery{}))
	kept := 0
	for _, s := range got {
		odd := 0
		if s.Statistic == "Sum" {
			odd = 1
		}
		for _, p := range s.Points {
			n := 20160 - (p.At.UnixMilli()+60000)/60000
			if p.Value != float64(n)/3 || int(n%2) != odd {
				t.Fatalf("%s %v", s.Statistic, p)
			}
		}
		if !slices.IsSortedFunc(s.Points, func(a, b app.Point) int { return a.At.Compare(b.At) }) {
			t.Fatal("out of order")
		}
		kept += len(s.Points)
	}
	if kept != 20160/7+1 {
		t.Errorf("%d datapoints, want %d", kept, 20160/7+1)
	}
}

// twoWeeks is a series of 20,160 minutes, of values with three decimals as services publish them, or of quotients.
func twoWeeks(round bool) app.Series {
	s := app.Series{Scope: dayPlace, Reading: app.Reading{Metric: app.NewMetric("AWS/Lambda", "Duration"),
		Statistic: "p99", Period: time.Minute}}
	for i := range 14 * dayMinutes {
		value := 100 + 50*math.Sin(float64(i)/100) + float64(i*7919%100)
		if round {
			value = math.Round(value*1000) / 1000
		}
		s.Points = append(s.Points, app.Point{At: dayStart.Add(time.Duration(i) * time.Minute), Value: value})
	}
	return s
}

// Budget: 10 ms for two weeks of minutes, read and reduced to the columns of a picture 1,200 pixels wide.
func BenchmarkReadTwoWeeks(b *testing.B) {
	for name, round := range map[string]bool{"decimals": true, "quotients": false} {
		d, s := openFile(b), twoWeeks(round)
		if _, err := d.KeepSeries(context.Background(), []app.Series{s}); err != nil {
			b.Fatal(err)
		}
		within := app.Range{From: dayStart, To: dayStart.Add(14 * 24 * time.Hour)}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				got, err := d.Series(context.Background(),
					app.SeriesQuery{Range: within, Keys: []string{s.Reading.Key()}})
				if err != nil || len(got[0].Points) != len(s.Points) {
					b.Fatal(len(got), err)
				}
				if n := len(app.Columns(got[0].Points, within, 1200)); n < 2400 {
					b.Fatal(n)
				}
			}
		})
	}
}

// Budget: 100 ms for a page of 100,800 datapoints, the most that GetMetricData answers with; the same page again, and
// one with a newer minute for each series, in less.
func BenchmarkKeepPage(b *testing.B) {
	page := daysSeries()[0]
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			d := openFile(b)
			b.StartTimer()
			if n, err := d.KeepSeries(context.Background(), page); err != nil || n != len(page)*dayMinutes {
				b.Fatal(n, err)
			}
		}
	})
	d := openFile(b)
	if _, err := d.KeepSeries(context.Background(), page); err != nil {
		b.Fatal(err)
	}
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			if n, err := d.KeepSeries(context.Background(), page); err != nil || n != 0 {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("a minute more", func(b *testing.B) {
		value := 0.0
		for b.Loop() {
			value++
			newer := make([]app.Series, len(page))
			for i, s := range page {
				newer[i] = s
				newer[i].Points = []app.Point{{At: s.Points[len(s.Points)-1].At, Value: value}}
			}
			if n, err := d.KeepSeries(context.Background(), newer); err != nil || n != len(page) {
				b.Fatal(n, err)
			}
		}
	})
}

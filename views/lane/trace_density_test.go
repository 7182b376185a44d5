package lane

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

var hourAxis = chart.Axis{Range: app.Range{From: ago(60), To: ago(0)}, Width: 600}

func TestDensityCountsEveryTraceOfTheWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var dots []app.Latency
		within := 0
		for range rapid.IntRange(0, 200).Draw(t, "traces") {
			minutes := rapid.Float64Range(-5, 65).Draw(t, "ago")
			if x := hourAxis.X(ago(minutes)); x >= 0 && x < hourAxis.Width {
				within++
			}
			dots = append(dots, app.Latency{At: ago(minutes),
				Response: time.Duration(rapid.IntRange(1, 59).Draw(t, "pixels"))})
		}
		cells, most := density(dots, hourAxis, func(d app.Latency) float32 { return float32(d.Response) })
		sum, top := 0, 0
		for at, n := range cells {
			sum, top = sum+n, max(top, n)
			if at.column < 0 || at.column >= 150 || at.row < 0 || at.row >= 15 {
				t.Fatalf("%v lies outside", at)
			}
			if s := shade(n, most); s < faintest || s > fullest {
				t.Fatalf("%d of %d has shade %d", n, most, s)
			}
		}
		if sum != within || top != most {
			t.Fatalf("%d of %d traces, %d at most, said %d", sum, within, top, most)
		}
	})
}

func TestPercentileStep(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 0, 90: 0, 100: 0, 150: 5 * time.Minute, 418: 2 * time.Minute,
		600: 2 * time.Minute, 3_000: time.Minute, 1_000_000: time.Minute} {
		if got := percentileStep(n, hourAxis); got != want {
			t.Errorf("%d traces in an hour: %v, want %v", n, got, want)
		}
	}
}

func TestPercentilesLeaveGaps(t *testing.T) {
	var dots []app.Latency
	for i := range 3_000 {
		at := ago(60).Add(time.Duration(i) * time.Hour / 3_000)
		if m := i / 50; m >= 20 && m < 30 && i%10 > 0 { // ten minutes with five traces each
			continue
		}
		dots = append(dots, app.Latency{At: at, Response: time.Duration(i%50+1) * time.Millisecond})
	}
	lane := NewTrace(TraceData{Window: Window{Axis: hourAxis}, Latencies: dots})
	lines := lane.percentiles(hourAxis)
	if len(lines) != 2 || len(lines[0].points) < 45 || len(lines[0].points) > 55 {
		t.Fatalf("lines %v", lines)
	}
	for i, p := range lines[1].points {
		if p.Value >= lines[0].points[i].Value {
			t.Errorf("half take %v, the slowest hundredth %v", p.Value, lines[0].points[i].Value)
		}
		if want := lane.scale.Part(0.025); p.Value < want-0.05 || p.Value > want+0.05 {
			t.Errorf("half take %v of the scale, not %v", p.Value, want)
		}
		if p.At.After(ago(39)) && p.At.Before(ago(31)) {
			t.Errorf("five traces have a percentile at %v", p.At)
		}
	}
}

func TestTheReadoutIsWhatIsDrawn(t *testing.T) {
	var dots []app.Latency
	for i := range 600 {
		dots = append(dots, app.Latency{At: ago(60).Add(time.Duration(i) * time.Hour / 600),
			Response: time.Duration(i%37+1) * 10 * time.Millisecond})
	}
	lane := NewTrace(TraceData{Window: Window{Axis: hourAxis}, Latencies: dots})
	high, low := lane.lines[0], lane.lines[1]
	for i, p := range high.points {
		for _, part := range []time.Duration{0, high.period / 2, high.period - 1} {
			said := lane.Readout(p.At.Add(part), time.Second)
			for _, of := range []struct {
				word  string
				value float64
			}{{"p99 ", p.Value}, {"p50 ", low.points[i].Value}} {
				if want := of.word + phrase.Amount(lane.scale.Value(of.value), "Seconds"); !strings.Contains(said,
					want) || !strings.Contains(said, " of 20 traces") {
					t.Fatalf("%v after %v it reads %q, and %q is drawn", part, p.At, said, want)
				}
			}
		}
	}
}

// Of every other step one trace took minutes among requests of a second: no line runs along the edge of the scale as if
// that were the value.
func TestAPercentileBeyondTheScaleIsNoLine(t *testing.T) {
	var dots []app.Latency
	for i := range 600 {
		d := app.Latency{At: ago(60).Add(time.Duration(i) * time.Hour / 600),
			Response: time.Duration(500+i%100) * time.Millisecond}
		if i%100 == 50 {
			d.Response = 4 * time.Minute
		}
		dots = append(dots, d)
	}
	lane := NewTrace(TraceData{Window: Window{Axis: hourAxis}, Latencies: dots})
	high := lane.lines[0]
	if len(high.beyond) != 6 || len(high.points) != 24 {
		t.Fatalf("%d percentiles lie beyond the scale, %d on it", len(high.beyond), len(high.points))
	}
	for _, p := range high.points {
		if p.Value == 1 {
			t.Errorf("a line runs along the edge at %v", p.At)
		}
	}
	if said := lane.Readout(high.beyond[0].At, 0); !strings.HasPrefix(said, "p99 4 min · ") {
		t.Errorf("there it reads %q", said)
	}
}

func TestErrorsAreSeenHoweverFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b app.LogBucket
		b.Counts[app.LevelInfo] = rapid.IntRange(0, 1_000_000).Draw(t, "info")
		b.Counts[app.LevelWarn] = rapid.IntRange(0, 1_000).Draw(t, "warnings")
		b.Counts[app.LevelError] = rapid.IntRange(0, 1_000).Draw(t, "errors")
		const least = 0.04
		top := float64(max(b.Total(), 1) * rapid.IntRange(1, 100).Draw(t, "top"))
		plain, warned, all := stack(b, top, least)
		if plain < 0 || plain > warned || warned > all || all > max(1, least)+1e-9 {
			t.Fatalf("%v %v %v", plain, warned, all)
		}
		if b.Counts[app.LevelError] > 0 && all-warned < least-1e-9 {
			t.Fatalf("%d errors take %v", b.Counts[app.LevelError], all-warned)
		}
		if b.Counts[app.LevelError] == 0 && all != warned {
			t.Fatal("errors are drawn where none are")
		}
	})
}

// Budget: 5 ms for 20,000 traces, away from the UI goroutine.
func BenchmarkDensity(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var dots []app.Latency
	for range 20_000 {
		dots = append(dots, app.Latency{At: ago(60 * r.Float64()), Response: time.Duration(r.IntN(60))})
	}
	for b.Loop() {
		density(dots, hourAxis, func(d app.Latency) float32 { return float32(d.Response) })
	}
}

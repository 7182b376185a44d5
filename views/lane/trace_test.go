package lane

import (
	"image/color"
	"math"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// The scale holds all traces but the rare ones, is wide enough to tell little from much, and no wider than it must be.
func TestLatencyScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var dots []app.Latency
		for range rapid.IntRange(1, 400).Draw(t, "traces") {
			dots = append(dots, app.Latency{Response: time.Duration(rapid.Int64Range(int64(time.Millisecond),
				int64(10*time.Minute)).Draw(t, "response"))})
		}
		s := latencyScale(dots)
		beyond := 0
		for _, d := range dots {
			if at := d.Response.Seconds(); at < s.Min || at > s.Max {
				beyond++
			}
		}
		if float64(beyond) > 2*fewTraces*float64(len(dots)) {
			t.Fatalf("%d of %d lie beyond %v", beyond, len(dots), s)
		}
		if s.Max < leastSpan*s.Min*(1-1e-9) {
			t.Fatalf("from %v to %v is little", s.Min, s.Max)
		}
	})
	at := func(all ...time.Duration) (dots []app.Latency) {
		for _, d := range all {
			dots = append(dots, slices.Repeat([]app.Latency{{Response: d}}, 500)...)
		}
		return dots
	}
	for _, c := range []struct {
		name      string
		dots      []app.Latency
		low, high time.Duration
	}{
		{"none", nil, 10 * time.Millisecond, time.Second},
		{"alike", at(50 * time.Millisecond), 20 * time.Millisecond, 200 * time.Millisecond},
		{"an ill service", at(30*time.Millisecond, 8*time.Second), 20 * time.Millisecond, 10 * time.Second},
		{"one in a thousand hangs", append(at(30*time.Millisecond, 800*time.Millisecond),
			app.Latency{Response: 10 * time.Minute}), 20 * time.Millisecond, time.Second},
		{"a few jobs of minutes", slices.Concat(at(30*time.Millisecond, 6*time.Second),
			slices.Repeat([]app.Latency{{Response: 5 * time.Minute}}, 17)), 20 * time.Millisecond, 10 * time.Second},
		{"more than a few", slices.Concat(at(30*time.Millisecond, 6*time.Second),
			slices.Repeat([]app.Latency{{Response: 5 * time.Minute}}, 40)), 20 * time.Millisecond, 10 * time.Minute},
		{"as fast as can be", at(time.Microsecond), 100 * time.Microsecond, time.Millisecond},
		{"longer than can be", at(48 * time.Hour), time.Hour, 24 * time.Hour},
	} {
		if s := latencyScale(c.dots); s.Min != c.low.Seconds() || s.Max != c.high.Seconds() {
			t.Errorf("%s: from %v to %v s", c.name, s.Min, s.Max)
		}
	}
}

// A trace beyond the scale is marked on its edge, apart from one that lies there.
func TestTracesBeyondTheScaleAreMarkedOnItsEdge(t *testing.T) {
	useTheme(t)
	dots := slices.Repeat([]app.Latency{{At: ago(30), Response: 100 * time.Millisecond}}, 900)
	for i, d := range []app.Latency{{At: ago(50), Response: time.Hour},
		{At: ago(10), Response: time.Microsecond, Fault: true}, {At: ago(5)}} {
		d.ID = app.TraceID("beyond")
		dots[i] = d
	}
	l := NewTrace(TraceData{Window: Window{Axis: hourAxis}, Latencies: dots})
	p := chart.NewPicture(hourAxis, 86, 1, ui.NewPalette())
	l.Paint(p)
	drawn := func(at time.Time, y float32) (n int) {
		for dy := -4; dy <= 4; dy++ {
			for dx := -4; dx <= 4; dx++ {
				if p.Image().RGBAAt(int(hourAxis.X(at))+dx, int(y)+dy).A > 100 {
					n++
				}
			}
		}
		return n
	}
	band := bandOf(86)
	up, down, open := drawn(ago(50), band.Top), drawn(ago(10), band.Bottom), drawn(ago(5), band.Bottom)
	if up < 6 || down < 6 || open == 0 || open >= down {
		t.Errorf("beyond the top %d pixels are drawn, beyond the bottom %d, and of one that has not answered %d", up,
			down, open)
	}
	if item, ok := l.Pick(hourAxis, 86, fyne.NewPos(hourAxis.X(ago(50)), band.Top)).(app.Latency); !ok ||
		item.Response != time.Hour {
		t.Errorf("its mark opens %v", item)
	}
}

// Each trace that failed is seen, however many there are.
func TestEveryFailureIsSeen(t *testing.T) {
	useTheme(t)
	red := ui.NewPalette().Color(chart.Solid(ui.ColorAlarm))
	for name, n := range map[string]int{"few": 5, "many": 4000} {
		t.Run(name, func(t *testing.T) {
			var dots []app.Latency
			for i := range 8000 {
				response := time.Duration(20+i%7*20) * time.Millisecond
				if i < n {
					response *= 10
				}
				dots = append(dots, app.Latency{At: ago(60 - 60*float64(i%n+1)/float64(n+1)), Response: response,
					Fault: i < n})
			}
			l := NewTrace(TraceData{Window: Window{Axis: hourAxis}, Latencies: dots})
			l.lines = nil
			p := chart.NewPicture(hourAxis, 86, 1, ui.NewPalette())
			l.Paint(p)
			shades := map[uint8]bool{}
			for _, d := range l.dots {
				if !d.Fault {
					continue
				}
				shades[p.Image().RGBAAt(int(hourAxis.X(d.At)), int(l.y(d, bandOf(86)))).A] = true
				c := p.Image().RGBAAt(int(hourAxis.X(d.At)), int(l.y(d, bandOf(86))))
				if reddish := color.NRGBAModel.Convert(c).(color.NRGBA); reddish.A < faintestFailed-20 ||
					reddish.R < red.R/2 || reddish.R < reddish.B {
					t.Fatalf("the failure at %v is drawn as %v", d.At, reddish)
				}
			}
			if density := len(shades) > 1; density != (name == "many") {
				t.Errorf("it is drawn in %d shades", len(shades))
			}
		})
	}
}

// The percentiles have their names at the right end of their lines, one above the other.
func TestPercentilesAreNamed(t *testing.T) {
	useTheme(t)
	var dots []app.Latency
	for i := range 600 {
		dots = append(dots, app.Latency{At: ago(60 - float64(i)/10),
			Response: time.Duration(i%50+1) * 10 * time.Millisecond})
	}
	l := NewTrace(TraceData{Window: Window{Axis: hourAxis}, Latencies: dots})
	notes := l.Notes(86)
	if len(notes) != 2 || notes[0].Text != "p99" || notes[1].Text != "p50" || notes[1].Middle < notes[0].Middle+8 {
		t.Fatalf("the notes are %+v", notes)
	}
	for _, n := range notes {
		if right := hourAxis.X(n.At) + n.Inset + n.Style.Width(n.Text); right > hourAxis.Width ||
			right < hourAxis.Width-30 {
			t.Errorf("%s ends at %v of %v", n.Text, right, hourAxis.Width)
		}
	}
}

func TestTraceLane(t *testing.T) {
	var dots []app.Latency
	for i := range 100 {
		dots = append(dots, app.Latency{ID: "a", At: ago(10), Response: time.Duration(i+1) * 10 * time.Millisecond,
			Fault: i < 27})
	}
	dots = append(dots, app.Latency{ID: "b", At: ago(40), Response: 20 * time.Millisecond})
	l := NewTrace(TraceData{Latencies: dots})
	if h := l.Head(); h.Measures != "101 sampled" || h.Top != "2 s" || h.Bottom != "5 ms" {
		t.Errorf("the head says %q from %q to %q", h.Measures, h.Bottom, h.Top)
	}
	for minutes, want := range map[float64]string{10.2: "p99 990 ms · p50 500 ms of 100 traces · 27 % faults",
		40: "slowest 20 ms of 1 trace", 30: "no traces"} {
		if got := l.Readout(ago(minutes), time.Minute); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
	axis := chart.Axis{Range: hour, Width: 600}
	y := l.y(dots[100], bandOf(86))
	if d, ok := l.Pick(axis, 86, fyne.NewPos(axis.X(ago(40))+2, y-2)).(app.Latency); !ok || d.ID != "b" {
		t.Errorf("picked %v", d.ID)
	}
	if item := l.Pick(axis, 86, fyne.NewPos(axis.X(ago(40)), y-30)); item != nil {
		t.Errorf("picked %v far from any dot", item)
	}
}

func TestLatencyScaleIsNotBentByOne(t *testing.T) {
	dots := make([]app.Latency, 5000)
	for i := range dots {
		dots[i].Response = 50 * time.Millisecond
	}
	dots[7].Response, dots[8].Response = time.Hour, 0
	if s := latencyScale(dots); s.Min != 0.02 || math.Abs(s.Max-0.2) > 1e-9 {
		t.Errorf("from %v to %v", s.Min, s.Max)
	}
	if s := latencyScale(nil); s.Min != 0.01 || s.Max != 1 {
		t.Errorf("without traces from %v to %v", s.Min, s.Max)
	}
}

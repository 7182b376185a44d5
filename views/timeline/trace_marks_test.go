package timeline

import (
	"image/color"
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
			dots = append(dots, app.Latency{Response: time.Duration(rapid.Int64Range(int64(time.Millisecond), int64(10*time.Minute)).Draw(t, "response"))})
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
		{"one in a thousand hangs", append(at(30*time.Millisecond, 800*time.Millisecond), app.Latency{Response: 10 * time.Minute}), 20 * time.Millisecond, time.Second},
		{"a few jobs of minutes", slices.Concat(at(30*time.Millisecond, 6*time.Second), slices.Repeat([]app.Latency{{Response: 5 * time.Minute}}, 17)), 20 * time.Millisecond, 10 * time.Second},
		{"more than a few", slices.Concat(at(30*time.Millisecond, 6*time.Second), slices.Repeat([]app.Latency{{Response: 5 * time.Minute}}, 40)), 20 * time.Millisecond, 10 * time.Minute},
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
	open(t, &fake{}, full, dark)
	dots := slices.Repeat([]app.Latency{{At: ago(30), Response: 100 * time.Millisecond}}, 900)
	for i, d := range []app.Latency{{At: ago(50), Response: time.Hour}, {At: ago(10), Response: time.Microsecond, Fault: true}, {At: ago(5)}} {
		d.ID = app.TraceID("beyond")
		dots[i] = d
	}
	l := newTraceLane(evidence{question: question{axis: hourAxis}, latencies: dots})
	p := chart.NewPicture(hourAxis, 86, 1, ui.NewPalette())
	l.paint(p)
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
		t.Errorf("beyond the top %d pixels are drawn, beyond the bottom %d, and of one that has not answered %d", up, down, open)
	}
	if item, ok := l.pick(hourAxis, 86, fyne.NewPos(hourAxis.X(ago(50)), band.Top)).(app.Latency); !ok || item.Response != time.Hour {
		t.Errorf("its mark opens %v", item)
	}
}

// Each trace that failed is seen, however many there are.
func TestEveryFailureIsSeen(t *testing.T) {
	open(t, &fake{}, full, dark)
	red := ui.NewPalette().Color(chart.Solid(ui.ColorAlarm))
	for name, n := range map[string]int{"few": 5, "many": 4000} {
		t.Run(name, func(t *testing.T) {
			var dots []app.Latency
			for i := range 8000 {
				response := time.Duration(20+i%7*20) * time.Millisecond
				if i < n {
					response *= 10
				}
				dots = append(dots, app.Latency{At: ago(60 - 60*float64(i%n+1)/float64(n+1)), Response: response, Fault: i < n})
			}
			l := newTraceLane(evidence{question: question{axis: hourAxis}, latencies: dots})
			l.lines = nil
			p := chart.NewPicture(hourAxis, 86, 1, ui.NewPalette())
			l.paint(p)
			shades := map[uint8]bool{}
			for _, d := range l.dots {
				if !d.Fault {
					continue
				}
				shades[p.Image().RGBAAt(int(hourAxis.X(d.At)), int(l.y(d, bandOf(86)))).A] = true
				c := p.Image().RGBAAt(int(hourAxis.X(d.At)), int(l.y(d, bandOf(86))))
				if reddish := color.NRGBAModel.Convert(c).(color.NRGBA); reddish.A < faintestFailed-20 || reddish.R < red.R/2 || reddish.R < reddish.B {
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
	open(t, &fake{}, full, dark)
	var dots []app.Latency
	for i := range 600 {
		dots = append(dots, app.Latency{At: ago(60 - float64(i)/10), Response: time.Duration(i%50+1) * 10 * time.Millisecond})
	}
	l := newTraceLane(evidence{question: question{axis: hourAxis}, latencies: dots})
	notes := l.notes(86)
	if len(notes) != 2 || notes[0].text != "p99" || notes[1].text != "p50" || notes[1].middle < notes[0].middle+8 {
		t.Fatalf("the notes are %+v", notes)
	}
	for _, n := range notes {
		if right := hourAxis.X(n.at) + n.inset + n.style.Width(n.text); right > hourAxis.Width || right < hourAxis.Width-30 {
			t.Errorf("%s ends at %v of %v", n.text, right, hourAxis.Width)
		}
	}
}

// The first and the last bar are whole where the cache has them, and pale where they are still to grow.
func TestBarsAtTheEdges(t *testing.T) {
	window := app.Range{From: ago(40.4), To: ago(20.3)}
	cache := incident()
	var asked app.Range
	cache.volume = func(within app.Range, bucket time.Duration) []app.LogCount {
		asked = within
		return incidentVolume(within, bucket)
	}
	e, err := read(t.Context(), cache, question{axis: chart.Axis{Range: window, Width: 200}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l := newLogLane(e)
	if want := window.Align(e.bucket); !asked.Equal(want) || l.part[0] || l.part[len(l.part)-1] {
		t.Errorf("of %v bars are counted, want %v; pale are %v", asked, want, l.part)
	}
	if l.bars[0].Range.From.After(window.From) || l.bars[len(l.bars)-1].Range.To.Before(window.To) {
		t.Error("the bars do not reach the edges")
	}
	e, err = read(t.Context(), incident(), question{axis: chart.Axis{Range: app.Range{From: ago(40), To: ago(-1)}, Width: 200}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l = newLogLane(e)
	last := len(l.bars) - 1
	if !l.part[last] || l.part[last-2] || l.readout(l.bars[last].Range.From, 0) == "" {
		t.Errorf("of the last bars %v are pale", l.part[last-2:])
	}
	if got, want := l.readout(l.bars[last].Range.From, 0), " so far"; len(got) < len(want) || got[len(got)-len(want):] != want {
		t.Errorf("the last bar reads %q", got)
	}
}

func TestNowIsMarkedWhereSomethingIsAhead(t *testing.T) {
	s := open(t, incident(), full, dark)
	p := s.field.present
	for _, c := range []struct {
		name         string
		window       app.Range
		line, ground bool
		at           time.Time
	}{
		{"up to now", hour, false, false, now},
		{"an hour ahead", app.Range{From: ago(60), To: ago(-60)}, true, true, now},
		{"all ahead", app.Range{From: ago(-30), To: ago(-60)}, false, true, ago(-30)},
		{"long ago", app.Range{From: ago(120), To: ago(60)}, false, false, now},
	} {
		s.look(c.window)
		if p.line.Visible() != c.line || p.word.Visible() != c.line || p.ground.Visible() != c.ground {
			t.Errorf("%s: the line is shown: %v, the ground: %v", c.name, p.line.Visible(), p.ground.Visible())
		}
		if x := s.axis.X(c.at); c.ground && (p.ground.Position().X != x || p.ground.Position().X+p.ground.Size().Width != s.axis.Width) {
			t.Errorf("%s: the ground is at %v, %v wide", c.name, p.ground.Position(), p.ground.Size())
		}
	}
}

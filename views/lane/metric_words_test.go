package lane

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// laneOf is a lane of an hour with a threshold of 50 of 100 and a datapoint a minute.
func laneOf(value func(minute int) float64) *Metric {
	l := &Metric{axis: hourAxis, answered: hour, scale: chart.Scale{Max: 100},
		thresholds: []threshold{{50, "alarm > 50, 3 of 3"}}}
	s := app.Series{Reading: app.Reading{Period: time.Minute}}
	for m := range 60 {
		s.Points = append(s.Points, app.Point{At: hour.From.Add(time.Duration(m) * time.Minute), Value: value(m)})
	}
	l.lines = []line{{drawn: s, cached: s, item: s, ink: ui.ColorSeries1}}
	l.tracks = l.track()
	return l
}

func TestWordsStandWhereTheLineIsNot(t *testing.T) {
	useTheme(t)
	for _, c := range []struct {
		name         string
		value        func(int) float64
		below, right bool
	}{
		{"a low line", func(int) float64 { return 5 }, false, false},
		{"a line above the threshold", func(int) float64 { return 62 }, true, false},
		{"it is above at first, then below", func(m int) float64 { return []float64{62, 38}[m/30] }, true, false},
		{"it goes to and fro at first", func(m int) float64 { return []float64{60, 40, 5, 5}[m%2+m/30*2] }, false,
			true},
		{"it goes to and fro at first, then above",
			func(m int) float64 { return []float64{60, 40, 62, 62}[m%2+m/30*2] }, true, true},
	} {
		notes := laneOf(c.value).Notes(78)
		if len(notes) != 1 {
			t.Fatalf("%s: %d words", c.name, len(notes))
		}
		n, y := notes[0], bandOf(78).Y(0.5)
		if below, right := n.Middle > y, n.Inset < 0; below != c.below || right != c.right {
			t.Errorf("%s: below: %v, at the right: %v", c.name, below, right)
		}
	}
}

// Words never lie on each other, and on a line only where no place is free.
func TestWordsLieOnNoLine(t *testing.T) {
	useTheme(t)
	rapid.Check(t, func(t *rapid.T) {
		levels := rapid.SliceOfN(rapid.Float64Range(0, 100), 4, 4).Draw(t, "levels")
		l := laneOf(func(m int) float64 { return levels[m/15] })
		l.thresholds[0].value = rapid.Float64Range(0, 100).Draw(t, "threshold")
		w := wording{lane: l, band: bandOf(78)}
		choices := w.along(l.axis.Range, w.band.Y(l.scale.Part(l.thresholds[0].value)), ruleInset, beside...)
		style := ui.Style{Size: WordSize}
		width := style.Width(l.thresholds[0].text)
		place := func(c choice) Box {
			return Box{c.left(width), c.Middle - wordHalf, c.left(width) + width, c.Middle + wordHalf}
		}
		free := false
		for _, c := range choices {
			b := place(c)
			free = free || b.Top >= 0 && b.Bottom <= 78 && w.covered(b) == 0
		}
		w.put(l.thresholds[0].text, ui.ColorAlarm, choices)
		if len(w.taken) != 1 {
			t.Fatal("the word is nowhere")
		}
		b := w.taken[0]
		w.taken = nil
		if got := w.covered(b); free && got > 0 {
			t.Fatalf("it covers %v pixels though a place is free", got)
		}
	})
}

func TestWordsKeepOffWhatSaysThatTheLaneIsDenied(t *testing.T) {
	useTheme(t)
	l := laneOf(func(int) float64 { return 5 })
	l.thresholds[0].value = 60
	l.blanks = Blanks{{Range: hour, why: Denied}}
	notes := l.Notes(78)
	for _, n := range notes[:2] {
		if rule := notes[2]; rule.Inset > 0 && max(n.Middle-rule.Middle, rule.Middle-n.Middle) < WordSize {
			t.Errorf("%q lies at %v beside %q at %v", rule.Text, rule.Middle, n.Text, n.Middle)
		}
	}
}

func TestOnDemandLiesOnNoLine(t *testing.T) {
	useTheme(t)
	l := metricLanes(t, incident())["orders writes"]
	w := wording{lane: l, band: bandOf(78)}
	r := l.limit.absent[0]
	w.put(l.limit.word, ui.ColorWarning, w.along(r, absentY(w.band), wordInset, below...))
	b := w.taken[0]
	w.taken = nil
	if covered := w.covered(b); covered > 0 {
		t.Errorf("in %v it covers %v pixels of lines", b, covered)
	}
}

// The line is at the threshold where its words usually stand, and far from it in the middle.
func TestWordsStandBetweenTheEndsWhereBothAreTaken(t *testing.T) {
	useTheme(t)
	l := laneOf(func(m int) float64 {
		if m > 20 && m < 40 {
			return 5
		}
		return []float64{62, 38}[m%2]
	})
	n := l.Notes(78)[0]
	if x := l.axis.X(n.At) + n.Inset; n.At.IsZero() || x < l.axis.X(hour.From.Add(20*time.Minute)) ||
		x > l.axis.X(hour.From.Add(40*time.Minute)) {
		t.Errorf("they stand at %v", x)
	}
}

// The threshold is so high that there is no room above it, and the line all along below it.
func TestWordsStandFurtherOffWhereTheLineIsBesideTheirs(t *testing.T) {
	useTheme(t)
	l := laneOf(func(int) float64 { return 75 })
	l.thresholds[0].value = 92
	n := l.Notes(78)[0]
	if band := bandOf(78); n.Middle < band.Y(0.75)+wordHalf {
		t.Errorf("they stand at %v, the line at %v", n.Middle, band.Y(0.75))
	}
}

func TestOnDemandIsADashedLineAtTheTop(t *testing.T) {
	useTheme(t)
	l := metricLanes(t, incident())["orders writes"]
	axis := chart.Axis{Range: hour, Width: 800}
	p := chart.NewPicture(axis, 78, 1, ui.NewPalette())
	l.Paint(p)
	dashes := 0
	for x := range int(axis.X(ago(47))) {
		if p.Image().RGBAAt(x, int(absentY(bandOf(78)))).A > 200 {
			dashes++
		}
	}
	if part := float64(dashes) / float64(axis.X(ago(47))); part < 0.5 || part > 0.7 {
		t.Errorf("%v of the line is drawn, six of ten pixels are a dash", part)
	}
	for _, n := range l.Notes(78) {
		if n.Text == "on demand" && n.Middle < absentY(bandOf(78))+wordHalf {
			t.Errorf("its words lie at %v, on the line", n.Middle)
		}
	}
}

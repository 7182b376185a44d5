package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
)

func TestSparkHoldsItsPointsAndTheThreshold(t *testing.T) {
	ten := 10.0
	a := app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &ten}
	points := minutes(0, 1, 2)
	within := app.Range{From: points[0].At, To: points[2].At.Add(time.Minute)}
	for i, v := range []float64{1, 20, 3} {
		points[i].Value = v
	}
	s := NewSpark(a, points, time.Minute, within)
	if s.scale != (Scale{Min: 0, Max: 20}) || len(s.bad) != 1 || !s.bad[0].From.Equal(points[1].At) {
		t.Errorf("it goes from %v to %v and breaches in %v", s.scale.Min, s.scale.Max, s.bad)
	}
	points[1].Value = -4
	if s := NewSpark(a, points, time.Minute, within); s.scale != (Scale{Min: -4, Max: 10}) || s.bad != nil {
		t.Errorf("it goes from %v to %v", s.scale.Min, s.scale.Max)
	}
	if s := NewSpark(a, nil, time.Minute, within); s != nil {
		t.Error("a chart of nothing")
	}
	if s := NewSpark(app.Alarm{}, []app.Point{{At: within.From}}, time.Minute, within); !(s.scale.Max > s.scale.Min) {
		t.Error("a scale without extent")
	}
}

func TestSparkDrawsALineAndShades(t *testing.T) {
	dress(t)
	five := 5.0
	points := minutes(0, 1, 2, 3)
	points[2].Value = 9
	within := app.Range{From: points[0].At, To: points[3].At.Add(time.Minute)}
	v := newSparkView()
	v.show(NewSpark(app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &five}, points, time.Minute, within))
	v.Resize(fyne.NewSize(SparkWidth, 18))
	inked := func(x int) (n int) {
		picture := v.draw(SparkWidth, 18)
		for y := range 18 {
			if _, _, _, alpha := picture.At(x, y).RGBA(); alpha > 0 {
				n++
			}
		}
		return n
	}
	if shaded := inked(SparkWidth * 5 / 8); shaded != 18 {
		t.Errorf("%d of 18 pixels are inked where it breaches", shaded)
	}
	if calm := inked(4); calm == 0 || calm > 8 {
		t.Errorf("%d of 18 pixels are inked where it does not", calm)
	}
}

// BenchmarkSpark draws one chart of an hour of minutes at 200 %; a screen has thirty of them. Budget: 250 µs.
func BenchmarkSpark(b *testing.B) {
	dress(b)
	ten := 10.0
	var points []app.Point
	from := time.Unix(0, 0)
	for i := range 60 {
		points = append(points, app.Point{At: from.Add(time.Duration(i) * time.Minute), Value: float64(i * i % 17)})
	}
	v := newSparkView()
	v.show(NewSpark(app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &ten}, points, time.Minute, app.Range{From: from, To: from.Add(time.Hour)}))
	v.Resize(fyne.NewSize(SparkWidth, 18))
	for b.Loop() {
		v.draw(2*SparkWidth, 36)
	}
}

package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

func TestSparkDrawsALineAndShades(t *testing.T) {
	dress(t)
	five := 5.0
	var points []app.Point
	for i, v := range []float64{0, 1, 9, 3} {
		points = append(points, app.Point{At: time.Unix(int64(60*i), 0), Value: v})
	}
	within := app.Range{From: points[0].At, To: points[3].At.Add(time.Minute)}
	v := newSparkView()
	v.show(chart.NewSpark(app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &five}, points, time.Minute, within))
	v.Resize(fyne.NewSize(chart.SparkWidth, 18))
	inked := func(x int) (n int) {
		picture := v.draw(chart.SparkWidth, 18)
		for y := range 18 {
			if _, _, _, alpha := picture.At(x, y).RGBA(); alpha > 0 {
				n++
			}
		}
		return n
	}
	if shaded := inked(chart.SparkWidth * 5 / 8); shaded != 18 {
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
	v.show(chart.NewSpark(app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &ten}, points, time.Minute,
		app.Range{From: from, To: from.Add(time.Hour)}))
	v.Resize(fyne.NewSize(chart.SparkWidth, 18))
	for b.Loop() {
		v.draw(2*chart.SparkWidth, 36)
	}
}

package chart

import (
	"testing"
	"time"

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

package lane

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

func TestBreachesBeforeTheAlarmAreShadedLightly(t *testing.T) {
	axis := chart.Axis{Range: hour, Width: 800}
	l := metricLanes(t, incident())["orders throttled writes"]
	if len(l.beyond) == 0 || !l.beyond[0].Equal(app.Range{From: ago(32), To: ago(31)}) {
		t.Fatalf("before the alarm turned %v breach", l.beyond)
	}
	points := l.lines[0].cached.Points
	for minutes := 59.5; minutes > 1; minutes-- {
		at := ago(minutes)
		j := slices.IndexFunc(points, func(p app.Point) bool { return p.At.After(at) }) - 1
		breaches, alarmed := points[j].Value > 100, minutes < 31
		light := slices.ContainsFunc(l.beyond, func(r app.Range) bool { return r.Contains(at) })
		if want := breaches && !alarmed; light != want {
			t.Errorf("%v minutes ago it is shaded lightly: %v, want %v", minutes, light, want)
		}
		if strong := slices.ContainsFunc(l.breaches,
			func(r app.Range) bool { return r.Contains(at) }); strong != alarmed {
			t.Errorf("%v minutes ago it is shaded strongly: %v", minutes, strong)
		}
	}
	shade := func(minutes float64) uint8 {
		p := chart.NewPicture(axis, 78, 1, chart.Palette{ui.ColorAlarm: {R: 255, A: 255}})
		l.Paint(p)
		return p.Image().RGBAAt(int(axis.X(ago(minutes))), 10).A
	}
	if none, light, strong := shade(50), shade(31.5), shade(20.5); none != 0 || light == 0 || strong <= light {
		t.Errorf("the shades are %d, %d and %d", none, light, strong)
	}
}

func TestTheLoosestThresholdsBreachAsAllDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := app.Series{Scope: shop, Reading: app.Reading{Metric: failures, Statistic: "Sum", Period: time.Minute}}
		for i := range 60 {
			s.Points = append(s.Points, app.Point{At: ago(float64(60 - i)),
				Value: float64(rapid.IntRange(0, 9).Draw(t, "value"))})
		}
		var watches []insight.AlarmWindow
		var all []app.Range
		for range rapid.IntRange(0, 6).Draw(t, "alarms") {
			a := alarmOn("a", failures, "Sum", float64(rapid.IntRange(0, 9).Draw(t, "threshold")))
			a.Comparison = rapid.SampledFrom([]string{"GreaterThanThreshold", "GreaterThanOrEqualToThreshold",
				"LessThanThreshold", "LessThanOrEqualToThreshold"}).Draw(t, "comparison")
			watches = append(watches, insight.AlarmWindow{Alarm: a})
			all = append(all, a.Breached(s.Points, s.Period)...)
		}
		var least []app.Range
		for _, a := range loosest(watches, s.Reading) {
			least = append(least, a.Breached(s.Points, s.Period)...)
		}
		if got, want := app.Union(least), app.Union(all); !slices.Equal(got, want) {
			t.Fatalf("%v breach, want %v", got, want)
		}
	})
}

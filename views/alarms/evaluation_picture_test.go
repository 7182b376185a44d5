package alarms

import (
	"math"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// decided is a verdict over n periods of a minute, the newest so many minutes ago.
func decided(newest, n int) (v app.Verdict) {
	for i := range n {
		v.Periods = append(v.Periods, app.EvaluatedPeriod{At: drawertest.Ago(time.Duration(newest+n-1-i) * time.Minute),
			Counted: true})
	}
	return v
}

func TestChartWindow(t *testing.T) {
	for _, c := range []struct {
		name     string
		verdict  app.Verdict
		cached   int // minutes ago
		from, to int
	}{
		{"now", decided(1, 3), 0, 24, 0},
		{"a while ago, and on until now", decided(30, 3), 0, 43, 0},
		{"long ago", decided(300, 3), 0, 313, 288},
		{"over many periods", decided(300, 40), 0, 347, 291},
		{"on until where the cache ends", decided(30, 3), 10, 43, 10},
		{"newer than the cache", decided(5, 3), 20, 28, 4},
	} {
		want := app.Range{From: drawertest.Ago(time.Duration(c.from) * time.Minute),
			To: drawertest.Ago(time.Duration(c.to) * time.Minute)}
		if got := chartWindow(c.verdict, time.Minute, drawertest.Ago(time.Duration(c.cached)*time.Minute),
			drawertest.Now); !got.Equal(want) {
			t.Errorf("%s: from %v to %v ago, want %v", c.name, drawertest.Now.Sub(got.From), drawertest.Now.Sub(got.To),
				want)
		}
	}
}

func TestAVerdictThatDecidedNothingHasItsPlace(t *testing.T) {
	v := decided(1, 3)
	for i := range v.Periods {
		v.Periods[i].Counted = false
	}
	if first, last := spanOf(v); !first.Equal(drawertest.Ago(3*time.Minute)) ||
		!last.Equal(drawertest.Ago(time.Minute)) {
		t.Errorf("it lies from %v to %v", first, last)
	}
}

func TestScaleOfAnEvaluation(t *testing.T) {
	for _, c := range []struct {
		values []float64
		rule   float64
		unit   string
		want   chart.Scale
	}{
		{[]float64{1, 8.1}, 5, "Percent", chart.Scale{Max: 10}},
		{[]float64{0, 97}, 90, "Percent", chart.Scale{Max: 100}},
		{[]float64{78, 88}, 85, "Percent", chart.Scale{Min: 75, Max: 95}},    // told apart about 85
		{[]float64{100, 100}, 90, "Percent", chart.Scale{Min: 85, Max: 100}}, // there is no more than all
		{[]float64{60_000, 1_370_000}, 180_000, "Milliseconds", chart.Scale{Max: 30 * 60_000}},
		{[]float64{0, 2000}, 3600, "Seconds", chart.Scale{Max: 5400}},
		{[]float64{0, 0.4}, 60, "Seconds", chart.Scale{Max: 90}},
		{[]float64{0, 3 * 24 * 3600}, 60, "Seconds", chart.Scale{Max: 4 * 24 * 3600}},
		{[]float64{0.2, 0.9}, 2, "Seconds", chart.Scale{Max: 2.5}},
		{[]float64{-3, 4}, 1, "", chart.Scale{Min: -3, Max: 5}},
		{[]float64{5, 5}, 5, "", chart.Scale{Max: 6}},
		{[]float64{0, 0}, 0, "", chart.Scale{Max: 1}},
		{nil, 7, "", chart.Scale{Max: 8}},
		{[]float64{math.Inf(1), math.NaN(), 3}, 2, "", chart.Scale{Min: 1.5, Max: 3.5}},
	} {
		p := evaluationPicture{rule: &c.rule}
		for _, v := range c.values {
			p.points = append(p.points, app.Point{Value: v})
		}
		if got := p.scaled(c.unit); math.Abs(got.Min-c.want.Min) > 1e-6 || math.Abs(got.Max-c.want.Max) > 1e-6 {
			t.Errorf("%v about %v %s: %+v, want %+v", c.values, c.rule, c.unit, got, c.want)
		}
	}
}

func TestDrawnOfAnEvaluation(t *testing.T) {
	a := drawertest.Checkout
	points := minutely(1, 1.0, 6.0, 7.0, nil, nil, 2.0, nil, 9.0)
	e := evaluation{alarm: a, verdict: a.Evaluate(points, drawertest.Now), points: points}
	p := e.drawn(app.Range{From: drawertest.Ago(10 * time.Minute), To: drawertest.Now}, drawertest.Now, "Percent")
	stretch := func(from, to int) app.Range {
		return app.Range{From: drawertest.Ago(time.Duration(from) * time.Minute),
			To: drawertest.Ago(time.Duration(to) * time.Minute)}
	}
	for name, c := range map[string]struct{ got, want []app.Range }{
		"breaches": {p.breaches, []app.Range{stretch(7, 5), stretch(1, 0)}},
		"gaps":     {p.gaps, []app.Range{stretch(10, 8)}}, // what the verdict looked at is drawn apart
	} {
		same := len(c.got) == len(c.want)
		for i := 0; same && i < len(c.got); i++ {
			same = c.got[i].Equal(c.want[i])
		}
		if !same {
			t.Errorf("%s are %v, want %v", name, c.got, c.want)
		}
	}
}

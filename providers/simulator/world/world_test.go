package world

import (
	"os"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// anchor lies within a minute, as an anchor that is now does.
var anchor = time.Date(2026, 11, 20, 10, 12, 34, 567_000_000, time.UTC)

// shop returns the scenario of the demo.
func shop(t testing.TB) Scenario {
	t.Helper()
	text, err := os.ReadFile("../../../assets/scenarios/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func makeShop(t testing.TB, o Options) *World {
	t.Helper()
	w, err := Make(shop(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// made is the world that most tests look at and none changes.
var made struct {
	once  sync.Once
	world *World
}

func shopWorld(t testing.TB) *World {
	t.Helper()
	made.once.Do(func() { made.world = makeShop(t, Options{Seed: 1, Anchor: anchor}) })
	if made.world == nil {
		t.Fatal("the shop could not be made")
	}
	return made.world
}

func (w *World) place(t testing.TB, account, region string) *Place {
	t.Helper()
	for _, p := range w.Places {
		if p.Scope.Account == account && p.Scope.Region == region {
			return p
		}
	}
	t.Fatalf("no place %s/%s", account, region)
	return nil
}

const (
	prod = "111122223333"
	data = "444455556666"
)

func TestMakeHasWhatTheDemoPromises(t *testing.T) {
	w := shopWorld(t)
	var series, alarms, composites, groups, events, traces, trail, largest int
	for _, p := range w.Places {
		series += len(p.Metrics)
		alarms += len(p.Alarms)
		groups += len(p.Groups)
		traces += len(p.Traces)
		trail += len(p.Trail)
		for _, e := range p.Events {
			events += len(e)
		}
		for _, a := range p.Alarms {
			if a.Kind == app.CompositeAlarm {
				composites++
			}
		}
		for _, tr := range p.Traces {
			largest = max(largest, len(tr.Spans))
		}
	}
	for _, c := range []struct {
		what            string
		is, least, most int
	}{
		{"places", len(w.Places), 4, 4},
		{"series", series, 75, 90},
		{"alarms", alarms, 30, 30},
		{"composite alarms", composites, 2, 2},
		{"log groups", groups, 12, 12},
		{"log events", events, 142_000, 158_000},
		{"traces", traces, 2_950, 3_050},
		{"spans of the largest trace", largest, 12_000, 12_000},
		{"trail events", trail, 1_950, 2_150},
	} {
		if c.is < c.least || c.is > c.most {
			t.Errorf("%s: %d, want %d to %d", c.what, c.is, c.least, c.most)
		}
	}
}

func TestMakeIsDeterministic(t *testing.T) {
	o := Options{Seed: 7, Anchor: anchor, Scale: 0.05}
	first, again := makeShop(t, o), makeShop(t, o)
	whole := first.Range
	one, two := first.Truth(nil, whole), again.Truth(nil, whole)
	o.Seed = 8
	other := makeShop(t, o).Truth(nil, whole)
	for signal, sum := range one.Total {
		if two.Total[signal] != sum {
			t.Errorf("%s: the same seed made %v and %v", signal, sum, two.Total[signal])
		}
		if other.Total[signal].SHA256 == sum.SHA256 {
			t.Errorf("%s: another seed made the same", signal)
		}
	}
}

func TestScaleMultipliesWhatGrowsWithTraffic(t *testing.T) {
	one := makeShop(t, Options{Seed: 3, Anchor: anchor, Scale: 0.1}).Truth(nil, app.Since(anchor, 24*time.Hour)).Total
	three := makeShop(t, Options{Seed: 3, Anchor: anchor, Scale: 0.3}).Truth(nil, app.Since(anchor, 24*time.Hour)).Total
	for _, signal := range []string{TruthLogs, TruthTraces, TruthTrail} {
		if ratio := float64(three[signal].Count) / float64(one[signal].Count); ratio < 2.4 || ratio > 3.1 {
			t.Errorf("%s: three times the scale makes %.2f times as many", signal, ratio)
		}
	}
	// of the log alarm, which counts events
	if d := one[TruthHistory].Count - three[TruthHistory].Count; max(d, -d) > 4 {
		t.Errorf("scale changes the history of alarms from %d to %d", one[TruthHistory].Count,
			three[TruthHistory].Count)
	}
	for _, signal := range []string{TruthAlarms, TruthMetrics, TruthLogGroups} {
		if one[signal].Count != three[signal].Count {
			t.Errorf("%s: scale changes the count from %d to %d", signal, one[signal].Count, three[signal].Count)
		}
	}
}

func TestAddingAMetricChangesNoOther(t *testing.T) {
	s := shop(t)
	o := Options{Seed: 1, Anchor: anchor, Scale: 0.02}
	before, err := Make(s, o)
	if err != nil {
		t.Fatal(err)
	}
	s.Metrics = append([]MetricSet{{In: s.Metrics[0].In, Namespace: "Extra",
		Metrics: []MetricStory{{Name: "More", Base: 1, Noise: 1}}}}, s.Metrics...)
	after, err := Make(s, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range before.Places {
		for _, r := range p.Metrics {
			same, ok := after.Places[i].recorded(r.Metric)
			if !ok || mustJSON(same) != mustJSON(r) {
				t.Errorf("%s %s changed", p.Scope, r.Metric.Key())
			}
		}
	}
	one, two := before.Truth(nil, before.Range), after.Truth(nil, before.Range)
	for _, signal := range []string{TruthAlarms, TruthHistory, TruthLogs, TruthTraces, TruthTrail} {
		if one.Total[signal] != two.Total[signal] {
			t.Errorf("%s changed", signal)
		}
	}
}

func TestMakeRefusesScales(t *testing.T) {
	for _, scale := range []float64{-1, maxScale + 1} {
		if _, err := Make(Scenario{}, Options{Anchor: anchor, Scale: scale}); app.KindOf(err) != app.TooMuch {
			t.Errorf("scale %v: %v", scale, err)
		}
	}
}

func TestEverythingLiesWithinTheRange(t *testing.T) {
	w := shopWorld(t)
	for _, p := range w.Places {
		for _, h := range p.History {
			inside(t, w, "alarm history", h.At)
		}
		for _, r := range p.Metrics {
			for _, s := range r.Samples {
				inside(t, w, r.Metric.Key(), s.At)
			}
		}
		for group, events := range p.Events {
			for _, e := range events {
				inside(t, w, group, e.At)
			}
		}
		for _, tr := range p.Traces {
			for _, s := range tr.Spans {
				inside(t, w, string(tr.ID), s.Start)
				if !s.End.IsZero() {
					inside(t, w, string(tr.ID), s.End)
				}
			}
		}
		for _, e := range p.Trail {
			inside(t, w, e.Name, e.At)
		}
	}
}

func inside(t *testing.T, w *World, what string, at time.Time) {
	t.Helper()
	if !w.Range.Contains(at) || at.Location() != time.UTC {
		t.Errorf("%s at %s lies outside of the world", what, at)
	}
}

// BenchmarkMake makes the demo's world. Budget: 3 s, and 600 MB allocated in all, of which less than 200 MB stay.
func BenchmarkMake(b *testing.B) {
	s := shop(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Make(s, Options{Seed: 1, Anchor: anchor}); err != nil {
			b.Fatal(err)
		}
	}
}

package world

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// digest does what `nephograph ... --json | LC_ALL=C sort | sha256sum` does.
func digest[T any](t *testing.T, items []T) Sum {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	for _, item := range items {
		if err := e.Encode(item); err != nil {
			t.Fatal(err)
		}
	}
	lines := bytes.SplitAfter(out.Bytes(), []byte("\n"))
	slices.SortFunc(lines, bytes.Compare)
	sum := sha256.Sum256(bytes.Join(lines, nil))
	return Sum{len(items), hex.EncodeToString(sum[:])}
}

func TestTruthIsTheDigestOfTheItems(t *testing.T) {
	w := makeShop(t, Options{Seed: 4, Anchor: anchor, Scale: 0.03})
	within := app.Since(anchor.Add(-time.Hour), 3*time.Hour)
	presets := app.Presets{{Namespace: "AWS/Lambda",
		Metrics: []app.MetricPreset{{Name: "Errors", Statistic: "Sum", Unit: "Count"}}}}
	truth := w.Truth(presets, within)
	var alarms []app.Alarm
	var events []app.LogEvent
	var traces []app.Trace
	var series []app.Series
	for _, p := range w.Places {
		alarms = append(alarms, p.Alarms...)
		series = append(series, p.Series(presets, within)...)
		for _, group := range p.Events {
			for _, e := range group {
				if within.Contains(e.At) {
					events = append(events, e)
				}
			}
		}
		for _, tr := range p.Traces {
			if within.Contains(tr.Start) {
				traces = append(traces, tr)
			}
		}
	}
	for signal, want := range map[string]Sum{
		TruthAlarms: digest(t, alarms), TruthLogs: digest(t, events), TruthTraces: digest(t, traces),
		TruthMetrics: digest(t, series),
	} {
		if got := truth.Total[signal]; got != want || got.Count == 0 {
			t.Errorf("%s: %+v, want %+v", signal, got, want)
		}
	}
	for signal, total := range truth.Total {
		n := 0
		for _, p := range truth.Places {
			n += p.Signals[signal].Count
		}
		if n != total.Count {
			t.Errorf("%s: the places hold %d, the world %d", signal, n, total.Count)
		}
	}
}

func TestTruthOfADayHoldsEverything(t *testing.T) {
	w := shopWorld(t)
	minutesLater := app.Since(anchor.Add(10*time.Minute), 24*time.Hour)
	if a, b := w.Truth(nil, app.Since(anchor, 24*time.Hour)), w.Truth(nil, minutesLater); !equalSums(a.Total, b.Total) {
		t.Errorf("the last 24 hours, asked ten minutes later, are not the whole world: %v and %v", a.Total, b.Total)
	}
}

func equalSums(a, b map[string]Sum) bool {
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return len(a) == len(b)
}

func TestSeriesAreWhatPresetsAndAlarmsRead(t *testing.T) {
	w := shopWorld(t)
	p := w.place(t, prod, "eu-west-1")
	series := p.Series(nil, w.Range)
	if !slices.IsSortedFunc(series, app.CompareSeries) {
		t.Error("series are not sorted")
	}
	readings := map[string]bool{}
	for _, s := range series {
		readings[s.Reading.Key()] = true
		if len(s.Points) == 0 {
			t.Errorf("%s has no points", s.Reading.Key())
		}
	}
	for _, a := range p.Alarms {
		if r, ok := a.Reading(); ok && !readings[r.Key()] {
			t.Errorf("%s reads %s, which is not told", a.Name, r.Key())
		}
	}
}

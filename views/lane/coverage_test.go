package lane

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/chart"
)

// stretchesOf is a rapid generator of consecutive stretches over the hour.
func stretchesOf(t *rapid.T, name string) []app.Stretch {
	var all []app.Stretch
	at := hour.From
	for at.Before(hour.To) {
		to := at.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, name)) * time.Minute)
		if to.After(hour.To) {
			to = hour.To
		}
		all = append(all, app.Stretch{Range: app.Range{From: at, To: to},
			State: app.CoverState(rapid.IntRange(int(app.Missing), int(app.Settled)).Draw(t, name))})
		at = to
	}
	return all
}

func stateAt(all []app.Stretch, at time.Time) app.CoverState {
	for _, s := range all {
		if s.Range.Contains(at) {
			return s.State
		}
	}
	return 99
}

func TestLeastTakesTheWorseOfBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := stretchesOf(t, "a"), stretchesOf(t, "b")
		both := related.Least(a, b)
		for m := range 60 {
			at := hour.From.Add(time.Duration(m)*time.Minute + time.Second)
			if got, want := stateAt(both, at), min(stateAt(a, at), stateAt(b, at)); got != want {
				t.Fatalf("at %d min %v, want %v", m, got, want)
			}
		}
		for i := 1; i < len(both); i++ {
			if !both[i].Range.From.Equal(both[i-1].Range.To) || both[i].State == both[i-1].State {
				t.Fatalf("stretches %v and %v do not follow each other", both[i-1], both[i])
			}
		}
	})
}

func TestCoverageIsThatOfTheWorst(t *testing.T) {
	other := app.Scope{Account: "444455556666", Region: "us-east-1"}
	all := app.Cover{Scope: shop, Range: app.Since(now, 5*time.Hour), AskedAt: now.Add(time.Hour)}
	half := all
	half.Resource, half.Range.To = "b", ago(30)
	for _, c := range []struct {
		name   string
		places []app.Scope
		covers []app.Cover
		want   []app.Stretch
	}{
		{"nothing was asked", []app.Scope{shop}, nil, []app.Stretch{{Range: hour, State: app.Missing}}},
		{"one resource", []app.Scope{shop}, []app.Cover{all}, []app.Stretch{{Range: hour, State: app.Settled}}},
		{"another resource ends before", []app.Scope{shop}, []app.Cover{all, half},
			[]app.Stretch{{Range: app.Range{From: hour.From, To: ago(30)}, State: app.Settled},
				{Range: app.Range{From: ago(30), To: now}, State: app.Missing}}},
		{"another place was never asked", []app.Scope{shop, other}, []app.Cover{all},
			[]app.Stretch{{Range: hour, State: app.Missing}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, worst(hour, related.Stretches(hour, c.places, nil, c.covers))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCoverageSummary(t *testing.T) {
	strips := func(all ...[]app.Stretch) *Coverage {
		l := &Coverage{past: hour}
		for i, s := range app.Signals {
			l.strips = append(l.strips, newStrip(s, [][]app.Stretch{all[min(i, len(all)-1)]}, hour))
		}
		return l
	}
	part := func(from, to float64, s app.CoverState) app.Stretch {
		return app.Stretch{Range: app.Range{From: ago(from), To: ago(to)}, State: s}
	}
	settled, missing := []app.Stretch{part(60, 0, app.Settled)}, []app.Stretch{part(60, 0, app.Missing)}
	hole := []app.Stretch{part(60, 45, app.Settled), part(45, 42, app.Missing), part(42, 0, app.Settled)}
	newest := []app.Stretch{part(60, 9, app.Settled), part(9, 2, app.Settling), part(2, 0, app.Missing)}
	tail := func(minutes float64) []app.Stretch {
		return []app.Stretch{part(60, minutes, app.Settled), part(minutes, 0, app.Missing)}
	}
	early := func(from, to float64) []app.Stretch {
		return []app.Stretch{part(60, from, app.Missing), part(from, to, app.Settled), part(to, 0, app.Missing)}
	}
	for _, c := range []struct {
		lane          *Coverage
		summary, read string
	}{
		{strips(settled), "all settled", "all settled"},
		{strips(missing), "nothing is pulled", "alarms, metrics, logs, traces, trail missing"},
		{strips(missing, settled), "alarms not pulled", "alarms missing"},
		{strips(settled, hole, settled), "metrics: 3 min missing", "metrics missing"},
		{strips(hole, hole, settled), "holes in alarms, metrics", "alarms, metrics missing"},
		{strips(newest), "settled but the newest", "all settled"},
		{strips(tail(22), tail(23)), "last 22 min not pulled", "all settled"},
		{strips(tail(22), settled), "alarms: last 22 min not pulled", "all settled"},
		{strips(tail(22), tail(25), settled), "2 signals lack the last 22 min", "all settled"},
		{strips(tail(22), hole, settled), "metrics: 3 min missing", "metrics missing"},
		{strips(early(20, 5)), "45 min not pulled", "alarms, metrics, logs, traces, trail missing"},
		{strips(early(40, 5), early(20, 5)), "25 min not pulled", "alarms, metrics, logs, traces, trail missing"},
		{strips(early(40, 5), tail(5)), "alarms: 20 min missing", "alarms missing"},
		{strips(early(58, 5), tail(5)), "last 5 min not pulled", "all settled"},
		{strips([]app.Stretch{part(60, 0, app.Truncated)}, settled), "alarms cut short", "alarms truncated"},
		{strips(settled, settled, []app.Stretch{part(60, 20, app.Forbidden), part(20, 0, app.Missing)}, hole),
			"logs denied", "traces, trail missing · logs denied"},
	} {
		if got := c.lane.summary(); got != c.summary {
			t.Errorf("it says %q, want %q", got, c.summary)
		}
		if got := c.lane.Readout(ago(43), 0); got != c.read {
			t.Errorf("it reads %q, want %q", got, c.read)
		}
	}
	if got := strips(settled).Readout(now.Add(time.Minute), 0); got != ahead {
		t.Errorf("of the future it says %q", got)
	}
	if got := NewCoverage(CoverageData{Past: Window{Now: now,
		Axis: chart.Axis{Range: app.Since(now.Add(3*time.Hour), time.Hour)}}.Past()}).summary(); got != ahead {
		t.Errorf("of a window in the future it says %q", got)
	}
}

// One place of many that is Denied, slow or new does not hide what is known of the others.
func TestCoverageOfManyPlaces(t *testing.T) {
	settled := []app.Stretch{{Range: hour, State: app.Settled}}
	denied := []app.Stretch{{Range: app.Range{From: hour.From, To: ago(30)}, State: app.Forbidden},
		{Range: app.Range{From: ago(30), To: now}, State: app.Settled}}
	l := &Coverage{past: hour}
	for _, s := range app.Signals {
		places := [][]app.Stretch{settled, settled, settled}
		if s == app.Logs {
			places[1] = denied
		}
		l.strips = append(l.strips, newStrip(s, places, hour))
	}
	if got, want := l.summary(), "logs denied in 1 of 3"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	unasked := []app.Stretch{{Range: hour, State: app.Missing}}
	with := &Coverage{past: hour, strips: slices.Clone(l.strips)}
	with.strips[0] = newStrip(app.Alarms, [][]app.Stretch{settled, unasked, unasked}, hour)
	if got, want := with.summary(), "alarms not pulled in 2 of 3"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	for minutes, want := range map[float64]string{45: "logs in some places denied", 15: "all settled"} {
		if got := l.Readout(ago(minutes), 0); got != want {
			t.Errorf("it reads %q, want %q", got, want)
		}
	}
	logs := l.strips[slices.Index(app.Signals, app.Logs)]
	if diff := cmp.Diff(settled, logs.most); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(denied[:1], differing(logs.stretches, logs.most)); diff != "" {
		t.Error(diff)
	}
}

// What is known of most is what more places have than any other state.
func TestMost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var places [][]app.Stretch
		for range rapid.IntRange(1, 5).Draw(t, "places") {
			places = append(places, stretchesOf(t, "place"))
		}
		all := most(places)
		for m := range 60 {
			at := hour.From.Add(time.Duration(m)*time.Minute + time.Second)
			count := map[app.CoverState]int{}
			for _, p := range places {
				count[stateAt(p, at)]++
			}
			got := stateAt(all, at)
			for s, n := range count {
				if n > count[got] || n == count[got] && s < got {
					t.Fatalf("at %d min %v of %v", m, got, count)
				}
			}
		}
	})
}

package pull_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// gaps returns the times between instants.
func gaps(at []time.Duration) (between []time.Duration) {
	for i := 1; i < len(at); i++ {
		between = append(between, at[i]-at[i-1])
	}
	return between
}

func TestFollowKeepsEachSignalsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{takes: 3 * time.Second}
		places := following(t, 3, map[app.Signal]time.Duration{app.Alarms: time.Minute, app.Metrics: 5 * time.Minute,
			app.Logs: 0}, d, 2*time.Hour, nil)
		for _, p := range places {
			for signal, every := range map[app.Signal]time.Duration{app.Alarms: time.Minute,
				app.Metrics: 5 * time.Minute} {
				for _, gap := range gaps(d.times(p, signal)) {
					if gap < every*9/10-2*time.Second || gap > every*11/10+5*time.Second {
						t.Errorf("%s after %s", signal, gap)
					}
				}
				if n := len(d.times(p, signal)); n < int(2*time.Hour/every)-8 {
					t.Errorf("%s asked %d times", signal, n)
				}
			}
		}
		if n := len(d.times(nil, app.Logs)) + len(d.times(nil, app.Trail)); n > 0 {
			t.Errorf("signals that are not followed are asked %d times", n)
		}
		// Forty places that began together do not ask together for ever.
		if late := d.times(places[0], app.Alarms)[60:]; slices.Equal(late,
			d.times(places[1], app.Alarms)[60:60+len(late)]) {
			t.Error("places ask at the same instants")
		}
	})
}

// A laptop that slept for eight hours asks once for all of it, and soon; a clock that is put back a day keeps nothing
// from being asked.
func TestFollowSurvivesSleepAndJumps(t *testing.T) {
	for name, jump := range map[string]time.Duration{"eight hours on": 8 * time.Hour, "a week on": 7 * 24 * time.Hour,
		"a day back": -24 * time.Hour, "a minute back": -time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			d := &diary{takes: time.Second}
			const at = 30*time.Minute + 30*time.Second
			following(t, 1, map[app.Signal]time.Duration{app.Trail: 5 * time.Minute}, d, time.Hour, func(w *wall) {
				time.Sleep(at)
				w.jump(jump)
			})
			asked := d.times(nil, app.Trail)
			after := slices.IndexFunc(asked, func(a time.Duration) bool { return a > at })
			if jump > 0 && asked[after]-at > 6*time.Second {
				t.Errorf("%s: caught up after %s", name, asked[after]-at)
			}
			if jump > 0 && !slices.ContainsFunc(d.entries,
				func(e entry) bool { return e.within.Length() >= min(jump, 23*time.Hour) }) {
				t.Errorf("%s: nothing reaches back over it", name)
			}
			for i, gap := range gaps(asked) {
				if i+1 != after && (gap < 4*time.Minute || gap > 6*time.Minute) {
					t.Errorf("%s: the next round after %s", name, gap)
				}
			}
			for _, e := range d.entries {
				if e.within.Empty() || e.within.Length() > 24*time.Hour {
					t.Errorf("%s: a round asks for %v", name, e.within)
				}
			}
		})
	}
}

// However the clock jumps, each signal is asked as often as its cadence says, and once more for each jump forward.
func TestFollowNeitherBurstsNorStalls(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		jumps := rapid.SliceOfN(rapid.Int64Range(-100_000, 100_000), 0, 8).Draw(rt, "jumps in seconds")
		waits := rapid.SliceOfN(rapid.IntRange(1, 1800), 8, 8).Draw(rt, "seconds between")
		var wrong string
		synctest.Test(t, func(t *testing.T) {
			const long, every = 4 * time.Hour, 2 * time.Minute
			d := &diary{takes: 500 * time.Millisecond}
			following(t, 1, map[app.Signal]time.Duration{app.Traces: every}, d, long, func(w *wall) {
				for i, jump := range jumps {
					time.Sleep(time.Duration(waits[i]) * time.Second)
					w.jump(time.Duration(jump) * time.Second)
				}
			})
			n := len(d.times(nil, app.Traces))
			if most := int(long/(every*9/10)) + len(jumps) + 1; n > most {
				wrong = fmt.Sprintf("%d rounds, at most %d", n, most)
			}
			for _, gap := range gaps(d.times(nil, app.Traces)) {
				if gap > every*11/10+5*time.Second {
					wrong = fmt.Sprintf("nothing for %s", gap)
				}
			}
		})
		if wrong != "" {
			rt.Fatal(wrong)
		}
	})
}

func TestFollowBacksOffFromWhatFails(t *testing.T) {
	denied := &app.Error{Kind: app.Denied, Op: "cloudtrail:LookupEvents", Err: errors.New("no")}
	silent := &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("dial")}
	for name, c := range map[string]struct {
		fails   pull.Report
		longest time.Duration
		beside  bool // the other signal goes on at its pace
	}{
		"denied": {pull.Report{Scopes: []pull.ScopeStatus{{State: pull.Partly, Err: denied}},
			Outcomes: []pull.Outcome{{Signal: app.Trail, Problems: []*app.Error{denied}}}}, 30 * time.Minute, true},
		"no answer": {pull.Report{Scopes: []pull.ScopeStatus{{State: pull.Offline, Err: silent}}}, 2 * time.Minute,
			false},
	} {
		synctest.Test(t, func(t *testing.T) {
			const heals = 3 * time.Hour
			d := &diary{takes: time.Second}
			d.answer = func(e entry) pull.Report {
				if e.at < heals {
					return c.fails
				}
				return pull.Report{Scopes: []pull.ScopeStatus{{State: pull.Complete}}}
			}
			following(t, 1, map[app.Signal]time.Duration{app.Trail: time.Minute, app.Logs: time.Minute}, d, 5*time.Hour,
				nil)
			at := d.times(nil, app.Trail)
			bad := slices.IndexFunc(at, func(a time.Duration) bool { return a >= heals })
			between := gaps(at[:bad])
			if first := between[0]; first < 100*time.Second || first > 140*time.Second {
				t.Errorf("%s: tried again after %s", name, first)
			}
			if last := between[len(between)-1]; last < c.longest*8/10 || last > c.longest*11/10+5*time.Second {
				t.Errorf("%s: in the end tried again after %s", name, last)
			}
			for _, gap := range gaps(at[bad:]) {
				if gap > 75*time.Second {
					t.Errorf("%s: once it answers, asked after %s", name, gap)
				}
			}
			if n := len(d.times(nil, app.Logs)); c.beside != (n > 250) {
				t.Errorf("%s: the other signal was asked %d times", name, n)
			}
		})
	}
}

// One log group of many that is denied does not slow the others down.
func TestFollowGoesOnWhereAPartIsDenied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		denied := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
		d := &diary{answer: func(e entry) pull.Report {
			return pull.Report{Scopes: []pull.ScopeStatus{{State: pull.Partly, Err: denied}},
				Outcomes: []pull.Outcome{{Signal: app.Logs, New: 3, Ranges: []app.Range{e.within},
					Problems: []*app.Error{denied}}}}
		}}
		following(t, 1, map[app.Signal]time.Duration{app.Logs: time.Minute}, d, time.Hour, nil)
		if n := len(d.times(nil, app.Logs)); n < 50 {
			t.Errorf("asked %d times in an hour", n)
		}
	})
}

// A place whose rounds take longer than its cadence is asked one round after the other, and keeps no other waiting.
// When it is told to stop, a round on its way is cancelled.
func TestFollowWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		over := app.Since(start, time.Hour)
		accounts := forty(over)
		places := placesOf(accounts, func(i int, a *account) pull.Sources {
			if i == 7 {
				return slowly(a.sources(), takes(20*time.Second))
			}
			return slowly(a.sources(), takes(50*time.Millisecond))
		})
		places[11] = pull.NewPlace(app.Scope{Region: "us-east-1"}, func(ctx context.Context) (pull.Sources, error) {
			return pull.Sources{}, takes(24 * time.Hour)(ctx)
		})
		zero := time.Now()
		clock := func() time.Time { return start.Add(time.Since(zero)) }
		e := newEngine(newMemory(), clock)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Minute+time.Second, cancel)
		rounds := map[*pull.Place]int{}
		next := map[*pull.Place]time.Time{}
		f := pull.Follower{Run: e.Run, Now: clock, Back: time.Hour,
			Cadence: map[app.Signal]time.Duration{app.Logs: time.Minute, app.Trail: 5 * time.Minute}}
		f.Follow(ctx, places, func(*pull.Place, pull.Progress) {}, func(p *pull.Place, r pull.Round) {
			rounds[p]++
			next[p] = r.Next
		})
		if took := time.Since(zero) - 20*time.Minute; took > 2*time.Second {
			t.Errorf("it ended after %s", took)
		}
		for i, p := range places {
			switch n := rounds[p]; {
			case i == 11 && (n == 0 || n > 12), i == 7 && (n == 0 || n > 19), i != 11 && i != 7 && n < 17:
				t.Errorf("place %d had %d rounds", i, n)
			}
			if i != 11 && next[p].IsZero() {
				t.Errorf("place %d does not say when it is asked next", i)
			}
		}
	})
}

package pull_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// forty returns accounts with a little of everything, in eight accounts and five Regions.
func forty(over app.Range) (accounts []*account) {
	n := shape{series: 2, alarms: 1, groups: 2, events: 20, traces: 10, trail: 5, history: 3}
	for i := range 8 {
		for _, region := range []string{"eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-south-1"} {
			scope := app.Scope{Account: fmt.Sprintf("%012d", 111111111111+i), Region: region,
				Profile: fmt.Sprint("p", i)}
			accounts = append(accounts, fill(scope, over, n, smallPages))
		}
	}
	return accounts
}

// slowly lets every answer of the sources take its time.
func slowly(s pull.Sources, wait func(context.Context) error) pull.Sources {
	s.Metrics, s.Series, s.Alarms, s.AlarmHistory = later(s.Metrics, wait), later(s.Series, wait),
		later(s.Alarms, wait), later(s.AlarmHistory, wait)
	s.LogGroups, s.LogEvents, s.Trail = later(s.LogGroups, wait), later(s.LogEvents, wait), later(s.Trail, wait)
	s.TraceSummaries, s.Traces, s.ServiceGraph = later(s.TraceSummaries, wait), later(s.Traces, wait),
		later(s.ServiceGraph, wait)
	return s
}

func later[Q, T any](source app.Source[Q, T], wait func(context.Context) error) app.Source[Q, T] {
	return func(ctx context.Context, q Q) iter.Seq2[app.Page[T], error] {
		return func(yield func(app.Page[T], error) bool) {
			if err := wait(ctx); err != nil {
				yield(app.Page[T]{}, err)
				return
			}
			for page, err := range source(ctx, q) {
				if !yield(page, err) {
					return
				}
				if err := wait(ctx); err != nil {
					yield(app.Page[T]{}, err)
					return
				}
			}
		}
	}
}

func takes(d time.Duration) func(context.Context) error {
	return func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(d):
			return nil
		}
	}
}

// places returns a place for each account, which says who the caller is in a tenth of a second.
func placesOf(accounts []*account, sources func(i int, a *account) pull.Sources) (places []*pull.Place) {
	for i, a := range accounts {
		places = append(places, pull.NewPlace(app.Scope{Region: a.scope.Region, Profile: a.scope.Profile},
			func(ctx context.Context) (pull.Sources, error) {
				return sources(i, a), takes(100 * time.Millisecond)(ctx)
			}))
	}
	return places
}

// TestFortyScopesAtOnce pulls forty places of which one is denied, one slow, one down, and one not even reached. The
// rest is complete as soon as it would be without them, and each of them says what is the matter.
func TestFortyScopesAtOnce(t *testing.T) {
	const denied, slow, down, hangs = 3, 7, 11, 13
	synctest.Test(t, func(t *testing.T) {
		over := app.Since(start, time.Hour)
		accounts := forty(over)
		accounts[denied].fault = func(operation, _ string) error {
			return &app.Error{Kind: app.Denied, Op: operation, Err: errors.New("no")}
		}
		places := placesOf(accounts, func(i int, a *account) pull.Sources {
			switch i {
			case slow:
				return slowly(a.sources(), takes(20*time.Second))
			case down:
				return slowly(a.sources(), takes(time.Hour))
			}
			return slowly(a.sources(), takes(200*time.Millisecond))
		})
		places[hangs] = pull.NewPlace(places[hangs].Scope(), func(ctx context.Context) (pull.Sources, error) {
			return pull.Sources{}, takes(time.Hour)(ctx)
		})
		began := time.Now()
		var mu sync.Mutex
		endedAt := map[int]time.Duration{}
		quiet := map[int]bool{}
		most := 0
		m := newMemory()
		e := newEngine(m, (&clock{at: start}).now)
		r := e.Run(t.Context(), pull.Want{Places: places, Range: over}, func(p pull.Progress) {
			mu.Lock()
			defer mu.Unlock()
			atWork := 0
			for i, s := range p.Scopes {
				if _, known := endedAt[i]; s.State.Ended() && !known {
					endedAt[i] = time.Since(began)
				}
				quiet[i] = quiet[i] || s.Quiet
				if !s.Quiet && (s.State == pull.Connecting || s.State == pull.Pulling) {
					atWork++
				}
			}
			most = max(most, atWork)
		})
		want := map[int]pull.State{denied: pull.Denied, slow: pull.Complete, down: pull.Offline, hangs: pull.Offline}
		for i, s := range r.Scopes {
			if s.State != want[i] && (want[i] != 0 || s.State != pull.Complete) {
				t.Errorf("place %d is %s (%v), want %s", i, s.State, s.Err, want[i])
			}
			if (s.Err == nil) != (s.State == pull.Complete) {
				t.Errorf("place %d is %s because of %v", i, s.State, s.Err)
			}
			if late := i == slow || i == down || i == hangs; quiet[i] != late {
				t.Errorf("place %d was quiet: %v", i, quiet[i])
			} else if !late && endedAt[i] > 30*time.Second {
				t.Errorf("place %d ended after %s", i, endedAt[i])
			}
		}
		if got := endedAt[down]; got < 2*time.Minute || got > 3*time.Minute {
			t.Errorf("the place that is down was left after %s", got)
		}
		if most > 12 {
			t.Errorf("%d places at work at once", most)
		}
		last := map[pull.State]int{}
		var attempts []app.Attempt
		for _, key := range slices.Sorted(maps.Keys(m.attempts)) {
			attempts = append(attempts, m.attempts[key])
		}
		for _, s := range pull.LastStates(attempts) {
			last[s.State]++
		}
		// Of the place that was not reached nobody knows the account.
		if last[pull.Complete] != 37 || last[pull.Denied] != 1 || last[pull.Offline] != 1 || len(last) > 3 {
			t.Errorf("after a restart: %v", last)
		}
		if n := len(m.events); n != 37*2*20 {
			t.Errorf("%d log events of 37 places", n)
		}
	})
}

// A slow scope that is answered while all slots are taken waits for one, and a cancel ends it at once.
func TestACancelEndsForty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		over := app.Since(start, time.Hour)
		places := placesOf(forty(over), func(_ int,
			a *account) pull.Sources {
			return slowly(a.sources(), takes(20*time.Second))
		})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(31*time.Second, cancel)
		began := time.Now()
		r := newEngine(newMemory(), (&clock{at: start}).now).Run(ctx, pull.Want{Places: places, Range: over}, nil)
		if took := time.Since(began) - 31*time.Second; took > time.Second {
			t.Errorf("it went on for %s", took)
		}
		if !r.Cancelled || !r.OK() {
			t.Errorf("cancelled %v, problems %v", r.Cancelled, r.Problems())
		}
		for i, s := range r.Scopes {
			if s.State != pull.Stopped {
				t.Errorf("place %d is %s", i, s.State)
			}
		}
	})
}

func TestAPlaceIsReachedOnceAndAnewAfterItsCredentialsExpired(t *testing.T) {
	over := app.Since(start, time.Hour)
	a := fill(shop, over, small, smallPages)
	reached := 0
	var problem error
	p := pull.NewPlace(app.Scope{Region: shop.Region, Profile: shop.Profile},
		func(context.Context) (pull.Sources, error) {
			reached++
			return a.sources(), problem
		})
	e := newEngine(newMemory(), (&clock{at: start}).now)
	if r := e.Reach(t.Context(), pull.Want{Places: []*pull.Place{p}}, nil); r.Scopes[0].State != pull.Reached ||
		a.total() > 0 || r.Requests > 0 {
		t.Errorf("%+v", r)
	}
	p.Forget(t.Context())
	reached = 0
	run := func() pull.State {
		return e.Run(t.Context(), pull.Want{Places: []*pull.Place{p}, Range: over, Signals: []app.Signal{app.Trail}},
			nil).Scopes[0].State
	}
	problem = &app.Error{Kind: app.SignedOut, Op: "sts:GetCallerIdentity", Err: errors.New("expired")}
	if got := run(); got != pull.SignedOut {
		t.Errorf("without credentials: %s", got)
	}
	problem = nil
	if first, again := run(), run(); first != pull.Complete || again != pull.Complete || reached != 2 {
		t.Errorf("%s, then %s; reached %d times", first, again, reached)
	}
	a.fault = func(string, string) error {
		return &app.Error{Kind: app.SignedOut, Op: "any", Err: errors.New("expired")}
	}
	if got := run(); got != pull.SignedOut {
		t.Errorf("with expired credentials: %s", got)
	}
	a.fault = nil
	if got := run(); got != pull.Complete || reached != 3 {
		t.Errorf("%s; reached %d times", got, reached)
	}
}

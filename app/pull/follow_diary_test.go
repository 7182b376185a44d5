package pull_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// wall is a clock that a person sets, or that stands still on the machine's own clock while it sleeps.
type wall struct {
	mu     sync.Mutex
	offset time.Duration
}

func (w *wall) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.offset)
}

func (w *wall) jump(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.offset += d
}

// diary is an engine's Run that notes when it was asked for what.
type diary struct {
	mu      sync.Mutex
	began   time.Time
	entries []entry
	running map[string]int // by place and signal
	twice   bool           // something was asked twice at once
	takes   time.Duration
	answer  func(entry) pull.Report
}

type entry struct {
	at     time.Duration // since the diary began
	place  *pull.Place
	asked  []app.Signal
	within app.Range
}

func (d *diary) run(ctx context.Context, w pull.Want, _ func(pull.Progress)) pull.Report {
	e := entry{time.Since(d.began), w.Places[0], w.Signals, w.Range}
	d.count(e, 1)
	_ = takes(d.takes)(ctx)
	d.count(e, -1)
	if d.answer == nil {
		return pull.Report{Scopes: []pull.ScopeStatus{{State: pull.Complete}}}
	}
	return d.answer(e)
}

func (d *diary) count(e entry, by int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range e.asked {
		key := fmt.Sprintf("%p %s", e.place, s)
		d.running[key] += by
		d.twice = d.twice || d.running[key] > 1
	}
	if by > 0 {
		d.entries = append(d.entries, e)
	}
}

// times returns when a signal of a place was asked; a nil place is any.
func (d *diary) times(p *pull.Place, s app.Signal) (at []time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.entries {
		if (p == nil || e.place == p) && slices.Contains(e.asked, s) {
			at = append(at, e.at)
		}
	}
	return at
}

// following follows n places with that cadence for that long, and returns the diary. during is run beside it.
func following(t *testing.T, n int, cadence map[app.Signal]time.Duration, d *diary, long time.Duration,
	during func(*wall)) []*pull.Place {
	t.Helper()
	var places []*pull.Place
	for i := range n {
		places = append(places, pull.At(pull.Sources{Scope: app.Scope{Account: fmt.Sprint(i), Region: "eu-west-1"}}))
	}
	clock := &wall{}
	d.began, d.running = time.Now(), map[string]int{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	time.AfterFunc(long, cancel)
	if during != nil {
		go during(clock)
	}
	pull.Follower{Run: d.run, Now: clock.now, Cadence: cadence, Back: time.Hour}.Follow(ctx, places, nil, nil)
	if over := time.Since(d.began) - long; over > time.Second {
		t.Errorf("it ended %s after it was told to", over)
	}
	if d.twice {
		t.Error("something was asked twice at once")
	}
	return places
}

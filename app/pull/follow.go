package pull

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

const (
	// lookEvery is how often a follower looks at the clock: timers stand still while a laptop sleeps, and a clock that
	// was put forward makes them late.
	lookEvery = 5 * time.Second
	// spread is how far a round may stray from its time, as a share of the cadence, so that forty places that began
	// together do not ask together for ever.
	spread = 0.1
	// together is how much too early a signal may be asked to share a round of its place with another.
	together = 2 * time.Second
	// catchUp is how far back a round reaches at most. After a longer sleep the rest is left to a pull, which says first
	// what it costs.
	catchUp = 24 * time.Hour
	// longestBackoff is how long a signal that fails is left alone, and noAnswerBackoff where asking costs nothing:
	// credentials may be renewed and networks come back at any moment.
	longestBackoff  = 30 * time.Minute
	noAnswerBackoff = 2 * time.Minute
)

// Follower asks again and again for the signals of places, each signal at its own cadence. The rounds of a place come one
// after the other, so that nothing is asked twice at once; places do not wait for each other. A signal that fails is asked
// less and less often, until it is answered.
type Follower struct {
	Run     func(context.Context, Want, func(Progress)) Report // as Engine's
	Now     func() time.Time                                   // the clock on the wall; it may jump
	Cadence map[app.Signal]time.Duration                       // a signal that is not in it is not followed
	Back    time.Duration                                      // how far back from its beginning it reaches
	Cap     app.Money                                          // of each round, as Want's
}

// Round is one turn of following a place.
type Round struct {
	Scope   app.Scope
	Signals []app.Signal // that were asked, in the order of app.Signals
	Report  Report
	Next    time.Time // when the place is asked again, by the clock on the wall
}

// Follow follows the places until ctx ends, and returns within a second of it: requests on their way are cancelled, and
// pages that are here are kept. progress and told are called as Run's told is; each may be nil.
func (f Follower) Follow(ctx context.Context, places []*Place, progress func(*Place, Progress), told func(*Place, Round)) {
	var mu sync.Mutex // keeps the callers in line
	var tracks sync.WaitGroup
	for _, place := range places {
		t := newTrack(f, place)
		if progress != nil {
			t.progress = func(p Progress) { mu.Lock(); defer mu.Unlock(); progress(place, p) }
		}
		t.told = func(r Round) {
			if mu.Lock(); told != nil {
				told(place, r)
			}
			mu.Unlock()
		}
		tracks.Go(func() { t.follow(ctx) })
	}
	tracks.Wait()
}

// track is the following of one place.
type track struct {
	Follower
	place    *Place
	began    time.Time // by the clock on the wall
	due      map[app.Signal]*due
	progress func(Progress)
	told     func(Round)
}

// due says when a signal is asked next. The time is kept twice: a clock on the wall that was put forward, or a machine
// that has slept, brings it on, and one that was put back does not put it off.
type due struct {
	wait     time.Duration // since the last time
	wall     time.Time     // the last time by the clock on the wall, without its monotonic reading
	steady   time.Time     // and by the one that never jumps
	failures int           // in a row
}

func newTrack(f Follower, place *Place) *track {
	t := &track{Follower: f, place: place, began: f.Now().Round(0), due: map[app.Signal]*due{}}
	for _, s := range app.Signals {
		if f.Cadence[s] > 0 {
			t.due[s] = &due{}
		}
	}
	return t
}

func (t *track) follow(ctx context.Context) {
	for ctx.Err() == nil {
		if signals := t.now(); len(signals) > 0 {
			t.round(ctx, signals)
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(min(t.rest(), lookEvery)):
		}
	}
}

// left returns how long there is until a signal is due, by the clock that is further on.
func (d *due) left(wall time.Time) time.Duration {
	return d.wait - max(wall.Sub(d.wall), time.Since(d.steady))
}

// now returns the signals that are due, and those that nearly are beside them.
func (t *track) now() (signals []app.Signal) {
	if t.rest() > 0 {
		return nil
	}
	wall := t.Now().Round(0)
	for _, s := range app.Signals {
		if d := t.due[s]; d != nil && d.left(wall) <= together {
			signals = append(signals, s)
		}
	}
	return signals
}

// rest returns how long there is until the first signal is due.
func (t *track) rest() time.Duration {
	rest, wall := lookEvery, t.Now().Round(0)
	for _, d := range t.due {
		rest = min(rest, d.left(wall))
	}
	return rest
}

// round pulls what is due. However much time has passed, it is asked for once.
func (t *track) round(ctx context.Context, signals []app.Signal) {
	wall, steady := t.Now().Round(0), time.Now()
	r := t.Run(ctx, Want{Places: []*Place{t.place}, Range: t.reach(wall), Signals: signals, Cap: t.Cap, Spare: longestBackoff}, t.progress)
	for _, s := range signals {
		d := t.due[s]
		d.wall, d.steady = wall, steady
		if r.failed(s) {
			d.failures++
		} else {
			d.failures = 0
		}
		d.wait = t.pause(t.Cadence[s], d.failures, r.unanswered())
	}
	if ctx.Err() == nil {
		t.told(Round{Scope: r.scope(t.place), Signals: signals, Report: r, Next: t.next()})
	}
}

// reach returns what a round asks for: from where the following began, or what catching up reaches back to, until now.
func (t *track) reach(now time.Time) app.Range {
	from := t.began.Add(-t.Back)
	if earliest := now.Add(-max(t.Back, catchUp)); from.Before(earliest) || from.After(now) {
		from = earliest
	}
	return app.Range{From: from, To: now}
}

// pause returns how long a signal rests after so many failures in a row: twice as long with each, up to the longest
// back-off, give or take the spread.
func (t *track) pause(cadence time.Duration, failures int, unanswered bool) time.Duration {
	longest := longestBackoff
	if unanswered {
		longest = noAnswerBackoff
	}
	pause := min(cadence<<min(failures, 16), max(longest, cadence))
	return time.Duration(float64(pause) * (1 + spread*(2*rand.Float64()-1)))
}

// next returns when the first signal is due again, by the clock on the wall.
func (t *track) next() time.Time {
	wall := t.Now().Round(0)
	var next time.Time
	for _, d := range t.due {
		if at := wall.Add(max(d.left(wall), 0)); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// scope returns the scope of a round's place, with its account if AWS has told it.
func (r Report) scope(p *Place) app.Scope {
	if len(r.Scopes) > 0 {
		return r.Scopes[0].Scope
	}
	return p.Scope()
}

// failed reports whether nothing could be had of a signal. One log group of many that is denied is no reason to leave the
// others alone.
func (r Report) failed(s app.Signal) bool {
	return r.unanswered() || slices.ContainsFunc(r.Outcomes, func(o Outcome) bool {
		return o.Signal == s && len(o.Problems) > 0 && o.New == 0 && len(o.Ranges) == 0
	})
}

// unanswered reports whether a place could not be asked at all.
func (r Report) unanswered() bool {
	return slices.ContainsFunc(r.Scopes, func(s ScopeStatus) bool { return s.State >= SignedOut })
}

package pull

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

const (
	// checkEvery is how often a follower looks at the clock: timers stand still while a laptop sleeps, and a clock that
	// was put forward makes them late.
	checkEvery = 5 * time.Second
	// jitter is how far a round may stray from its time, as a share of the cadence, so that forty places that began
	// together do not ask together for ever.
	jitter = 0.1
	// joinEarly is how much too early a signal may be asked to share a round of its place with another.
	joinEarly = 2 * time.Second
	// maxCatchUp is how far back a round reaches at most. After a longer sleep the rest is left to a pull, which says
	// first what it costs.
	maxCatchUp = 24 * time.Hour
	// longestBackoff is how long a signal that fails is left alone, and noAnswerBackoff where asking costs nothing:
	// credentials may be renewed and networks come back at any moment.
	longestBackoff  = 30 * time.Minute
	noAnswerBackoff = 2 * time.Minute
)

// Follower asks again and again for the signals of places, each signal at its own cadence. The rounds of a place come
// one after the other, so that nothing is asked twice at once; places do not wait for each other. A signal that fails
// is asked less and less often, until it is answered.
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
// pages that are here are kept. onProgress and onRound are called as Run's onProgress is; each may be nil.
func (f Follower) Follow(
	ctx context.Context, places []*Place, onProgress func(*Place, Progress), onRound func(*Place, Round),
) {
	var mu sync.Mutex // held while either is called
	var following sync.WaitGroup
	for _, place := range places {
		p := newPlaceFollower(f, place)
		if onProgress != nil {
			p.onProgress = func(progress Progress) { mu.Lock(); defer mu.Unlock(); onProgress(place, progress) }
		}
		p.onRound = func(r Round) {
			if mu.Lock(); onRound != nil {
				onRound(place, r)
			}
			mu.Unlock()
		}
		following.Go(func() { p.follow(ctx) })
	}
	following.Wait()
}

// scope returns the scope of a round's place, with its account if AWS has told it.
func (r Report) scope(p *Place) app.Scope {
	if len(r.Scopes) > 0 {
		return r.Scopes[0].Scope
	}
	return p.Scope()
}

// failed reports whether nothing could be had of a signal. One log group of many that is denied is no reason to leave
// the others alone.
func (r Report) failed(s app.Signal) bool {
	return r.unanswered() || slices.ContainsFunc(r.Outcomes, func(o Outcome) bool {
		return o.Signal == s && len(o.Problems) > 0 && o.New == 0 && len(o.Ranges) == 0
	})
}

// unanswered reports whether a place could not be asked at all.
func (r Report) unanswered() bool {
	return slices.ContainsFunc(r.Scopes, func(s ScopeStatus) bool { return s.State >= SignedOut })
}

package pull

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/nephograph/nephograph/app"
)

// placeFollower follows one place.
type placeFollower struct {
	Follower
	place      *Place
	began      time.Time // by the clock on the wall
	schedules  map[app.Signal]*schedule
	onProgress func(Progress)
	onRound    func(Round)
}

// schedule says when a signal is asked next. The time is kept twice: a clock on the wall that was put forward, or a
// machine that has slept, brings it on, and one that was put back does not put it off.
type schedule struct {
	wait     time.Duration // since the last time
	wall     time.Time     // the last time by the clock on the wall, without its monotonic reading
	steady   time.Time     // and by the one that never jumps
	failures int           // in a row
}

func newPlaceFollower(f Follower, place *Place) *placeFollower {
	p := &placeFollower{Follower: f, place: place, began: f.Now().Round(0), schedules: map[app.Signal]*schedule{}}
	for _, s := range app.Signals {
		if f.Cadence[s] > 0 {
			p.schedules[s] = &schedule{}
		}
	}
	return p
}

func (p *placeFollower) follow(ctx context.Context) {
	for ctx.Err() == nil {
		if signals := p.due(); len(signals) > 0 {
			p.round(ctx, signals)
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(min(p.untilDue(), checkEvery)):
		}
	}
}

// left returns how long there is until a signal is due, by the clock that is further on.
func (s *schedule) left(wall time.Time) time.Duration {
	return s.wait - max(wall.Sub(s.wall), time.Since(s.steady))
}

// due returns the signals that are due, and those that nearly are beside them.
func (p *placeFollower) due() (signals []app.Signal) {
	if p.untilDue() > 0 {
		return nil
	}
	wall := p.Now().Round(0)
	for _, s := range app.Signals {
		if d := p.schedules[s]; d != nil && d.left(wall) <= joinEarly {
			signals = append(signals, s)
		}
	}
	return signals
}

// untilDue returns how long there is until the first signal is due.
func (p *placeFollower) untilDue() time.Duration {
	until, wall := checkEvery, p.Now().Round(0)
	for _, s := range p.schedules {
		until = min(until, s.left(wall))
	}
	return until
}

// round pulls what is due. However much time has passed, it is asked for once.
func (p *placeFollower) round(ctx context.Context, signals []app.Signal) {
	wall, steady := p.Now().Round(0), time.Now()
	want := Want{
		Places: []*Place{p.place}, Range: p.roundRange(wall), Signals: signals, Cap: p.Cap, SkipDenied: longestBackoff,
	}
	r := p.Run(ctx, want, p.onProgress)
	for _, s := range signals {
		d := p.schedules[s]
		d.wall, d.steady = wall, steady
		if r.failed(s) {
			d.failures++
		} else {
			d.failures = 0
		}
		d.wait = p.waitAfter(p.Cadence[s], d.failures, r.unanswered())
	}
	if ctx.Err() == nil {
		p.onRound(Round{Scope: r.scope(p.place), Signals: signals, Report: r, Next: p.next()})
	}
}

// roundRange returns what a round asks for: from where the following began, or what catching up reaches back to, until
// now.
func (p *placeFollower) roundRange(now time.Time) app.Range {
	from := p.began.Add(-p.Back)
	if earliest := now.Add(-max(p.Back, maxCatchUp)); from.Before(earliest) || from.After(now) {
		from = earliest
	}
	return app.Range{From: from, To: now}
}

// waitAfter returns how long a signal rests after so many failures in a row: twice as long with each, up to the longest
// back-off, give or take the jitter.
func (p *placeFollower) waitAfter(cadence time.Duration, failures int, unanswered bool) time.Duration {
	longest := longestBackoff
	if unanswered {
		longest = noAnswerBackoff
	}
	wait := min(cadence<<min(failures, 16), max(longest, cadence))
	return time.Duration(float64(wait) * (1 + jitter*(2*rand.Float64()-1)))
}

// next returns when the first signal is due again, by the clock on the wall.
func (p *placeFollower) next() time.Time {
	wall := p.Now().Round(0)
	var next time.Time
	for _, d := range p.schedules {
		if at := wall.Add(max(d.left(wall), 0)); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

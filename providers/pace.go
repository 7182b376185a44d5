package providers

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How a pace adapts: additive increase, multiplicative decrease, as TCP does. With a fifth of the calls refused for no
// reason of ours it settles at two thirds of the quota; where the true quota is lower, one call in about nine finds it.
const (
	slowDown  = 0.7  // of the rate, on being throttled
	speedUp   = 0.05 // of the quota, on an answer
	slowest   = 0.1  // of the quota
	burstTime = 0.2  // seconds of quota that may go out at once
)

// pace is the rate of one operation of an account in a Region: a token bucket whose filling adapts.
type pace struct {
	limiter *rate.Limiter
	top     rate.Limit

	mu  sync.Mutex
	age int // counts the slow-downs
}

func newPace(perSecond float64) *pace {
	top := rate.Limit(perSecond)
	return &pace{limiter: rate.NewLimiter(top, max(1, int(perSecond*burstTime))), top: top}
}

// turn takes a place in the queue, and returns how long it is until it is that place's turn; give gives it back.
func (p *pace) turn(now time.Time) (wait time.Duration, give func(now time.Time)) {
	r := p.limiter.ReserveN(now, 1)
	return r.DelayFrom(now), r.CancelAt
}

// era tells attempts before a slow-down from those after.
func (p *pace) era() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.age
}

// throttled slows down, once for all attempts that were on their way together. It reports whether it did, and the rate.
func (p *pace) throttled(now time.Time, era int) (perSecond float64, slowed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if era != p.age {
		return float64(p.limiter.Limit()), false
	}
	p.age++
	p.limiter.SetLimitAt(now, max(p.limiter.Limit()*slowDown, p.top*slowest))
	return float64(p.limiter.Limit()), true
}

// answered recovers some speed.
func (p *pace) answered(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := p.limiter.Limit(); at < p.top {
		p.limiter.SetLimitAt(now, min(at+p.top*speedUp, p.top))
	}
}

// join takes over what another pace of the same operation has learned: the slower of both rates.
func (p *pace) join(other *pace) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slower := other.limiter.Limit(); slower < p.limiter.Limit() {
		p.limiter.SetLimit(slower)
	}
}

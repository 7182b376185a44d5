package pull

import (
	"context"

	"golang.org/x/sync/semaphore"

	"github.com/nephograph/nephograph/app"
)

// Place is a scope that can be pulled from once AWS has said who the caller is there. A run asks when the scope's turn
// comes, so that a place that does not answer keeps no other waiting. Its methods may be called from any goroutine.
type Place struct {
	scope   app.Scope
	reach   func(context.Context) (Sources, error)
	lock    *semaphore.Weighted // of reached; whoever waits for it stops when their context ends
	reached *Sources            // what reach returned; nil before
}

// NewPlace returns a place whose sources reach makes. scope is what is known of it before: its account may be empty.
func NewPlace(scope app.Scope, reach func(context.Context) (Sources, error)) *Place {
	return &Place{scope: scope, reach: reach, lock: semaphore.NewWeighted(1)}
}

// At returns a place that is reached already.
func At(from Sources) *Place {
	p := NewPlace(from.Scope, func(context.Context) (Sources, error) { return from, nil })
	p.reached = &from
	return p
}

// Scope returns the scope as far as it is known without asking.
func (p *Place) Scope() app.Scope { return p.scope }

// Sources reaches the place, unless that is done already. Its error is ctx's or what reaching the place returned.
func (p *Place) Sources(ctx context.Context) (Sources, error) {
	if err := p.lock.Acquire(ctx, 1); err != nil {
		return Sources{}, err
	}
	defer p.lock.Release(1)
	if p.reached != nil {
		return *p.reached, nil
	}
	from, err := p.reach(ctx)
	if err == nil {
		p.reached = &from
	}
	return from, err
}

// Reached returns the sources of a place that is reached; ok is false for others, and while it is being reached.
func (p *Place) Reached() (from Sources, ok bool) {
	if !p.lock.TryAcquire(1) {
		return Sources{}, false
	}
	defer p.lock.Release(1)
	if p.reached == nil {
		return Sources{}, false
	}
	return *p.reached, true
}

// Forget lets the place be reached anew, with credentials that may be new.
func (p *Place) Forget(ctx context.Context) {
	if p.lock.Acquire(ctx, 1) == nil {
		p.reached = nil
		p.lock.Release(1)
	}
}

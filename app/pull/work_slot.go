package pull

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	// scopesAtOnce bounds memory: a scope at work holds up to two pages of log events of 5 MB, two of datapoints of 2
	// MB and four batches of traces. Forty places that answer in 60 ms are pulled in 36 s by 4 at once, 15 s by 12, 9 s
	// by 24 and 7 s by 40; if all their pages are full, the program's peak is 196 MB by 12, 267 by 24 and 341 by 40, of
	// the 250 that it may take.
	scopesAtOnce = 12
	// lendAfter is how long a scope that waits for AWS keeps others from being asked. An answer takes well under a
	// second.
	lendAfter = 5 * time.Second
	// giveUpAfter is how long a scope may leave everything unanswered: longer than one attempt of a request may take,
	// which is 90 s, and than a call that AWS throttles ten times.
	giveUpAfter = 2 * time.Minute
)

// workSlot is a scope's hold on one of the slots of an engine. It is lent to another scope while this one waits in vain
// for AWS, when it holds next to no memory, and taken back with the next answer: so a slow scope goes on at its own
// pace, and keeps none waiting.
type workSlot struct {
	slots    *semaphore.Weighted // of all runs of an engine
	onQuiet  func(bool)          // called when the scope begins and ends to wait in vain
	onGaveUp func()              // called once, if nothing is answered at all

	// mu is held while the slot is waited for, which is as long as other scopes take; a semaphore and not a sync.Mutex,
	// because a test in a synctest bubble passes over a wait for the one and not for the other.
	mu      *semaphore.Weighted
	held    bool
	keeping int // pages that are being written, which is not AWS's time
	since   time.Time
	timer   *time.Timer // nil before and after the scope's work
}

func newWorkSlot(slots *semaphore.Weighted, onQuiet func(bool), onGaveUp func()) *workSlot {
	return &workSlot{slots: slots, onQuiet: onQuiet, onGaveUp: onGaveUp, mu: semaphore.NewWeighted(1)}
}

// take waits for a slot and begins to watch. The error is ctx's.
func (s *workSlot) take(ctx context.Context) error {
	s.lock()
	defer s.unlock()
	s.since = time.Now()
	s.timer = time.AfterFunc(lendAfter, s.onTimer)
	return s.acquire(ctx)
}

// acquire is called with the lock held.
func (s *workSlot) acquire(ctx context.Context) error {
	s.timer.Stop()
	if err := s.slots.Acquire(ctx, 1); err != nil {
		return err
	}
	s.held, s.since = true, time.Now()
	s.timer.Reset(lendAfter)
	return nil
}

// answered says that AWS has answered, and waits until the scope may go on. When ctx has ended it does not wait.
func (s *workSlot) answered(ctx context.Context) {
	s.lock()
	defer s.unlock()
	s.since = time.Now()
	if !s.held {
		_ = s.acquire(ctx) // a page that is here is kept, slot or not
		s.onQuiet(false)
	}
}

// keep says that a page is being written; the caller calls end when it is.
func (s *workSlot) keep() (end func()) {
	s.lock()
	defer s.unlock()
	s.keeping++
	return func() {
		s.lock()
		defer s.unlock()
		s.keeping--
		s.since = time.Now()
	}
}

// onTimer runs when AWS may have been silent for too long.
func (s *workSlot) onTimer() {
	if s.lend() {
		s.onGaveUp()
	}
}

// lend lends the slot if AWS has been silent for long enough, and reports whether there is no hope left.
func (s *workSlot) lend() (hopeless bool) {
	s.lock()
	defer s.unlock()
	if s.timer == nil {
		return false
	}
	silent := time.Since(s.since)
	switch {
	case s.keeping > 0:
		s.timer.Reset(lendAfter)
	case silent < lendAfter:
		s.timer.Reset(lendAfter - silent)
	case silent < giveUpAfter:
		if s.held {
			s.onQuiet(true)
			s.giveBack()
		}
		s.timer.Reset(giveUpAfter - silent)
	default:
		return true
	}
	return false
}

// pause gives the slot back while the scope waits for something that is not AWS; resume takes it again.
func (s *workSlot) pause() {
	s.lock()
	defer s.unlock()
	s.timer.Stop()
	s.giveBack()
}

// resume ends a pause. The error is ctx's.
func (s *workSlot) resume(ctx context.Context) error {
	s.lock()
	defer s.unlock()
	return s.acquire(ctx)
}

// end gives the slot back for good.
func (s *workSlot) end() {
	s.lock()
	defer s.unlock()
	s.timer.Stop()
	s.timer = nil
	s.giveBack()
}

func (s *workSlot) giveBack() {
	if s.held {
		s.held = false
		s.slots.Release(1)
	}
}

func (s *workSlot) lock()   { _ = s.mu.Acquire(context.Background(), 1) } // which a background context never ends
func (s *workSlot) unlock() { s.mu.Release(1) }

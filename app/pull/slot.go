package pull

import (
	"context"
	"time"
)

const (
	// scopesAtOnce bounds memory: a scope at work holds up to two pages of log events of 5 MB, two of datapoints of 2 MB
	// and four batches of traces. Forty places that answer in 60 ms are pulled in 36 s by 4 at once, 15 s by 12, 9 s by 24
	// and 7 s by 40; if all their pages are full, the program's peak is 196 MB by 12, 267 by 24 and 341 by 40, of the 250
	// that it may take.
	scopesAtOnce = 12
	// patience is how long a scope that waits for AWS keeps others from being asked. An answer takes well under a second.
	patience = 5 * time.Second
	// giveUp is how long a scope may leave everything unanswered: longer than one attempt of a request may take, which is
	// 90 s, and than a call that AWS throttles ten times.
	giveUp = 2 * time.Minute
)

// slots are the scopes that may be at work at once, over all runs of an engine.
type slots chan struct{}

// slot is a scope's hold on one of them. It is lent to another scope while this one waits in vain for AWS, when it holds
// next to no memory, and taken back with the next answer: so a slow scope goes on at its own pace, and keeps none waiting.
type slot struct {
	of      slots
	quiet   func(bool) // told when the scope begins and ends to wait in vain
	gaveUp  func()     // told once, if nothing is answered at all
	turn    chan struct{}
	held    bool
	keeping int // pages that are being written, which is not AWS's time
	since   time.Time
	timer   *time.Timer
}

func newSlot(of slots, quiet func(bool), gaveUp func()) *slot {
	return &slot{of: of, quiet: quiet, gaveUp: gaveUp, turn: make(chan struct{}, 1)}
}

// take waits for a slot and begins to watch. The error is ctx's.
func (s *slot) take(ctx context.Context) error {
	s.lock()
	defer s.unlock()
	s.since = time.Now()
	s.timer = time.AfterFunc(patience, s.late)
	return s.hold(ctx)
}

func (s *slot) hold(ctx context.Context) error {
	s.timer.Stop()
	select {
	case s.of <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.held, s.since = true, time.Now()
	s.timer.Reset(patience)
	return nil
}

// answered says that AWS has answered, and waits until the scope may go on. When ctx has ended it does not wait.
func (s *slot) answered(ctx context.Context) {
	s.lock()
	defer s.unlock()
	s.since = time.Now()
	if !s.held {
		_ = s.hold(ctx) // a page that is here is kept, slot or not
		s.quiet(false)
	}
}

// keep says that a page is being written; the caller calls end when it is.
func (s *slot) keep() (end func()) {
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

// late runs when patience may have ended.
func (s *slot) late() {
	if s.isLate() {
		s.gaveUp()
	}
}

// isLate lends the slot, and reports whether there is no hope left.
func (s *slot) isLate() (hopeless bool) {
	s.lock()
	defer s.unlock()
	if s.timer == nil {
		return false
	}
	silent := time.Since(s.since)
	switch {
	case s.keeping > 0:
		s.timer.Reset(patience)
	case silent < patience:
		s.timer.Reset(patience - silent)
	case silent < giveUp:
		if s.held {
			s.quiet(true)
			s.giveBack()
		}
		s.timer.Reset(giveUp - silent)
	default:
		return true
	}
	return false
}

// rest gives the slot back while the scope waits for something that is not AWS; hold takes it again.
func (s *slot) rest() {
	s.lock()
	defer s.unlock()
	s.timer.Stop()
	s.giveBack()
}

// resume ends a rest. The error is ctx's.
func (s *slot) resume(ctx context.Context) error {
	s.lock()
	defer s.unlock()
	return s.hold(ctx)
}

// end gives the slot back for good.
func (s *slot) end() {
	s.lock()
	defer s.unlock()
	s.timer.Stop()
	s.timer = nil
	s.giveBack()
}

func (s *slot) giveBack() {
	if s.held {
		s.held = false
		<-s.of
	}
}

// lock is a channel, and not a mutex, because a page may hold it for as long as it waits for the slot.
func (s *slot) lock()   { s.turn <- struct{}{} }
func (s *slot) unlock() { <-s.turn }

package pull

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// State is how a run stands in a scope.
type State uint8

// The states. From Reached on the scope has ended.
const (
	Waiting    State = iota // for its turn
	Connecting              // AWS is asked who the caller is
	Claimed                 // another pull of the scope is running, and this one waits for its end
	Pulling
	Reached // and nothing was asked
	Complete
	Partly    // some of it could not be had
	Stopped   // by a cancel, or with a cache that was given up
	Denied    // AWS allows nothing of what was asked
	SignedOut // there are no credentials, or they have expired
	Offline   // AWS does not answer
	Failed    // it could not be reached for another reason
)

var stateNames = [...]string{
	"waiting", "connecting", "claimed", "pulling",
	"reached", "complete", "in part", "stopped", "denied", "signed out", "offline", "failed",
}

// String returns the state in words, as JSON has it too.
func (s State) String() string { return stateNames[s] }

// Ended reports whether nothing more is asked in the scope.
func (s State) Ended() bool { return s >= Reached }

// Well reports whether nothing has gone wrong in the scope so far. That it was stopped is nothing wrong.
func (s State) Well() bool { return s <= Complete || s == Stopped }

// ScopeStatus is how a run stands in one scope.
type ScopeStatus struct {
	Scope    app.Scope    // without an account until AWS has told it
	Who      app.Identity // the caller there; empty until AWS has told it
	Until    time.Time    // when a person has to sign in again for it; zero: never, or that is not known
	State    State
	Since    time.Time    // of the state
	Quiet    bool         // AWS has not answered for a while; others are asked meanwhile
	Short    []app.Signal // of which something is missing, in the order of app.Signals
	Requests int          // answers
	New      int          // items new or changed in the cache
	// Err is what ended the scope as a whole, or else the first of its problems; nil if there was none.
	Err *app.Error

	whole    bool // Err ended the scope as a whole
	asked    bool // more than who the caller is
	answered int  // requests that were not refused
}

// stateOf returns the state of a scope that could not be asked at all.
func stateOf(err *app.Error) State {
	switch err.Kind {
	case app.Denied:
		return Denied
	case app.SignedOut:
		return SignedOut
	case app.Offline:
		return Offline
	}
	return Failed
}

// end closes the account of a scope, from what became of its signals.
func (s *ScopeStatus) end(outcomes []Outcome, cancelled bool) {
	stopped, denied := false, true
	for _, o := range outcomes {
		if len(o.Problems) > 0 && s.Err == nil {
			s.Err = o.Problems[0]
		}
		if o.Stopped || len(o.Problems) > 0 {
			s.Short = append(s.Short, o.Signal)
		}
		stopped = stopped || o.Stopped
		denied = denied && !slices.ContainsFunc(o.Problems, func(e *app.Error) bool { return e.Kind != app.Denied })
	}
	switch {
	case s.whole:
		s.State = stateOf(s.Err)
	case cancelled && (stopped || len(outcomes) == 0):
		s.State = Stopped
	case s.Err != nil && denied && s.answered == 0:
		s.State = Denied
	case s.Err != nil:
		s.State = Partly
	case stopped:
		s.State = Stopped
	case !s.asked:
		s.State = Reached
	default:
		s.State = Complete
	}
}

// change changes the status of the nth place and tells of it.
func (t *tracker) change(n int, how func(*ScopeStatus)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	how(&t.scopes[n])
	t.tell(nil)
}

func (t *tracker) enter(n int, state State, now time.Time) {
	t.change(n, func(s *ScopeStatus) { s.State, s.Since, s.asked = state, now, s.asked || state == Pulling })
}

// quiet says whether AWS leaves the place without an answer.
func (t *tracker) quiet(n int, is bool) {
	t.change(n, func(s *ScopeStatus) { s.Quiet = is })
}

// reached says which scope the place is.
func (t *tracker) reached(n int, from Sources) {
	t.change(n, func(s *ScopeStatus) { s.Scope, s.Who, s.Until = from.Scope, from.Who, from.Until })
}

// fail says what ends the scope as a whole. The first to say so is right.
func (t *tracker) fail(n int, err error) {
	t.change(n, func(s *ScopeStatus) {
		if !s.whole {
			s.Err, s.whole = withResource("", err), true
		}
	})
}

// ended closes the account of the nth place.
func (t *tracker) ended(n int, now time.Time, cancelled bool) {
	t.change(n, func(s *ScopeStatus) {
		t.begun[n] = t.phases // nothing more is planned
		s.Quiet, s.Since = false, now
		s.end(t.of(s.Scope), cancelled)
	})
}

// attempts returns how the signals of the nth place ended: each that was asked, or else, where the place could not be
// reached, each that was wanted. A place whose account nobody knows has none.
func (t *tracker) attempts(n int, w Want) (attempts []app.Attempt) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.scopes[n]
	if s.Scope.Account == "" {
		return nil
	}
	outcomes := t.of(s.Scope)
	for _, o := range outcomes {
		a := app.Attempt{Scope: s.Scope, Signal: o.Signal, At: s.Since, Stopped: o.Stopped}
		switch {
		case len(o.Problems) > 0:
			a.Problem = o.Problems[0]
		case s.whole:
			a.Problem = s.Err
		}
		attempts = append(attempts, a)
	}
	for _, signal := range app.Signals {
		if s.whole && len(outcomes) == 0 && w.Wants(signal) {
			attempts = append(attempts, app.Attempt{Scope: s.Scope, Signal: signal, At: s.Since, Problem: s.Err})
		}
	}
	return attempts
}

// LastStates returns how the newest pulls ended, a status for each scope, in their order. Since says when.
func LastStates(attempts []app.Attempt) (scopes []ScopeStatus) {
	outcomes := map[app.Scope][]Outcome{}
	for _, a := range attempts {
		if _, known := outcomes[a.Scope]; !known {
			scopes = append(scopes, ScopeStatus{Scope: a.Scope, asked: true})
		}
		o := Outcome{Scope: a.Scope, Signal: a.Signal, Stopped: a.Stopped}
		if a.Problem != nil {
			o.Problems = []*app.Error{a.Problem}
		}
		outcomes[a.Scope] = append(outcomes[a.Scope], o)
		s := &scopes[slices.IndexFunc(scopes, func(s ScopeStatus) bool { return s.Scope == a.Scope })]
		if a.At.After(s.Since) {
			s.Since = a.At
		}
		if a.Problem == nil {
			s.answered++
		}
	}
	for i := range scopes {
		s := &scopes[i]
		s.end(outcomes[s.Scope], false)
		if s.Err != nil && stateOf(s.Err) >= SignedOut && stateOf(s.Err) != Failed {
			s.State = stateOf(s.Err)
		}
	}
	return scopes
}

package app

import "time"

// Attempt says how the newest pull of a signal in a scope ended, so that it can be told after a restart.
type Attempt struct {
	Scope   Scope
	Signal  Signal
	At      time.Time // when it ended
	Stopped bool      // something was left unasked
	Problem *Error    // the first; nil if there was none
}

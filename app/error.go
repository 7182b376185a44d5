package app

import (
	"errors"
	"fmt"
)

// Kind says what sort of thing went wrong, as far as it decides what a person does next.
type Kind uint8

// The kinds. Cancellation is none of them: it is context.Canceled, and no error to show.
const (
	Unknown    Kind = iota // nothing below: show the text, keep the detail
	Denied                 // the caller lacks a permission (AccessDenied); Op names the action
	SignedOut              // no credentials, or they have expired
	Throttled              // AWS refused for rate after all retries
	Offline                // no answer: network, name look-up, time-out, 5xx after all retries
	NotFound               // the thing asked for is not there
	TooMuch                // beyond a limit of the API or of our budget
	Malformed              // an answer or a file that does not parse
	Damaged                // the cache file is damaged
	Foreign                // the cache file is another program's, or from a newer version of this one
	Full                   // the disk is full, or lets the cache file grow no further
	ReadOnly               // the cache file or its folder may not be written
	Busy                   // another program does not let go of the cache file
	Skewed                 // this computer's clock is so far from AWS's that AWS refuses its requests
	Unreadable             // a field of a record is not as AWS describes it; all else of the record is there
	Endless                // an answer that is larger, or has more pages, than any of AWS's; what came of it is good
	NotAWS                 // a web page came instead of an answer: of a proxy, of a sign-in, of some other server
)

var kindNames = [...]string{"unknown", "denied", "signed out", "throttled", "offline", "not found", "too much",
	"malformed", "damaged",
	"foreign", "full", "read-only", "busy", "skewed", "unreadable", "endless", "not AWS"}

// String returns the kind in words.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Unknown]
}

// Error is what a provider or the cache returns when it could not do as asked.
type Error struct {
	Kind Kind
	Op   string // what was tried, in AWS's own terms where it is a call: "logs:FilterLogEvents"
	Err  error  // the cause; never nil
}

// Error returns "op: cause".
func (e *Error) Error() string { return fmt.Sprintf("%s: %v", e.Op, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, Unknown if there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Unknown
}

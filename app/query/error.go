package query

import "fmt"

// Error says what is wrong with a query, and where.
type Error struct {
	At, End int // of the part that is wrong, in bytes of the query
	Err     error
}

// Error says what is wrong.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// wrong returns the error of a part of a query.
func wrong(at, end int, format string, args ...any) *Error {
	return &Error{At: at, End: end, Err: fmt.Errorf(format, args...)}
}

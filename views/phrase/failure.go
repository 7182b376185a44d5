package phrase

import "slices"

// Failures are the ways to fail, the gravest first.
var Failures = []string{"fault", "throttled", "error", ""}

// Failure returns how something failed, the worst way first; "" if it did not.
func Failure(fault, throttle, failed bool) string {
	switch {
	case fault:
		return Failures[0]
	case throttle:
		return Failures[1]
	case failed:
		return Failures[2]
	}
	return ""
}

// Worse returns the worse of two failures.
func Worse(a, b string) string {
	return Failures[min(slices.Index(Failures, a), slices.Index(Failures, b))]
}

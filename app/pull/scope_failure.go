package pull

import (
	"context"
	"errors"
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// unansweredInARow is how many questions of a scope may go without an answer, each after all of its retries, before the
// scope counts as out of reach for this run.
const unansweredInARow = 3

// judge reports an error and draws its consequences. What a cancelled context brings about is no error.
func (r *scopeRun) judge(ctx context.Context, signal app.Signal, resource string, err error) {
	if err == nil || isCancel(ctx, err) {
		return
	}
	var notKept cacheError
	switch {
	case errors.As(err, &notKept):
		r.stopRun()
	case isOverCap(err):
		resource = "" // the first that was refused is no worse than the others
	case app.KindOf(err) == app.SignedOut || app.KindOf(err) == app.Skewed:
		// Nothing is answered before a person sees to it.
		if !r.leaveSignedOut() {
			return // one question has said so already
		}
		r.tracker.fail(r.n, err)
	case app.KindOf(err) == app.NotAWS:
		resource = ""
		if !r.tellNotAWS() {
			return // it is one proxy, or one sign-in, for all
		}
	}
	r.tracker.problem(r.from.Scope, signal, withResource(resource, err))
}

// isCancel reports whether an error comes of a context that was cancelled.
func isCancel(ctx context.Context, err error) bool {
	return ctx.Err() != nil && errors.Is(err, context.Canceled)
}

// answered counts a request, and leaves the scope when it seems out of reach. It waits where others have got the
// scope's slot in the meantime.
func (r *scopeRun) answered(ctx context.Context, err error) {
	r.tracker.request(r.n, err)
	r.slot.answered(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil || app.KindOf(err) != app.Offline {
		r.unanswered = 0
		return
	}
	if r.unanswered++; r.unanswered == unansweredInARow {
		r.tracker.fail(r.n, err)
		r.left = true
		r.stop()
	}
}

// leaveSignedOut ends the work in the scope and reports whether it is the first to do so for want of credentials, or of
// a clock that is right.
func (r *scopeRun) leaveSignedOut() (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	first, r.signedOut, r.left = !r.signedOut, true, true
	r.stop()
	return first
}

// tellNotAWS reports whether nobody has yet said of the scope that somebody else than AWS answers.
func (r *scopeRun) tellNotAWS() (first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	first, r.toldNotAWS = !r.toldNotAWS, true
	return first
}

func (r *scopeRun) isSignedOut() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.signedOut
}

// errUnresponsive is why a scope is left that answers nothing.
var errUnresponsive = errors.New("nothing came for two minutes")

// unresponsive leaves a scope that answers nothing at all.
func (r *scopeRun) unresponsive() {
	r.tracker.fail(r.n, &app.Error{Kind: app.Offline, Op: "a single request", Err: errUnresponsive})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = true
	r.stop()
}

// unreachable says that nothing can be asked in the scope at all. That a cancel is the cause is no error.
func (r *scopeRun) unreachable(ctx context.Context, err error) {
	if isCancel(ctx, err) {
		return
	}
	var known *app.Error
	if !errors.As(err, &known) {
		known = &app.Error{Kind: app.Unknown, Op: "connect", Err: err}
	}
	r.tracker.fail(r.n, known)
}

func (r *scopeRun) hasRefused(q question) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.refused[q] || r.refused[question{operation: q.operation}]
}

func (r *scopeRun) refuse(q question) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refused[q] = true
}

// reportProblems reports what AWS left out of a page.
func (r *scopeRun) reportProblems(o app.Operation, problems []app.Problem) {
	for _, p := range problems {
		if p.Kind == app.Unreadable {
			r.tracker.unreadable(r.from.Scope, o.Signal, o.Action, p.Message)
			continue
		}
		err := errors.New(p.Message)
		if p.Resource != "" {
			err = fmt.Errorf("%s: %w", p.Resource, err)
		}
		r.tracker.problem(r.from.Scope, o.Signal, &app.Error{Kind: p.Kind, Op: o.Action, Err: err})
	}
}

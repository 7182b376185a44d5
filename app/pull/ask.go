package pull

import (
	"context"
	"errors"
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// request is what ask has to know of the requests that a question takes, besides the question.
type request[T any] struct {
	operation app.Operation
	units     int // of the price, for each request
	// counted gives the units of a page when only the answer tells them, so that the sum agrees with the ledger's,
	// which prices every request by itself; nil where units is right.
	counted func(app.Page[T]) int
	// more reports whether another request may follow a page.
	more func(app.Page[T]) bool
}

// ask puts a question to a source and hands every page to keep, whose context outlives a cancelled ctx: a page that is
// here is paid for and is not thrown away. It ends at the last page, at an error, when ctx is cancelled, or before the
// request that would pass the cap.
func ask[Q, T any](ctx context.Context, r *scopeRun, a request[T], source app.Source[Q, T], q Q,
	keep func(context.Context, app.Page[T]) error,
) error {
	price := r.priceOf(a.operation, a.units)
	if err := r.budget.hold(ctx, price); err != nil {
		return err
	}
	held := price
	defer func() { r.budget.release(held) }()
	for page, failed := range source(ctx, q) {
		cost := price
		switch {
		case failed != nil && len(page.Items) == 0:
			cost = 0 // AWS does not bill what it did not answer
		case a.counted != nil:
			cost = r.priceOf(a.operation, a.counted(page))
		}
		r.budget.settle(held, cost)
		held = 0
		r.answered(ctx, failed)
		r.reportProblems(a.operation, page.Problems)
		if err := r.keep(ctx, func(ctx context.Context) error { return keep(ctx, page) }); err != nil {
			return err
		}
		if failed != nil {
			return failed
		}
		if !a.more(page) {
			continue // to the source's own end
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		held = max(price, cost) // what only an answer tells, the next one will tell alike
		if err := r.budget.hold(ctx, held); err != nil {
			held = 0
			return err
		}
	}
	return ctx.Err()
}

// cacheError marks an error of the cache: without a place to keep pages there is no use in asking for more.
type cacheError struct{ error }

// Unwrap returns the cache's error.
func (c cacheError) Unwrap() error { return c.error }

// withResource returns err with the resource that it concerns, in the same kind and for the same operation.
func withResource(resource string, err error) *app.Error {
	var e *app.Error
	if !errors.As(err, &e) {
		e = &app.Error{Kind: app.Unknown, Op: "pull", Err: err}
	}
	if resource == "" {
		return e
	}
	return &app.Error{Kind: e.Kind, Op: e.Op, Err: fmt.Errorf("%s: %w", resource, e.Err)}
}

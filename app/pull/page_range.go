package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// keepPage is a Keep of the cache.
type keepPage[T any] func(context.Context, []T, ...app.Cover) (int, error)

// takeRange says how to take a step that asks for a range: each page is kept with the part of the range that is
// complete with it. It serves the signals that have nothing more to them: alarm history, log events, trail events.
func takeRange[Q, T any](
	s Step, source app.Source[Q, T], q Q, keep keepPage[T],
) func(context.Context, *scopeRun) error {
	return func(ctx context.Context, r *scopeRun) error {
		asked := floor(r.now()) // before the first request: what arrives at AWS while it answers may be missed
		a := request[T]{operation: s.operation, units: 1, more: func(page app.Page[T]) bool {
			return !page.Covers.Intersect(s.Range).Equal(s.Range)
		}}
		err := ask(ctx, r, a, source, q, func(ctx context.Context, page app.Page[T]) error {
			covers := s.covers(page.Covers, asked)
			if len(page.Items) == 0 && len(covers) == 0 {
				return nil
			}
			n, err := keep(ctx, page.Items, covers...)
			if err != nil {
				return cacheError{err}
			}
			r.kept(s.Signal, n, s.Range, covers)
			return nil
		})
		if err == nil || app.KindOf(err) != app.Endless {
			return keepDenial(ctx, r, s, asked, err, keep)
		}
		return keepCutOff(ctx, r, s, asked, err, keep)
	}
}

// keepCutOff returns err, that the answer to a step has no end, and keeps that only a part of the range came. What the
// pages before did complete stays so.
func keepCutOff[T any](
	ctx context.Context, r *scopeRun, s Step, asked time.Time, err error, keep keepPage[T],
) error {
	covers := s.covers(s.Range, asked)
	for i := range covers {
		covers[i].Truncated = true
	}
	if _, failed := keep(context.WithoutCancel(ctx), nil, covers...); failed != nil {
		return cacheError{failed}
	}
	r.kept(s.Signal, 0, s.Range, covers)
	return err
}

// keepDenial returns err. If AWS has denied the step it keeps so, of all that the plan asks of the resource, because a
// run does not ask again what was denied once. What is known of it stays known.
func keepDenial[T any](
	ctx context.Context, r *scopeRun, s Step, asked time.Time, err error, keep keepPage[T],
) error {
	if app.KindOf(err) != app.Denied {
		return err
	}
	var covers []app.Cover
	for _, denied := range s.planned {
		covers = append(covers, app.Cover{
			Scope: s.Scope, Signal: s.Signal, Resource: s.Resource, Range: denied, AskedAt: asked, Denied: true,
		})
	}
	if _, failed := keep(context.WithoutCancel(ctx), nil, covers...); failed != nil {
		return cacheError{failed}
	}
	for i, denied := range s.planned {
		r.kept(s.Signal, 0, denied, covers[i:i+1])
	}
	return err
}

// covers returns the cover of the part of the step's range that is complete, or none.
func (s Step) covers(complete app.Range, asked time.Time) []app.Cover {
	r := complete.Intersect(s.Range)
	if r.Empty() {
		return nil
	}
	return []app.Cover{{Scope: s.Scope, Signal: s.Signal, Resource: s.Resource, Range: r, AskedAt: asked}}
}

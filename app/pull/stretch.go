package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// keepPage is a Keep of the cache.
type keepPage[T any] func(context.Context, []T, ...app.Cover) (int, error)

// stretch says how to take a step that asks for a stretch of time: each page is kept with the part of the stretch that
// is complete with it. It serves the signals that have nothing more to them: alarm history, log events, trail events.
func stretch[Q, T any](s Step, source app.Source[Q, T], q Q, keep keepPage[T]) func(context.Context, *visit) error {
	return func(ctx context.Context, v *visit) error {
		asked := floor(v.run.engine.now()) // before the first request: what arrives at AWS while it answers may be missed
		a := asking[T]{call: call{s.Service, s.Operation}, signal: s.Signal, units: 1, more: func(p app.Page[T]) bool {
			return !p.Covers.Intersect(s.Range).Equal(s.Range)
		}}
		err := ask(ctx, v, a, source, q, func(ctx context.Context, page app.Page[T]) error {
			covers := s.covers(page.Covers, asked)
			if len(page.Items) == 0 && len(covers) == 0 {
				return nil
			}
			n, err := keep(ctx, page.Items, covers...)
			if err != nil {
				return notKept{err}
			}
			v.kept(s.Signal, n, s.Range, covers)
			return nil
		})
		return denied(ctx, v, s, asked, err, keep)
	}
}

// denied returns err. If AWS has denied the step it keeps so, of all that the plan asks of the resource, because a run
// does not ask again what was denied once. What is known of it stays known.
func denied[T any](ctx context.Context, v *visit, s Step, asked time.Time, err error, keep keepPage[T]) error {
	if app.KindOf(err) != app.Denied {
		return err
	}
	var covers []app.Cover
	for _, r := range s.whole {
		covers = append(covers, app.Cover{Scope: s.Scope, Signal: s.Signal, Resource: s.Resource, Range: r, AskedAt: asked, Denied: true})
	}
	if _, failed := keep(context.WithoutCancel(ctx), nil, covers...); failed != nil {
		return notKept{failed}
	}
	for i, r := range s.whole {
		v.kept(s.Signal, 0, r, covers[i:i+1])
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

package timeline

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// toStart moves the window to where the cache begins.
func (v *View) toStart() {
	scopes, now := v.session.Focus.Now().Scopes, v.session.Now()
	ui.Load(&v.loads.start, func(ctx context.Context) (time.Time, error) {
		return earliest(ctx, v.reader, scopes, now)
	},
		func(at time.Time, err error) {
			if v.failed = err; err != nil || at.IsZero() {
				v.arrange()
				return
			}
			v.look(app.Range{From: at, To: at.Add(v.axis.Range.Length())})
		})
}

// toNow moves the window to now, and on with it.
func (v *View) toNow() { v.session.Go(v.session.Focus.Now().Last(v.axis.Range.Length())) }

// earliest returns when the oldest data that the cache has of these places begin, the zero time if it has none.
func earliest(ctx context.Context, r Reader, scopes []app.Scope, now time.Time) (first time.Time, err error) {
	for _, s := range app.Signals {
		covers, err := r.Coverage(
			ctx, app.CoverQuery{Scopes: scopes, Signal: s, Range: app.Range{From: time.Unix(0, 0), To: now}},
		)
		if err != nil {
			return first, err
		}
		for _, c := range covers {
			if !c.Denied && !c.Range.Empty() && (first.IsZero() || c.Range.From.Before(first)) {
				first = c.Range.From
			}
		}
	}
	return first, nil
}

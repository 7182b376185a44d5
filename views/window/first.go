package window

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// firstWindow is what the window opens on: an incident of now fills an hour, and drowns in a day.
const firstWindow = time.Hour

// firstFocus is the last hour of what is cached: while nothing is pulled it stands, and nothing leaves it. Where the
// cache knows nothing of the last hour by the clock, which is what a pull would ask for, it is the hour that ends where
// its knowledge does: who reviews an incident weeks later pulls more of that.
func firstFocus(known, now time.Time) app.Focus {
	if known.IsZero() || known.After(now.Add(-firstWindow)) {
		return app.Focus{}.LastCached(firstWindow)
	}
	return app.Focus{}.On(app.Since(known, firstWindow))
}

// freshReader tells how far the cache's knowledge reaches.
type freshReader interface {
	Freshness(context.Context) ([]app.Freshness, error)
}

// lookAtFirst puts the first focus before the screens, unless a person has chosen another in the meantime. A cache that
// cannot be read leaves the last hour: the screens say what is the matter.
func lookAtFirst(s *ui.Session, r freshReader) {
	began := s.Focus.Now()
	l := &ui.Loader{Threads: s.Threads}
	ui.Load(l, r.Freshness, func(fresh []app.Freshness, err error) {
		if err != nil {
			return
		}
		s.Known = app.KnownTo(fresh)
		if s.Focus.Now().Equal(began) {
			s.Ahead.Spare(func() { s.Slide(firstFocus(s.Known, s.Now())) }) // keys may wait already
		}
	})
}

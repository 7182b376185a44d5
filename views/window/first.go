package window

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// firstWindow is what the window opens on: an incident of now fills an hour, and drowns in a day.
const firstWindow = time.Hour

// firstFocus is the last hour, or, where the cache knows nothing of it, the hour that ends where its knowledge does:
// who reviews an incident weeks later opens on it, not on emptiness.
func firstFocus(fresh []app.Freshness, now time.Time) app.Focus {
	var known time.Time
	for _, f := range fresh {
		if f.KnownTo.After(known) {
			known = f.KnownTo
		}
	}
	if known.IsZero() || known.After(now.Add(-firstWindow)) {
		return app.Focus{}.Last(firstWindow)
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
		if err == nil && s.Focus.Now().Equal(began) {
			s.Slide(firstFocus(fresh, s.Now()))
		}
	})
}

package pull

import (
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// denials remembers when AWS last denied what stands beside alarms in a scope, such as their tags, so that what is
// asked by the clock need not be refused each minute. It has no range, and so no cover that could say it. The zero
// value remembers nothing.
type denials struct {
	mu   sync.Mutex
	last map[denied]time.Time
}

// denied is what was denied: an operation in a place.
type denied struct {
	place     app.Scope
	operation app.Operation
}

// note notes how asking ended.
func (d *denials) note(scope app.Scope, o app.Operation, err error, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch what := (denied{scope.Place(), o}); {
	case err == nil:
		delete(d.last, what)
	case app.KindOf(err) == app.Denied:
		if d.last == nil {
			d.last = map[denied]time.Time{}
		}
		d.last[what] = now
	}
}

// skips reports whether an operation is left alone in a scope because it was denied less than so long ago.
func (d *denials) skips(scope app.Scope, o app.Operation, skip time.Duration, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	last, was := d.last[denied{scope.Place(), o}]
	return was && skip > 0 && now.Sub(last) < skip
}

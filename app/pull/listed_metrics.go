package pull

import (
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// listedFor is how long ListMetrics names a metric after its last datapoint: two weeks (CloudWatch API reference), and
// a day less to be sure.
const listedFor = 13 * 24 * time.Hour

// listedMetrics remembers which metrics the last complete listing of each scope has named. The cache never forgets a
// metric, and each instance, function or queue that is gone would be asked for, and billed, in every pull. The zero
// value knows of no listing.
type listedMetrics struct {
	mu   sync.Mutex
	keys map[app.Scope]map[string]bool
}

// set takes a complete listing.
func (l *listedMetrics) set(scope app.Scope, metrics []app.Metric) {
	keys := make(map[string]bool, len(metrics))
	for _, m := range metrics {
		keys[m.Key()] = true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.keys == nil {
		l.keys = map[app.Scope]map[string]bool{}
	}
	l.keys[scope.Place()] = keys
}

// among returns those of the metrics that may have a datapoint in the range: all of them, while no listing is known or
// where the range reaches back to what a listing tells nothing of.
func (l *listedMetrics) among(scope app.Scope, metrics []app.Metric, within app.Range, now time.Time) []app.Metric {
	l.mu.Lock()
	defer l.mu.Unlock()
	keys := l.keys[scope.Place()]
	if keys == nil || within.From.Before(now.Add(-listedFor)) {
		return metrics
	}
	return slices.DeleteFunc(slices.Clone(metrics), func(m app.Metric) bool { return !keys[m.Key()] })
}

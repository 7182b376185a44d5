package main

import (
	"context"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/cache"
)

const (
	// pruneAtMost bounds how long a pull goes on forgetting after it has ended; the next one goes on.
	pruneAtMost = time.Minute
	// pruneEvery is how often it is looked whether there is something to forget: following pulls each minute.
	pruneEvery = 10 * time.Minute
)

// retaining is an engine that lets the cache forget after a pull what the settings no longer keep.
type retaining struct {
	*pull.Engine
	db   *cache.DB
	keep app.Retention

	mu   sync.Mutex
	last time.Time // when it was pruned
}

// Run pulls, and prunes where that is due and nobody else does.
func (r *retaining) Run(ctx context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	report := r.Engine.Run(ctx, w, told)
	if r.mu.TryLock() {
		defer r.mu.Unlock()
		r.prune(ctx)
	}
	return report
}

// prune leaves what goes wrong to those who read or pull next: they meet it too, and have somebody to tell.
func (r *retaining) prune(ctx context.Context) {
	if r.last.IsZero() || time.Since(r.last) >= pruneEvery {
		ctx, stop := context.WithTimeout(ctx, pruneAtMost)
		defer stop()
		_, err := r.db.Prune(ctx, r.keep, time.Now())
		if err == nil {
			r.last = time.Now()
		}
	}
}

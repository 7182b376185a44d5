package pull

import (
	"context"
	"sync"
	"time"
)

const (
	// pruneAtMost bounds how long a run goes on pruning after it has ended; the next one continues.
	pruneAtMost = time.Minute
	// pruneEvery is how often a run looks whether there is something to prune: a follower runs each minute.
	pruneEvery = 10 * time.Minute
)

// pruner lets the cache forget what is no longer kept.
type pruner struct {
	prune func(context.Context) error // nil: nothing is forgotten

	mu   sync.Mutex // held while it prunes
	last time.Time
}

// pruneIfDue prunes where that is due and nobody else does.
func (p *pruner) pruneIfDue(ctx context.Context, now time.Time) {
	if p.prune == nil || !p.mu.TryLock() {
		return
	}
	defer p.mu.Unlock()
	if !p.last.IsZero() && now.Sub(p.last).Abs() < pruneEvery {
		return
	}
	ctx, stop := context.WithTimeout(ctx, pruneAtMost)
	defer stop()
	if p.prune(ctx) == nil {
		p.last = now
	}
}

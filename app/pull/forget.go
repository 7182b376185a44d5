package pull

import (
	"context"
	"sync"
	"time"
)

const (
	// forgetAtMost bounds how long a run goes on forgetting after it has ended; the next one goes on.
	forgetAtMost = time.Minute
	// forgetEvery is how often it is looked whether there is something to forget: following pulls each minute.
	forgetEvery = 10 * time.Minute
)

// forgetting is what an engine forgets with, and when it last did.
type forgetting struct {
	forget func(context.Context) error // nil: nothing is forgotten

	mu   sync.Mutex
	last time.Time
}

// Forgetting makes every run end with forget, which lets the cache forget what the settings no longer keep: at most every
// ten minutes, one at a time, and for a minute at most. What goes wrong with it is left to those who read or pull next:
// they meet it too, and have somebody to tell. Call it before the engine is used; it returns the engine.
func (e *Engine) Forgetting(forget func(context.Context) error) *Engine {
	e.after.forget = forget
	return e
}

// due forgets where that is due and nobody else does.
func (f *forgetting) due(ctx context.Context, now time.Time) {
	if f.forget == nil || !f.mu.TryLock() {
		return
	}
	defer f.mu.Unlock()
	if !f.last.IsZero() && now.Sub(f.last).Abs() < forgetEvery {
		return
	}
	ctx, stop := context.WithTimeout(ctx, forgetAtMost)
	defer stop()
	if f.forget(ctx) == nil {
		f.last = now
	}
}

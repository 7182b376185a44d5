package related

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// Count is how many items of a signal the cache has of a range, and whether it would have them all.
type Count struct {
	N            int
	Completeness Completeness
}

// Completeness says how much of a counted range the cache covers.
type Completeness uint8

const (
	NotRead   Completeness = iota // not asked yet, or reading it failed
	NotPulled                     // nothing of it
	Partial                       // some of it, or only what a limit left
	Complete                      // all but what passed since the last pull
)

// ReadCompleteness reads how much the cache covers of a signal, as ReadMissing has it; name is that of a resource or of
// a log group, "" for all.
func ReadCompleteness(
	ctx context.Context, r Reader, signal app.Signal, places []app.Scope, name string, within app.Range,
) (Completeness, error) {
	return readCompleteness(ctx, r, signal, places, []string{name}, within)
}

func readCompleteness(
	ctx context.Context, r Reader, signal app.Signal, places []app.Scope, names []string, within app.Range,
) (Completeness, error) {
	m, err := ReadMissing(ctx, r, signal, places, names, within)
	if err != nil {
		return NotRead, err
	}
	return m.Completeness(), nil
}

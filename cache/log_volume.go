package cache

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// bucket is a place in a count of events.
type bucket struct {
	at    int64 // ms
	level app.Level
}

// roundDown returns the multiple of step at or before n.
func roundDown(n, step int64) int64 {
	over := n % step
	if over < 0 {
		over += step
	}
	return n - over
}

// LogVolume counts the events of a query by level in buckets of time, which lie on multiples of width since the Unix
// epoch; buckets without events are left out. By time, then level. Limit does not narrow. Blocks that lie within a
// bucket are counted already, unless the query looks into events.
func (d *DB) LogVolume(ctx context.Context, q app.LogQuery, width time.Duration) ([]app.LogCount, error) {
	step := max(width.Milliseconds(), 1)
	var mu sync.Mutex
	counts := map[bucket]int{}
	err := d.eachBlock(ctx, "count log events", q, func(l *logReader) func(*blockHead) error {
		return func(h *blockHead) error {
			counted, err := l.volume(h, step)
			mu.Lock()
			defer mu.Unlock()
			for b, n := range counted {
				counts[b] += n
			}
			return err
		}
	})
	if err != nil || len(counts) == 0 {
		return nil, err
	}
	sorted := make([]app.LogCount, 0, len(counts))
	for b, n := range counts {
		sorted = append(sorted, app.LogCount{At: milli(b.at), Level: b.level, Count: n})
	}
	slices.SortFunc(sorted, func(a, b app.LogCount) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Level, b.Level))
	})
	return sorted, nil
}

// volume counts the events of a block.
func (l *logReader) volume(h *blockHead, step int64) (map[bucket]int, error) {
	counts := map[bucket]int{}
	if !l.searches[h.group].ByLevel() || l.narrowsByID() {
		matches, err := l.find(h)
		if err != nil || len(matches) == 0 {
			return nil, err
		}
		if err := l.openTimes(h); err != nil {
			return nil, err
		}
		t := &l.unpacker.Times
		for _, i := range matches {
			counts[bucket{roundDown(t.At[i], step), app.Level(t.Levels[i])}]++
		}
		return counts, nil
	}
	if at := roundDown(h.first, step); !l.inPart(h) && at == roundDown(h.last, step) {
		for level, n := range h.levels {
			if n > 0 && app.Level(level) >= l.query.Level {
				counts[bucket{at, app.Level(level)}] = n
			}
		}
		return counts, nil
	}
	if err := l.openTimes(h); err != nil {
		return nil, err
	}
	t := &l.unpacker.Times
	first, end := t.Index(l.from, l.to)
	for i := first; i < end; i++ {
		if level := app.Level(t.Levels[i]); level >= l.query.Level {
			counts[bucket{roundDown(t.At[i], step), level}]++
		}
	}
	return counts, nil
}

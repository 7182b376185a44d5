package cache

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/nephograph/nephograph/app"
)

// LogTotals counts the events of a query by log group and level, by scope and group; groups without events are left
// out. Limit does not narrow. Whole blocks are counted already, unless the query looks into events.
func (d *DB) LogTotals(ctx context.Context, q app.LogQuery) ([]app.LogTotal, error) {
	var mu sync.Mutex
	totals := map[groupName]*app.LogTotal{}
	err := d.eachBlock(ctx, "count log events by group", q, func(l *logReader) func(*blockHead) error {
		return func(h *blockHead) error {
			counted, err := l.volume(h, allTime)
			mu.Lock()
			defer mu.Unlock()
			of := l.groups.byID[h.group]
			for b, n := range counted {
				if totals[of] == nil {
					totals[of] = &app.LogTotal{Scope: of.scope, Group: of.name}
				}
				totals[of].Counts[b.level] += n
			}
			return err
		}
	})
	if err != nil || len(totals) == 0 {
		return nil, err
	}
	sorted := make([]app.LogTotal, 0, len(totals))
	for _, t := range totals {
		sorted = append(sorted, *t)
	}
	slices.SortFunc(sorted, func(a, b app.LogTotal) int {
		return cmp.Or(app.CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Group, b.Group))
	})
	return sorted, nil
}

// allTime is a bucket of time that holds all events, in ms: some 285,000 years.
const allTime = 9_000_000_000_000_000

package pull

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

const (
	// changesFor is how long X-Ray lets a trace in progress change.
	changesFor = 7 * 24 * time.Hour
	// partialAtMost is how many traces in progress are asked again in one pull, the newest: a program that never closes
	// its segments leaves thousands.
	partialAtMost = 100
	// growth is by which share of their age traces in progress have to grow older before they are asked again: X-Ray
	// bills each summary that it returns, also of the traces between them, and what was in progress for hours will
	// hardly end in the next minute. It makes about 25 times in the seven days.
	growth = 0.25
)

// partialRange is a range with traces that were in progress.
type partialRange struct {
	at     app.Range
	traces int
}

// partialRanges returns where to ask again for traces that were in progress, outside of what is asked anyway: for each
// hour that has some and has rested, the range from the first to the last. The summaries tell which have a new
// revision.
func (p *planner) partialRanges(
	ctx context.Context, scope app.Scope, due []app.Range, now time.Time,
) ([]partialRange, error) {
	ids, err := p.cache.PartialTraces(ctx, scope, now.Add(-changesFor))
	if err != nil {
		return nil, err
	}
	var starts []time.Time
	for _, id := range ids {
		at, ok := startOf(id)
		asked := slices.ContainsFunc(due, func(r app.Range) bool { return r.Contains(at) })
		if ok && !asked && at.Before(now) && p.partial.due(scope, at, now) {
			starts = append(starts, at)
		}
	}
	slices.SortFunc(starts, func(a, b time.Time) int { return b.Compare(a) })
	var ranges []partialRange
	for _, at := range starts[:min(len(starts), partialAtMost)] {
		// The time in an id has whole seconds, and X-Ray may round the ends of a range to seconds as well.
		around := untilNow(app.Range{From: at.Add(-time.Second), To: at.Add(2 * time.Second)}, now)
		last := len(ranges) - 1
		if last >= 0 && ranges[last].at.From.Truncate(tracePiece).Equal(at.Truncate(tracePiece)) {
			ranges[last].at.From = around.From
			ranges[last].traces++
			continue
		}
		ranges = append(ranges, partialRange{around, 1})
	}
	return ranges, nil
}

// startOf reads the time in a trace's id, in whole seconds (X-Ray developer guide, "Trace ID format").
func startOf(id app.TraceID) (time.Time, bool) {
	digits := id.W3C()
	if len(digits) != 32 {
		return time.Time{}, false
	}
	seconds, err := strconv.ParseUint(digits[:8], 16, 32)
	return time.Unix(int64(seconds), 0).UTC(), err == nil
}

// partialAsked remembers when an hour's traces in progress were asked again. It lives as long as the engine: a follower
// does not list an old hour each minute, and a person who pulls anew asks anew. The zero value remembers nothing.
type partialAsked struct {
	mu   sync.Mutex
	last map[hourOf]time.Time
}

// hourOf is an hour in a scope.
type hourOf struct {
	scope app.Scope
	from  int64 // Unix seconds
}

func hour(scope app.Scope, at time.Time) hourOf {
	return hourOf{scope.Place(), at.Truncate(tracePiece).Unix()}
}

// due reports whether traces of the hour of an instant have grown old enough since they were asked.
func (a *partialAsked) due(scope app.Scope, at, now time.Time) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	last, asked := a.last[hour(scope, at)]
	age := last.Sub(at.Truncate(tracePiece))
	return !asked || now.Sub(last) >= time.Duration(growth*float64(age))
}

// asked notes when the hour of an instant was asked, and forgets what X-Ray no longer changes.
func (a *partialAsked) asked(scope app.Scope, at, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last == nil {
		a.last = map[hourOf]time.Time{}
	}
	a.last[hour(scope, at)] = now
	old := now.Add(-changesFor - tracePiece).Unix()
	maps.DeleteFunc(a.last, func(h hourOf, _ time.Time) bool { return h.from < old })
}

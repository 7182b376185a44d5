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
	// growth is by which share of their age traces in progress have to grow older before they are asked again: X-Ray bills
	// each summary that it returns, also of the traces between them, and what was in progress for hours will hardly end in
	// the next minute. It makes about 25 times in the seven days.
	growth = 0.25
)

// again is a stretch with traces that were in progress.
type again struct {
	at     app.Range
	traces int
}

// partialPieces returns where to ask again for traces that were in progress, outside of what is asked anyway: for each
// hour that has some and has rested, the stretch from the first to the last. The summaries tell which have a new revision.
func (e *Engine) partialPieces(ctx context.Context, scope app.Scope, lack []app.Range, now time.Time) ([]again, error) {
	ids, err := e.cache.PartialTraces(ctx, scope, now.Add(-changesFor))
	if err != nil {
		return nil, err
	}
	var starts []time.Time
	for _, id := range ids {
		at, ok := startOf(id)
		asked := slices.ContainsFunc(lack, func(r app.Range) bool { return r.Contains(at) })
		if ok && !asked && at.Before(now) && e.again.due(scope, at, now) {
			starts = append(starts, at)
		}
	}
	slices.SortFunc(starts, func(a, b time.Time) int { return b.Compare(a) })
	var pieces []again
	for _, at := range starts[:min(len(starts), partialAtMost)] {
		// The time in an id has whole seconds, and X-Ray may round the ends of a range to seconds as well.
		around := untilNow(app.Range{From: at.Add(-time.Second), To: at.Add(2 * time.Second)}, now)
		last := len(pieces) - 1
		if last >= 0 && pieces[last].at.From.Truncate(tracePiece).Equal(at.Truncate(tracePiece)) {
			pieces[last].at.From = around.From
			pieces[last].traces++
			continue
		}
		pieces = append(pieces, again{around, 1})
	}
	return pieces, nil
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

// restless remembers when an hour's traces in progress were asked again. It lives as long as the engine: who follows does
// not list an old hour each minute, and a person who pulls anew asks anew. The zero value remembers nothing.
type restless struct {
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
func (r *restless) due(scope app.Scope, at, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	last, asked := r.last[hour(scope, at)]
	age := last.Sub(at.Truncate(tracePiece))
	return !asked || now.Sub(last) >= time.Duration(growth*float64(age))
}

// asked notes when the hour of an instant was asked, and forgets what X-Ray no longer changes.
func (r *restless) asked(scope app.Scope, at, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil {
		r.last = map[hourOf]time.Time{}
	}
	r.last[hour(scope, at)] = now
	old := now.Add(-changesFor - tracePiece).Unix()
	maps.DeleteFunc(r.last, func(h hourOf, _ time.Time) bool { return h.from < old })
}

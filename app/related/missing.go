package related

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Missing says what the cache lacks of a signal in a range. Its parts are the log groups or metrics that were asked for
// one by one, of a signal that is asked as a whole the places. The zero Missing lacks nothing.
type Missing struct {
	Signal app.Signal
	Range  app.Range
	Parts  int    // that lack more than what passed since the last pull
	Of     int    // parts in all
	Known  int    // parts of which the cache has anything
	Name   string // of the part that lacks most: a log group, a metric's key, or a place
	// Time is how much of the range the part lacks that lacks most, whatever the reason.
	Time time.Duration
	// Denied parts are those of which AWS refused some, Cut those of which it gave only the beginning.
	Denied, Cut int
}

// Any reports whether anything is missing.
func (m Missing) Any() bool { return m.Parts > 0 }

// Completeness sums it up.
func (m Missing) Completeness() Completeness {
	switch {
	case m.Known == 0:
		return NotPulled
	case m.Any():
		return Partial
	}
	return Complete
}

// negligible is the part of a range that may be missing without a word: what passed since the last pull always is.
const negligible = 20

// MissingOf judges the covers of one signal in places. A place without any lacks all. Where covers name log groups,
// those of names are judged, which are names of groups or of resources: all, if there are no names or none has a group.
func MissingOf(
	signal app.Signal, within app.Range, places []app.Scope, names []string, covers []app.Cover,
) Missing {
	m := Missing{Signal: signal, Range: within}
	for _, place := range places {
		for part, covers := range partsOf(place, names, covers) {
			known, lacking := extentOf(within, covers)
			if m.Of++; known > 0 {
				m.Known++
			}
			if lacking <= within.Length()/negligible {
				continue
			}
			m.Parts++
			if part == "" {
				part = place.String()
			}
			if lacking > m.Time || lacking == m.Time && (m.Name == "" || part < m.Name) {
				m.Time, m.Name = lacking, part
			}
			denied, cut := refusedOf(within, covers)
			if denied {
				m.Denied++
			} else if cut {
				m.Cut++
			}
		}
	}
	return m
}

// extentOf returns how much of a range covers reach at all, and how much of it may hold more than the cache has.
func extentOf(within app.Range, covers []app.Cover) (known, lacking time.Duration) {
	for _, s := range app.Stretches(within, covers) {
		if s.State > app.Forbidden {
			known += s.Range.Length()
		}
		if s.State <= app.Truncated {
			lacking += s.Range.Length()
		}
	}
	return known, lacking
}

// refusedOf reports whether AWS refused some of a range, and whether it gave only the beginning of some.
func refusedOf(within app.Range, covers []app.Cover) (denied, cut bool) {
	for _, s := range app.Stretches(within, covers) {
		denied = denied || s.State == app.Forbidden
		cut = cut || s.State == app.Truncated
	}
	return denied, cut
}

// coverReader is what ReadMissing asks of the cache.
type coverReader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
}

// ReadMissing reads what the cache lacks of a signal; no places are all that it knows. names narrow as MissingOf says.
func ReadMissing(
	ctx context.Context, r coverReader, signal app.Signal, places []app.Scope, names []string, within app.Range,
) (Missing, error) {
	if len(places) == 0 {
		var err error
		if places, err = r.Scopes(ctx); err != nil {
			return Missing{}, err
		}
	}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: places, Signal: signal, Range: within})
	if err != nil {
		return Missing{}, err
	}
	return MissingOf(signal, within, places, names, covers), nil
}

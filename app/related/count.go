package related

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
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

// negligible is the part of a range that may be missing without a word: what passed since the last pull always is.
const negligible = 20

// CompletenessOf judges the covers of one signal in places. A place without any is not pulled. Where covers name resources,
// those of the one that is counted are judged, or all if none does.
func CompletenessOf(within app.Range, places []app.Scope, name string, covers []app.Cover) Completeness {
	some, all := false, true
	for _, place := range places {
		parts := partsOf(place, name, covers)
		all = all && len(parts) > 0
		for _, part := range parts {
			known, lacking := extentOf(within, part)
			some = some || known > 0
			all = all && lacking <= within.Length()/negligible
		}
	}
	switch {
	case !some:
		return NotPulled
	case all:
		return Complete
	}
	return Partial
}

// partsOf returns the covers of a place, apart for each log group or metric that was asked for by itself: for the group
// that is named, or else for those of the resource of that name, if there are any.
func partsOf(place app.Scope, name string, covers []app.Cover) map[string][]app.Cover {
	elsewhere := func(c app.Cover) bool { return c.Scope.Place() != place.Place() }
	parts, named := app.ByResource(slices.DeleteFunc(slices.Clone(covers), elsewhere)), map[string][]app.Cover{}
	if part, ok := parts[name]; ok && name != "" {
		return map[string][]app.Cover{name: part}
	}
	of := resource.Read(name)
	for group, part := range parts {
		if of.Logs(group) {
			named[group] = part
		}
	}
	if len(named) > 0 {
		return named
	}
	return parts
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

// ReadCompleteness reads how much the cache covers of a signal; no places are all that it knows.
func ReadCompleteness(ctx context.Context, r Reader, signal app.Signal, places []app.Scope, name string, within app.Range) (Completeness, error) {
	if len(places) == 0 {
		var err error
		if places, err = r.Scopes(ctx); err != nil {
			return NotRead, err
		}
	}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: places, Signal: signal, Range: within})
	if err != nil {
		return NotRead, err
	}
	return CompletenessOf(within, places, name, covers), nil
}

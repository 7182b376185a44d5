package shell

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// tally is how many items of a signal the cache has of a range, and whether it would have them all.
type tally struct {
	n     int
	reach reach
}

// reach says how much of a counted range the cache covers.
type reach uint8

const (
	notRead   reach = iota // not asked yet, or reading it failed
	notPulled              // nothing of it
	inPart                 // some of it, or only what a limit left
	whole                  // all but what passed since the last pull
)

// says puts the count in a few words: a zero is told only where the cache would know better.
func (t tally) says() string {
	switch {
	case t.reach == notRead:
		return "not known"
	case t.reach == notPulled && t.n == 0:
		return "not pulled"
	case t.reach == whole:
		return phrase.Count(int64(t.n))
	}
	return phrase.Count(int64(t.n)) + " in part"
}

// once says what says does once it was read, and until then that it is being counted.
func (t tally) once(read bool) string {
	if !read {
		return "…"
	}
	return t.says()
}

// of is says with the name of what is counted: "1 event", "511 traces in part".
func (t tally) of(one, many string) string {
	if t.reach == notRead || t.reach == notPulled && t.n == 0 {
		return t.says()
	}
	said := phrase.Plural(int64(t.n), one, many)
	if t.reach != whole {
		said += " in part"
	}
	return said
}

// explain adds why a list may lack something, and what to do.
func (t tally) explain(p *page, many string) {
	switch {
	case t.reach == notPulled && t.n == 0:
		p.text("The "+many+" of this time have not been pulled. Pull them with F5.", ui.Note)
	case t.reach == notPulled, t.reach == inPart:
		p.text("The cache has only a part of the "+many+" of this time: pull the rest with F5.", ui.Note.In(ui.ColorWarning))
	}
	p.gap(8)
}

// negligible is the part of a range that may be missing without a word: what passed since the last pull always is.
const negligible = 20

// reachOf judges the covers of one signal in places. A place without any is not pulled. Where covers name resources,
// those that name the one that is counted are judged, or all if none does.
func reachOf(within app.Range, places []app.Scope, resource string, covers []app.Cover) reach {
	some, all := false, true
	for _, place := range places {
		parts := partsOf(place, resource, covers)
		all = all && len(parts) > 0
		for _, part := range parts {
			known, lacking := extentOf(within, part)
			some = some || known > 0
			all = all && lacking <= within.Length()/negligible
		}
	}
	switch {
	case !some:
		return notPulled
	case all:
		return whole
	}
	return inPart
}

// partsOf returns the covers of a place, apart for each resource that was asked for by itself.
func partsOf(place app.Scope, resource string, covers []app.Cover) map[string][]app.Cover {
	elsewhere := func(c app.Cover) bool { return c.Scope.Place() != place.Place() }
	parts, named := app.ByResource(slices.DeleteFunc(slices.Clone(covers), elsewhere)), map[string][]app.Cover{}
	for name, part := range parts {
		if resource != "" && strings.Contains(name, resource) {
			named[name] = part
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

// readReach reads how much the cache covers of a signal; no places are all that it knows.
func readReach(ctx context.Context, r Reader, signal app.Signal, places []app.Scope, resource string, within app.Range) (reach, error) {
	if len(places) == 0 {
		var err error
		if places, err = r.Scopes(ctx); err != nil {
			return notRead, err
		}
	}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: places, Signal: signal, Range: within})
	if err != nil {
		return notRead, err
	}
	return reachOf(within, places, resource, covers), nil
}

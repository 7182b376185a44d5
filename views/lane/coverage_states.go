package lane

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// byPlace cuts a range into stretches for each place, by what is known of all its resources: a stretch is missing where
// one of them is. A place that was never asked is missing; of a resource without a cover nothing can be said.
func byPlace(within app.Range, places []app.Scope, covers []app.Cover) [][]app.Stretch {
	if within.Empty() {
		return nil
	}
	of := map[app.Scope][]app.Cover{}
	for _, c := range covers {
		of[c.Scope.Place()] = append(of[c.Scope.Place()], c)
	}
	all := make([][]app.Stretch, len(places))
	for i, place := range places {
		state := app.Missing
		parts := app.ByResource(of[place.Place()])
		if len(parts) > 0 {
			state = app.Settled
		}
		all[i] = []app.Stretch{{Range: within, State: state}}
		for _, part := range parts {
			all[i] = lower(all[i], app.Stretches(within, part))
		}
	}
	return all
}

// worst is what is known at each instant of the place of which the least is known.
func worst(within app.Range, places [][]app.Stretch) []app.Stretch {
	if within.Empty() {
		return nil
	}
	all := []app.Stretch{{Range: within, State: app.Settled}}
	for _, p := range places {
		all = lower(all, p)
	}
	return all
}

// most is what is known of most places at each instant; of two states that as many places have, the worse.
func most(places [][]app.Stretch) []app.Stretch {
	if len(places) < 2 {
		return slices.Concat(places...)
	}
	var cuts []time.Time
	for _, p := range places {
		for _, c := range p {
			cuts = append(cuts, c.Range.From, c.Range.To)
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var all []app.Stretch
	next := make([]int, len(places)) // the stretch of each place that the cut lies in
	for i := 1; i < len(cuts); i++ {
		var count [app.Settled + 1]int
		for k, p := range places {
			for next[k] < len(p)-1 && !p[next[k]].Range.To.After(cuts[i-1]) {
				next[k]++
			}
			count[p[next[k]].State]++
		}
		state := app.CoverState(0)
		for s, n := range count {
			if n > count[state] {
				state = app.CoverState(s)
			}
		}
		if last := len(all) - 1; last >= 0 && all[last].State == state {
			all[last].Range.To = cuts[i]
		} else {
			all = append(all, app.Stretch{Range: app.Range{From: cuts[i-1], To: cuts[i]}, State: state})
		}
	}
	return all
}

// lower returns the worse of two covers of the same range at each instant.
func lower(a, b []app.Stretch) []app.Stretch {
	var all []app.Stretch
	for i, j := 0, 0; i < len(a) && j < len(b); {
		s := app.Stretch{Range: a[i].Range.Intersect(b[j].Range), State: min(a[i].State, b[j].State)}
		if last := len(all) - 1; last >= 0 && all[last].State == s.State {
			all[last].Range.To = s.Range.To
		} else if !s.Range.Empty() {
			all = append(all, s)
		}
		if a[i].Range.To.Before(b[j].Range.To) {
			i++
		} else {
			if a[i].Range.To.Equal(b[j].Range.To) {
				i++
			}
			j++
		}
	}
	return all
}

func everywhere(stretches []app.Stretch, state app.CoverState) bool {
	return !slices.ContainsFunc(stretches, func(c app.Stretch) bool { return c.State != state })
}

// differing returns the stretches of a where b has another state.
func differing(a, b []app.Stretch) []app.Stretch {
	var all []app.Stretch
	for _, s := range a {
		for _, other := range b {
			if part := s.Range.Intersect(other.Range); !part.Empty() && s.State != other.State {
				all = append(all, app.Stretch{Range: part, State: s.State})
			}
		}
	}
	return all
}

// KnownOf cuts a range into stretches by what is known of a signal in one place. covers are those of that signal; of
// other places they do not count.
func KnownOf(within app.Range, place app.Scope, covers []app.Cover) []app.Stretch {
	return slices.Concat(byPlace(within, []app.Scope{place}, covers)...)
}

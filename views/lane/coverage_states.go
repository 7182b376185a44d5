package lane

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// worst is what is known at each instant of the place of which the least is known.
func worst(within app.Range, places [][]app.Stretch) []app.Stretch {
	if within.Empty() {
		return nil
	}
	all := []app.Stretch{{Range: within, State: app.Settled}}
	for _, p := range places {
		all = related.Least(all, p)
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
	return slices.Concat(related.Stretches(within, []app.Scope{place}, nil, covers)...)
}

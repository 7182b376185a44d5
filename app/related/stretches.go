package related

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// Stretches cuts a range into stretches for each place, by what is known of all its parts, which are those of
// MissingOf: a stretch is missing where one of them is, and of a place that was never asked all is.
func Stretches(within app.Range, places []app.Scope, names []string, covers []app.Cover) [][]app.Stretch {
	if within.Empty() {
		return nil
	}
	all := make([][]app.Stretch, len(places))
	for i, place := range places {
		all[i] = []app.Stretch{{Range: within, State: app.Settled}}
		for _, part := range partsOf(place, names, covers) {
			all[i] = Least(all[i], app.Stretches(within, part))
		}
	}
	return all
}

// Least returns what is known by both of two rows of consecutive stretches of the same range: the worse at each
// instant.
func Least(a, b []app.Stretch) []app.Stretch {
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

// partsOf returns the covers of a place, apart for each log group or metric that was asked for by itself: for the
// groups of some names, if there are any. A place without any cover is one part of which nothing is known.
func partsOf(place app.Scope, names []string, covers []app.Cover) map[string][]app.Cover {
	var here []app.Cover
	for _, c := range covers {
		if c.Scope.Place() == place.Place() {
			here = append(here, c)
		}
	}
	if len(here) == 0 {
		return map[string][]app.Cover{"": nil}
	}
	parts, named := app.ByResource(here), map[string][]app.Cover{}
	for _, name := range names {
		if name == "" {
			continue
		}
		if part, ok := parts[name]; ok {
			named[name] = part
			continue
		}
		of := resource.Read(name)
		for group, part := range parts {
			if of.Logs(group) {
				named[group] = part
			}
		}
	}
	if len(named) > 0 {
		return named
	}
	return parts
}

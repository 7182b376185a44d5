package app

import (
	"slices"
	"time"
)

// Merge returns covers that say the same as those given and do not overlap, in order of time: Stretches and Unsettled
// answer alike. All are of one scope, signal and resource.
//
// What is settled stays so whenever it was asked, so that touching parts become one, asked when the last of them was.
// What may still change becomes one as well, asked when the first of its parts was: a later instant would settle what
// was not asked late enough. Where two of them overlap, the later asked counts. What is truncated counts where nothing
// better is known, and what was denied where nothing else is.
func Merge(covers []Cover) []Cover {
	covers = slices.DeleteFunc(slices.Clone(covers), func(c Cover) bool { return c.Range.Empty() })
	slices.SortStableFunc(covers, func(a, b Cover) int { return b.AskedAt.Compare(a.AskedAt) }) // latest first
	var settled, open, truncated, denied []Cover
	for _, c := range covers {
		switch {
		case c.Denied:
			c.Truncated = false
			denied = append(denied, c)
		case c.Truncated:
			truncated = append(truncated, c)
		default:
			open = append(open, c)
			if c.Range = c.Settled(); !c.Range.Empty() {
				settled = append(settled, c)
			}
		}
	}
	merged := joined(settled, latest)
	merged = append(merged, joined(overlay(merged, open), earliest)...)
	merged = append(merged, joined(overlay(merged, truncated), latest)...)
	merged = append(merged, joined(overlay(merged, denied), latest)...)
	slices.SortFunc(merged, func(a, b Cover) int { return a.Range.From.Compare(b.Range.From) })
	return merged
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.After(b) {
		return b
	}
	return a
}

// joined makes one cover of those that touch or overlap, asked when the function says of their instants.
func joined(covers []Cover, of func(a, b time.Time) time.Time) []Cover {
	covers = slices.Clone(covers)
	slices.SortStableFunc(covers, func(a, b Cover) int { return a.Range.From.Compare(b.Range.From) })
	var all []Cover
	for _, c := range covers {
		last := len(all) - 1
		if last < 0 || c.Range.From.After(all[last].Range.To) {
			all = append(all, c)
			continue
		}
		all[last].AskedAt = of(all[last].AskedAt, c.AskedAt)
		all[last].Range.To = latest(all[last].Range.To, c.Range.To)
	}
	return all
}

// overlay returns what covers add to those below, none of the parts overlapping. The first given count where they
// overlap.
func overlay(below, covers []Cover) []Cover {
	var taken []Range
	for _, c := range below {
		taken = append(taken, c.Range)
	}
	var parts []Cover
	for _, c := range covers {
		for _, r := range Subtract(c.Range, taken) {
			part := c
			part.Range = r
			parts = append(parts, part)
			taken = append(taken, r)
		}
	}
	return parts
}

package cache

import (
	"slices"

	"github.com/nephograph/nephograph/app"
)

// merge returns covers that say the same as those given and do not overlap: app.Stretches and app.Unsettled answer
// alike. All are of one scope, signal and resource.
//
// What is settled stays so whenever it was asked for, so that touching parts become one, asked for when the last of
// them was. What may still change keeps its own instant: a later one would settle what was not asked for late enough.
// Where two of them overlap, the later asked counts. What is truncated counts where nothing else is known.
func merge(covers []app.Cover) []app.Cover {
	covers = slices.Clone(covers)
	slices.SortStableFunc(covers, func(a, b app.Cover) int { return b.AskedAt.Compare(a.AskedAt) }) // latest first
	var settled, open, truncated []app.Cover
	for _, c := range covers {
		switch s := c.Settled(); {
		case c.Truncated:
			truncated = append(truncated, c)
			continue
		case !s.Empty():
			part := c
			part.Range = s
			settled = append(settled, part)
		}
		open = append(open, c)
	}
	merged := join(settled)
	merged = append(merged, overlay(merged, open)...)
	merged = append(merged, join(overlay(merged, truncated))...)
	slices.SortFunc(merged, func(a, b app.Cover) int { return a.Range.From.Compare(b.Range.From) })
	return merged
}

// join makes one cover of those that touch, asked for when the first given of them was. The latest asked come first.
func join(covers []app.Cover) []app.Cover {
	ranges := make([]app.Range, len(covers))
	for i, c := range covers {
		ranges[i] = c.Range
	}
	var joined []app.Cover
	for _, r := range app.Union(ranges) {
		i := slices.IndexFunc(covers, func(c app.Cover) bool { return !c.Range.Intersect(r).Empty() })
		c := covers[i]
		c.Range = r
		joined = append(joined, c)
	}
	return joined
}

// overlay returns what covers add to those below, none of the parts overlapping. The first given count where they
// overlap.
func overlay(below, covers []app.Cover) []app.Cover {
	var taken []app.Range
	for _, c := range below {
		taken = append(taken, c.Range)
	}
	var parts []app.Cover
	for _, c := range covers {
		for _, r := range app.Subtract(c.Range, taken) {
			part := c
			part.Range = r
			parts = append(parts, part)
			taken = append(taken, r)
		}
	}
	return parts
}

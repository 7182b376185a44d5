package app

import (
	"slices"
	"time"
)

// Cover says that a range of a signal was asked for, and when. It is kept in the same transaction as the items.
type Cover struct {
	Scope    Scope
	Signal   Signal
	Resource string // a log group's name, a Reading's key; empty where the signal is asked as a whole
	Range    Range
	AskedAt  time.Time
	// Truncated marks a range of which AWS gave only a part (a limit was reached, PartialData).
	Truncated bool
}

// Settled returns the part of the cover that AWS will no longer change, as the signal's Settles says; a truncated
// cover has none.
func (c Cover) Settled() Range {
	if c.Truncated {
		return Range{}
	}
	return c.Range.Intersect(Range{c.Range.From, c.AskedAt.Add(-c.Signal.Settles())})
}

// CoverState says what is known of a stretch of time.
type CoverState uint8

// The states of a stretch, from least to most known.
const (
	Missing   CoverState = iota // never asked
	Truncated                   // asked, but AWS gave only a part
	Settling                    // asked, but so soon that it may still change
	Settled                     // asked, and final
)

// String returns the state in words.
func (s CoverState) String() string {
	return [...]string{"missing", "truncated", "settling", "settled"}[s]
}

// Stretch is a part of a range with what is known of it.
type Stretch struct {
	Range Range
	State CoverState
}

// Stretches cuts within into consecutive stretches of one state each. Where covers overlap, the better state wins.
func Stretches(within Range, covers []Cover) []Stretch {
	var settled, settling, truncated []Range
	for _, c := range covers {
		if c.Truncated {
			truncated = append(truncated, c.Range)
			continue
		}
		settled = append(settled, c.Settled())
		settling = append(settling, c.Range)
	}
	var cut []Stretch
	left := []Range{within}
	for _, layer := range []struct {
		ranges []Range
		state  CoverState
	}{{settled, Settled}, {settling, Settling}, {truncated, Truncated}, {[]Range{within}, Missing}} {
		var rest []Range
		for _, l := range left {
			for _, r := range Union(layer.ranges) {
				if part := r.Intersect(l); !part.Empty() {
					cut = append(cut, Stretch{part, layer.state})
				}
			}
			rest = append(rest, Subtract(l, layer.ranges)...)
		}
		left = rest
	}
	slices.SortFunc(cut, func(a, b Stretch) int { return a.Range.From.Compare(b.Range.From) })
	return cut
}

// Unsettled returns the parts of within that have to be asked, or asked again.
func Unsettled(within Range, covers []Cover) []Range {
	settled := make([]Range, 0, len(covers))
	for _, c := range covers {
		settled = append(settled, c.Settled())
	}
	return Subtract(within, settled)
}

// Freshness says when a signal was last asked for in any scope, and up to which instant.
type Freshness struct {
	Signal   Signal
	AskedAt  time.Time // zero if never
	KnownTo  time.Time // the newest end of a cover
	Settling bool      // some of the newest cover may still change
}

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
	// Denied marks a range that AWS refused to give, for want of a permission. It goes before Truncated.
	Denied bool
}

// Answered reports whether AWS gave all that there was of the range when it was asked.
func (c Cover) Answered() bool { return !c.Truncated && !c.Denied }

// Settled returns the part of the cover that AWS will no longer change, as the signal's Settles says; a cover that is
// not Answered has none.
func (c Cover) Settled() Range {
	if !c.Answered() {
		return Range{}
	}
	return c.Range.Intersect(Range{c.Range.From, c.AskedAt.Add(-c.Signal.Settles())})
}

// CoverState says what is known of a stretch of time.
type CoverState uint8

// The states of a stretch, from least to most known.
const (
	Missing   CoverState = iota // never asked
	Forbidden                   // asked, but denied for want of a permission
	Truncated                   // asked, but AWS gave only a part
	Settling                    // asked, but so soon that it may still change
	Settled                     // asked, and final
)

// String returns the state in words.
func (s CoverState) String() string {
	return [...]string{"missing", "denied", "truncated", "settling", "settled"}[s]
}

// Stretch is a part of a range with what is known of it.
type Stretch struct {
	Range Range
	State CoverState
}

// Stretches cuts within into consecutive stretches of one state each. Where covers overlap, the better state wins,
// whichever was asked later: an answer replaces a denial, and a denial does not undo what was answered.
func Stretches(within Range, covers []Cover) []Stretch {
	var by [Settled + 1][]Range
	by[Missing] = []Range{within}
	for _, c := range covers {
		switch {
		case c.Denied:
			by[Forbidden] = append(by[Forbidden], c.Range)
		case c.Truncated:
			by[Truncated] = append(by[Truncated], c.Range)
		default:
			by[Settling] = append(by[Settling], c.Range)
			by[Settled] = append(by[Settled], c.Settled())
		}
	}
	var cut []Stretch
	left := []Range{within}
	for state, ranges := range slices.Backward(by[:]) {
		var rest []Range
		for _, l := range left {
			for _, r := range Union(ranges) {
				if part := r.Intersect(l); !part.Empty() {
					cut = append(cut, Stretch{part, CoverState(state)})
				}
			}
			rest = append(rest, Subtract(l, ranges)...)
		}
		left = rest
	}
	slices.SortFunc(cut, func(a, b Stretch) int { return a.Range.From.Compare(b.Range.From) })
	return cut
}

// Unsettled returns the parts of within that have to be asked, or asked again some time: all that is not settled.
func Unsettled(within Range, covers []Cover) []Range {
	settled := make([]Range, 0, len(covers))
	for _, c := range covers {
		settled = append(settled, c.Settled())
	}
	return Subtract(within, settled)
}

// Due returns the parts of within that are worth asking at the instant now: of what Unsettled returns all but what was
// answered so lately that little can have come since, as the signal's Lateness says. What was denied is due each time:
// permissions are granted while a person waits, a refused request costs nothing, and only asking tells. Who asks by the
// clock and not for a person leaves it alone by LastDenied.
func Due(within Range, covers []Cover, now time.Time) []Range {
	var spared []Range
	for _, c := range Merge(covers) {
		spared = append(spared, c.Settled(), c.resting(now))
	}
	return Subtract(within, spared)
}

// resting returns the part of a cover that may still change but is left alone at now: what had left the tail when it
// was asked. When even the newest of the cover is old enough to settle, asking once more is the last time, and nothing
// rests.
func (c Cover) resting(now time.Time) Range {
	l := c.Signal.Lateness()
	if !c.Answered() || now.Sub(c.AskedAt) >= l.Again || !c.Range.To.After(now.Add(-l.Settles)) {
		return Range{}
	}
	return c.Range.Intersect(Range{c.Range.From, c.AskedAt.Add(-l.Tail)})
}

// LastDenied reports whether the last that was asked of what the covers are of, all of one scope, signal and resource,
// was denied, and no earlier than since.
func LastDenied(covers []Cover, since time.Time) bool {
	var denied, answered time.Time
	for _, c := range covers {
		last := &answered
		if c.Denied {
			last = &denied
		}
		if c.AskedAt.After(*last) {
			*last = c.AskedAt
		}
	}
	return denied.After(answered) && !denied.Before(since)
}

// ByResource parts covers of one scope and signal by what was asked for by itself, under "" what was asked as a whole.
// Where log groups or metrics are known, it leaves out what says only that listing them was denied once.
func ByResource(covers []Cover) map[string][]Cover {
	parts := map[string][]Cover{}
	for _, c := range covers {
		parts[c.Resource] = append(parts[c.Resource], c)
	}
	if len(parts) > 1 {
		delete(parts, "")
	}
	return parts
}

// Freshness says when a signal was last asked for in any scope, and up to which instant.
type Freshness struct {
	Signal   Signal
	AskedAt  time.Time // zero if never
	KnownTo  time.Time // the newest end of a cover that was not denied
	Settling bool      // some of the newest cover may still change
	Denied   bool      // of what was asked last AWS denied some, or all if nothing is known
}

// KnownTo returns how far the best known signal is known, the zero time if none is.
func KnownTo(fresh []Freshness) time.Time {
	var known time.Time
	for _, f := range fresh {
		if f.KnownTo.After(known) {
			known = f.KnownTo
		}
	}
	return known
}

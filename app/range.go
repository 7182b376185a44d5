package app

import (
	"slices"
	"time"
)

// Range is the half-open stretch of time [From, To). The zero Range is empty.
type Range struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Since returns the range of length d that ends at now.
func Since(now time.Time, d time.Duration) Range { return Range{now.Add(-d), now} }

// Empty reports whether the range holds no instant.
func (r Range) Empty() bool { return !r.From.Before(r.To) }

// Length returns the time between From and To, zero for an empty range.
func (r Range) Length() time.Duration {
	if r.Empty() {
		return 0
	}
	return r.To.Sub(r.From)
}

// Contains reports whether From <= t < To.
func (r Range) Contains(t time.Time) bool { return !t.Before(r.From) && t.Before(r.To) }

// Equal reports whether both ends are the same instants.
func (r Range) Equal(o Range) bool { return r.From.Equal(o.From) && r.To.Equal(o.To) }

// Overlaps reports whether the two ranges share an instant.
func (r Range) Overlaps(o Range) bool { return !r.Intersect(o).Empty() }

// Intersect returns the part that both ranges hold; it may be empty.
func (r Range) Intersect(o Range) Range {
	if o.From.After(r.From) {
		r.From = o.From
	}
	if o.To.Before(r.To) {
		r.To = o.To
	}
	if r.Empty() {
		return Range{}
	}
	return r
}

// Shift moves both ends by d.
func (r Range) Shift(d time.Duration) Range { return Range{r.From.Add(d), r.To.Add(d)} }

// Zoom scales the range by factor around the instant at, which keeps its relative place: factor 0.5 halves the length,
// 2 doubles it. It goes no further than what a timeline can show; a range that is there already stays as it is.
func (r Range) Zoom(at time.Time, factor float64) Range {
	length := r.Length()
	zoomed := time.Duration(min(max(float64(length)*factor, float64(minWindow)), float64(maxWindow)))
	if zoomed == length || length == 0 {
		return r
	}
	before := time.Duration(float64(at.Sub(r.From)) * float64(zoomed) / float64(length))
	from := at.Add(-before)
	return Range{from, from.Add(zoomed)}
}

// Align widens the range to whole multiples of step since the Unix epoch, as CloudWatch asks of metric queries.
func (r Range) Align(step time.Duration) Range {
	if step <= 0 || r.Empty() {
		return r
	}
	from, to := floor(r.From, step), floor(r.To, step)
	if to.Before(r.To) {
		to = to.Add(step)
	}
	return Range{from, to}
}

// floor rounds down on the Unix time line; time.Truncate counts from year 1, which differs for steps such as a week.
func floor(t time.Time, step time.Duration) time.Time {
	over := time.Duration(t.UnixNano() % int64(step))
	if over < 0 {
		over += step
	}
	return t.Add(-over)
}

// Split cuts the range into pieces of at most d, newest first, which is the order in which a person in an incident
// wants them. The cuts lie on multiples of d since the Unix epoch, so that two pulls cut at the same places.
func (r Range) Split(d time.Duration) []Range {
	var pieces []Range
	for to := r.To; to.After(r.From); {
		from := floor(to.Add(-1), d)
		if from.Before(r.From) {
			from = r.From
		}
		pieces = append(pieces, Range{from, to})
		to = from
	}
	return pieces
}

// Union returns the instants that any of the ranges holds, as disjoint ranges in order, touching ones joined.
func Union(ranges []Range) []Range {
	sorted := slices.DeleteFunc(slices.Clone(ranges), Range.Empty)
	slices.SortFunc(sorted, func(a, b Range) int { return a.From.Compare(b.From) })
	var joined []Range
	for _, r := range sorted {
		last := len(joined) - 1
		if last < 0 || r.From.After(joined[last].To) {
			joined = append(joined, r)
		} else if r.To.After(joined[last].To) {
			joined[last].To = r.To
		}
	}
	return joined
}

// Subtract returns the instants of whole that none of the parts holds, in order.
func Subtract(whole Range, parts []Range) []Range {
	var left []Range
	at := whole.From
	for _, p := range Union(parts) {
		p = p.Intersect(whole)
		if p.Empty() {
			continue
		}
		if at.Before(p.From) {
			left = append(left, Range{at, p.From})
		}
		at = p.To
	}
	if at.Before(whole.To) {
		left = append(left, Range{at, whole.To})
	}
	return left
}

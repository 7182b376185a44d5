package timeline

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// wording places the words of a metric lane where its lines leave room: on one they are illegible, and hide it.
type wording struct {
	lane  *metricLane
	band  ui.Band
	taken []box
	notes []note
}

// box is a place in a lane, in pixels.
type box struct{ left, top, right, bottom float32 }

const (
	ruleInset = 14 // how far the words of a threshold stand from the edges
	wordSize  = 11 // of words within a lane
	wordRise  = 9  // from a line to the middle of words above or below it
	wordHalf  = 7  // half the height of words, with air
	wordInset = 4  // from where a stretch begins to its words
)

// notes are the words of the thresholds, of the limit, of what is beside, and of what is not there.
func (l *metricLane) notes(height float32) []note {
	w := wording{lane: l, band: bandOf(height), notes: l.blanks.notes(height / 2)}
	for _, n := range w.notes {
		left := max(l.axis.X(n.at), 0) + n.inset
		w.taken = append(w.taken, box{left, n.middle - wordHalf, left + n.style.Width(n.text), n.middle + wordHalf})
	}
	for _, r := range l.rules {
		w.put(r.text, ui.ColorAlarm, w.along(l.axis.Range, w.band.Y(l.scale.Part(r.value)), ruleInset))
	}
	for _, s := range l.limit.steps {
		w.put("limit "+ui.Amount(s.value, l.unit), ui.ColorWarning, w.along(s.Range, w.band.Y(l.scale.Part(s.value)), wordInset))
	}
	for _, r := range l.limit.absent {
		w.put(l.limit.word, ui.ColorWarning, w.along(r, absentY(w.band), wordInset))
	}
	for _, s := range l.beside {
		w.put(s.word, s.ink, w.beside(s))
	}
	return w.notes
}

// choice is where a word may stand; left is that of its left edge in pixels, by its width.
type choice struct {
	note
	left func(width float32) float32
}

// put adds a word in the first of the places that is free, or else in the one where it covers least.
func (w *wording) put(text string, ink fyne.ThemeColorName, choices []choice) {
	style := ui.Style{Color: ink, Size: wordSize}
	width := style.Width(text)
	var best choice
	var at box
	least := float32(-1)
	for _, c := range choices {
		b := box{c.left(width), c.middle - wordHalf, c.left(width) + width, c.middle + wordHalf}
		if b.left < 0 && least >= 0 || b.top < w.band.Top-lanePadding || b.bottom > w.band.Bottom+lanePadding {
			continue
		}
		if covered := w.covered(b); least < 0 || covered < least {
			best, at, least = c, b, covered
		}
	}
	if least < 0 {
		return
	}
	best.text, best.style, best.backed = text, style, true
	if best.inset < 0 {
		best.inset -= width
	}
	w.notes, w.taken = append(w.notes, best.note), append(w.taken, at)
}

// along returns the places of a word at a line that is level over a stretch: above and below it, at its start and at its end.
func (w *wording) along(over app.Range, y, inset float32) []choice {
	axis := w.lane.axis
	seen := over.Intersect(axis.Range)
	if seen.Empty() {
		return nil
	}
	start := choice{note{at: over.From, until: over.To, inset: inset}, func(float32) float32 { return axis.X(seen.From) + inset }}
	if over.Equal(axis.Range) { // it is of all times, and stays at the edge
		start.note = note{inset: inset, loose: true}
	}
	to := w.lane.lastOf(seen)
	end := choice{note{at: to, inset: -inset, loose: true}, func(width float32) float32 { return axis.X(to) - inset - width }}
	var all []choice
	for _, c := range []choice{start, end} {
		for _, middle := range []float32{y - wordRise, y + wordRise} {
			c.middle = middle
			all = append(all, c)
		}
	}
	return all
}

// beside returns the places of the word of a line beside others: where it first reaches half of its height, and at its end.
func (w *wording) beside(s line) []choice {
	axis := w.lane.axis
	points := slices.DeleteFunc(slices.Clone(s.drawn.Points), func(p app.Point) bool { return !w.lane.answered.Contains(p.At) })
	high := 0.0
	for _, p := range points {
		high = max(high, p.Value)
	}
	i := slices.IndexFunc(points, func(p app.Point) bool { return p.Value > 0 && p.Value >= high/2 })
	if i < 0 {
		return nil
	}
	from, to := points[i].At, w.lane.lastOf(app.Range{From: points[i].At, To: w.lane.answered.To})
	start := choice{note{at: from, until: w.lane.answered.To, inset: wordInset}, func(float32) float32 { return axis.X(from) + wordInset }}
	end := choice{note{at: to, inset: -wordInset, loose: true}, func(width float32) float32 { return axis.X(to) - wordInset - width }}
	var all []choice
	top := w.band.Y(w.lane.scale.Part(high))
	for _, c := range []choice{start, end} {
		for _, middle := range []float32{min(top+wordRise, w.band.Bottom-wordHalf+1), top - wordRise, (top + w.band.Bottom) / 2} {
			c.middle = middle
			all = append(all, c)
		}
	}
	return all
}

// lastOf returns up to when a lane has datapoints in a range, or its end where there are none.
func (l *metricLane) lastOf(r app.Range) time.Time {
	var last time.Time
	for _, s := range l.all() {
		i, _ := slices.BinarySearchFunc(s.drawn.Points, r.To, func(p app.Point, t time.Time) int { return p.At.Compare(t) })
		if i > 0 && !s.drawn.Points[i-1].At.Before(r.From) {
			if at := s.drawn.Points[i-1].At.Add(s.drawn.Period); at.After(last) {
				last = at
			}
		}
	}
	if last.IsZero() || last.After(r.To) {
		return r.To
	}
	return last
}

// covered returns how many pixels of lines and of other words lie in a place, measured along it.
func (w *wording) covered(b box) (sum float32) {
	for _, t := range w.taken {
		if across := b.across(t.left, t.right); across > 0 && b.top < t.bottom && t.top < b.bottom {
			sum += 2 * across // words on words are worse than words on a line
		}
	}
	level := func(y, left, right float32) {
		if y > b.top && y < b.bottom {
			sum += b.across(left, right)
		}
	}
	for _, r := range w.lane.rules {
		level(w.band.Y(w.lane.scale.Part(r.value)), b.left, b.right)
	}
	for _, s := range w.lane.limit.steps {
		level(w.band.Y(w.lane.scale.Part(s.value)), w.lane.axis.X(s.From), w.lane.axis.X(s.To))
	}
	for _, r := range w.lane.limit.absent {
		level(absentY(w.band), w.lane.axis.X(r.From), w.lane.axis.X(r.To))
	}
	for _, s := range w.lane.all() {
		sum += w.under(s, b)
	}
	return sum
}

// across returns how much of a box lies between two places, zero or less for nothing.
func (b box) across(left, right float32) float32 {
	return max(min(b.right, right)-max(b.left, left), 0)
}

// under returns how many pixels of a line lie in a place.
func (w *wording) under(s line, b box) (sum float32) {
	axis, points := w.lane.axis, s.drawn.Points
	i, _ := slices.BinarySearchFunc(points, axis.Time(b.left), func(p app.Point, t time.Time) int { return p.At.Compare(t) })
	for i = max(i-1, 0); i < len(points) && axis.X(points[i].At) < b.right; i++ {
		y := w.band.Y(w.lane.scale.Part(points[i].Value))
		next, until := y, points[i].At.Add(s.drawn.Period)
		if i+1 < len(points) && points[i+1].At.Sub(points[i].At) <= s.drawn.Period {
			next = w.band.Y(w.lane.scale.Part(points[i+1].Value))
		}
		if max(y, next) > b.top && min(y, next) < b.bottom {
			sum += b.across(axis.X(points[i].At), axis.X(until))
		}
	}
	return sum
}

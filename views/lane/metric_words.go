package lane

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// wording places the words of a metric lane where its lines leave room: on a line they could not be read, and would
// hide it.
type wording struct {
	lane  *Metric
	band  chart.Band
	taken []Box
	notes []Note
}

// Box is a place in a lane, in pixels.
type Box struct{ Left, Top, Right, Bottom float32 }

const (
	ruleInset = 14 // how far the words of a threshold stand from the edges
	WordSize  = 11 // of words within a lane
	wordRise  = 9  // from a line to the middle of words above or below it
	wordHalf  = 7  // half the height of words, with some space
	wordInset = 4  // from where a stretch begins to its words
)

// Notes are the words of the thresholds, of the limit, and of what is not there; lines are named in the head.
func (l *Metric) Notes(height float32) []Note {
	w := wording{lane: l, band: bandOf(height), notes: l.blanks.notes(height / 2)}
	for _, n := range w.notes {
		left := max(l.axis.X(n.At), 0) + n.Inset
		w.taken = append(w.taken, Box{left, n.Middle - wordHalf, left + n.Style.Width(n.Text), n.Middle + wordHalf})
	}
	for _, r := range l.thresholds {
		y := w.band.Y(l.scale.Part(r.value))
		places := w.along(l.axis.Range, y, ruleInset, beside...)
		if len(l.thresholds) == 1 { // whose words cannot be taken for those of another
			places = append(places, w.along(l.axis.Range, y, ruleInset, further...)...)
		}
		w.put(r.text, ui.ColorAlarm, places)
	}
	for _, s := range l.limit.steps {
		places := w.along(s.Range, w.band.Y(l.scale.Part(s.Value)), wordInset, beside...)
		w.put("limit "+phrase.Amount(s.Value, l.unit), ui.ColorWarning, places)
	}
	for _, r := range l.limit.absent {
		w.put(l.limit.word, ui.ColorWarning, w.along(r, absentY(w.band), wordInset, below...))
	}
	return w.notes
}

// The distances of words from their line, in the order in which they are tried: above and below it, and further off;
// for a line at the top of a lane, which cannot be taken for another, further and further below.
var (
	beside  = []float32{-wordRise, wordRise}
	further = []float32{-wordRise - WordSize, wordRise + WordSize}
	below   = []float32{wordRise, wordRise + WordSize, wordRise + 2*WordSize, wordRise + 3*WordSize}
)

// between is how many places are tried from one end of a line to the other.
const between = 8

// choice is a place where a word may stand; left returns its left edge in pixels for its width.
type choice struct {
	Note
	left func(width float32) float32
}

// put adds a word at the first place that is free, or at the one where it covers least.
func (w *wording) put(text string, ink fyne.ThemeColorName, choices []choice) {
	style := ui.Style{Color: ink, Size: WordSize}
	width := style.Width(text)
	var best choice
	var at Box
	least := float32(-1)
	for _, c := range choices {
		b := Box{c.left(width), c.Middle - wordHalf, c.left(width) + width, c.Middle + wordHalf}
		cut := b.Left < 0 || !c.Until.IsZero() && b.Right > w.lane.axis.X(c.Until)-3
		if cut && least >= 0 || b.Top < w.band.Top-lanePadding || b.Bottom > w.band.Bottom+lanePadding {
			continue
		}
		if covered := w.covered(b); least < 0 || covered < least {
			best, at, least = c, b, covered
		}
	}
	if least < 0 {
		return
	}
	best.Text, best.Style, best.Backed = text, style, true
	if best.Inset < 0 {
		best.Inset -= width
	}
	w.notes, w.taken = append(w.notes, best.Note), append(w.taken, at)
}

// along returns the places of a word at a line that is level over a stretch, at some distances from it: at its start,
// at its end, and between them.
func (w *wording) along(over app.Range, y, inset float32, heights ...float32) []choice {
	axis := w.lane.axis
	seen := over.Intersect(axis.Range)
	if seen.Empty() {
		return nil
	}
	start := choice{
		Note{At: over.From, Until: over.To, Inset: inset}, func(float32) float32 { return axis.X(seen.From) + inset },
	}
	if over.Equal(axis.Range) { // it applies at all times, and its words stay at the edge
		start.Note = Note{Inset: inset, Loose: true}
	}
	to := w.lane.lastOf(seen)
	end := choice{
		Note{At: to, Inset: -inset, Loose: true}, func(width float32) float32 { return axis.X(to) - inset - width },
	}
	places := []choice{start, end}
	for i := 1; i < between; i++ {
		at := seen.From.Add(to.Sub(seen.From) / between * time.Duration(i))
		places = append(places, choice{Note{At: at, Until: over.To}, func(float32) float32 { return axis.X(at) }})
	}
	var all []choice
	for _, c := range places {
		for _, height := range heights {
			c.Middle = y + height
			all = append(all, c)
		}
	}
	return all
}

// lastOf returns up to when a lane has datapoints in a range, or the end of the range where it has none.
func (l *Metric) lastOf(r app.Range) time.Time {
	var last time.Time
	for _, s := range l.all() {
		i, _ := slices.BinarySearchFunc(
			s.drawn.Points, r.To, func(p app.Point, t time.Time) int { return p.At.Compare(t) },
		)
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

// covered returns how many pixels of lines and other words a box would cover, measured along it.
func (w *wording) covered(b Box) (sum float32) {
	for _, t := range w.taken {
		if across := b.Across(t.Left, t.Right); across > 0 && b.Top < t.Bottom && t.Top < b.Bottom {
			sum += 2 * across // words on words are worse than words on a line
		}
	}
	level := func(y, left, right float32) {
		if y > b.Top && y < b.Bottom {
			sum += b.Across(left, right)
		}
	}
	for _, r := range w.lane.thresholds {
		level(w.band.Y(w.lane.scale.Part(r.value)), b.Left, b.Right)
	}
	for _, s := range w.lane.limit.steps {
		level(w.band.Y(w.lane.scale.Part(s.Value)), w.lane.axis.X(s.From), w.lane.axis.X(s.To))
	}
	for _, r := range w.lane.limit.absent {
		level(absentY(w.band), w.lane.axis.X(r.From), w.lane.axis.X(r.To))
	}
	for _, t := range w.lane.tracks {
		sum += t.under(b, w.band)
	}
	return sum
}

// Across returns the width of a box between two places, zero for none.
func (b Box) Across(left, right float32) float32 {
	return max(min(b.Right, right)-max(b.Left, left), 0)
}

// track is where a line runs: between which parts of the scale, column by column. It is made with the lane, away from
// the UI goroutine: two weeks of datapoints a minute are too many to look through for each word.
type track []run

// run is between which parts of the scale a line runs in a column; to is less than from where it does not.
type run struct{ from, to float64 }

// trackWidth is the width of a column in pixels.
const trackWidth = 4

// track follows the lines of a lane.
func (l *Metric) track() []track {
	var all []track
	pixels := float64(l.axis.Width) / float64(max(l.axis.Range.Length(), 1)) // for a nanosecond
	for _, s := range l.all() {
		t := make(track, int(l.axis.Width/trackWidth)+1)
		for i := range t {
			t[i] = run{1, 0}
		}
		points, scale, wide := s.drawn.Points, l.scaled(s), float32(float64(s.drawn.Period)*pixels)
		for i, p := range points {
			x := float32(float64(p.At.Sub(l.axis.Range.From)) * pixels)
			if x+wide < 0 || x > l.axis.Width {
				continue
			}
			part, next := scale.Part(p.Value), scale.Part(p.Value)
			if i+1 < len(points) && points[i+1].At.Sub(p.At) <= s.drawn.Period {
				next = scale.Part(points[i+1].Value)
			}
			t.add(x, x+wide, run{min(part, next), max(part, next)})
		}
		all = append(all, t)
	}
	return all
}

// add records that the line runs there between two places.
func (t track) add(left, right float32, r run) {
	for i := max(int(left/trackWidth), 0); i < len(t) && float32(i)*trackWidth < right; i++ {
		if t[i].to < t[i].from {
			t[i] = r
		} else {
			t[i] = run{min(t[i].from, r.from), max(t[i].to, r.to)}
		}
	}
}

// under returns how many pixels of the line lie in a place.
func (t track) under(b Box, band chart.Band) (sum float32) {
	for i := max(int(b.Left/trackWidth), 0); i < len(t) && float32(i)*trackWidth < b.Right; i++ {
		if r := t[i]; r.to >= r.from && band.Y(r.from) > b.Top && band.Y(r.to) < b.Bottom {
			sum += trackWidth
		}
	}
	return sum
}

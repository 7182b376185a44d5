package lane

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of the coverage lane, as the design draws it.
const (
	coverTop   = 11 // to the first strip
	coverStep  = 7  // from strip to strip
	coverStrip = 4  // height of a strip
	coverSome  = 2  // height of the strip below it, of what is not known of some places
)

// ahead is said of a time of which nothing can be known yet.
const ahead = "ahead of now"

// CoverageData is what a lane of coverage is made of.
type CoverageData struct {
	Past   app.Range // the part of the window that is not ahead of now
	Places []app.Scope
	Covers map[app.Signal][]app.Cover
}

// Coverage shows, one strip a signal, how much of the window is known.
type Coverage struct {
	strips []coverageStrip // in the order of app.Signals
	past   app.Range       // the part of the window that is not ahead of now
	places []app.Scope
	covers map[app.Signal][]app.Cover
}

// coverageStrip is what is known of one signal.
type coverageStrip struct {
	signal    app.Signal
	stretches []app.Stretch // what is known of the place of which the least is known
	most      []app.Stretch // what is known of most places
	places    int
	denied    int // places where AWS denied some of it
	never     int // places that were never asked for it
}

// NewCoverage returns a lane of coverage.
func NewCoverage(d CoverageData) *Coverage {
	l := &Coverage{past: d.Past, places: d.Places, covers: d.Covers}
	for _, s := range app.Signals {
		l.strips = append(l.strips, newStrip(s, byPlace(l.past, d.Places, d.Covers[s]), l.past))
	}
	return l
}

func newStrip(s app.Signal, places [][]app.Stretch, within app.Range) coverageStrip {
	strip := coverageStrip{signal: s, stretches: worst(within, places), most: most(places), places: len(places)}
	for _, p := range places {
		if slices.ContainsFunc(p, func(c app.Stretch) bool { return c.State == app.Forbidden }) {
			strip.denied++
		}
		if everywhere(p, app.Missing) {
			strip.never++
		}
	}
	return strip
}

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

// Head sums up what is not known.
func (l *Coverage) Head() Head { return Head{Name: "Coverage", Measures: l.summary()} }

// summary says what is missing from the window, in the fewest words. That the newest is not pulled yet, or may still
// change, is true of every window and comes last.
func (l *Coverage) summary() string {
	if l.past.Empty() {
		return ahead
	}
	var missing, denied, holes, short []string
	var hole time.Duration
	newest := false
	for _, s := range l.strips {
		h := s.holes()
		switch {
		case s.never > 0:
			missing = append(missing, string(s.signal))
		case s.has(app.Forbidden):
			denied = append(denied, string(s.signal))
		case h > 0:
			holes, hole = append(holes, string(s.signal)), max(hole, h)
		case s.has(app.Truncated):
			short = append(short, string(s.signal))
		default:
			newest = newest || !s.whole(app.Settled)
		}
	}
	late, tail := l.late()
	lack := l.lack()
	switch {
	case len(missing) == len(l.strips) && l.in(unasked) == "":
		return "nothing is pulled"
	case len(missing) > 0:
		return listed(missing) + " not pulled" + l.in(unasked)
	case len(denied) > 0:
		return listed(denied) + " denied" + l.in(refused)
	case lack > tail+usualDelay: // of every signal, and not only its end
		return phrase.Duration(lack.Round(time.Minute)) + " not pulled"
	case len(late) == len(l.strips) && hole <= tail:
		return "last " + phrase.Duration(tail.Round(time.Minute)) + " not pulled"
	case len(holes) == 1:
		return holes[0] + ": " + phrase.Duration(hole.Round(time.Second)) + " missing"
	case len(holes) > 0:
		return "holes in " + listed(holes)
	case len(late) == 1:
		return late[0] + ": last " + phrase.Duration(tail.Round(time.Minute)) + " not pulled"
	case len(late) > 1:
		return strconv.Itoa(len(late)) + " signals lack the last " + phrase.Duration(tail.Round(time.Minute))
	case len(short) > 0:
		return listed(short) + " cut short"
	case newest:
		return "settled but the newest"
	}
	return "all settled"
}

func unasked(s coverageStrip) int { return s.never }
func refused(s coverageStrip) int { return s.denied }

// in says of how many of several places something is true, for the signal with the most of them; nothing if it is of
// all.
func (l *Coverage) in(places func(coverageStrip) int) string {
	in, of := 0, 0
	for _, s := range l.strips {
		in, of = max(in, places(s)), max(of, s.places)
	}
	if of < 2 || in == of {
		return ""
	}
	return " in " + strconv.Itoa(in) + " of " + strconv.Itoa(of)
}

// listed names up to two signals, and counts more, for which the column has no room.
func listed(signals []string) string {
	if len(signals) > 2 {
		return strconv.Itoa(len(signals)) + " signals"
	}
	return strings.Join(signals, ", ")
}

// whole reports whether the strip has one state throughout.
func (s coverageStrip) whole(state app.CoverState) bool { return everywhere(s.stretches, state) }

func everywhere(stretches []app.Stretch, state app.CoverState) bool {
	return !slices.ContainsFunc(stretches, func(c app.Stretch) bool { return c.State != state })
}

func (s coverageStrip) has(state app.CoverState) bool {
	return slices.ContainsFunc(s.stretches, func(c app.Stretch) bool { return c.State == state })
}

// holes returns how much is missing, without the end that is not pulled yet.
func (s coverageStrip) holes() time.Duration {
	var sum time.Duration
	for i, c := range s.stretches {
		if c.State == app.Missing && i < len(s.stretches)-1 {
			sum += c.Range.Length()
		}
	}
	return sum
}

// late returns the signals of which more than usualDelay is missing at the end, and the least that is missing of them.
func (l *Coverage) late() (signals []string, least time.Duration) {
	for _, s := range l.strips {
		if tail := s.tail(); tail > usualDelay {
			if signals = append(signals, string(s.signal)); least == 0 || tail < least {
				least = tail
			}
		}
	}
	return signals, least
}

// lack returns how much is missing of the signal of which the least is missing.
func (l *Coverage) lack() time.Duration {
	least := l.past.Length()
	for _, s := range l.strips {
		least = min(least, s.holes()+s.tail())
	}
	return least
}

// tail returns how much is missing at the end.
func (s coverageStrip) tail() time.Duration {
	if last := len(s.stretches) - 1; last >= 0 && s.stretches[last].State == app.Missing {
		return s.stretches[last].Range.Length()
	}
	return 0
}

// Height is what the strips take.
func (l *Coverage) Height() (least, best float32) {
	h := float32(coverTop+len(app.Signals)*coverStep) + lanePadding
	return h, h
}

// Paint draws what is known of most places, and below it, thinner, where some places differ.
func (l *Coverage) Paint(p *chart.Picture) {
	for i, s := range l.strips {
		top := float32(coverTop + i*coverStep)
		for _, c := range s.most {
			paintCover(p, c, chart.Band{Top: top, Bottom: top + coverStrip})
		}
		if s.places < 2 {
			continue
		}
		for _, c := range differing(s.stretches, s.most) {
			paintCover(p, c, chart.Band{Top: top + coverStrip, Bottom: top + coverStrip + coverSome})
		}
	}
}

func paintCover(p *chart.Picture, c app.Stretch, band chart.Band) {
	switch c.State {
	case app.Settled:
		p.Shade(c.Range, band, chart.Ink{Name: ui.ColorOK, Alpha: 150})
	case app.Settling:
		p.Hatch(c.Range, band, chart.Solid(ui.ColorOK))
	case app.Truncated:
		half := chart.Band{Top: (band.Top + band.Bottom) / 2, Bottom: band.Bottom}
		p.Shade(c.Range, half, chart.Ink{Name: ui.ColorWarning, Alpha: 200})
	case app.Forbidden:
		p.Dash(c.Range, (band.Top+band.Bottom)/2, chart.Solid(ui.ColorAlarm))
	case app.Missing:
		p.Hatch(c.Range, band, chart.Ink{Name: ui.ColorFaint, Alpha: 150})
	}
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

// Notes are none: the strips have no words.
func (l *Coverage) Notes(float32) []Note { return nil }

// Readout names what is not settled at an instant, in one place at least.
func (l *Coverage) Readout(at time.Time, _ time.Duration) string {
	if !at.Before(l.past.To) {
		return ahead
	}
	var by [app.Settled][]string // signals by what is known of them
	for _, s := range l.strips {
		for _, c := range s.stretches {
			if c.Range.Contains(at) && c.State != app.Settled {
				by[c.State] = append(by[c.State], string(s.signal)+s.some(at, c.State))
			}
		}
	}
	var said []string
	for state, signals := range by {
		if len(signals) > 0 {
			said = append(said, strings.Join(signals, ", ")+" "+app.CoverState(state).String())
		}
	}
	if len(said) == 0 {
		return "all settled"
	}
	return strings.Join(said, " · ")
}

// some says so where most places have another state at an instant.
func (s coverageStrip) some(at time.Time, state app.CoverState) string {
	for _, c := range s.most {
		if c.Range.Contains(at) && c.State != state {
			return " in some places"
		}
	}
	return ""
}

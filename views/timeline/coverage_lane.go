package timeline

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of the coverage lane, as the design draws it.
const (
	coverTop   = 11 // to the first strip
	coverStep  = 7  // from strip to strip
	coverStrip = 4  // height of a strip
)

// coverageLane shows, one strip a signal, how much of the window is known.
type coverageLane struct {
	strips []coverStripOf // in the order of app.Signals
	past   app.Range      // the part of the window that is not ahead of now
}

type coverStripOf struct {
	signal    app.Signal
	stretches []app.Stretch
}

func newCoverageLane(e evidence) *coverageLane {
	l := &coverageLane{past: e.axis.Range}
	if l.past.To.After(e.now) {
		l.past.To = e.now
	}
	for _, s := range app.Signals {
		l.strips = append(l.strips, coverStripOf{s, worst(l.past, e.places, e.covers[s])})
	}
	return l
}

// worst cuts a range into stretches by what is known of all places and resources: where one of them is missing, the
// stretch is. A place that was never asked is missing; a resource of which there is no cover cannot be known of.
func worst(within app.Range, places []app.Scope, covers []app.Cover) []app.Stretch {
	if within.Empty() {
		return nil
	}
	byPlace := map[app.Scope][]app.Cover{}
	for _, c := range covers {
		byPlace[c.Scope.Place()] = append(byPlace[c.Scope.Place()], c)
	}
	all := []app.Stretch{{Range: within, State: app.Settled}}
	for _, place := range places {
		parts := app.ByResource(byPlace[place.Place()])
		if len(parts) == 0 {
			return []app.Stretch{{Range: within, State: app.Missing}}
		}
		for _, part := range parts {
			all = lower(all, app.Stretches(within, part))
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

func (l *coverageLane) head() head { return head{name: "Coverage", measures: l.summary()} }

// summary says what of the window is not there, in the fewest words. That the newest is not pulled yet, or may still
// change, is always so and comes last.
func (l *coverageLane) summary() string {
	var missing, denied, holes, short []string
	var hole time.Duration
	newest := false
	for _, s := range l.strips {
		h := s.holes()
		switch {
		case s.whole(app.Missing):
			missing = append(missing, string(s.signal))
		case s.has(app.Forbidden):
			denied = append(denied, string(s.signal))
		case h > 0:
			holes, hole = append(holes, string(s.signal)), h
		case s.has(app.Truncated):
			short = append(short, string(s.signal))
		default:
			newest = newest || !s.whole(app.Settled)
		}
	}
	switch {
	case len(missing) == len(l.strips):
		return "nothing is pulled"
	case len(missing) > 0:
		return listed(missing) + " not pulled"
	case len(denied) > 0:
		return listed(denied) + " denied"
	case len(holes) == 1:
		return holes[0] + ": " + ui.Duration(hole.Round(time.Second)) + " missing"
	case len(holes) > 0:
		return "holes in " + listed(holes)
	case len(short) > 0:
		return listed(short) + " cut short"
	case newest:
		return "settled but the newest"
	}
	return "all settled"
}

// listed names one or two, and counts more: the column has no room for them.
func listed(signals []string) string {
	if len(signals) > 2 {
		return strconv.Itoa(len(signals)) + " signals"
	}
	return strings.Join(signals, ", ")
}

// whole reports whether the strip has one state throughout.
func (s coverStripOf) whole(state app.CoverState) bool {
	return !slices.ContainsFunc(s.stretches, func(c app.Stretch) bool { return c.State != state })
}

func (s coverStripOf) has(state app.CoverState) bool {
	return slices.ContainsFunc(s.stretches, func(c app.Stretch) bool { return c.State == state })
}

// holes returns how much is missing, without the end that is not pulled yet.
func (s coverStripOf) holes() time.Duration {
	var sum time.Duration
	for i, c := range s.stretches {
		if c.State == app.Missing && i < len(s.stretches)-1 {
			sum += c.Range.Length()
		}
	}
	return sum
}

func (l *coverageLane) height() (least, best float32) {
	h := float32(coverTop+len(app.Signals)*coverStep) + lanePadding
	return h, h
}

func (l *coverageLane) paint(p *ui.Picture) {
	for i, s := range l.strips {
		top := float32(coverTop + i*coverStep)
		band := ui.Band{Top: top, Bottom: top + coverStrip}
		for _, c := range s.stretches {
			switch c.State {
			case app.Settled:
				p.Shade(c.Range, band, ui.Ink{Name: ui.ColorOK, Alpha: 150})
			case app.Settling:
				p.Hatch(c.Range, band, ui.Solid(ui.ColorOK))
			case app.Truncated: // half of it
				p.Shade(c.Range, ui.Band{Top: top + coverStrip/2, Bottom: band.Bottom}, ui.Ink{Name: ui.ColorWarning, Alpha: 200})
			case app.Forbidden:
				p.Dash(c.Range, top+coverStrip/2, ui.Solid(ui.ColorAlarm))
			case app.Missing:
				p.Hatch(c.Range, band, ui.Ink{Name: ui.ColorFaint, Alpha: 150})
			}
		}
	}
}

func (l *coverageLane) notes(float32) []note { return nil }

// readout names what is not settled at an instant.
func (l *coverageLane) readout(at time.Time, _ time.Duration) string {
	if !l.past.Contains(at) {
		return ""
	}
	var by [app.Settled][]string // signals by what is known of them
	for _, s := range l.strips {
		for _, c := range s.stretches {
			if c.Range.Contains(at) && c.State != app.Settled {
				by[c.State] = append(by[c.State], string(s.signal))
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

func (l *coverageLane) pick(ui.Axis, float32, fyne.Position) ui.Item { return nil }

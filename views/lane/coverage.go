package lane

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/chart"
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
		l.strips = append(l.strips, newStrip(s, related.Stretches(l.past, d.Places, nil, d.Covers[s]), l.past))
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

// Head sums up what is not known.
func (l *Coverage) Head() Head { return Head{Name: "Coverage", Measures: l.summary()} }

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

// PaintKnown draws what is known of consecutive stretches into a band of a picture, as the lane of coverage does.
func PaintKnown(p *chart.Picture, stretches []app.Stretch, band chart.Band) {
	for _, c := range stretches {
		paintCover(p, c, band)
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

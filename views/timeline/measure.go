package timeline

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// amount is one value that a lane reads at an instant.
type amount struct {
	word  string // which one of several it is; "": there is one
	value float64
	unit  string
}

// amounts are the values that a lane reads at an instant, in an order that stays; none of a lane that has no values.
func amounts(l lane, at time.Time, near time.Duration) []amount {
	var all []amount
	switch l := bare(l).(type) {
	case *metricLane:
		keys := l.keys() // none for one series, which needs no word
		for i, s := range l.all() {
			a := amount{unit: l.unit}
			if s.apart {
				a.unit = s.unit
			}
			if len(keys) > 0 {
				a.word = keys[i].word
			}
			var ok bool
			if a.value, ok = s.value(at); ok {
				all = append(all, a)
			}
		}
	case *logLane:
		if i := l.at(at); i >= 0 {
			all = append(all, amount{"", float64(l.bars[i].Total()), ""}, amount{"errors", float64(l.bars[i].Counts[app.LevelError]), ""})
		}
	case *traceLane:
		if s := l.at(at, near); len(s.times) >= fewest {
			all = append(all, amount{"p99", s.slowest().Seconds(), "Seconds"})
		}
	}
	return all
}

// measured is what a lane reads at an instant; after what it reads at the one that it is measured against, with the
// difference, where that differs.
func measured(l lane, from, at time.Time, near time.Duration) string {
	said := l.readout(at, near)
	if from.IsZero() {
		return said
	}
	before, after := amounts(l, from, near), amounts(l, at, near)
	if compared := differences(before, after); compared != "" {
		return compared
	}
	if _, states := bare(l).(*alarmLane); !states {
		return said
	}
	if was := l.readout(from, near); was != said && was != "" && said != "" {
		return was + "  →  " + said
	}
	return said
}

// differences says how values became others: "p99 0.4 s → 2.9 s (+2.5 s)"; "" where they cannot be compared.
func differences(before, after []amount) string {
	var said []string
	for _, b := range after {
		i := slices.IndexFunc(before, func(a amount) bool { return a.word == b.word })
		if i < 0 {
			continue
		}
		words := b.word
		if words != "" {
			words += " "
		}
		said = append(said, words+phrase.Amount(before[i].value, b.unit)+" → "+phrase.Amount(b.value, b.unit)+" ("+signed(b.value-before[i].value, b.unit)+")")
	}
	return strings.Join(said, " · ")
}

// signed is an amount with its sign.
func signed(v float64, unit string) string {
	switch {
	case v < 0:
		return "−" + phrase.Amount(-v, unit)
	case v > 0:
		return "+" + phrase.Amount(v, unit)
	}
	return "±0"
}

// readoutLeft returns where a readout of that width stands: beside the crosshair, on the side where it lies on no line; on
// the far side of the pin, or between both, where there is no room.
func (f *field) readoutLeft(x, width float32) float32 {
	pin := f.view.axis.X(f.view.pin)
	for _, left := range []float32{x + readoutGap, x - readoutGap - width, pin + readoutGap, pin - readoutGap - width} {
		if !f.onLine(x, left, width) && left >= 0 && left+width <= f.view.axis.Width {
			return left
		}
	}
	if x+readoutGap+width <= f.view.axis.Width {
		return x + readoutGap
	}
	return max(x-readoutGap-width, 0)
}

// onLine reports whether something of that width would lie on the crosshair at x, or on the pin.
func (f *field) onLine(x, left, width float32) bool {
	on := func(line float32) bool { return left <= line && line <= left+width }
	return on(x) || f.pinned.Visible() && on(f.view.axis.X(f.view.pin))
}

// unpinReach is how near to the pin a click on the ruler lets it go, in pixels.
const unpinReach = 6

// pinAt pins the crosshair at an instant, or lets it go where it is pinned there.
func (v *View) pinAt(at time.Time) {
	x, pin := v.axis.X(at), v.axis.X(v.pin)
	if d := x - pin; !v.pin.IsZero() && max(d, -d) <= unpinReach {
		v.pin = time.Time{}
	} else {
		v.pin = at
	}
	v.placeCross()
	v.redraw()
}

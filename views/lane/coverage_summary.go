package lane

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

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

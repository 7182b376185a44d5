package pull

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Want is what a pull is for.
type Want struct {
	Sources []Sources // of the scopes that are reached already
	Places  []*Place  // and of those that are to be reached first
	Range   app.Range
	Signals []app.Signal // none means all five
	// Cap is the most that the pull may cost, in list prices; zero means none but the month's (Config.MonthCap). If a
	// plan would pass either, its newest steps are taken as far as the cap reaches, and all that cost nothing. Nothing
	// is asked that would pass a cap on the way, with one exception: a page of trace summaries is priced by the traces
	// on it, which are known when it is there.
	Cap app.Money
	// SkipDenied leaves a resource alone whose last question was denied less than so long ago: what is asked by the
	// clock need not be refused each minute. Zero, for a person who waits, asks again.
	SkipDenied time.Duration
}

// places returns all scopes that are wanted.
func (w Want) places() []*Place {
	var all []*Place
	for _, from := range w.Sources {
		all = append(all, At(from))
	}
	return append(all, w.Places...)
}

// reached returns the sources of the places that are reached by now.
func (w Want) reached() []Sources {
	all := slices.Clone(w.Sources)
	for _, p := range w.Places {
		if from, ok := p.Reached(); ok {
			all = append(all, from)
		}
	}
	return all
}

// Wants reports whether a signal is wanted.
func (w Want) Wants(s app.Signal) bool { return len(w.Signals) == 0 || slices.Contains(w.Signals, s) }

// within returns the wanted range up to now, in whole milliseconds, which is the finest that AWS stamps items with.
func (w Want) within(now time.Time) app.Range {
	r := app.Range{From: floor(w.Range.From), To: floor(w.Range.To.Add(time.Millisecond - 1))}
	if now = floor(now); r.To.After(now) {
		r.To = now
	}
	return r
}

// due returns the ranges of a resource that are to be asked, newest first.
func (w Want) due(within app.Range, covers []app.Cover, now time.Time) []app.Range {
	if w.skips(covers, now) {
		return nil
	}
	ranges := app.Due(within, covers, floor(now))
	slices.Reverse(ranges)
	return ranges
}

// skips reports whether a resource is left alone because it was denied just now.
func (w Want) skips(covers []app.Cover, now time.Time) bool {
	return w.SkipDenied > 0 && app.LastDenied(covers, now.Add(-w.SkipDenied))
}

// floor also drops the clock's monotonic reading, which would make equal times differ.
func floor(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

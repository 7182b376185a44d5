package cache

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

// genCover returns covers on a grid of minutes, so that they touch and overlap often.
func genCover(signal app.Signal) *rapid.Generator[app.Cover] {
	return rapid.Custom(func(t *rapid.T) app.Cover {
		minutes := func(label string, from, to int) time.Duration {
			return time.Duration(rapid.IntRange(from, to).Draw(t, label)) * time.Minute
		}
		c := app.Cover{Scope: dayPlace, Signal: signal}
		c.Range.From = epoch.Add(minutes("from", 0, 60))
		c.Range.To = c.Range.From.Add(minutes("length", 0, 40))
		c.AskedAt = c.Range.To.Add(minutes("asked", -20, 20)) // about Settles, and of the future as well
		c.Truncated = rapid.IntRange(0, 3).Draw(t, "truncated") == 0
		return c
	})
}

var genSignal = rapid.SampledFrom(app.Signals)

// Merging one after the other says the same as keeping all.
func TestMergeSaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(genCover(genSignal.Draw(t, "signal")), 0, 12).Draw(t, "covers")
		var merged []app.Cover
		for _, c := range all {
			merged = merge(append(merged, c))
		}
		saySame(t, all, merged)
		apart(t, merged)
		same(t, "merged once more", merge(merged), merged)
	})
}

func saySame(t *rapid.T, all, merged []app.Cover) {
	within := app.Range{From: epoch.Add(-10 * time.Minute), To: epoch.Add(2 * time.Hour)}
	same(t, "stretches", app.Stretches(within, merged), app.Stretches(within, all))
	same(t, "unsettled", app.Unsettled(within, merged), app.Unsettled(within, all))
}

func apart(t *rapid.T, covers []app.Cover) {
	for i, a := range covers {
		for _, b := range covers[:i] {
			if a.Range.Overlaps(b.Range) {
				t.Fatalf("%v and %v overlap", a.Range, b.Range)
			}
		}
	}
}

// A week of pulls, one each five minutes, each asking again what has not settled, stays a handful of covers.
func TestMergeDoesNotGrow(t *testing.T) {
	for _, signal := range app.Signals {
		var merged []app.Cover
		begin := epoch
		for now := begin; now.Before(begin.Add(7 * 24 * time.Hour)); now = now.Add(5 * time.Minute) {
			within := app.Range{From: begin.Add(-time.Hour), To: now}
			for _, r := range app.Unsettled(within, merged) {
				merged = merge(append(merged, app.Cover{Signal: signal, Range: r, AskedAt: now}))
			}
			if len(merged) > 3 {
				t.Fatalf("%s: %d covers at %s: %+v", signal, len(merged), now, merged)
			}
		}
	}
}

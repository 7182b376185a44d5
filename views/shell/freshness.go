package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// longTail is how long the tail of a signal may be without a word: the newest minutes of every signal may still change,
// but only the trail withholds what happened for long enough to mislead.
const longTail = 15 * time.Minute

// stale reports whether what is known of a signal is too old to go without a word: it asks for a pull.
func stale(f app.Freshness, now time.Time) bool {
	return !f.AskedAt.IsZero() && now.Sub(f.AskedAt) > phrase.Late
}

// signalStatus says how fresh a signal is at the instant now: its mark, the mark's colour, and words.
func signalStatus(signal app.Signal, f app.Freshness, now time.Time) (ui.Shape, fyne.ThemeColorName, string) {
	name := phrase.SignalTitle(signal)
	if f.AskedAt.IsZero() {
		return ui.Ring, ui.ColorNoData, name + " never"
	}
	text, ink := name+" "+phrase.Age(now.Sub(f.AskedAt)), ui.ColorOK
	if stale(f, now) {
		ink = ui.ColorWarning
	}
	if f.Settling && signal.Lateness().Tail > longTail {
		text, ink = text+", settling", ui.ColorWarning
	}
	if f.Denied && f.KnownTo.IsZero() {
		return ui.Diamond, ui.ColorWarning, name + " denied"
	}
	if f.Denied {
		return ui.Diamond, ui.ColorWarning, text + ", in part denied"
	}
	return ui.Disc, ink, text
}

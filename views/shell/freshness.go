package shell

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	// stale is the age from which a signal asks for a pull: who looks at an incident wants the last minutes.
	stale = 15 * time.Minute
	// longTail is how long the tail of a signal may be without a word: the newest minutes of every signal may still change,
	// but only the trail withholds what happened for long enough to mislead.
	longTail = 15 * time.Minute
)

// signalStatus says how fresh a signal is at the instant now: its mark, the mark's colour, and words.
func signalStatus(signal app.Signal, f app.Freshness, now time.Time) (ui.Shape, fyne.ThemeColorName, string) {
	name := signalTitle(signal)
	if f.AskedAt.IsZero() {
		return ui.Ring, ui.ColorNoData, name + " never"
	}
	age := now.Sub(f.AskedAt)
	text, ink := name+" "+ui.Age(age), ui.ColorOK
	if age > stale {
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

// signalTitle is a signal as it stands at the beginning of a line.
func signalTitle(s app.Signal) string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }

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
	// longTail is how long a signal may settle without a word: the newest minutes of every signal may still change, but
	// only the trail withholds what happened for long enough to mislead.
	longTail = 15 * time.Minute
)

// signalStatus says how fresh a signal is at the instant now: its mark, the mark's colour, and words.
func signalStatus(signal app.Signal, f app.Freshness, now time.Time) (ui.Shape, fyne.ThemeColorName, string) {
	name := strings.ToUpper(string(signal[:1])) + string(signal[1:])
	if f.AskedAt.IsZero() {
		return ui.Ring, ui.ColorNoData, name + " never"
	}
	age := now.Sub(f.AskedAt)
	text, ink := name+" "+ui.Age(age), ui.ColorOK
	if age > stale {
		ink = ui.ColorWarning
	}
	if f.Settling && signal.Settles() > longTail {
		text, ink = text+", settling", ui.ColorWarning
	}
	return ui.Disc, ink, text
}

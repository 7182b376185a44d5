package timeline

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

var _ ui.Ticker = (*View)(nil)

// wordsAge is how old what was read may become while the window stays: words such as "48 min ago" count in minutes.
const wordsAge = time.Minute

// Tick lets time pass: a window that ends now moves on, and what is said of now is said anew. It reads once the window has
// moved by a pixel: before that nobody would see it. A gesture keeps the window where it is;
// when it leads nowhere, Tick catches up.
func (v *View) Tick() {
	if len(v.stop) == 0 || v.field.held() {
		return
	}
	r := v.session.Range()
	moved := !r.Equal(v.axis.Range) && r.From.Sub(v.axis.Range.From).Abs() >= v.axis.Wide(1)
	if moved {
		v.axis.Range = r
	}
	if moved || v.answered && v.session.Now().Sub(v.evidence.now) >= wordsAge {
		v.arrange()
		v.reread()
	}
}

// behind returns a range that was zoomed to, pushed back so far that it reaches no further ahead of now than before did:
// there is nothing to see there.
func behind(r, before app.Range, now time.Time) app.Range {
	if before.To.After(now) {
		now = before.To
	}
	if over := r.To.Sub(now); over > 0 {
		return r.Shift(-over)
	}
	return r
}

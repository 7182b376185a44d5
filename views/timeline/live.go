package timeline

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

var _ ui.Ticker = (*View)(nil)

// wordsAge is how old a snapshot may become while the window stays: words such as "48 min ago" count minutes.
const wordsAge = time.Minute

// Tick lets time pass: a window that ends now moves on, and ages are updated. It reads once the window has moved by a
// pixel, since less could not be seen. During a gesture the window stays; after one without effect, Tick catches up.
func (v *View) Tick() {
	if len(v.stop) == 0 || v.field.gesturing() {
		return
	}
	r := v.session.Range()
	moved := !r.Equal(v.axis.Range) && r.From.Sub(v.axis.Range.From).Abs() >= v.axis.Wide(1)
	if moved {
		v.axis.Range = r
	}
	if moved || v.answered && v.session.Now().Sub(v.snapshot.now) >= wordsAge {
		v.arrange()
		v.reread()
	}
}

// zoomed returns a range zoomed around an instant, which stays where it is, unless the range would reach further ahead
// of now than before: there is nothing to see there.
func zoomed(r app.Range, at time.Time, factor float64, now time.Time) app.Range {
	end := now
	if r.To.After(now) {
		end = r.To
	}
	r = r.Zoom(at, factor)
	if over := r.To.Sub(end); over > 0 {
		return r.Shift(-over)
	}
	return r
}

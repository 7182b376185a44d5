package lane

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// Window is what a lane of any signal is drawn for, and what is known of that signal there.
type Window struct {
	Axis   chart.Axis
	Now    time.Time
	Zone   *time.Location // in which times are written; nil: UTC
	Places []app.Scope    // that the lane covers
	Covers []app.Cover    // of the signal
	Unread []app.Range    // what of the axis could not be read from the cache
}

// Past is the part of the axis that is not ahead of now.
func (w Window) Past() app.Range {
	r := w.Axis.Range
	if r.To.After(w.Now) {
		r.To = w.Now
	}
	return r
}

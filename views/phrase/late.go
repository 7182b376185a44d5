package phrase

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Late is how old what AWS said may be without a word: who looks at an incident wants the last minutes, and what is
// followed is asked for every five at most (app.DefaultSettings), with one for the round.
const Late = 6 * time.Minute

// SeenLate reports whether an alarm may have turned since AWS last listed it. One that was deleted has not.
func SeenLate(a app.Alarm, now time.Time) bool { return a.Gone.IsZero() && now.Sub(a.Seen) > Late }

// AsOf is of when an alarm's state is told: of now, of when it was last seen where that is late, or of when it was
// found deleted.
func AsOf(a app.Alarm, now time.Time) time.Time {
	switch {
	case !a.Gone.IsZero():
		return a.Gone
	case !SeenLate(a, now):
		return now
	case a.Seen.Before(a.Since): // nothing says when it was seen
		return a.Since
	}
	return a.Seen
}

package shell

import (
	"errors"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Who says who the person is at AWS, as far as it is known. The zero Who has not been asked yet.
type Who struct {
	Names   []string  // one for each profile: ops@111122223333
	Expires time.Time // of the credentials; zero if they do not, or it is not known
	Problem error     // why AWS could not be asked; nil while it can
}

// says puts it in a few words for the status bar.
func (w Who) says(now time.Time) string {
	switch {
	case w.Problem != nil && app.KindOf(w.Problem) == app.SignedOut:
		return "Signed out · cached data only"
	case w.Problem != nil && app.KindOf(w.Problem) == app.Offline:
		return "Offline · cached data only"
	case w.Problem != nil:
		return "Cached data only" // the problem itself stands beside it
	case len(w.Names) == 0:
		return "Asking AWS who I am"
	}
	text := w.Names[0]
	if more := len(w.Names) - 1; more > 0 {
		text += " and " + phrase.Plural(int64(more), "other", "others")
	}
	switch left := w.Expires.Sub(now); {
	case w.Expires.IsZero():
		return text
	case left <= 0:
		return text + ", expired"
	default:
		return text + ", " + phrase.Age(left) + " left"
	}
}

// soon is how long before the end of a sign-in it is told in the colour of warnings: enough to sign in again before a
// pull would have to pause.
const soon = 15 * time.Minute

func (w Who) expiresSoon(now time.Time) bool { return !w.Expires.IsZero() && w.Expires.Sub(now) < soon }

// sameWho spares followers what is not new.
func sameWho(a, b Who) bool {
	if len(a.Names) != len(b.Names) || !a.Expires.Equal(b.Expires) || !errors.Is(a.Problem, b.Problem) {
		return false
	}
	for i := range a.Names {
		if a.Names[i] != b.Names[i] {
			return false
		}
	}
	return true
}

// NewWho returns the value that main sets when AWS has answered.
func NewWho() *ui.Value[Who] { return ui.NewValue(Who{}, sameWho) }

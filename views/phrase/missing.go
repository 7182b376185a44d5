package phrase

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// missingParts are what the parts of a signal are called, one and several; of others they are places.
var missingParts = map[app.Signal][2]string{app.Logs: {"log group", "log groups"}, app.Metrics: {"metric", "metrics"}}

// Missing says what the cache lacks of a signal in a range, as a sentence; "" where it lacks nothing.
func Missing(m related.Missing) string {
	if !m.Any() {
		return ""
	}
	words, ok := missingParts[m.Signal]
	if !ok {
		words = [2]string{"place", "places"}
	}
	subject := fmt.Sprintf("%s of %s %s are", Count(int64(m.Parts)), Count(int64(m.Of)), words[1])
	switch {
	case m.Parts == 1 && m.Signal != app.Metrics:
		subject = m.Name + " is"
	case m.Parts == m.Of:
		subject = fmt.Sprintf("All %s %s are", Count(int64(m.Of)), words[1])
	}
	said := fmt.Sprintf("%s not in the cache for %s of it", subject, Lasting(m.Time))
	if m.Parts > 1 {
		said = fmt.Sprintf("%s not in the cache for up to %s of it", subject, Lasting(m.Time))
	}
	switch {
	case m.Denied == m.Parts:
		said += ": AWS denies access"
	case m.Denied > 0:
		said += fmt.Sprintf("; AWS denies access to %d of them", m.Denied)
	case m.Cut == m.Parts:
		said += ": AWS gave only a part"
	}
	return said + "."
}

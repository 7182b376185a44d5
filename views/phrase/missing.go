package phrase

import (
	"cmp"
	"fmt"

	"github.com/nephograph/nephograph/app/related"
)

// Missing says what the cache lacks of a signal in a range, as a sentence; "" where it lacks nothing. Window and
// terminal say it alike: "Log events of /ecs/etl are not in the cache for 6 h of 1 d: AWS denies access."
func Missing(m related.Missing) string { return MissingIn(m, "") }

// MissingIn says it of one of several places, which it names unless it is "".
func MissingIn(m related.Missing, place string) string {
	if !m.Any() {
		return ""
	}
	upTo := ""
	if m.Parts > 1 {
		upTo = "up to "
	}
	said := fmt.Sprintf("%s of %s are not in the cache for %s%s of %s", capital(SignalItems(m.Signal)),
		missingParts(m, place), upTo, Lasting(m.Time), Window(m.Range.Length()))
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

// missingParts names what lacks something, by its name if it is one and has a name that people know.
func missingParts(m related.Missing, place string) string {
	resources := SignalResources(m.Signal)
	parts := fmt.Sprintf("%s of %s %s", Count(int64(m.Parts)), Count(int64(m.Of)), cmp.Or(resources, "places"))
	switch {
	case m.Parts == 1 && resources != seriesName:
		parts = m.Name
	case m.Parts == m.Of && m.Of > 1:
		parts = fmt.Sprintf("all %s %s", Count(int64(m.Of)), cmp.Or(resources, "places"))
	}
	if place == "" || parts == place {
		return parts
	}
	return parts + " in " + place
}

package shell

import "github.com/nephograph/nephograph/views/phrase"

// countText puts a count in a few words: a zero is told only where the cache would have the items.
func countText(t tally) string {
	switch {
	case t.reach == notRead:
		return "not known"
	case t.reach == notPulled && t.n == 0:
		return "not pulled"
	case t.reach == whole:
		return phrase.Count(int64(t.n))
	}
	return phrase.Count(int64(t.n)) + " in part"
}

// countOnceRead is countText once the count was read, and until then a sign that it is being counted.
func countOnceRead(t tally, read bool) string {
	if !read {
		return "…"
	}
	return countText(t)
}

// countOf is countText with the name of what is counted: "1 event", "511 traces in part".
func countOf(t tally, one, many string) string {
	if t.reach == notRead || t.reach == notPulled && t.n == 0 {
		return countText(t)
	}
	said := phrase.Plural(int64(t.n), one, many)
	if t.reach != whole {
		said += " in part"
	}
	return said
}

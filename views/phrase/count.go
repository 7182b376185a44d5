package phrase

import "github.com/nephograph/nephograph/app/related"

// CountText puts a count in a few words: a zero is told only where the cache would have the items.
func CountText(t related.Count) string {
	switch {
	case t.Completeness == related.NotRead:
		return "not known"
	case t.Completeness == related.NotPulled && t.N == 0:
		return "not pulled"
	case t.Completeness == related.Complete:
		return Count(int64(t.N))
	}
	return Count(int64(t.N)) + " in part"
}

// CountOnceRead is countText once the count was read, and until then a sign that it is being counted.
func CountOnceRead(t related.Count, read bool) string {
	if !read {
		return "…"
	}
	return CountText(t)
}

// CountOf is countText with the name of what is counted: "1 event", "511 traces in part".
func CountOf(t related.Count, one, many string) string {
	if t.Completeness == related.NotRead || t.Completeness == related.NotPulled && t.N == 0 {
		return CountText(t)
	}
	said := Plural(int64(t.N), one, many)
	if t.Completeness != related.Complete {
		said += " in part"
	}
	return said
}

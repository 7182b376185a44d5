package block

import (
	"slices"

	"github.com/nephograph/nephograph/app/query"
)

// text is what conditions on the message have in common: a text that every message that meets them holds, unless it is
// coloured, and the grams of all such texts.
type text struct {
	query.Condition
	lead  finder
	grams grams
}

func newText(c query.Condition, parts []string) text {
	t := text{Condition: c}
	for _, part := range parts {
		t.grams.add(part)
		if len(part) > len(t.lead.needle) {
			t.lead = newFinder([]byte(part))
		}
	}
	return t
}

func (c *text) mayMatch(b *Summary) bool { return c.grams.in(b.Filter) }
func (c *text) needle() int              { return len(c.lead.needle) }
func (c *text) needs() needs             { return needs{filter: len(c.grams) > 0} }

// meets checks the message in lower case.
func (c *text) meets(u *Unpacker, i int) bool { return c.Meets(u.Text.Message(i)) }

// findBy appends the messages in which a needle stands and holds says so.
func (c *text) findBy(f *finder, u *Unpacker, from, end int, to []int32, holds func(i, at int) bool) []int32 {
	before := len(to)
	to = f.each(&u.Text, from, end, to, holds)
	return c.addColoured(u, from, end, to, before)
}

// addColoured adds the coloured messages to the matches that were appended after before: colours may stand within what
// is looked for.
func (c *text) addColoured(u *Unpacker, from, end int, to []int32, before int) []int32 {
	for _, i := range u.Text.coloured {
		if int(i) < from || int(i) >= end || !c.Regexp && !c.meets(u, int(i)) {
			continue
		}
		if at, ok := slices.BinarySearch(to[before:], i); !ok {
			to = slices.Insert(to, before+at, i)
		}
	}
	return to
}

// within reports whether what was found at an offset lies within message i: it may go on into the next one.
func within(t *Text, f *finder, i, at int) bool {
	for end := int(t.ends[i]); at >= 0; at = f.find(t.Folded[:end], at+1) {
		if at+len(f.needle) <= end {
			return true
		}
	}
	return false
}

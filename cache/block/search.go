package block

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/cache/automaton"
)

// Search finds the messages of blocks that match all of its terms, the same messages that query.Matcher finds one by
// one. Its automata grow while it searches, so each goroutine needs its own.
type Search struct {
	terms []condition
	all   []condition // with the one that lead stands for
	level byte
	runs  []uint32   // hashes that are in the filter of any block with a match
	lead  finder     // what every match holds; empty if that is not known
	found *condition // the term that lead was made of, if finding it is all or nearly all there is to check

	// Of a term that lead is only a part of, since JSON may escape the rest, such as a slash: the whole text, which
	// is all there is to find where nothing is escaped, and the terms beside it.
	written finder
	others  []condition
}

// condition is a term that a message is checked against.
type condition struct {
	query.Condition
	needle []byte // what a matching message holds that is not coloured, in lower case; empty if not known
}

// NewSearch compiles terms and a least level. Its error names the expression that does not parse.
func NewSearch(terms []app.LogTerm, level app.Level) (*Search, error) {
	s := &Search{level: byte(level)}
	for _, t := range terms {
		var c condition
		var parts []string
		if t.Regexp {
			expr, err := automaton.New(t.Text)
			if err != nil {
				return nil, err
			}
			c.Condition, parts = query.NewCondition(t, expr), query.Parts(automaton.Literal(t.Text))
		} else {
			c.Condition = query.NewCondition(t, nil)
			parts = c.Parts()
		}
		for _, part := range parts {
			s.require(part, t.Not)
			if len(part) > len(c.needle) {
				c.needle = []byte(part)
			}
		}
		s.terms = append(s.terms, c)
	}
	s.order()
	return s, nil
}

// Require narrows the search to blocks that may hold a text in lower case.
func (s *Search) Require(text string) { s.require(text, false) }

func (s *Search) require(text string, not bool) {
	if !not {
		eachGram(text, func(h uint32) { s.runs = append(s.runs, h) })
	}
}

// order sorts the conditions by cost, and looks for the longest needle first, which is usually the rarest.
func (s *Search) order() {
	slices.SortStableFunc(s.terms, func(a, b condition) int {
		return cmp.Or(order(a.Not, b.Not), order(a.Regexp, b.Regexp), cmp.Compare(len(b.needle), len(a.needle)))
	})
	lead := -1
	for i, t := range s.terms {
		if !t.Not && len(t.needle) > 0 && (lead < 0 || len(t.needle) > len(s.terms[lead].needle)) {
			lead = i
		}
	}
	if lead < 0 {
		return
	}
	t := s.terms[lead]
	s.lead, s.all = newFinder(t.needle), slices.Clone(s.terms)
	beside := slices.Delete(slices.Clone(s.terms), lead, lead+1)
	switch {
	case !t.Regexp && (t.Plain() || t.Field == string(t.needle)):
		s.found, s.terms = &t, beside // holds checks it
	case t.Written():
		s.written, s.others = newFinder([]byte(t.Text)), beside
	}
}

// order sorts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// All reports whether every event matches.
func (s *Search) All() bool { return len(s.terms) == 0 && len(s.lead.needle) == 0 && s.level == 0 }

// ByLevel reports whether an event matches by its level alone.
func (s *Search) ByLevel() bool { return len(s.terms) == 0 && len(s.lead.needle) == 0 }

// Filtered reports whether MayMatch can rule blocks out.
func (s *Search) Filtered() bool { return len(s.runs) > 0 }

// Cased reports whether Find needs the text restored.
func (s *Search) Cased() bool {
	return slices.ContainsFunc(s.terms, func(t condition) bool { return t.Regexp })
}

// OpenFilter opens a column Filter. Unlike the other columns it stays valid when the next one is opened.
func (u *Unpacker) OpenFilter(column []byte) (Filter, error) {
	opened, err := u.opener.open(nil, column)
	if err == nil && !valid(opened) {
		err = ErrDamaged
	}
	return opened, err
}

// MayMatch reports whether a block with this filter may hold a match.
func (s *Search) MayMatch(f Filter) bool {
	for _, h := range s.runs {
		if !f.has(h) {
			return false
		}
	}
	return true
}

// Find appends the indices of the matches among events from to end of an open text, in order.
func (s *Search) Find(t *Text, from, end int, matches []int32) []int32 {
	if len(s.lead.needle) == 0 {
		for i := from; i < end; i++ {
			if t.Levels[i] >= s.level && meets(s.terms, t, i) {
				matches = append(matches, int32(i))
			}
		}
		return matches
	}
	before, lead, terms := len(matches), &s.lead, s.terms
	if len(s.written.needle) > 0 && bytes.IndexByte(t.Folded, '\\') < 0 {
		lead, terms = &s.written, s.others
	}
	for i := from; i < end; {
		at := lead.find(t.Folded, t.start(i))
		if at < 0 {
			break
		}
		i += locate(t.ends[i:], at)
		if i >= end {
			break
		}
		if t.Levels[i] >= s.level && s.holds(t, i, at, lead) && meets(terms, t, i) {
			matches = append(matches, int32(i))
		}
		i++
	}
	return s.findColoured(t, from, end, matches, before)
}

// findColoured adds the coloured messages to the matches that were appended after before: colours may stand within what
// is looked for.
func (s *Search) findColoured(t *Text, from, end int, matches []int32, before int) []int32 {
	for _, i := range t.coloured {
		if int(i) < from || int(i) >= end || t.Levels[i] < s.level || !meets(s.all, t, int(i)) {
			continue
		}
		if at, ok := slices.BinarySearch(matches[before:], i); !ok {
			matches = slices.Insert(matches, before+at, i)
		}
	}
	return matches
}

// holds reports whether message i holds what was found at an offset of the text, or holds it after that: what was found
// may go on into the next message, or be the name of a field with another value.
func (s *Search) holds(t *Text, i, at int, lead *finder) bool {
	start, end := t.start(i), int(t.ends[i])
	named := s.found != nil && s.found.Field != ""
	for at >= 0 {
		if at+len(lead.needle) <= end &&
			(!named || query.FieldAt(t.Folded[start:end], at-start, s.found.Field, s.found.Text)) {
			return true
		}
		at = lead.find(t.Folded[:end], at+1)
	}
	return named && s.found.MeetsElsewhere(t.Folded[start:end])
}

// locate returns the first of the ends after an offset. Usually it is one of the next few.
func locate(ends []uint32, at int) int {
	for step, i := 1, 0; ; step *= 2 {
		if i+step >= len(ends) || int(ends[i+step-1]) > at {
			n, _ := slices.BinarySearch(ends[i:min(i+step, len(ends))], uint32(at)+1)
			return i + n
		}
		i += step
	}
}

// meets checks message i against terms.
func meets(terms []condition, t *Text, i int) bool {
	for k := range terms {
		c := &terms[k]
		message := t.Message
		if c.Regexp {
			message = t.Original
		}
		if c.Meets(message(i)) == c.Not {
			return false
		}
	}
	return true
}

// finder finds a text by its rarest byte, with bytes.IndexByte, which compares 32 bytes at a time. bytes.Index looks
// for the first byte, which is two to four times as slow on log messages.
type finder struct {
	needle []byte
	rare   int // index of its rarest byte
}

func newFinder(needle []byte) finder {
	f := finder{needle: needle}
	for i, c := range needle {
		if frequency[c] < frequency[needle[f.rare]] {
			f.rare = i
		}
	}
	return f
}

// find returns the first offset at or after from at which text holds the needle, -1 if there is none.
func (f *finder) find(text []byte, from int) int {
	c := f.needle[f.rare]
	for at := from + f.rare; at < len(text); at++ {
		i := bytes.IndexByte(text[at:], c)
		if i < 0 {
			return -1
		}
		at += i
		if start := at - f.rare; len(text)-start >= len(f.needle) &&
			string(text[start:start+len(f.needle)]) == string(f.needle) {
			return start
		}
	}
	return -1
}

// frequency ranks bytes of log messages in lower case: a byte that is not in the line below is rare, the others are
// ordered from the most frequent on.
var frequency = func() (rank [256]byte) {
	const frequent = " e0t1a\"ri2no3s-d5c4:8679l,.bm/pufhg=y_kvwxjzq{}()[]\t+;&%#@*!?<>|'\\$^~`\n"
	for i := range len(frequent) {
		rank[frequent[i]] = byte(len(frequent) - i)
	}
	return rank
}()

package block

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/cache/automaton"
)

// Search finds the messages of blocks that meet all of some terms: the same as query.Matcher finds one by one. It learns
// as it goes, so each goroutine needs its own.
type Search struct {
	terms []condition
	level byte
	runs  []uint32   // hashes that the filter of a block with a match must have
	lead  finder     // what every match holds; empty if nothing is to be told
	field *condition // the term whose field's name leads, if one does
}

// condition is a term that a message is checked against.
type condition struct {
	app.LogTerm                      // text and field lowered, unless it is an expression
	needle      []byte               // what a message that meets it holds, lowered; empty if that cannot be told
	expr        *automaton.Automaton // of an expression
}

// NewSearch compiles terms and a least level. Its error says which expression does not parse.
func NewSearch(terms []app.LogTerm, level app.Level) (*Search, error) {
	s := &Search{level: byte(level)}
	for _, t := range terms {
		c := condition{LogTerm: t}
		if t.Regexp {
			var err error
			if c.expr, err = automaton.New(t.Text); err != nil {
				return nil, err
			}
			c.needle = []byte(automaton.Literal(t.Text))
		} else {
			c.Text, c.Field = app.Fold(t.Text), app.Fold(t.Field)
			c.needle = []byte(c.Text)
			if value := strings.TrimSuffix(c.Text, "*"); c.Field != "" {
				c.needle = []byte(longer(c.Field, value))
				s.require(c.Field, t.Not)
				s.require(value, t.Not)
			}
		}
		s.require(string(c.needle), t.Not)
		s.terms = append(s.terms, c)
	}
	s.order()
	return s, nil
}

func longer(a, b string) string {
	if len(b) > len(a) {
		return b
	}
	return a
}

// Require narrows the search to blocks that may hold a text, lowered.
func (s *Search) Require(text string) { s.require(text, false) }

func (s *Search) require(text string, not bool) {
	if !not {
		eachGram(text, func(h uint32) { s.runs = append(s.runs, h) })
	}
}

// order puts the quickest conditions first, and lets the longest needle lead, which is the rarest as a rule.
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
	s.lead = newFinder(t.needle)
	switch {
	case t.Regexp || t.Field != "" && t.Field != string(t.needle):
		return
	case t.Field != "":
		s.field = &t
	}
	s.terms = slices.Delete(s.terms, lead, lead+1) // met wherever holds says so
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

// All reports whether every event is a match.
func (s *Search) All() bool { return len(s.terms) == 0 && len(s.lead.needle) == 0 && s.level == 0 }

// ByLevel reports whether the level alone decides.
func (s *Search) ByLevel() bool { return len(s.terms) == 0 && len(s.lead.needle) == 0 }

// Filtered reports whether May can rule blocks out.
func (s *Search) Filtered() bool { return len(s.runs) > 0 }

// Cased reports whether Find needs the text restored.
func (s *Search) Cased() bool {
	return slices.ContainsFunc(s.terms, func(t condition) bool { return t.Regexp })
}

// OpenFilter opens a column Filter. Unlike the other columns it is the caller's to keep.
func (u *Unpacker) OpenFilter(column []byte) (Filter, error) {
	opened, err := u.opener.open(nil, column)
	if err == nil && !valid(opened) {
		err = ErrDamaged
	}
	return opened, err
}

// May reports whether a block with this filter may hold a match.
func (s *Search) May(f Filter) bool {
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
			if t.Levels[i] >= s.level && s.meets(t, i) {
				matches = append(matches, int32(i))
			}
		}
		return matches
	}
	for i := from; i < end; {
		at := s.lead.find(t.Folded, t.start(i))
		if at < 0 {
			break
		}
		i += locate(t.ends[i:], at)
		if i >= end {
			break
		}
		if t.Levels[i] >= s.level && s.holds(t, i, at) && s.meets(t, i) {
			matches = append(matches, int32(i))
		}
		i++
	}
	return matches
}

// holds reports whether message i has what leads at an offset of the text or after it: what was found there may go on
// into the next message, or be the name of a field with another value.
func (s *Search) holds(t *Text, i, at int) bool {
	start, end := t.start(i), int(t.ends[i])
	for at >= 0 {
		if at+len(s.lead.needle) <= end &&
			(s.field == nil || query.FieldAt(t.Folded[start:end], at-start, s.field.Field, s.field.Text)) {
			return true
		}
		at = s.lead.find(t.Folded[:end], at+1)
	}
	return false
}

// locate returns the first of the ends that lies after an offset. Mostly that is one of the next few.
func locate(ends []uint32, at int) int {
	for step, i := 1, 0; ; step *= 2 {
		if i+step >= len(ends) || int(ends[i+step-1]) > at {
			n, _ := slices.BinarySearch(ends[i:min(i+step, len(ends))], uint32(at)+1)
			return i + n
		}
		i += step
	}
}

// meets checks message i against the terms.
func (s *Search) meets(t *Text, i int) bool {
	for k := range s.terms {
		if s.terms[k].meets(t, i) == s.terms[k].Not {
			return false
		}
	}
	return true
}

func (c *condition) meets(t *Text, i int) bool {
	switch {
	case c.expr != nil:
		return c.expr.Match(t.Original(i))
	case c.Field != "":
		return hasField(t.Message(i), c.Field, c.Text)
	}
	return bytes.Contains(t.Message(i), c.needle)
}

// hasField is query.HasField.
func hasField(message []byte, field, value string) bool {
	for at := 0; ; {
		i := bytes.Index(message[at:], []byte(field))
		if i < 0 {
			return false
		}
		if query.FieldAt(message, at+i, field, value) {
			return true
		}
		at += i + 1
	}
}

// finder finds a text by its rarest byte, which bytes.IndexByte looks for 32 bytes at a time. bytes.Index goes by the
// first byte; on log messages that is two to four times as slow.
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

// find returns the first place at or after from where the needle stands in text, -1 if it does not.
func (f *finder) find(text []byte, from int) int {
	c := f.needle[f.rare]
	for at := from + f.rare; at < len(text); at++ {
		i := bytes.IndexByte(text[at:], c)
		if i < 0 {
			return -1
		}
		at += i
		if start := at - f.rare; len(text)-start >= len(f.needle) && string(text[start:start+len(f.needle)]) == string(f.needle) {
			return start
		}
	}
	return -1
}

// frequency ranks bytes of lowered log messages: what is not in the line below is rare, and what is stands from frequent
// to less so.
var frequency = func() (rank [256]byte) {
	const frequent = " e0t1a\"ri2no3s-d5c4:8679l,.bm/pufhg=y_kvwxjzq{}()[]\t+;&%#@*!?<>|'\\$^~`\n"
	for i := range len(frequent) {
		rank[frequent[i]] = byte(len(frequent) - i)
	}
	return rank
}()

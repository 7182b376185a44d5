package pattern

import (
	"cmp"
	"slices"
	"strings"
)

// Value is a value of a wildcard with how many messages have it.
type Value struct {
	Text  string `json:"value"`
	Count int    `json:"count"`
}

// Values counts the values of the wildcards of one template. It belongs to one goroutine.
type Values struct {
	template Template
	scan     scanner
	row      []string
	counts   []map[string]int
	messages int
}

// NewValues returns a counter of the template's values.
func (t Template) NewValues() *Values {
	v := &Values{template: t, counts: make([]map[string]int, len(t.kinds))}
	for i := range v.counts {
		v.counts[i] = map[string]int{}
	}
	return v
}

// Add counts the values of a message and reports whether it is of the template; those of others are not counted.
func (v *Values) Add(message string) bool {
	v.scan.scan(message)
	return v.add(&v.scan, message)
}

// add counts a message that was scanned, if it is of the template.
func (v *Values) add(s *scanner, message string) bool {
	r := v.template.rowOf(s)
	if !v.template.fits(r) {
		return false
	}
	v.messages++
	v.row = v.template.values(s, r, message, v.row[:0])
	for i, text := range v.row {
		if n := v.counts[i][text]; n > 0 {
			v.counts[i][text] = n + 1
		} else {
			v.counts[i][strings.Clone(text)] = 1 // the message itself is not kept
		}
	}
	return true
}

// Messages returns how many messages were counted.
func (v *Values) Messages() int { return v.messages }

// Top returns the most frequent values of wildcard i, at most n, and how many different ones there are in all.
func (v *Values) Top(i, n int) (top []Value, different int) {
	for text, count := range v.counts[i] {
		top = append(top, Value{text, count})
	}
	slices.SortFunc(top, func(a, b Value) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Text, b.Text)) })
	return top[:min(n, len(top))], len(top)
}

// SetValues counts the values of the most frequent patterns of a set. It belongs to the goroutine of the set's miner.
type SetValues struct {
	set Set
	of  []*Values
}

// NewValues returns a counter of the values of the first n patterns.
func (s Set) NewValues(n int) *SetValues {
	v := &SetValues{set: s}
	for _, p := range s.Patterns[:min(n, len(s.Patterns))] {
		v.of = append(v.of, p.NewValues())
	}
	return v
}

// Add counts a message; those of other patterns are not counted.
func (v *SetValues) Add(message string) {
	s := &v.set.miner.scan
	s.scan(message)
	if i := v.set.find(string(s.key)); i >= 0 && i < len(v.of) {
		v.of[i].add(s, message) // it is not of the template where only its first word is kept
	}
}

// Of returns the values of pattern i.
func (v *SetValues) Of(i int) *Values { return v.of[i] }

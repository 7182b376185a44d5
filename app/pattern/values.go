package pattern

import (
	"cmp"
	"slices"
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
	if !v.template.fits(cutShape(string(v.scan.key))) {
		return false
	}
	v.messages++
	v.row = v.template.values(&v.scan, message, v.row[:0])
	for i, text := range v.row {
		v.counts[i][text]++
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

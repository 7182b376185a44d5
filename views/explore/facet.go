package explore

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/ui"
)

// Facet is a property of what was found, with its most frequent values.
type Facet struct {
	Title  string
	Field  string // by which queries ask for it
	Values []Value
	More   int     // values that are not among these
	Others []Value // the most frequent of those
}

// Value is a value of a facet. Its term, added to the query, leaves the items that have the value.
type Value struct {
	Text  string
	Term  string // as the query language writes it
	Count int
	Mark  ui.Shape
	Ink   fyne.ThemeColorName // of the mark
}

// shownValues is how many values of a facet are shown, otherValues how many more are suggested while a person types.
const (
	shownValues = 6
	otherValues = 40
)

// NewFacet returns the facet of a field by the counts of its values, the most frequent first.
func NewFacet(title, field string, counts map[string]int) Facet {
	f := Facet{Title: title, Field: field}
	for text, n := range counts {
		if text != "" {
			term := query.FormatField(field, text)
			f.Values = append(f.Values, Value{Text: text, Count: n, Term: term})
		}
	}
	slices.SortFunc(f.Values, func(a, b Value) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Text, b.Text)) })
	f.More = max(len(f.Values)-shownValues, 0)
	shown := len(f.Values) - f.More
	f.Others = f.Values[shown:min(shown+otherValues, len(f.Values))]
	f.Values = f.Values[:shown]
	return f
}

// FacetField is a field that becomes a facet.
type FacetField struct {
	Title, Field string
	Always       bool // also where all items have the same value
}

// Counter counts the values of the facets of what was found.
type Counter struct {
	fields []FacetField
	counts []map[string]int
}

// NewCounter returns a counter of fields.
func NewCounter(fields []FacetField) *Counter {
	c := &Counter{fields: fields, counts: make([]map[string]int, len(fields))}
	for i := range c.counts {
		c.counts[i] = map[string]int{}
	}
	return c
}

// Count counts an item by the values that it has of each field.
func (c *Counter) Count(values func(field string) []string) {
	for i, f := range c.fields {
		for _, v := range values(f.Field) {
			c.counts[i][v]++
		}
	}
}

// Facets returns the facets that tell something.
func (c *Counter) Facets() (all []Facet) {
	for i, f := range c.fields {
		if one := NewFacet(f.Title, f.Field, c.counts[i]); len(one.Values) > 1 || f.Always && len(one.Values) > 0 {
			all = append(all, one)
		}
	}
	return all
}

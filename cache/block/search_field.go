package block

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// field is met by messages that say that a field has a value, or one that compares so.
type field struct {
	text
	byName bool // lead is the name of the field
}

func newField(t app.LogTerm) condition {
	c := query.NewCondition(t, nil)
	f := &field{text: newText(c, c.Parts())}
	f.byName = c.Name() != "" && string(f.lead.needle) == c.Name()
	return f
}

func (f *field) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	switch {
	case len(f.lead.needle) == 0:
		return every(from, end, to), false
	case f.byName:
		return f.findBy(&f.lead, u, from, end, to, func(i, at int) bool { return f.holds(&u.Text, i, at) }), true
	}
	return f.findBy(&f.lead, u, from, end, to, func(i, at int) bool { return within(&u.Text, &f.lead, i, at) }), false
}

// holds reports whether the field has the value where its name was found in message i, or after that.
func (f *field) holds(t *Text, i, at int) bool {
	start, end := t.start(i), int(t.ends[i])
	for at >= 0 {
		if at+len(f.lead.needle) <= end && f.FieldAt(t.Folded[start:end], at-start) {
			return true
		}
		at = f.lead.find(t.Folded[:end], at+1)
	}
	return f.MeetsElsewhere(t.Folded[start:end])
}

func (f *field) cost() int { return costField }

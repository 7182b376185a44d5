package block

import (
	"cmp"
	"slices"
)

// and is met by events that meet all conditions. What most events fail is looked for first: the longest text, which is
// usually the rarest; what that finds is checked against the others, the cheapest first.
type and struct {
	lead   condition
	others []condition // by cost, without lead
	all    []condition // by cost
}

func newAnd(parts []condition) condition {
	if len(parts) == 1 {
		return parts[0]
	}
	a := &and{all: parts}
	slices.SortStableFunc(a.all, func(a, b condition) int {
		return cmp.Or(cmp.Compare(a.cost(), b.cost()), cmp.Compare(b.needle(), a.needle()))
	})
	lead := -1
	for i, p := range a.all {
		if lead < 0 || p.needle() > a.all[lead].needle() {
			lead = i
		}
	}
	if lead >= 0 {
		a.lead = a.all[lead]
		a.others = slices.Delete(slices.Clone(a.all), lead, lead+1)
	}
	return a
}

func (a *and) mayMatch(b *Summary) bool {
	may := true
	for _, p := range a.all { // all of them: each remembers what of it was ruled out
		may = p.mayMatch(b) && may
	}
	return may
}

func (a *and) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	if a.lead == nil {
		return every(from, end, to), true
	}
	before := len(to)
	found, exact = a.lead.find(u, from, end, to)
	rest := a.others
	if !exact {
		rest = a.all
	}
	return keep(found, before, func(i int32) bool { return meetsAll(rest, u, int(i)) }), true
}

func (a *and) meets(u *Unpacker, i int) bool { return meetsAll(a.all, u, i) }

func meetsAll(parts []condition, u *Unpacker, i int) bool {
	for _, p := range parts {
		if !p.meets(u, i) {
			return false
		}
	}
	return true
}

func (a *and) needle() int {
	if a.lead == nil {
		return 0
	}
	return a.lead.needle()
}

func (a *and) cost() int    { return costOf(a.all) }
func (a *and) needs() needs { return needsOf(a.all) }

func costOf(parts []condition) (most int) {
	for _, p := range parts {
		most = max(most, p.cost())
	}
	return most
}

func needsOf(parts []condition) (n needs) {
	for _, p := range parts {
		n = n.with(p.needs())
	}
	return n
}

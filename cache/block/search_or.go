package block

import "math/bits"

// or is met by events that meet at least one condition. Each is looked for by itself, and only in blocks whose filter
// does not rule it out.
type or struct {
	parts   []condition
	out     []bool // which parts the filter of the block has ruled out
	found   []int32
	matched []uint64 // a bit for each event
}

func newOr(parts []condition) condition { return &or{parts: parts, out: make([]bool, len(parts))} }

func (o *or) mayMatch(b *Summary) bool {
	may := false
	for i, p := range o.parts {
		o.out[i] = !p.mayMatch(b)
		may = may || !o.out[i]
	}
	return may
}

func (o *or) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	words := (end - from + 63) / 64
	if cap(o.matched) < words {
		o.matched = make([]uint64, words)
	}
	o.matched = o.matched[:words]
	clear(o.matched)
	for n, p := range o.parts {
		if o.out[n] {
			continue
		}
		var exact bool
		if o.found, exact = p.find(u, from, end, o.found[:0]); exact {
			for _, i := range o.found {
				o.matched[(int(i)-from)/64] |= 1 << ((int(i) - from) % 64)
			}
			continue
		}
		for _, i := range o.found {
			at := int(i) - from
			if o.matched[at/64]>>(at%64)&1 == 0 && p.meets(u, int(i)) {
				o.matched[at/64] |= 1 << (at % 64)
			}
		}
	}
	for w, marks := range o.matched {
		for ; marks != 0; marks &= marks - 1 {
			to = append(to, int32(from+w*64+bits.TrailingZeros64(marks)))
		}
	}
	return to, true
}

func (o *or) meets(u *Unpacker, i int) bool {
	for n, p := range o.parts {
		if !o.out[n] && p.meets(u, i) {
			return true
		}
	}
	return false
}

// needle is the shortest of the parts: one that looks at every event has the whole do so.
func (o *or) needle() int {
	least := 0
	for i, p := range o.parts {
		if n := p.needle(); i == 0 || n < least {
			least = n
		}
	}
	return least
}

func (o *or) cost() int { return costOf(o.parts) }

// needs asks the filter where it can rule something out.
func (o *or) needs() needs { return needsOf(o.parts) }

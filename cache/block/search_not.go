package block

// not is met by events that do not meet a condition. No filter can say that there are none.
type not struct {
	part  condition
	found []int32
}

func newNot(part condition) condition { return &not{part: part} }

func (n *not) mayMatch(b *Summary) bool {
	n.part.mayMatch(b) // which remembers what of it was ruled out
	return true
}

func (n *not) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	if n.found, exact = n.part.find(u, from, end, n.found[:0]); !exact {
		n.found = keep(n.found, 0, func(i int32) bool { return n.part.meets(u, int(i)) })
	}
	for _, i := range n.found {
		to = every(from, int(i), to)
		from = int(i) + 1
	}
	return every(from, end, to), true
}

func (n *not) meets(u *Unpacker, i int) bool { return !n.part.meets(u, i) }
func (n *not) needle() int                   { return 0 }
func (n *not) cost() int                     { return n.part.cost() }

// needs does not ask the filter for its own sake.
func (n *not) needs() needs {
	needs := n.part.needs()
	needs.filter = false
	return needs
}

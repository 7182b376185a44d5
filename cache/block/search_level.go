package block

// levels is met by events of a level or a graver one, or by those below it.
type levels struct {
	least byte
	below bool
}

func (l *levels) mayMatch(b *Summary) bool {
	for level, n := range b.Levels {
		if n > 0 && (byte(level) >= l.least) != l.below {
			return true
		}
	}
	return false
}

func (l *levels) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	for i := from; i < end; i++ {
		if l.meets(u, i) {
			to = append(to, int32(i))
		}
	}
	return to, true
}

func (l *levels) meets(u *Unpacker, i int) bool { return (u.Text.Levels[i] >= l.least) != l.below }
func (l *levels) needle() int                   { return 0 }
func (l *levels) cost() int                     { return costLevel }
func (l *levels) needs() needs                  { return needs{} }

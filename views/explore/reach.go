package explore

// At returns the item that the keys are at; false if nothing is listed.
func (s *Screen[T]) At() (T, bool) { return s.list.Cursor() }

// Next moves the keys to the next item, after the one that they are at, for which is holds; past the end it begins at
// the first. It reports whether there is one.
func (s *Screen[T]) Next(is func(T) bool) bool {
	items := s.list.Items()
	for n := range items {
		i := (s.list.Row() + 1 + n) % len(items)
		if is(items[i]) {
			s.focus(s.list)
			s.list.Go(i)
			return true
		}
	}
	return false
}

// Again reads again what the screen shows, since something changed that the cache does not tell of.
func (s *Screen[T]) Again() { s.read(false) }

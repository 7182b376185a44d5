package explore

import (
	"context"

	"github.com/nephograph/nephograph/views/ui"
)

// Unfolding says what rows of a screen can show in place, below and above themselves. The rows have keys of their own,
// also where an item is listed already.
type Unfolding[T any] struct {
	// Around reads the n items before an item and the n after it, where it comes from, as the list shows them in an
	// order: above it and below it.
	Around func(ctx context.Context, item T, n int, turned bool) (above, below []T, err error)
	// Lines returns the rows of what an item consists of; none: it is one row.
	Lines func(item T) []T
}

// aroundFirst is how many rows are shown around one at first on each side; aroundMore is how many a person gets more of
// each time.
const (
	aroundFirst = 5
	aroundMore  = 25
)

// unfolded is what is shown of one row in place.
type unfolded[T any] struct {
	around       int // rows that were asked for on each side; 0: none
	above, below []T
	lines        bool
}

// folds are the rows that a person has unfolded, by the key of their item.
type folds[T any] struct {
	open map[string]unfolded[T]
	of   map[string]string // the row that another one was unfolded from, by keys
}

// compose puts what is unfolded among the items.
func (f *folds[T]) compose(items []T, p *Parts[T]) []T {
	f.of = map[string]string{}
	if len(f.open) == 0 {
		return items
	}
	all := make([]T, 0, len(items)+2*aroundMore*len(f.open))
	for _, item := range items {
		key := p.Key(item)
		u, ok := f.open[key]
		if key == "" || !ok {
			all = append(all, item)
			continue
		}
		var lines []T
		if u.lines {
			lines = p.Unfold.Lines(item)
		}
		for _, rows := range [][]T{u.above, lines, u.below} {
			for _, row := range rows {
				f.of[p.Key(row)] = key
			}
		}
		all = append(append(append(append(all, u.above...), item), lines...), u.below...)
	}
	return all
}

// foldedItem returns the item at the cursor, or the one that the row there is unfolded from.
func (s *Screen[T]) foldedItem() (item T, key string, ok bool) {
	at, ok := s.list.Cursor()
	if !ok {
		return at, "", false
	}
	if key = s.parts.Key(at); s.folds.of[key] == "" {
		return at, key, key != ""
	}
	key = s.folds.of[key]
	for _, one := range s.pages.rows {
		if s.parts.Key(one) == key {
			return one, key, true
		}
	}
	return at, "", false
}

// toggleAround shows what is around the row at the cursor, or hides it.
func (s *Screen[T]) toggleAround() {
	item, key, ok := s.foldedItem()
	if !ok {
		return
	}
	if u := s.folds.open[key]; u.around > 0 {
		u.around, u.above, u.below = 0, nil, nil
		s.setFold(key, u)
		return
	}
	s.readAround(item, key, aroundFirst)
}

// moreAround shows more of what is around the row at the cursor.
func (s *Screen[T]) moreAround() {
	if item, key, ok := s.foldedItem(); ok {
		s.readAround(item, key, s.folds.open[key].around+aroundMore)
	}
}

func (s *Screen[T]) readAround(item T, key string, n int) {
	type rows struct{ above, below []T }
	turned := s.turned
	ui.Load(&s.foldLoad, func(ctx context.Context) (r rows, err error) {
		r.above, r.below, err = s.parts.Unfold.Around(ctx, item, n, turned)
		return r, err
	}, func(r rows, err error) {
		if s.problem = err; err == nil {
			u := s.folds.open[key]
			u.around, u.above, u.below = n, r.above, r.below
			s.setFold(key, u)
		}
		s.arrange()
	})
}

// toggleLines shows the lines of the row at the cursor, or hides them.
func (s *Screen[T]) toggleLines() {
	item, key, ok := s.foldedItem()
	if !ok || len(s.parts.Unfold.Lines(item)) == 0 {
		return
	}
	u := s.folds.open[key]
	u.lines = !u.lines
	s.setFold(key, u)
}

// setFold shows a row unfolded as it is now. The row keeps its place, and the cursor goes back to it when what it was
// at is hidden.
func (s *Screen[T]) setFold(key string, u unfolded[T]) {
	if u.around == 0 && !u.lines {
		delete(s.folds.open, key)
	} else {
		s.folds.open[key] = u
	}
	if at, ok := s.list.Cursor(); ok && s.folds.of[s.parts.Key(at)] == key {
		s.goTo(key)
	}
	s.list.Hold()
	s.list.SetItems(s.folds.compose(s.pages.rows, &s.parts))
}

// goTo puts the cursor at a row.
func (s *Screen[T]) goTo(key string) {
	for i, item := range s.list.Items() {
		if s.parts.Key(item) == key {
			s.list.Go(i)
			return
		}
	}
}

// foldAll folds what does not hold for another question.
func (s *Screen[T]) foldAll() { s.folds = folds[T]{open: map[string]unfolded[T]{}} }

// unfoldBindings are the keys that unfold rows.
func (s *Screen[T]) unfoldBindings() (keys ui.Bindings) {
	if s.parts.Unfold.Around != nil {
		keys = append(keys,
			ui.Binding{Keys: "n", Does: "What is around the row, in place; again hides it", Rune: 'n',
				Do: s.toggleAround},
			ui.Binding{Keys: "N", Does: "More of what is around the row", Rune: 'N', Do: s.moreAround})
	}
	if s.parts.Unfold.Lines != nil {
		keys = append(keys, ui.Binding{Keys: "u", Does: "The lines of the row; again hides them", Rune: 'u',
			Do: s.toggleLines})
	}
	return keys
}

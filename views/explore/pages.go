package explore

import (
	"context"

	"github.com/nephograph/nephograph/views/ui"
)

// Pages says how the items beyond those of an answer are read when a person gets to them, so that a list has as many
// rows as there are items, however many that is.
type Pages[T any] struct {
	// Read returns n items from the one that has skip before it; nil: only what a person asks for more of is listed.
	Read func(ctx context.Context, q Question, skip, n int) ([]T, error)
	// Absent reports whether a row stands for an item that was not read. The zero T has to be such a row.
	Absent func(T) bool
}

const (
	// mostRows is how many rows a list may have: at 28 pixels each, places of 33 million pixels are still told apart by
	// the two pixels that rows are even multiples of (float32).
	mostRows = 1_000_000
	// pageRows is how many items are read at once, some five screens.
	pageRows = 200
	// keptPages is how many pages stay: as many items as are listed at first take ten.
	keptPages = 50
)

// paged is the rows of a list: the items of an answer, and behind them those that are read by page.
type paged[T any] struct {
	rows   []T
	first  int   // rows of the answer
	listed int   // items that they stand for
	kept   []int // the pages that were read, by their first row, the oldest first
	wanted int   // the page that a person is at; -1: none
}

// setRows makes the rows of an answer.
func (s *Screen[T]) setRows(a Answer[T]) {
	s.pages = paged[T]{rows: a.Items, first: len(a.Items), listed: max(a.Listed, len(a.Items)), wanted: -1}
	s.pageLoad.Stop()
	if s.parts.Pages.Read == nil {
		return
	}
	if behind := min(a.rest(), mostRows-len(a.Items)); behind > 0 {
		s.pages.rows = make([]T, len(a.Items)+behind)
		copy(s.pages.rows, a.Items)
	}
}

// rest is how many items have no row.
func (s *Screen[T]) rest() int {
	return s.shown.Total - s.pages.listed - (len(s.pages.rows) - s.pages.first)
}

// seek is told that a row is seen whose item was not read: row counts those that are unfolded, too.
func (s *Screen[T]) seek(row int) {
	if items := s.list.Items(); len(s.folds.open) > 0 {
		for _, item := range items[:min(row, len(items))] {
			if s.folds.of[s.parts.Key(item)] != "" {
				row--
			}
		}
	}
	if row < s.pages.first || row >= len(s.pages.rows) {
		return
	}
	s.pages.wanted = s.pages.first + (row-s.pages.first)/pageRows*pageRows
	s.readPage()
}

// readPage reads the page that is wanted. What a person has scrolled past meanwhile is not read.
func (s *Screen[T]) readPage() {
	if s.pages.wanted < 0 || s.pageLoad.Busy() {
		return
	}
	at := s.pages.wanted
	s.pages.wanted = -1
	n := min(pageRows, len(s.pages.rows)-at)
	q, skip := s.asked, s.pages.listed+at-s.pages.first
	ui.Load(&s.pageLoad, func(ctx context.Context) ([]T, error) { return s.parts.Pages.Read(ctx, q, skip, n) },
		func(items []T, err error) {
			if s.problem = err; err == nil {
				s.keepPage(at, items)
			} else {
				s.arrange()
			}
			s.readPage()
		})
}

// keepPage lists the items of a page, and forgets the page that was read first if there are many.
func (s *Screen[T]) keepPage(at int, items []T) {
	if len(s.pages.kept) == keptPages {
		old := s.pages.kept[0]
		s.pages.kept = s.pages.kept[1:]
		clear(s.pages.rows[old:min(old+pageRows, len(s.pages.rows))])
	}
	s.pages.kept = append(s.pages.kept, at)
	copy(s.pages.rows[at:], items)
	s.list.SetItems(s.folds.compose(s.pages.rows, &s.parts))
}

// deep reports whether a person reads items that are read by page. Another answer then does not take their place: the
// rows would be others.
func (s *Screen[T]) deep() bool {
	return s.parts.Pages.Read != nil && s.pages.first > 0 && s.list.Top() >= s.pages.first
}

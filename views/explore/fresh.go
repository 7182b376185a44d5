package explore

import (
	"slices"

	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// fresh is what has come since a person left the end of the list where new items arrive: the list does not move for it.
type fresh struct {
	since string // the key of the newest item that was seen there; "": the list shows what is new
	count int
}

// note counts what is new in the items of another answer to the same question. In the first order the newest come
// first.
func (f *fresh) note(keys []string, atStart, turned bool) {
	if len(keys) == 0 || atStart && !turned {
		f.since, f.count = "", 0
		return
	}
	if turned {
		slices.Reverse(keys)
	}
	if f.since == "" {
		f.since = keys[0]
	}
	// it has left the window: what was new can no longer be told
	if f.count = slices.Index(keys, f.since); f.count < 0 {
		f.since, f.count = keys[0], 0
	}
}

// noteFresh counts what is new, before another answer to the same question is listed.
func (s *Screen[T]) noteFresh(was []T, d Answer[T]) {
	keysOf := func(items []T) (keys []string) {
		for _, item := range items {
			keys = append(keys, s.parts.Key(item))
		}
		return keys
	}
	if d.rest() > 0 && s.turned { // the end is not listed
		s.fresh = fresh{}
		return
	}
	if s.fresh.since == "" {
		s.fresh.note(keysOf(was), s.list.AtStart(), s.turned)
	}
	s.fresh.note(keysOf(d.Items), s.list.AtStart(), s.turned)
}

// jump goes to what is new.
func (s *Screen[T]) jump() {
	if s.turned {
		s.list.Go(len(s.list.Items()) - 1)
	} else {
		s.list.Go(0)
	}
	s.fresh = fresh{}
	s.arrange()
	s.read(false) // what was held back meanwhile
}

// sayFresh says how much is new.
func (s *Screen[T]) sayFresh() {
	ui.SetShown(s.new, s.fresh.count > 0)
	if s.fresh.count > 0 {
		s.new.Set(ui.Word{Text: phrase.Count(int64(s.fresh.count)) + " new", Style: ui.Body},
			ui.Word{Text: "j", Style: ui.Note})
	}
}

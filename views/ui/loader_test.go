package ui

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// bench holds what leaves the UI goroutine until the test runs it.
type bench []func()

func (b *bench) threads() Threads {
	return Threads{Away: func(f func()) { *b = append(*b, f) }, Back: func(f func()) { f() }}
}

func (b *bench) run() {
	waiting := *b
	*b = nil
	for _, f := range waiting {
		f()
	}
}

func number(n int) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) { return n, ctx.Err() }
}

func TestLoadDropsWhatIsLate(t *testing.T) {
	var work bench
	l := &Loader{Threads: work.threads()}
	var shown []int
	show := func(n int, err error) { shown = append(shown, n) }
	Load(l, number(1), show)
	Load(l, number(2), show)
	if !l.Busy() {
		t.Error("not busy while a load waits")
	}
	work.run()
	if !slices.Equal(shown, []int{2}) || l.Busy() {
		t.Errorf("shown %v, busy %v; want 2 alone", shown, l.Busy())
	}
	Load(l, number(3), show)
	l.Stop()
	work.run()
	if !slices.Equal(shown, []int{2}) {
		t.Errorf("a stopped load was shown: %v", shown)
	}
}

func TestAgainLetsTheFirstFinish(t *testing.T) {
	var work bench
	l := &Loader{Threads: work.threads()}
	var shown []int
	show := func(n int, err error) { shown = append(shown, n) }
	for n := range 5 { // as changes come in during a pull
		Again(l, number(n), show)
	}
	work.run()
	work.run()
	if !slices.Equal(shown, []int{0, 4}) || l.Busy() {
		t.Errorf("shown %v, busy %v; want the first and the last", shown, l.Busy())
	}
	Again(l, number(8), show)
	Again(l, number(9), show)
	l.Stop()
	work.run()
	work.run()
	if !slices.Equal(shown, []int{0, 4}) {
		t.Errorf("a stopped load was shown: %v", shown)
	}
}

func TestLoadShowsErrors(t *testing.T) {
	l := &Loader{Threads: Inline}
	var got error
	Load(l, func(context.Context) (int, error) { return 7, errors.New("no") }, func(n int, err error) { got = err })
	if got == nil || l.Busy() {
		t.Errorf("error %v, busy %v", got, l.Busy())
	}
}

func TestEachDoesEverythingOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 100} {
		done := make([]int, n)
		Each(n, func(i int) { done[i]++ })
		for i, times := range done {
			if times != 1 {
				t.Errorf("of %d things the %d. was done %d times", n, i, times)
			}
		}
	}
}

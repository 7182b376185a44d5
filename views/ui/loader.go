package ui

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// Threads says how to leave the UI goroutine and how to come back to it.
type Threads struct {
	Away func(func()) // run somewhere else
	Back func(func()) // run on the UI goroutine
}

// Real is Threads as the running app uses it.
var Real = Threads{Away: func(f func()) { go f() }, Back: fyne.Do}

// Inline runs everything at once on the caller's goroutine, as screen tests do.
var Inline = Threads{Away: func(f func()) { f() }, Back: func(f func()) { f() }}

// Loader is the one place where work leaves the UI goroutine and results come back to it. A screen has one Loader for
// each thing it shows. All methods are called on the UI goroutine. The zero Loader needs its Threads set.
type Loader struct {
	Threads Threads

	turn   int
	cancel context.CancelFunc
	next   func() // a load that Again put off
}

// Load runs read away from the UI goroutine, and show with its result on it. A load that is still running is
// cancelled first, and its result dropped should it arrive late. A cancelled read shows nothing.
func Load[T any](l *Loader, read func(context.Context) (T, error), show func(T, error)) {
	l.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	turn := l.turn
	l.Threads.Away(func() {
		value, err := read(ctx)
		l.Threads.Back(func() {
			if turn != l.turn || errors.Is(err, context.Canceled) {
				return
			}
			cancel()
			l.cancel = nil
			show(value, err)
			if next := l.next; next != nil {
				l.next = nil
				next()
			}
		})
	})
}

// Again is Load for what is asked for many times a second, as during a pull: it lets a load that is running come to its
// end, and then loads once more, however often it was called.
func Again[T any](l *Loader, read func(context.Context) (T, error), show func(T, error)) {
	if l.Busy() {
		l.next = func() { Again(l, read, show) }
		return
	}
	Load(l, read, show)
}

// Every calls f on the UI goroutine each time d has passed, until stop is called. It is for the running app: with
// Inline threads it would never return.
func Every(threads Threads, d time.Duration, f func()) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	threads.Away(func() {
		ticker := time.NewTicker(d)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				threads.Back(f)
			}
		}
	})
	return cancel
}

// Each does n things that do not need each other, on all cores, and returns when they are done. It is for what has left
// the UI goroutine already, such as painting the lanes of a picture.
func Each(n int, do func(i int)) {
	var next atomic.Int64
	var done sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	done.Wait()
}

// Busy reports whether a load is running.
func (l *Loader) Busy() bool { return l.cancel != nil }

// Stop cancels the load that is running, if any; its result will not be shown.
func (l *Loader) Stop() {
	l.turn++
	l.next = nil
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

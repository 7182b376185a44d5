package conformance

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator"
)

// paged are faults under which every listing has several pages.
var paged = simulator.Faults{Seed: 3, EmptyPages: 1}

// largest returns the first place's question with the most items of all.
func (s Spec[Q, T]) largest(t *testing.T, b *bench) (app.Source[Q, T], Q) {
	t.Helper()
	b.simulator.SetFaults(paged)
	place := b.world.Places[0]
	source := s.source(t, b, place.Scope)
	questions := s.Ask(place, b.world.Range)
	return source, slices.MaxFunc(questions, func(a, c Q) int {
		return len(s.collect(t.Context(), source, a, never).items) - len(s.collect(t.Context(), source, c, never).items)
	})
}

func (s Spec[Q, T]) cancelBetween(t *testing.T, b *bench) {
	source, q := s.largest(t, b)
	whole := s.collect(t.Context(), source, q, never)
	for after := 1; after < min(len(whole.pages), 4); after++ {
		ctx, cancel := context.WithCancel(t.Context())
		b.simulator.SetFaults(paged)
		a := s.collect(ctx, source, q, func(pages int) {
			if pages == after {
				cancel()
			}
		})
		cancel()
		s.cancelled(t, a, after, whole)
	}
}

// cancelWithin cancels while the second request is on its way, or the only one.
func (s Spec[Q, T]) cancelWithin(t *testing.T, b *bench) {
	source, q := s.largest(t, b)
	b.simulator.SetFaults(paged)
	whole := s.collect(t.Context(), source, q, never)
	last := int32(min(2, len(whole.pages)))
	if s.Stops > 0 {
		last = 2 // the first request starts what the second one asks about
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	b.simulator.SetFaults(paged)
	var requests atomic.Int32
	hold := func(r *http.Request) {
		if requests.Add(1) == last {
			_, _ = io.Copy(io.Discard, r.Body) // only then does the server see that the client has gone
			cancel()
			<-r.Context().Done()
		}
	}
	b.before.Store(&hold)
	defer b.before.Store(nil)
	s.cancelled(t, s.collect(ctx, source, q, never), -1, whole)
	if n := requests.Load(); n != last+int32(s.Stops) {
		t.Errorf("%d requests were made", n)
	}
}

// cancelled checks an answer that was broken off: it ends with context.Canceled, and what came is as in the whole one.
func (s Spec[Q, T]) cancelled(t *testing.T, a answer[T], after int, whole answer[T]) {
	t.Helper()
	var failed *app.Error
	if !errors.Is(a.err, context.Canceled) || errors.As(a.err, &failed) {
		t.Errorf("cancelled after %d pages: %v", after, a.err)
	}
	if n := len(a.pages) - 1; after >= 0 && n != after {
		t.Errorf("cancelled after %d pages, but %d came", after, n)
	}
	for key := range a.items {
		if _, ok := whole.items[key]; !ok {
			t.Errorf("%s is made up", key)
		}
	}
	if covers := a.pages[len(a.pages)-1].Covers; !covers.Empty() {
		t.Errorf("the page beside the error covers %v", covers)
	}
}

// Package conformance holds the promises of app.Source as tests. Every source passes them against the simulator,
// through the real SDK and over HTTP: what it answers is what the simulated world holds, whatever goes wrong on the
// way, and when it cannot answer it says why and has kept what came.
package conformance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// Spec is one source: how it is asked, and what the world says that the answers must be.
type Spec[Q, T any] struct {
	Operation app.Operation   // that it calls
	With      []app.Operation // that it calls besides
	Stops     int             // how many requests it makes after it was cancelled
	Open      func(aws.Config, app.Scope) app.Source[Q, T]
	// Ask returns the questions that together ask for everything in a place and range, and Want what they must be
	// answered with, in any order.
	Ask  func(*world.Place, app.Range) []Q
	Want func(*world.Place, app.Range) []T
	// Key identifies an item. A source may send an item twice; the last counts.
	Key func(T) string
	// At is the time of an item, nil if the source answers no range.
	At func(T) time.Time
	// Told blanks what an answer does not say of an item; nil if it says all.
	Told func(T) T
}

// Case is a Spec ready to run.
type Case struct {
	name string
	run  func(*testing.T, *bench)
}

// Of makes a case of a source.
func Of[Q, T any](s Spec[Q, T]) Case { return Case{s.Operation.Name(), s.run} }

// Run puts every case through the suite, over a world of its own simulator.
func Run(t *testing.T, w *world.World, presets app.Presets, cases ...Case) {
	t.Helper()
	b := open(t, w, presets)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t, b) })
	}
}

// source connects to a place of the world. Nothing waits: the rates are beyond reach and the backoff is short.
func (s Spec[Q, T]) source(t *testing.T, b *bench, scope app.Scope) app.Source[Q, T] {
	t.Helper()
	cfg, err := providers.Connect(t.Context(), providers.Profile{Name: scope.Profile, Region: scope.Region},
		providers.Options{Limits: providers.NewLimits(unlimited(append(s.With, s.Operation))),
			MaxBackoff: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return s.Open(cfg, scope)
}

// unlimited is a quota beyond reach for operations.
func unlimited(all []app.Operation) (list app.QuotaList) {
	for _, o := range all {
		list = append(list, app.QuotaSheet{Service: o.Service,
			Calls: []app.CallQuota{{Operation: o.Name(), PerSecond: 1e6}}})
	}
	return list
}

func (s Spec[Q, T]) run(t *testing.T, b *bench) {
	t.Run("the whole world", func(t *testing.T) { s.complete(t, b, simulator.Faults{}) })
	t.Run("pages without items and tokens that repeat", func(t *testing.T) {
		s.complete(t, b, simulator.Faults{Seed: 1, EmptyPages: 0.4, RepeatTokens: 0.4})
	})
	t.Run("a bad day", func(t *testing.T) {
		s.complete(t, b, simulator.Faults{Seed: 2, Throttle: 0.2, Fail: 0.1, Cut: 0.1, Malformed: 0.1, EmptyPages: 0.1,
			RepeatTokens: 0.1})
	})
	if s.At != nil {
		t.Run("a range without items", func(t *testing.T) { s.nothing(t, b) })
	}
	t.Run("cancel between pages", func(t *testing.T) { s.cancelBetween(t, b) })
	t.Run("cancel in the middle of a request", func(t *testing.T) { s.cancelWithin(t, b) })
	for name, f := range map[string]struct {
		faults simulator.Faults
		kind   app.Kind
	}{
		"denied":             {simulator.Faults{Deny: []string{s.Operation.Action}}, app.Denied},
		"expired":            {simulator.Faults{Expire: true}, app.SignedOut},
		"throttled for ever": {simulator.Faults{Throttle: 1}, app.Throttled},
		"failing for ever":   {simulator.Faults{Fail: 1}, app.Offline},
		"cut off for ever":   {simulator.Faults{Cut: 1}, app.Offline},
		"malformed":          {simulator.Faults{Malformed: 1}, app.Malformed},
	} {
		t.Run(name, func(t *testing.T) { s.refused(t, b, f.faults, f.kind) })
	}
}

// answer is what came of one question.
type answer[T any] struct {
	items    map[string]T
	pages    []app.Page[T]
	problems []app.Problem
	err      error
}

// collect asks a question to its end. stop is called after each page.
func (s Spec[Q, T]) collect(ctx context.Context, source app.Source[Q, T], q Q, stop func(pages int)) answer[T] {
	a := answer[T]{items: map[string]T{}}
	for page, err := range source(ctx, q) {
		for _, item := range page.Items {
			a.items[s.Key(item)] = item
		}
		a.pages, a.problems, a.err = append(a.pages, page), append(a.problems, page.Problems...), err
		stop(len(a.pages))
	}
	return a
}

func never(int) {}

// complete checks that all the questions about all places are answered with what the world holds, and that a page's
// Covers never promises what has not come yet.
func (s Spec[Q, T]) complete(t *testing.T, b *bench, faults simulator.Faults) {
	b.simulator.SetFaults(faults)
	items := 0
	for _, place := range b.world.Places {
		source := s.source(t, b, place.Scope)
		got := map[string]T{}
		for _, q := range s.Ask(place, b.world.Range) {
			a := s.collect(t.Context(), source, q, never)
			if a.err != nil || len(a.problems) > 0 {
				t.Fatalf("%v, problems %+v", a.err, a.problems)
			}
			s.checkCovers(t, a, b.world.Range)
			maps.Copy(got, a.items)
		}
		want := map[string]T{}
		for _, item := range s.Want(place, b.world.Range) {
			if s.Told != nil {
				item = s.Told(item)
			}
			want[s.Key(item)] = item
		}
		if d := difference(want, got); d != "" {
			t.Errorf("%s: %d items, want %d\n%s", place.Scope, len(got), len(want), d[:min(len(d), 4000)])
		}
		items += len(want)
	}
	if items < 10 {
		t.Errorf("a world with %d items shows little", items)
	}
}

// difference is cmp.Diff, which takes seconds for a trace of 12,000 spans, so it is asked only where there is one.
func difference[T any](want, got map[string]T) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

// checkCovers checks the coverage of the pages of one answer: no item of a covered range comes later, and in the end
// the whole range is covered.
func (s Spec[Q, T]) checkCovers(t *testing.T, a answer[T], asked app.Range) {
	t.Helper()
	if s.At == nil {
		return
	}
	var covered app.Range
	seen := map[string]bool{}
	for i, page := range a.pages {
		for _, item := range page.Items {
			if key := s.Key(item); covered.Contains(s.At(item)) && !seen[key] {
				t.Errorf("page %d has %s of %v, which was covered before: %v", i, key, s.At(item), covered)
			} else {
				seen[key] = true
			}
		}
		if covered = page.Covers; !covered.Empty() && !covered.Intersect(asked).Equal(covered) {
			t.Errorf("page %d covers %v, which is more than %v", i, covered, asked)
		}
	}
	if !covered.Equal(asked) {
		t.Errorf("in the end %v is covered, not %v", covered, asked)
	}
}

// nothing checks that a range before the world's first item is answered, with nothing, and an empty one without asking.
func (s Spec[Q, T]) nothing(t *testing.T, b *bench) {
	b.simulator.SetFaults(simulator.Faults{})
	place := b.world.Places[0]
	source := s.source(t, b, place.Scope)
	before := app.Since(b.world.Range.From.Add(-time.Hour), time.Hour)
	for _, q := range s.Ask(place, before) {
		a := s.collect(t.Context(), source, q, never)
		s.checkCovers(t, a, before)
		if a.err != nil || len(s.Want(place, before)) > 0 || len(a.items) > 0 {
			t.Fatalf("%d items, %v", len(a.items), a.err)
		}
	}
	for _, q := range s.Ask(place, app.Range{}) {
		if a := s.collect(t.Context(), source, q, never); len(a.pages) > 0 {
			t.Fatalf("an empty range gave %+v", a)
		}
	}
}

func (s Spec[Q, T]) refused(t *testing.T, b *bench, faults simulator.Faults, kind app.Kind) {
	b.simulator.SetFaults(faults)
	place := b.world.Places[0]
	q := s.Ask(place, b.world.Range)[0]
	a := s.collect(t.Context(), s.source(t, b, place.Scope), q, never)
	var failed *app.Error
	if !errors.As(a.err, &failed) || failed.Kind != kind || failed.Op != s.Operation.Action {
		t.Errorf("got %v: %v, want %v", app.KindOf(a.err), a.err, kind)
	}
	if len(a.items) > 0 {
		t.Errorf("%d items came all the same", len(a.items))
	}
	if said := fmt.Sprint(a.err); len(said) > 500 {
		t.Errorf("nobody reads all of %s", said)
	}
}

package cache

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

// genCover returns covers on a grid of minutes, so that they touch and overlap often.
func genCover(signal app.Signal) *rapid.Generator[app.Cover] {
	return rapid.Custom(func(t *rapid.T) app.Cover {
		minutes := func(label string, from, to int) time.Duration {
			return time.Duration(rapid.IntRange(from, to).Draw(t, label)) * time.Minute
		}
		c := app.Cover{Scope: dayPlace, Signal: signal}
		c.Range.From = epoch.Add(minutes("from", 0, 60))
		c.Range.To = c.Range.From.Add(minutes("length", 0, 40))
		late := int(signal.Settles() / time.Minute)
		c.AskedAt = c.Range.To.Add(minutes("asked", -20, late+20)) // about Settles, and of the future as well
		switch rapid.IntRange(0, 7).Draw(t, "outcome") {
		case 0, 1:
			c.Truncated = true
		case 2:
			c.Denied = true
		}
		return c
	})
}

func saySame(t *rapid.T, all, merged []app.Cover) {
	within := app.Range{From: epoch.Add(-10 * time.Minute), To: epoch.Add(2 * time.Hour)}
	same(t, "stretches", app.Stretches(within, merged), app.Stretches(within, all))
	same(t, "unsettled", app.Unsettled(within, merged), app.Unsettled(within, all))
}

func apart(t *rapid.T, covers []app.Cover) {
	for i, a := range covers {
		for _, b := range covers[:i] {
			if a.Range.Overlaps(b.Range) {
				t.Fatalf("%v and %v overlap", a.Range, b.Range)
			}
		}
	}
}

// What is kept in any order says what it did before it was joined (app.Merge).
func TestCoverageSaysTheSame(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		type place struct {
			scope    app.Scope
			signal   app.Signal
			resource string
		}
		all := map[place][]app.Cover{}
		for range rapid.IntRange(0, 15).Draw(t, "n") {
			p := place{genPlace.Draw(t, "scope"),
				rapid.SampledFrom([]app.Signal{app.Logs, app.Trail}).Draw(t, "signal"),
				rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "resource")}
			c := genCover(p.signal).Draw(t, "cover")
			c.Scope, c.Resource = p.scope, p.resource
			all[p] = append(all[p], c)
			if n := must[int](t)(d.KeepTrail(ctx, nil, c)); n != 0 {
				t.Fatalf("a cover counts as %d rows", n)
			}
		}
		for p, covers := range all {
			var kept []app.Cover
			for _, c := range must[[]app.Cover](t)(d.Coverage(ctx,
				app.CoverQuery{Scopes: []app.Scope{p.scope}, Signal: p.signal, Resource: p.resource})) {
				if c.Resource == p.resource { // "" does not narrow
					kept = append(kept, c)
				}
			}
			saySame(t, covers, kept)
			apart(t, kept)
		}
		fresh := must[[]app.Freshness](t)(d.Freshness(ctx))
		for i, s := range app.Signals {
			want := app.Freshness{Signal: s}
			for p, covers := range all {
				if p.signal == s {
					freshen(&want, covers)
				}
			}
			want.Denied = deniedLately(must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{Signal: s})), want.AskedAt)
			same(t, "freshness", fresh[i], want)
		}
	})
}

// deniedLately reports whether covers of a signal say that something was denied within a day of the last asking, and
// not answered since.
func deniedLately(covers []app.Cover, asked time.Time) bool {
	return slices.ContainsFunc(covers, func(c app.Cover) bool {
		return c.Denied && c.AskedAt.After(asked.Add(-24*time.Hour)) &&
			!slices.ContainsFunc(covers, func(a app.Cover) bool {
				return !a.Denied && a.Scope == c.Scope && (a.Resource == c.Resource || c.Resource == "") &&
					a.AskedAt.After(c.AskedAt)
			})
	})
}

func TestADenialIsToldUntilAnAnswer(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	ask := func(resource string, hour int, denied bool) bool {
		at := epoch.Add(time.Duration(hour) * time.Hour)
		c := app.Cover{Scope: dayPlace, Signal: app.Logs, Resource: resource, Range: app.Since(at, time.Hour),
			AskedAt: at, Denied: denied}
		must[int](t)(d.KeepLogEvents(ctx, nil, c))
		return must[[]app.Freshness](t)(d.Freshness(ctx))[2].Denied
	}
	for i, step := range []struct {
		resource     string
		hour         int
		denied, want bool
	}{
		{"", 1, true, true},     // listing the groups
		{"a", 2, false, false},  // which is allowed by now
		{"b", 2, true, true},    // another group is not
		{"a", 3, false, true},   // whatever the first answers
		{"b", 4, false, false},  // until it answers too
		{"b", 5, true, true},    // and is denied once more
		{"a", 40, false, false}, // which is long ago
	} {
		if got := ask(step.resource, step.hour, step.denied); got != step.want {
			t.Errorf("step %d: denied %v", i, got)
		}
	}
}

// freshen adds covers of one resource to what they say of a signal.
func freshen(f *app.Freshness, covers []app.Cover) {
	to, settling := f.KnownTo, f.Settling
	for _, c := range covers {
		if c.Range.Empty() {
			continue
		}
		if c.AskedAt.After(f.AskedAt) {
			f.AskedAt = c.AskedAt
		}
		if !c.Denied && c.Range.To.After(to) {
			to, settling = c.Range.To, false
		}
	}
	end := app.Range{From: to.Add(-time.Nanosecond), To: to}
	stretch := app.Stretches(end, covers)
	if len(stretch) == 1 && (stretch[0].State == app.Settling || stretch[0].State == app.Truncated) {
		settling = true
	}
	f.KnownTo, f.Settling = to, settling
}

func TestCoverageNarrows(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	hour := func(n int) app.Range {
		return app.Range{From: epoch.Add(time.Duration(n) * time.Hour), To: epoch.Add(time.Duration(n+1) * time.Hour)}
	}
	cover := func(signal app.Signal, resource string, n int) app.Cover {
		return app.Cover{Scope: dayPlace, Signal: signal, Resource: resource, Range: hour(n),
			AskedAt: epoch.Add(48 * time.Hour)}
	}
	a, b, c := cover(app.Logs, "a", 0), cover(app.Logs, "b", 2), cover(app.Metrics, "a", 4)
	must[int](t)(d.KeepLogEvents(ctx, nil, a, b, c))
	for _, test := range []struct {
		q    app.CoverQuery
		want []app.Cover
	}{
		{app.CoverQuery{}, []app.Cover{a, b, c}},
		{app.CoverQuery{Signal: app.Logs}, []app.Cover{a, b}},
		{app.CoverQuery{Resource: "a"}, []app.Cover{a, c}},
		{app.CoverQuery{Range: hour(2)}, []app.Cover{b}},
		{app.CoverQuery{Range: hour(1)}, nil}, // between two, touching both
		{app.CoverQuery{Scopes: []app.Scope{{Account: "nobody"}}}, nil},
	} {
		same(t, "covers", must[[]app.Cover](t)(d.Coverage(ctx, test.q)), test.want)
	}
}

func TestFreshnessOfAlarmsIsTheirListing(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	must[int](t)(d.KeepAlarms(ctx, dayPlace, nil, epoch))
	if got := must[[]app.Freshness](t)(d.Freshness(ctx))[0]; got.Signal != app.Alarms || !got.AskedAt.Equal(epoch) ||
		!got.KnownTo.IsZero() {
		t.Errorf("%+v", got)
	}
}

package app_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func someCover(t *rapid.T) app.Cover {
	return app.Cover{
		Signal:    app.Metrics, // settles after five minutes
		Range:     someRange(t, "cover"),
		AskedAt:   at(float64(rapid.IntRange(0, 90).Draw(t, "asked"))),
		Truncated: rapid.Bool().Draw(t, "truncated"),
	}
}

// stateAt is what Stretches should say of an instant, told cover by cover.
func stateAt(covers []app.Cover, i time.Time) app.CoverState {
	state := app.Missing
	for _, c := range covers {
		if !c.Range.Contains(i) {
			continue
		}
		switch {
		case c.Truncated:
			state = max(state, app.Truncated)
		case i.Before(c.AskedAt.Add(-5 * time.Minute)):
			state = max(state, app.Settled)
		default:
			state = max(state, app.Settling)
		}
	}
	return state
}

func TestStretchesTellTheBestOfEachInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within := someRange(t, "within")
		covers := rapid.SliceOfN(rapid.Custom(someCover), 0, 6).Draw(t, "covers")
		stretches := app.Stretches(within, covers)
		from := within.From
		for i, s := range stretches {
			if s.Range.Empty() || !s.Range.From.Equal(from) || i > 0 && stretches[i-1].State == s.State {
				t.Fatalf("not consecutive, of one state each: %v", stretches)
			}
			from = s.Range.To
		}
		if !within.Empty() && !from.Equal(within.To) {
			t.Fatalf("%v ends at %v", within, from)
		}
		for _, i := range minutes() {
			for _, s := range stretches {
				if s.Range.Contains(i) && s.State != stateAt(covers, i) {
					t.Fatalf("%v is %s, not %s", i, s.State, stateAt(covers, i))
				}
			}
		}

		var open []app.Range
		for _, s := range stretches {
			if s.State != app.Settled {
				open = append(open, s.Range)
			}
		}
		if got := app.Unsettled(within, covers); !same(got, app.Union(open)) {
			t.Fatalf("unsettled %v, by the stretches %v", got, app.Union(open))
		}
	})
}

func TestSettled(t *testing.T) {
	for name, c := range map[string]struct {
		cover app.Cover
		want  app.Range
	}{
		"asked late":      {app.Cover{Signal: app.Trail, Range: between(0, 60), AskedAt: at(600)}, between(0, 60)},
		"asked at once":   {app.Cover{Signal: app.Trail, Range: between(0, 180), AskedAt: at(180)}, between(0, 60)},
		"asked too soon":  {app.Cover{Signal: app.Trail, Range: between(100, 180), AskedAt: at(180)}, app.Range{}},
		"alarms settle":   {app.Cover{Signal: app.Alarms, Range: between(0, 60), AskedAt: at(60)}, between(0, 58)},
		"only a part":     {app.Cover{Signal: app.Logs, Range: between(0, 60), AskedAt: at(600), Truncated: true}, app.Range{}},
		"asked before it": {app.Cover{Signal: app.Logs, Range: between(0, 60), AskedAt: at(-60)}, app.Range{}},
	} {
		if got := c.cover.Settled(); !got.Equal(c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestParseSignal(t *testing.T) {
	for _, s := range app.Signals {
		if got, ok := app.ParseSignal(string(s)); !ok || got != s {
			t.Errorf("%s is read as %q, %v", s, got, ok)
		}
		if s.Settles() <= 0 {
			t.Errorf("%s settles after %s", s, s.Settles())
		}
	}
	if got, ok := app.ParseSignal("Logs"); ok {
		t.Errorf("Logs is read as %q", got)
	}
}

package app_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// walk is a Trip as one would write it down: everywhere one has been, and where one is.
type walk struct {
	stops []app.Focus
	here  int
}

func TestTripIsBackAndForwardAsInABrowser(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var trip app.Trip
		start := app.Focus{Resource: "start"}
		trip.Start(start)
		w := walk{stops: []app.Focus{start}}
		for range rapid.IntRange(0, 60).Draw(t, "moves") {
			switch rapid.SampledFrom([]string{"go", "back", "forward"}).Draw(t, "move") {
			case "go":
				f := app.Focus{Resource: rapid.SampledFrom([]string{"orders", "checkout", "start"}).Draw(t, "to")}
				moves := !f.Equal(w.stops[w.here])
				if moves {
					w.stops, w.here = append(w.stops[:w.here+1:w.here+1], f), w.here+1
				}
				if trip.Go(f) != moves {
					t.Fatalf("going to %v moved: %v", f, !moves)
				}
			case "back":
				can := w.here > 0
				if can {
					w.here--
				}
				if trip.Back() != can {
					t.Fatal("back")
				}
			case "forward":
				can := w.here < len(w.stops)-1
				if can {
					w.here++
				}
				if trip.Forward() != can {
					t.Fatal("forward")
				}
			}
			if !trip.Here().Equal(w.stops[w.here]) || trip.CanBack() != (w.here > 0) ||
				trip.CanForward() != (w.here < len(w.stops)-1) {
				t.Fatalf("at %v, should be at %v of %v", trip.Here(), w.here, w.stops)
			}
		}
	})
}

func TestTripForgetsWhatIsLongAgo(t *testing.T) {
	var trip app.Trip
	for i := range 1000 {
		trip.Go(app.Focus{Window: time.Duration(i+1) * time.Minute})
	}
	back := 0
	for trip.Back() {
		back++
	}
	if back != 200 {
		t.Errorf("%d steps back", back)
	}
	if !trip.CanForward() || trip.Here().Window != 800*time.Minute {
		t.Errorf("came to %v", trip.Here().Window)
	}
}

func TestFocus(t *testing.T) {
	moving := app.Focus{Resource: "orders"}.Last(time.Hour)
	if got := moving.At(at(90)); !got.Equal(between(30, 90)) {
		t.Errorf("the last hour is %v", got)
	}
	if cached := moving.LastCached(time.Hour); cached.Equal(moving) || !cached.Last(time.Hour).Equal(moving) ||
		cached.On(between(10, 20)).Cached {
		t.Errorf("the last hour of what is cached is %+v, that by the clock %+v", cached, moving)
	}
	fixed := moving.On(between(10, 20))
	if got := fixed.At(at(90)); !got.Equal(between(10, 20)) || fixed.Resource != "orders" || fixed.Window != 0 {
		t.Errorf("on a range: %+v", fixed)
	}
	if got := fixed.On(between(10, 10.01)).Range; got.Length() != 10*time.Second || !got.Contains(at(10.005)) {
		t.Errorf("too short became %v", got)
	}
	if got := fixed.On(app.Range{From: day.AddDate(-5, 0, 0), To: day}).Range; got.Length() != 455*24*time.Hour {
		t.Errorf("too long became %s", got.Length())
	}
	other := fixed
	other.Scopes = []app.Scope{{Account: "111122223333", Region: "eu-west-1"}}
	if fixed.Equal(other) || !other.Equal(other) {
		t.Error("focuses on different scopes are different")
	}
}

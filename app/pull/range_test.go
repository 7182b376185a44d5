package pull

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestGridHoldsWholePeriods(t *testing.T) {
	for period, want := range map[time.Duration]time.Duration{
		0:                5 * time.Minute,
		10 * time.Second: 5 * time.Minute,
		time.Minute:      5 * time.Minute,
		2 * time.Minute:  10 * time.Minute,
		5 * time.Minute:  5 * time.Minute,
		7 * time.Minute:  35 * time.Minute,
		time.Hour:        time.Hour,
		24 * time.Hour:   24 * time.Hour,
	} {
		if got := grid(period); got != want {
			t.Errorf("grid of %s is %s, want %s", period, got, want)
		}
	}
}

func TestLackOf(t *testing.T) {
	day := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	at := func(hour, minute, second int) time.Time {
		return day.Add(time.Duration(hour*3600+minute*60+second) * time.Second)
	}
	covered := func(from, to time.Time) []app.Cover {
		return []app.Cover{{Signal: app.Metrics, Range: app.Range{From: from, To: to}, AskedAt: to}}
	}
	for name, c := range map[string]struct {
		period time.Duration
		within app.Range
		covers []app.Cover
		want   []app.Range
	}{
		"all, on the grid and up to now": {time.Minute, app.Range{From: at(8, 3, 20), To: at(12, 7, 30)}, nil, []app.Range{{From: at(8, 0, 0), To: at(12, 7, 30)}}},
		"past":                           {time.Minute, app.Range{From: at(8, 3, 20), To: at(9, 1, 0)}, nil, []app.Range{{From: at(8, 0, 0), To: at(9, 5, 0)}}},
		"the tail":                       {time.Minute, app.Range{From: at(8, 0, 0), To: at(12, 7, 30)}, covered(at(8, 0, 0), at(12, 6, 0)), []app.Range{{From: at(11, 50, 0), To: at(12, 7, 30)}}},
		"nothing":                        {time.Minute, app.Range{From: at(8, 0, 0), To: at(9, 0, 0)}, covered(at(8, 0, 0), at(12, 6, 0)), nil},
		// At 10:20 the hour was not over, so it is asked again as a whole.
		"an hour that was cut": {time.Hour, app.Range{From: at(8, 0, 0), To: at(10, 10, 0)}, covered(at(8, 0, 0), at(10, 20, 0)), []app.Range{{From: at(10, 0, 0), To: at(11, 0, 0)}}},
	} {
		got := lackOf(c.period, c.within, c.covers, at(12, 7, 30))
		same := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			same = same && got[i].Equal(c.want[i])
		}
		if !same {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestBudgetIsNeverPassed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := budget{cap: app.Money(rapid.IntRange(1, 100).Draw(t, "cap"))}
		var open []app.Money
		for range rapid.IntRange(1, 30).Draw(t, "moves") {
			if len(open) > 0 && rapid.Bool().Draw(t, "settle") {
				cost := open[0]
				if rapid.Bool().Draw(t, "not made") {
					cost = 0
				}
				b.settle(open[0], cost)
				open = open[1:]
				continue
			}
			price := app.Money(rapid.IntRange(0, 40).Draw(t, "price"))
			room := b.cap - b.spent - b.held
			err := b.hold(price)
			if (err == nil) != (price == 0 || price <= room) {
				t.Fatalf("hold %d of %d: %v", price, room, err)
			}
			if err != nil && app.KindOf(err) != app.TooMuch {
				t.Fatalf("refused as %s", app.KindOf(err))
			}
			if err == nil {
				open = append(open, price)
			}
		}
		if b.sum() > b.cap || b.held < 0 {
			t.Fatalf("spent %d of %d, held %d", b.sum(), b.cap, b.held)
		}
	})
}

func FuzzStartOf(f *testing.F) {
	f.Add("1-5fad4cc9-70259536495de84a2a6282cd")
	f.Add("1-zzzzzzzz-70259536495de84a2a6282cd")
	f.Add("")
	f.Fuzz(func(t *testing.T, id string) {
		at, ok := startOf(app.TraceID(id))
		if _, valid := app.ParseTraceID(id); valid && len(id) == 35 && !ok {
			t.Errorf("%q has a time", id)
		}
		if ok && (at.Unix() < 0 || at.Unix() > 1<<32) {
			t.Errorf("%q is said to be of %s", id, at)
		}
	})
}

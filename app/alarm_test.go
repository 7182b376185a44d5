package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestChildren(t *testing.T) {
	for rule, want := range map[string][]string{
		`ALARM(checkout-5xx)`: {"checkout-5xx"},
		`ALARM("checkout 5xx") AND (OK("b") OR NOT INSUFFICIENT_DATA(c))`: {"checkout 5xx", "b",
			"c"},
		`ALARM("a") OR ALARM("a")`: {"a"},
		`ALARM ( "spaced" )`:       {"spaced"},
		`ALARM("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders (throttles)")`:        {"orders (throttles)"},
		`ALARM(arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:orders) AND ALARM(plain)`: {"orders", "plain"},
		`ALARM("say \"stop\" \\ go")`: {`say "stop" \ go`},
		`ALARM("a\/b")`:               {`a/b`},
		`ALARM("OK(inner)")`:          {"OK(inner)"},
		`TRUE`:                        nil,
		`FALSE AND NOTALARM(x)`:       nil,
		``:                            nil,
		`ALARM(`:                      nil,
	} {
		if got := (app.Alarm{Rule: rule}).Children(); !slices.Equal(got, want) {
			t.Errorf("%s has children %q, want %q", rule, got, want)
		}
	}
}

// quoted writes a name as PutCompositeAlarm wants it.
func quoted(name string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
}

func FuzzChildren(f *testing.F) {
	f.Add("checkout-5xx", "orders throttles")
	f.Add(`say "stop"`, `back\slash`)
	f.Add("OK(", ") OR ALARM(x")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, name := range (app.Alarm{Rule: a + "(" + b + ")"}).Children() {
			if name == "" && !strings.Contains(a+b, `""`) && !strings.Contains(a+b, `alarm:`) {
				t.Errorf("a child without a name in %q (%q)", a, b)
			}
		}
		if strings.HasPrefix(a, "arn:") || strings.HasPrefix(b, "arn:") {
			return // an ARN stands for the name in it
		}
		rule := "ALARM(" + quoted(a) + ") AND NOT OK( " + quoted(b) + " )"
		want := []string{a, b}
		if a == b {
			want = want[:1]
		}
		if got := (app.Alarm{Rule: rule}).Children(); !slices.Equal(got, want) {
			t.Errorf("%s has children %q, want %q", rule, got, want)
		}
	})
}

func update(minute float64, from, to app.AlarmState) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Alarm: "a", At: at(minute), Kind: app.StateUpdate, From: from, To: to}
}

func TestStateSpans(t *testing.T) {
	type span struct {
		from, to float64
		state    app.AlarmState
	}
	inAlarm := app.Alarm{State: app.InAlarm, Since: at(30), Seen: at(60)}
	deleted, old := inAlarm, inAlarm
	deleted.Gone, old.Seen = at(40), at(45)
	history := []app.AlarmHistoryItem{
		update(10, app.OK, app.InAlarm),
		{Alarm: "a", At: at(15), Kind: app.ConfigurationUpdate},
		update(20, app.InAlarm, app.OK),
		update(30, app.OK, app.InAlarm),
	}
	for name, c := range map[string]struct {
		within  app.Range
		alarm   app.Alarm
		history []app.AlarmHistoryItem
		known   []app.Range
		want    []span
	}{
		"all known": {between(0, 60), inAlarm, history, []app.Range{between(0, 60)},
			[]span{{0, 10, app.OK}, {10, 20, app.InAlarm}, {20, 30, app.OK}, {30, 60, app.InAlarm}}},
		"a window inside": {between(12, 25), inAlarm, history, []app.Range{between(0, 60)},
			[]span{{12, 20, app.InAlarm}, {20, 25, app.OK}}},
		"known in part": {between(0, 60), inAlarm, history[2:], []app.Range{between(18, 60)},
			[]span{{0, 18, app.NotKnown}, {18, 20, app.InAlarm}, {20, 30, app.OK}, {30, 60, app.InAlarm}}},
		"a hole in what is known": {between(0, 60), inAlarm, history, []app.Range{between(0, 12), between(18, 60)},
			[]span{{0, 10, app.OK}, {10, 12, app.InAlarm}, {12, 18, app.NotKnown}, {18, 20, app.InAlarm},
				{20, 30, app.OK}, {30, 60, app.InAlarm}}},
		"no history: the present state, since it began": {between(0, 60), inAlarm, nil, nil,
			[]span{{0, 30, app.NotKnown}, {30, 60, app.InAlarm}}},
		"began before the window": {between(40, 60), inAlarm, nil, nil, []span{{40, 60, app.InAlarm}}},
		"deleted": {between(0, 60), deleted, history, []app.Range{between(0, 60)},
			[]span{{0, 10, app.OK}, {10, 20, app.InAlarm}, {20, 30, app.OK}, {30, 40, app.InAlarm},
				{40, 60, app.NotKnown}}},
		"deleted before the window": {between(45, 60), deleted, history, []app.Range{between(0, 60)},
			[]span{{45, 60, app.NotKnown}}},
		"the listing is newer than the history": {between(0, 60), inAlarm, history[:1], []app.Range{between(0, 20)},
			[]span{{0, 10, app.OK}, {10, 20, app.InAlarm}, {20, 30, app.NotKnown}, {30, 60, app.InAlarm}}},
		"listed long ago": {between(0, 60), old, history, []app.Range{between(0, 45)},
			[]span{{0, 10, app.OK}, {10, 20, app.InAlarm}, {20, 30, app.OK}, {30, 45, app.InAlarm},
				{45, 60, app.NotKnown}}},
		"listed before the window": {between(50, 60), old, nil, nil, []span{{50, 60, app.NotKnown}}},
		"the history is newer than the listing": {between(0, 60), old,
			append(slices.Clone(history), update(50, app.InAlarm, app.OK)), []app.Range{between(0, 55)},
			[]span{{0, 10, app.OK}, {10, 20, app.InAlarm}, {20, 30, app.OK}, {30, 50, app.InAlarm}, {50, 55, app.OK},
				{55, 60, app.NotKnown}}},
	} {
		var got []span
		for _, s := range app.StateSpans(c.within, c.alarm, c.history, c.known) {
			got = append(got, span{s.Range.From.Sub(day).Minutes(), s.Range.To.Sub(day).Minutes(), s.State})
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestStateSpansHaveNoHoles(t *testing.T) {
	states := []app.AlarmState{app.OK, app.InAlarm, app.InsufficientData}
	rapid.Check(t, func(t *rapid.T) {
		within := between(0, float64(rapid.IntRange(1, 60).Draw(t, "window")))
		var history []app.AlarmHistoryItem
		state, minute := rapid.SampledFrom(states).Draw(t, "first"), 0
		for range rapid.IntRange(0, 6).Draw(t, "updates") {
			minute += rapid.IntRange(1, 15).Draw(t, "later")
			next := rapid.SampledFrom(states).Draw(t, "next")
			history = append(history, update(float64(minute), state, next))
			state = next
		}
		alarm := app.Alarm{State: state, Since: at(float64(minute)),
			Seen: at(float64(minute + rapid.IntRange(0, 60).Draw(t, "seen")))}
		known := someRanges(t, "known")
		from := within.From
		spans := app.StateSpans(within, alarm, history, known)
		for i, s := range spans {
			if s.Range.Empty() || !s.Range.From.Equal(from) || i > 0 && spans[i-1].State == s.State {
				t.Fatalf("not consecutive, of one state each: %v", spans)
			}
			from = s.Range.To
			for _, i := range minutes() {
				if s.State == app.NotKnown && s.Range.Contains(i) &&
					(inAny(known, i) || app.Range{From: alarm.Since, To: alarm.Seen}.Contains(i)) && len(history) > 0 {
					t.Fatalf("%v is not known in %v", i, spans)
				}
			}
		}
		if !from.Equal(within.To) {
			t.Fatalf("%v ends at %v", within, from)
		}
	})
}

func TestFlaps(t *testing.T) {
	var history []app.AlarmHistoryItem
	for m := 0.0; m < 50; m += 10 {
		history = append(history, update(m, app.OK, app.InAlarm), update(m+5, app.InAlarm, app.OK))
	}
	if n := app.Flaps(between(5, 40), history); n != 3 {
		t.Errorf("%d times into ALARM", n)
	}
	if !app.Flapping(between(0, 60), history) || app.Flapping(between(0, 15), history) {
		t.Error("five times in an hour is flapping, twice is not")
	}
	week := app.Range{From: day, To: day.Add(7 * 24 * time.Hour)}
	if app.Flapping(week, history) {
		t.Error("five times in a week is not flapping")
	}
}

func TestBreaches(t *testing.T) {
	ten := 10.0
	for comparison, want := range map[string][3]bool{ // of 9, 10 and 11
		"GreaterThanThreshold":          {false, false, true},
		"GreaterThanOrEqualToThreshold": {false, true, true},
		"LessThanThreshold":             {true, false, false},
		"LessThanOrEqualToThreshold":    {true, true, false},
		"GreaterThanUpperThreshold":     {false, false, false}, // a band has no threshold of its own
	} {
		a := app.Alarm{Comparison: comparison, Threshold: &ten}
		got := [3]bool{a.Breaches(9), a.Breaches(10), a.Breaches(11)}
		if got != want {
			t.Errorf("%s: %v, want %v", comparison, got, want)
		}
		if a.Sign() == comparison {
			t.Errorf("%s has no sign", comparison)
		}
		if (app.Alarm{Comparison: comparison}).Breaches(11) {
			t.Errorf("%s breaches without a threshold", comparison)
		}
	}
	if got := (app.Alarm{EvaluationPeriods: 5, DatapointsToAlarm: 3}).Evaluation(); got != "3 of 5" {
		t.Errorf("evaluates %q", got)
	}
	if got := (app.Alarm{EvaluationPeriods: 2}).Evaluation(); got != "2 of 2" {
		t.Errorf("evaluates %q", got)
	}
}

func TestBreached(t *testing.T) {
	ten := 10.0
	a := app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &ten}
	var points []app.Point
	for i, v := range []float64{11, 12, 9, 10, 13} {
		points = append(points, app.Point{At: at(float64(i)), Value: v})
	}
	points = append(points, app.Point{At: at(9), Value: 14})
	if got, want := a.Breached(points, time.Minute),
		[]app.Range{between(0, 2), between(4, 5), between(9, 10)}; !slices.Equal(got, want) {
		t.Errorf("breached in %v, want %v", got, want)
	}
}

func TestTheWindowAroundAnAlarm(t *testing.T) {
	a := app.Alarm{Since: at(600)}
	for _, c := range []struct {
		name     string
		end      float64
		from, to float64
	}{
		{"to now", 660, 480, 660},
		{"a day at most", 10_000, 480, 480 + 24*60},
		{"what is cached ends before it changed", 500, 480, 600},
		{"and long before", -5000, 480, 600},
	} {
		if got, want := a.Around(at(c.end)), (app.Range{From: at(c.from), To: at(c.to)}); !got.Equal(want) {
			t.Errorf("%s: %v, want %v", c.name, got, want)
		}
	}
}

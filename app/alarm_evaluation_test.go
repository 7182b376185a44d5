package app_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// row makes the datapoints of a row of the user guide's tables: X breaches, 0 does not, - is missing; the newest is
// last.
func row(text string) (points []app.Point, end time.Time) {
	marks := strings.Fields(text)
	for i, m := range marks {
		if m != "-" {
			points = append(points, app.Point{At: at(float64(i)), Value: map[string]float64{"X": 11, "0": 9}[m]})
		}
	}
	return points, at(float64(len(marks)))
}

func watching(m, n int, missing string) app.Alarm {
	ten := 10.0
	return app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &ten, Period: time.Minute, EvaluationPeriods: n,
		DatapointsToAlarm: m, TreatMissing: missing}
}

// The tables of the CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data".
func TestEvaluateAsTheUserGuideSays(t *testing.T) {
	const stays = app.NotKnown
	treatments := []string{"missing", "ignore", "breaching", "notBreaching"}
	for _, c := range []struct {
		m, n int
		row  string
		want [4]app.AlarmState
	}{
		{3, 3, "0 - X - X", [4]app.AlarmState{app.OK, app.OK, app.OK, app.OK}},
		{3, 3, "- - - - 0", [4]app.AlarmState{app.OK, app.OK, app.OK, app.OK}},
		{3, 3, "- - - - -", [4]app.AlarmState{app.InsufficientData, stays, app.InAlarm, app.OK}},
		{3, 3, "0 X X - X", [4]app.AlarmState{app.InAlarm, app.InAlarm, app.InAlarm, app.InAlarm}},
		{3, 3, "- - X - -", [4]app.AlarmState{app.InAlarm, stays, app.InAlarm, app.OK}},
		{2, 3, "0 - X - X", [4]app.AlarmState{app.InAlarm, app.InAlarm, app.InAlarm, app.InAlarm}},
		{2, 3, "0 0 X 0 X", [4]app.AlarmState{app.InAlarm, app.InAlarm, app.InAlarm, app.InAlarm}},
		{2, 3, "0 - X - -", [4]app.AlarmState{app.OK, app.OK, app.InAlarm, app.OK}},
		{2, 3, "- - - - 0", [4]app.AlarmState{app.OK, app.OK, app.InAlarm, app.OK}},
	} {
		points, end := row(c.row)
		for i, missing := range treatments {
			if got := watching(c.m, c.n, missing).Evaluate(points, end).State; got != c.want[i] {
				t.Errorf("%d of %d, %s, missing is %s: %q, want %q", c.m, c.n, c.row, missing, got, c.want[i])
			}
		}
	}
}

func TestEvaluateSaysWhatCounted(t *testing.T) {
	for _, c := range []struct{ missing, row, want string }{
		{"missing", "0 X X - X", ". X X . X"}, // a datapoint further back stands in for the missing one
		{"breaching", "0 - X - -", "0 . X . +"},
		{"notBreaching", "- - X - -", ". . X - -"},
		{"ignore", "- - - - -", ". . . . ."},
		{"missing", "X X X X X", ". . X X X"},
	} {
		points, end := row(c.row)
		v := watching(2, 3, c.missing).Evaluate(points, end)
		var said []string
		for _, p := range v.Periods {
			mark := "."
			switch {
			case p.Counted && p.Value != nil && p.Breaching:
				mark = "X"
			case p.Counted && p.Value != nil:
				mark = "0"
			case p.Counted && p.Breaching:
				mark = "+"
			case p.Counted:
				mark = "-"
			}
			said = append(said, mark)
		}
		if got := strings.Join(said, " "); got != c.want {
			t.Errorf("%s, missing is %s: %s counts, want %s", c.row, c.missing, got, c.want)
		}
	}
}

func TestTreatedMissing(t *testing.T) {
	table := app.NewMetric("AWS/DynamoDB", "ThrottledRequests")
	for _, c := range []struct {
		metric     *app.Metric
		said, want string
	}{{nil, "", "missing"}, {nil, "breaching", "breaching"}, {&table, "", "ignore"},
		{&table, "notBreaching", "notBreaching"}} {
		if got := (app.Alarm{Metric: c.metric, TreatMissing: c.said}).TreatedMissing(); got != c.want {
			t.Errorf("%v %q: %s, want %s", c.metric, c.said, got, c.want)
		}
	}
}

func TestEvaluate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		m := rapid.IntRange(1, n).Draw(t, "m")
		marks := rapid.SliceOfN(rapid.SampledFrom([]string{"X", "0", "-"}), n+2, n+2).Draw(t, "periods")
		missing := rapid.SampledFrom([]string{"missing", "ignore", "breaching", "notBreaching"}).Draw(t, "missing")
		points, end := row(strings.Join(marks, " "))
		a := watching(m, n, missing)
		v := a.Evaluate(points, end)
		breaching, absent, counted := v.Counts()
		if counted > n || absent > counted || len(v.Periods) != n+2 {
			t.Fatalf("%d of %d periods count, %d of them missing", counted, len(v.Periods), absent)
		}
		if len(points) >= n { // then how missing ones are treated does not matter
			want := app.OK
			if breaching >= m {
				want = app.InAlarm
			}
			if v.State != want || absent > 0 {
				t.Fatalf("%v: %q with %d breaching of %d", marks, v.State, breaching, m)
			}
		}
		if v.State == app.NotKnown && missing != "ignore" || v.State == app.InsufficientData &&
			(missing != "missing" || len(points) > 0) {
			t.Fatalf("%v, missing is %s: %q", marks, missing, v.State)
		}
		// What breaches more never leads from ALARM to OK.
		worse, _ := row(strings.ReplaceAll(strings.Join(marks, " "), "0", "X"))
		if w := a.Evaluate(worse, end); v.State == app.InAlarm && w.State == app.OK {
			t.Fatalf("%v is ALARM, and OK where all breach", marks)
		}
		// What lies outside of the range changes nothing.
		more := append([]app.Point{{At: at(-1), Value: 99}}, append(points, app.Point{At: end, Value: 99})...)
		if w := a.Evaluate(more, end); w.State != v.State {
			t.Fatalf("%v: %q, with points outside %q", marks, v.State, w.State)
		}
	})
}

func TestVerdictOfAReason(t *testing.T) {
	r, ok := app.ParseAlarmReason(threeOfThree)
	if !ok {
		t.Fatal("not read")
	}
	now := 1000.0 // the reason keeps the threshold of then
	for missing, want := range map[string]int{"missing": 1, "breaching": 2} {
		v := r.Verdict(app.Alarm{Comparison: "GreaterThanThreshold", Threshold: &now, TreatMissing: missing},
			app.InAlarm)
		breaching, absent, counted := v.Counts()
		first, last := v.Span()
		if breaching != want || absent != 1 || counted != 3 || last.Sub(first) != 2*time.Minute ||
			v.State != app.InAlarm {
			t.Errorf("missing is %s: %d breach and %d are missing of %d over %s", missing, breaching, absent, counted,
				last.Sub(first))
		}
	}
}

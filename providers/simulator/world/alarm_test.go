package world

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

// TestAlarmsAgreeWithTheirMetrics reads each metric alarm's series as anybody can who pulled it, and compares what the
// alarm's rule says of every period of the day with the state that its history tells.
func TestAlarmsAgreeWithTheirMetrics(t *testing.T) {
	w := shopWorld(t)
	for _, p := range w.Places {
		for _, a := range p.Alarms {
			if a.Kind != app.MetricAlarm || a.HasContributors() {
				continue
			}
			var inputs [][]app.Point
			for _, reading := range a.Readings() {
				r, ok := p.recorded(reading.Metric)
				if !ok {
					t.Errorf("%s watches %s, which there is not", a.Name, reading.Metric.Key())
				}
				inputs = append(inputs, r.Points(reading.Statistic, reading.Period, w.Range))
			}
			switch {
			case a.Expression == "" && len(inputs) == 1:
				agree(t, w, p, a, inputs[0])
			case a.Name == "checkout-error-rate" && len(inputs) == 2:
				agree(t, w, p, a, percent(inputs[0], inputs[1]))
			default:
				t.Errorf("%s watches %q over %d series", a.Name, a.Expression, len(inputs))
			}
		}
	}
}

// percent returns which share of whole each part is. Both have a datapoint in each period.
func percent(part, whole []app.Point) []app.Point {
	var shares []app.Point
	for i, p := range part {
		shares = append(shares, app.Point{At: p.At, Value: 100 * p.Value / whole[i].Value})
	}
	return shares
}

// settled is long enough after a period for its datapoint to be in and looked at, and shorter than a period.
const settled = 58 * time.Second

func agree(t *testing.T, w *World, p *Place, a app.Alarm, points []app.Point) {
	t.Helper()
	spans := app.StateSpans(w.Range, a, of(p, a.Name), []app.Range{w.Range})
	state := spans[0].State
	values := map[time.Time]float64{}
	for _, point := range points {
		values[point.At] = point.Value
	}
	window := time.Duration(a.EvaluationPeriods) * a.Period
	for end := w.Range.From.Truncate(a.Period).Add(a.Period +
		window); end.Add(settled).Before(w.Range.To); end = end.Add(a.Period) {
		breaching, present := 0, 0
		for at := end.Add(-window); at.Before(end); at = at.Add(a.Period) {
			if value, ok := values[at]; ok {
				present++
				if a.Breaches(value) {
					breaching++
				}
			}
		}
		if a.TreatMissing == "breaching" {
			breaching += a.EvaluationPeriods - present
		}
		switch {
		case breaching >= a.DatapointsToAlarm:
			state = app.InAlarm
		case present > 0 || a.TreatMissing == "notBreaching" || a.TreatMissing == "breaching":
			state = app.OK
		case a.TreatMissing == "missing":
			state = app.InsufficientData
		}
		i := slices.IndexFunc(spans, func(s app.StateSpan) bool { return s.Range.Contains(end.Add(settled)) })
		if spans[i].State != state {
			t.Errorf("%s at %s: the history says %q, its series %q", a.Name, end, spans[i].State, state)
			return
		}
	}
}

func TestCompositeAlarmsAgreeWithTheirChildren(t *testing.T) {
	w := shopWorld(t)
	for _, p := range w.Places {
		for _, a := range p.Alarms {
			if a.Kind != app.CompositeAlarm {
				continue
			}
			rule, err := app.ParseAlarmRule(a.Rule)
			if err != nil {
				t.Fatal(err)
			}
			for at := w.Range.From; at.Before(w.Range.To); at = at.Add(30 * time.Second) {
				state := func(name string) app.AlarmState {
					return stateAt(w, p, p.alarm(t, name),
						at.Add(-3*time.Second))
				}
				want, is := app.OK, stateAt(w, p, a, at)
				if rule.Holds(state) {
					want = app.InAlarm
				}
				before := func(name string) app.AlarmState { return stateAt(w, p, p.alarm(t, name), at) }
				if is != want && rule.Holds(state) == rule.Holds(before) { // unless a child is just turning
					t.Fatalf("%s is %q at %s, its children say %q", a.Name, is, at, want)
				}
			}
		}
	}
}

func stateAt(w *World, p *Place, a app.Alarm, at time.Time) app.AlarmState {
	for _, s := range app.StateSpans(w.Range, a, of(p, a.Name), []app.Range{w.Range}) {
		if s.Range.Contains(at) {
			return s.State
		}
	}
	return app.StateSpans(w.Range, a, of(p, a.Name), []app.Range{w.Range})[0].State
}

func TestHistoryDataIsWhatTheItemSays(t *testing.T) {
	kinds := map[app.HistoryKind]int{}
	for _, p := range shopWorld(t).Places {
		for _, h := range p.History {
			kinds[h.Kind]++
			var d struct {
				Version            string
				OldState, NewState struct {
					StateValue      app.AlarmState
					StateReason     string
					StateReasonData json.RawMessage
				}
			}
			if err := json.Unmarshal([]byte(h.Data), &d); err != nil {
				t.Fatalf("%s: %v", h.Alarm, err)
			}
			if h.Kind != app.StateUpdate {
				continue
			}
			if d.OldState.StateValue != h.From || d.NewState.StateValue != h.To || h.From == h.To {
				t.Errorf("%s: %s -> %s, the data say %s -> %s", h.Alarm, h.From, h.To, d.OldState.StateValue,
					d.NewState.StateValue)
			}
			each := p.alarm(t, h.Alarm).HasContributors() // of which no document says what data its reason has
			if d.NewState.StateReason == "" || len(d.NewState.StateReasonData) == 0 && !each ||
				!strings.Contains(h.Summary, string(h.To)) {
				t.Errorf("%s: no reason in %s", h.Alarm, h.Data)
			}
		}
	}
	if kinds[app.StateUpdate] < 50 || kinds[app.ActionTaken] < 20 || kinds[app.ConfigurationUpdate] < 1 {
		t.Errorf("history items: %v", kinds)
	}
}

// An alarm on metric math tells why as CloudWatch does: without a statistic, with the values that it has computed.
func TestAFormulaSaysWhy(t *testing.T) {
	a := shopWorld(t).place(t, prod, "eu-west-1").alarm(t, "checkout-error-rate")
	var data map[string]json.RawMessage
	if err := json.Unmarshal([]byte(a.ReasonData), &data); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range data {
		names = append(names, name)
	}
	slices.Sort(names)
	if want := []string{"evaluatedDatapoints", "period", "queryDate", "recentDatapoints", "startDate", "threshold",
		"version"}; !slices.Equal(names, want) {
		t.Errorf("the data of the reason has %v, want %v", names, want)
	}
	why, ok := app.ParseAlarmReason(a.ReasonData)
	if breaching, missing := why.Count(a); !ok || breaching != 3 || missing != 0 || why.Threshold != 5 {
		t.Errorf("%d breaching, %d missing in %s", breaching, missing, a.ReasonData)
	}
	if !strings.HasPrefix(a.Reason, "Threshold Crossed: 3 out of the last 3 datapoints [") ||
		!strings.Contains(a.Reason, "were greater than the threshold (5.0)") {
		t.Error(a.Reason)
	}
}

func TestAlarmsAreComplete(t *testing.T) {
	w := shopWorld(t)
	for _, p := range w.Places {
		for _, a := range p.Alarms {
			if a.Reason == "" || !json.Valid([]byte(a.ReasonData)) && !a.HasContributors() || a.Description == "" {
				t.Errorf("%s: reason %q, data %q", a.Name, a.Reason, a.ReasonData)
			}
			if !a.Since.Before(w.Range.To) || !a.Configured.Before(w.Range.To) {
				t.Errorf("%s: since %s, configured %s", a.Name, a.Since, a.Configured)
			}
			for _, at := range []time.Time{a.Since, a.Configured} {
				if at.Nanosecond()%int(time.Millisecond) != 0 || at.Location() != time.UTC {
					t.Errorf("%s: %s is not in UTC milliseconds", a.Name, at)
				}
			}
			if h := of(p, a.Name); len(h) > 0 && (h[len(h)-1].To != a.State || !h[len(h)-1].At.Equal(a.Since)) {
				t.Errorf("%s is %s since %s, its history ends with %v", a.Name, a.State, a.Since, h[len(h)-1])
			}
			for _, child := range a.Children() {
				p.alarm(t, child)
			}
		}
	}
}

// What a story leaves out was never tagged, which AWS does not tell of; what it writes as none was tagged once.
func TestTagsAreTold(t *testing.T) {
	text := "accounts: [{id: '111122223333', name: a, regions: [r]}]\nalarms:\n"
	for name, tags := range map[string]string{"tagged": "\n  tags: {team: orders, \"aws:cloudformation:stack-name\": " +
		"shop}", "once": "\n  tags: {}", "never": ""} {
		text += "- in: a/r\n  name: " + name + "\n  metric: {namespace: N, name: M}\n  statistic: Sum\n  period: 1m\n" +
			"  comparison: GreaterThanThreshold\n  points: 1\n  periods: 1\n  missing: missing" + tags + "\n"
	}
	s, err := ParseScenario([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	w, err := Make(s, Options{Anchor: anchor})
	if err != nil {
		t.Fatal(err)
	}
	want := []app.Tagged{{ARN: "arn:aws:cloudwatch:r:111122223333:alarm:once", Tags: map[string]string{}},
		{ARN: "arn:aws:cloudwatch:r:111122223333:alarm:tagged",
			Tags: map[string]string{"team": "orders", "aws:cloudformation:stack-name": "shop"}}}
	if got := w.Places[0].Tagged(); !reflect.DeepEqual(got, want) {
		t.Errorf("tagged %v, want %v", got, want)
	}
}

func TestJudge(t *testing.T) {
	threshold := 10.0
	for _, c := range []struct {
		name, sees, missing string // sees: x breaching, o not, - missing, oldest first
		points              int
		state, want         app.AlarmState
	}{
		{"three of five", "xoxox", "missing", 3, app.OK, app.InAlarm},
		{"two of five", "xooox", "missing", 3, app.InAlarm, app.OK},
		{"nothing", "---", "missing", 2, app.OK, app.InsufficientData},
		{"nothing, ignored", "---", "ignore", 2, app.InAlarm, app.InAlarm},
		{"nothing, breaching", "---", "breaching", 3, app.OK, app.InAlarm},
		{"nothing, not breaching", "---", "notBreaching", 1, app.InAlarm, app.OK},
		{"one missing, breaching", "x-o", "breaching", 2, app.OK, app.InAlarm},
		{"one missing", "x-o", "missing", 2, app.InAlarm, app.OK},
		{"breaches beside holes", "x-x", "missing", 2, app.OK, app.InAlarm},
	} {
		a := app.Alarm{Threshold: &threshold, Comparison: "GreaterThanThreshold", EvaluationPeriods: len(c.sees),
			DatapointsToAlarm: c.points, TreatMissing: c.missing}
		var seen []datapoint
		for _, s := range c.sees {
			seen = append(seen, datapoint{value: map[rune]float64{'x': 11, 'o': 10}[s], missing: s == '-'})
		}
		if got := judge(a, seen, c.state); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMoreBreachesNeverCalmAnAlarm(t *testing.T) {
	threshold := 0.5
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "periods")
		a := app.Alarm{Threshold: &threshold, Comparison: "GreaterThanOrEqualToThreshold", EvaluationPeriods: n,
			DatapointsToAlarm: rapid.IntRange(1, n).Draw(t, "points"),
			TreatMissing: rapid.SampledFrom([]string{"missing", "ignore", "breaching", "notBreaching"}).Draw(t,
				"missing")}
		seen := make([]datapoint, n)
		for i := range seen {
			seen[i] = datapoint{value: float64(rapid.IntRange(0, 1).Draw(t, "value")),
				missing: rapid.Bool().Draw(t, "hole")}
		}
		state := rapid.SampledFrom([]app.AlarmState{app.OK, app.InAlarm, app.InsufficientData}).Draw(t, "state")
		before := judge(a, seen, state)
		i := rapid.IntRange(0, n-1).Draw(t, "worse")
		seen[i] = datapoint{value: 1}
		if after := judge(a, seen, state); before == app.InAlarm && after != app.InAlarm && a.TreatMissing != "ignore" {
			t.Fatalf("%s became %s", before, after)
		}
	})
}

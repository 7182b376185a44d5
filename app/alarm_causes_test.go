package app

import (
	"slices"
	"testing"
	"time"
)

// reads is an alarm on functions.
func reads(name string, state AlarmState, functions ...string) Alarm {
	a := Alarm{Name: name, Kind: MetricAlarm, State: state}
	for _, f := range functions {
		a.Queries = append(a.Queries, MetricQuery{Reading: &Reading{NewMetric("AWS/Lambda", "Errors",
			Dimension{"FunctionName", f}), "Sum", time.Minute}})
	}
	return a
}

func over(name, rule string) Alarm { return Alarm{Name: name, Kind: CompositeAlarm, Rule: rule} }

func namesOf(alarms []Alarm) []string {
	var names []string
	for _, a := range alarms {
		names = append(names, a.Name)
	}
	return names
}

func TestCausesOfAnAlarm(t *testing.T) {
	quiet, failing := reads("quiet", OK, "catalog"), reads("failing", InAlarm, "checkout")
	gone := reads("gone", InAlarm, "orders")
	gone.Gone = time.Unix(1, 0)
	elsewhere := reads("elsewhere", InAlarm, "mail")
	elsewhere.Region = "us-east-1"
	inner := over("inner", `ALARM("failing") OR NOT OK("outer")`)
	all := []Alarm{failing, gone, quiet, elsewhere, inner}
	for _, c := range []struct {
		name string
		of   Alarm
		want []string
		in   []string // alarming
	}{
		{"a metric alarm", quiet, []string{"quiet"}, []string{"quiet"}},
		{"a rule", over("outer", `ALARM("quiet") AND OK("gone")`), []string{"quiet", "gone"},
			[]string{"quiet", "gone"}},
		{"those in alarm first, once, through rings",
			over("outer", `ALARM("gone") AND ALARM("quiet") AND (ALARM("inner") OR ALARM("failing"))`),
			[]string{"failing", "gone", "quiet"}, []string{"failing"}},
		{"unknown ones", over("outer", `ALARM("elsewhere") OR ALARM("never seen")`), nil, nil},
		{"a rule that is none", over("outer", `ALARM(`), nil, nil},
	} {
		got := c.of.Causes(all)
		if !slices.Equal(namesOf(got), c.want) || !slices.Equal(namesOf(Alarming(got)), c.in) {
			t.Errorf("%s: %v, in alarm %v; want %v, %v", c.name, namesOf(got), namesOf(Alarming(got)), c.want, c.in)
		}
	}
}

package insight

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// The times of the tests: the hour before the symptom, and the four hours before that.
var (
	seen       = now
	nearby     = app.Range{From: seen.Add(-time.Hour), To: seen}
	earlier    = app.Range{From: nearby.From.Add(-4 * time.Hour), To: nearby.From}
	orderTable = app.Dimension{Name: "TableName", Value: "orders"}
	fired      = Symptom{At: seen, Fired: true, Watched: []string{"checkout"}, Near: []string{"checkout", "orders"}}
)

// minutely is a metric of a value a minute from the beginning of earlier on.
func minutely(namespace, name, unit string, of app.Dimension, value func(minute int) float64) MetricHistory {
	s := app.Series{Scope: shop, Unit: unit,
		Reading: app.Reading{Metric: app.NewMetric(namespace, name, of), Statistic: "Average", Period: time.Minute}}
	for i := range int(nearby.To.Sub(earlier.From) / time.Minute) {
		s.Points = append(s.Points, app.Point{At: earlier.From.Add(time.Duration(i) * time.Minute), Value: value(i)})
	}
	return MetricHistory{Series: s, Known: true}
}

// from returns one value up to so many minutes before the symptom, and another one since.
func from(before int, was, is float64) func(int) float64 {
	return func(i int) float64 {
		if i < 300-before {
			return was + math.Mod(float64(i), 3)/10*was/10
		}
		return is
	}
}

func TestFindBreakAway(t *testing.T) {
	for _, c := range []struct {
		name   string
		value  func(int) float64
		before int // minutes that it broke before the symptom; 0: it did not
	}{
		{"always the same", from(0, 7, 7), 0},
		{"always nothing", from(0, 0, 0), 0},
		{"up", from(20, 100, 300), 20},
		{"down", from(20, 100, 20), 20},
		{"for a minute", func(i int) float64 {
			if i == 280 {
				return 900
			}
			return 100
		}, 0},
		{"there and back", func(i int) float64 {
			if i > 250 && i < 256 {
				return 900
			}
			return 100
		}, 0},
		{"as restless as before", func(i int) float64 { return 100 + 40*math.Sin(float64(i)) }, 0},
		{"by a little", from(20, 100, 104), 0},
	} {
		b, ok := FindBreakAway(minutely("AWS/Lambda", "Duration", "Milliseconds", orderTable, c.value), earlier, nearby)
		switch {
		case ok != (c.before > 0):
			t.Errorf("%s: broke away %v: %+v", c.name, ok, b)
		case ok && !b.At.Equal(seen.Add(-time.Duration(c.before)*time.Minute)):
			t.Errorf("%s: at %v", c.name, b.At)
		}
	}
}

func TestFindBreakAwayWhereNothingWasCounted(t *testing.T) {
	m := minutely("AWS/DynamoDB", "WriteThrottleEvents", "Count", orderTable, from(20, 0, 80))
	m.Statistic, m.Points = "Sum", m.Points[280:]
	if _, ok := FindBreakAway(m, earlier, nearby); !ok {
		t.Error("the first throttles are a break")
	}
	m.Known = false
	if b, ok := FindBreakAway(m, earlier, nearby); ok {
		t.Errorf("it is not known that there were none: %+v", b)
	}
}

func TestFindAtLimit(t *testing.T) {
	always := []app.LimitStep{{Range: app.Range{From: earlier.From, To: nearby.To}, Value: 400}}
	used := func(unit, name string, limit []app.LimitStep, value func(int) float64) MetricHistory {
		m := minutely("AWS/DynamoDB", name, unit, orderTable, value)
		m.Limit = limit
		return m
	}
	for _, c := range []struct {
		name string
		m    MetricHistory
		want bool
	}{
		{"at it", used("Count/Second", "ConsumedWriteCapacityUnits", always, from(20, 200, 390)), true},
		{"half of it", used("Count/Second", "ConsumedWriteCapacityUnits", always, from(20, 100, 200)), false},
		{"at it all the time", used("Count/Second", "ConsumedWriteCapacityUnits", always, from(0, 390, 390)), false},
		{"no limit is known", used("Count/Second", "ConsumedWriteCapacityUnits", nil, from(20, 200, 390)), false},
		{"all of the CPU", used("Percent", "CPUUtilization", nil, from(20, 40, 99)), true},
		{"most of the CPU", used("Percent", "CPUUtilization", nil, from(20, 40, 80)), false},
		{"requests are refused", used("Count", "ThrottledRequests", nil, from(20, 0, 80)), true},
		{"fewer are refused", used("Count", "ThrottledRequests", nil, from(20, 80, 0)), false},
	} {
		if at, ok := FindAtLimit(c.m, earlier, nearby); ok != c.want {
			t.Errorf("%s: %v, %+v", c.name, ok, at)
		}
	}
}

// incident is a table that somebody gave too little, with what follows from it.
func incident() Evidence {
	trail := func(minutes float64, name, of string, by app.Principal) app.TrailEvent {
		c := change(minutes, name, "dynamodb.amazonaws.com", of, by)
		c.ID = fmt.Sprint(name, minutes)
		return c
	}
	table := minutely("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "Count/Second", orderTable, from(25, 200, 390))
	table.Limit = []app.LimitStep{{Range: nearby, Value: 400}}
	services := []CalledService{called("checkout", at(100, 0, 90*ms), at(100, 0, 890*ms)),
		called("orders", at(100, 0, 10*ms), at(100, 0, 810*ms))}
	return Evidence{Symptom: fired, Usual: earlier, Now: nearby, Traces: 900,
		Calls: CallGraph{services, []Call{{0, 1}}},
		Metrics: []MetricHistory{table,
			minutely("AWS/Lambda", "Duration", "Milliseconds", app.Dimension{Name: "FunctionName", Value: "checkout"},
				from(20, 90, 900)),
			minutely("AWS/SQS", "ApproximateAgeOfOldestMessage", "Seconds",
				app.Dimension{Name: "QueueName", Value: "mail"}, from(15, 5, 90))},
		Patterns: []LogPattern{
			{Scope: shop, Group: "/aws/lambda/checkout", Text: "PutItem throttled", Level: app.LevelWarn, New: true,
				Count: 70, First: ago(24)},
			{Scope: shop, Group: "/ecs/elsewhere", Text: "hm", Level: app.LevelError, New: true, Count: 3,
				First: ago(24)}},
		Changes: []app.TrailEvent{trail(100, "UpdateTable", "mail", deploy), trail(26, "UpdateTable", "orders", deploy),
			trail(24, "TagResource", "orders", anna)},
	}
}

func TestExplainFollowsTheCauseToTheSymptom(t *testing.T) {
	x := Explain(incident())
	var got []string
	for _, s := range x.Suspects {
		got = append(got, fmt.Sprint(s.Kind, " ", s.Name))
	}
	want := []string{"change UpdateTable orders", "limit orders", "service orders", "metric checkout",
		"pattern /aws/lambda/checkout"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(x.Path) < 3 || x.Path[0] != 0 || x.Path[1] != 1 {
		t.Errorf("the path is %v", x.Path)
	}
}

func TestExplainSaysWhatItDidNotFind(t *testing.T) {
	quiet := incident()
	quiet.Metrics, quiet.Patterns, quiet.Calls = quiet.Metrics[:0], nil, CallGraph{}
	quiet.Symptom.Fired, quiet.Traces = false, 3
	x := Explain(quiet)
	if len(x.Suspects) > 0 {
		t.Errorf("with changes only, nothing is to be explained: %+v", x.Suspects)
	}
	for _, c := range x.Checked {
		if c.Found > 0 || c.Kind == ChangeSuspect && c.Looked != 2 {
			t.Errorf("%+v", c)
		}
	}
	if len(x.Gaps) != 1 || x.Gaps[0].Kind != TooFew {
		t.Errorf("three traces are too few to compare: %+v", x.Gaps)
	}
}

func TestWhatComesAfterTheSymptomIsNoCause(t *testing.T) {
	e := incident()
	e.Symptom.At = ago(30)
	for _, s := range Explain(e).Suspects {
		if s.Kind != ServiceSuspect { // of which only the window is known
			t.Errorf("%s %s began %v after the symptom", s.Kind, s.Name, s.At.Sub(e.Symptom.At))
		}
	}
}

func TestWhatTheAlarmWatchesIsNoSuspect(t *testing.T) {
	e := incident()
	m := e.Metrics[1].Metric
	e.Symptom.Alarm = &app.Alarm{Scope: shop, Name: "slow", Kind: app.MetricAlarm, Metric: &m, Statistic: "p99",
		Period: time.Minute}
	for _, s := range Explain(e).Suspects {
		if s.Kind == MetricSuspect && s.Name == "checkout" {
			t.Errorf("the symptom is suspected of itself: %+v", s)
		}
	}
}

func TestOrderOfEvidenceDoesNotMatter(t *testing.T) {
	want := Explain(incident())
	rapid.Check(t, func(t *rapid.T) {
		e := incident()
		e.Metrics = rapid.Permutation(e.Metrics).Draw(t, "metrics")
		e.Patterns = rapid.Permutation(e.Patterns).Draw(t, "patterns")
		e.Changes = rapid.Permutation(e.Changes).Draw(t, "changes")
		e.Calls = renamedBack(e.Calls, rapid.Permutation(indexes(2)).Draw(t, "services"))
		got := Explain(e)
		same := cmp.Options{cmpopts.IgnoreUnexported(Suspect{}), cmpopts.IgnoreFields(ServiceExcess{}, "Service"),
			cmpopts.EquateApprox(1e-9, 1e-9)}
		if diff := cmp.Diff(want, got, same); diff != "" {
			t.Fatal(diff)
		}
	})
}

// renamedBack returns the graph with its services in another order.
func renamedBack(g CallGraph, order []int) CallGraph {
	other := renamed(g, order)
	for i, from := range order {
		other.Services[i].Name = g.Services[from].Name
	}
	return other
}

func TestMetricsThatNeverChangeAreNoSuspects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
		unit := rapid.SampledFrom([]string{"Count", "Milliseconds", "Bytes", "None"}).Draw(t, "unit")
		name := rapid.SampledFrom([]string{"Errors", "Duration", "Throttles", "Anything"}).Draw(t, "name")
		m := minutely("AWS/Lambda", name, unit, app.Dimension{Name: "FunctionName", Value: "checkout"},
			func(int) float64 { return v })
		e := Evidence{Symptom: fired, Usual: earlier, Now: nearby, Metrics: []MetricHistory{m}}
		if x := Explain(e); len(x.Suspects) > 0 {
			t.Fatalf("%+v", x.Suspects)
		}
	})
}

func TestKindOf(t *testing.T) {
	of := func(names ...string) (all []app.Alarm) {
		for _, n := range names {
			m := app.NewMetric("AWS/Any", n, orderTable)
			all = append(all, app.Alarm{Kind: app.MetricAlarm, Metric: &m, Statistic: "Sum", Period: time.Minute})
		}
		return all
	}
	for _, c := range []struct {
		names []string
		want  SymptomKind
	}{
		{[]string{"5XXError"}, Failing}, {[]string{"Latency"}, Slow},
		{[]string{"TargetResponseTime", "Duration"}, Slow},
		{[]string{"Latency", "Errors"}, AnySymptom}, {[]string{"CPUUtilization"}, AnySymptom}, {nil, AnySymptom},
	} {
		if got := KindOf(of(c.names...)...); got != c.want {
			t.Errorf("%v: %q, want %q", c.names, got, c.want)
		}
	}
}

package app_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestKeyIsUnique(t *testing.T) {
	words := []string{"", "a", "a/a", "a/a/a", "a,a=a", "a=a", `"a"`, "a|a"}
	var dims [][]app.Dimension
	for _, name := range words {
		for _, value := range words {
			dims = append(dims, []app.Dimension{{Name: name, Value: value}})
		}
	}
	dims = append(dims, nil, []app.Dimension{{Name: "a", Value: "a"}, {Name: "b", Value: "a"}})
	seen := map[string]app.Metric{}
	for _, namespace := range words {
		for _, name := range words {
			for _, d := range dims {
				m := app.NewMetric(namespace, name, d...)
				if other, ok := seen[m.Key()]; ok {
					t.Fatalf("%#v and %#v have the key %s", m, other, m.Key())
				}
				seen[m.Key()] = m
			}
		}
	}
	one := app.NewMetric("n", "m", app.Dimension{Name: "a", Value: "1"}, app.Dimension{Name: "b", Value: "2"})
	other := app.NewMetric("n", "m", app.Dimension{Name: "b", Value: "2"}, app.Dimension{Name: "a", Value: "1"})
	if one.Key() != other.Key() {
		t.Errorf("%s and %s differ in the order of dimensions only", one.Key(), other.Key())
	}
}

func TestKey(t *testing.T) {
	m := app.NewMetric("AWS/DynamoDB", "WriteThrottleEvents", app.Dimension{Name: "TableName", Value: "orders"},
		app.Dimension{Name: "Operation", Value: "PutItem"})
	r := app.Reading{Metric: m, Statistic: "p99.9", Period: 5 * time.Minute}
	if got, want := r.Key(),
		"AWS/DynamoDB/WriteThrottleEvents,Operation=PutItem,TableName=orders|p99.9|300"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if m.Dimension("TableName") != "orders" || m.Dimension("tablename") != "" || m.Resource() != "PutItem, orders" {
		t.Errorf("%q, %q, %q", m.Dimension("TableName"), m.Dimension("tablename"), m.Resource())
	}
}

func TestBatchReadings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var readings []app.Reading
		for range rapid.IntRange(0, 1200).Draw(t, "readings") {
			readings = append(readings, app.Reading{Period: time.Minute})
		}
		for i := range readings {
			if i%7 == 0 {
				readings[i].Period = time.Second
			}
			readings[i].Statistic = string(rune('a' + i%26))
		}
		length := time.Duration(rapid.IntRange(0, 40*60).Draw(t, "minutes")) * time.Minute
		batches := app.BatchReadings(readings, length)
		if got := slices.Concat(batches...); !slices.EqualFunc(got, readings,
			func(a, b app.Reading) bool { return a.Key() == b.Key() }) {
			t.Fatalf("%d readings became %d", len(readings), len(got))
		}
		for i, b := range batches {
			points := 0
			for _, r := range b {
				points += int(length / r.Period)
			}
			if len(b) == 0 || len(b) > app.MaxReadings || len(b) > 1 && points > app.MaxPoints {
				t.Fatalf("batch %d has %d readings and %d points", i, len(b), points)
			}
			if i > 0 { // no batch is smaller than it has to be
				before := 0
				for _, r := range batches[i-1] {
					before += int(length / r.Period)
				}
				if len(batches[i-1]) < app.MaxReadings && before+int(length/b[0].Period) <= app.MaxPoints {
					t.Fatalf("batch %d had room for the next reading", i-1)
				}
			}
		}
	})
}

func TestReadings(t *testing.T) {
	presets := app.Presets{{Namespace: "AWS/Lambda", Title: "Lambda",
		Metrics: []app.MetricPreset{{Name: "Errors", Statistic: "Sum", Unit: "Count"}}}}
	errors := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: "checkout"})
	custom := app.NewMetric("Shop", "Orders")
	alarms := []app.Alarm{
		{Name: "like the preset", Metric: &errors, Statistic: "Sum", Period: time.Minute},
		{Name: "of its own", Metric: &errors, Statistic: "Maximum", Period: 5 * time.Minute},
		{Name: "composite", Rule: "ALARM(x)"},
		{Name: "metric math", Expression: "m1/m2", Period: time.Minute},
	}
	var got []string
	for _, r := range presets.Readings([]app.Metric{custom, errors, errors}, alarms) {
		got = append(got, r.Key())
	}
	want := []string{
		"AWS/Lambda/Errors,FunctionName=checkout|Maximum|300",
		"AWS/Lambda/Errors,FunctionName=checkout|Sum|60",
		"Shop/Orders|Average|60",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if presets.Title("AWS/Lambda") != "Lambda" || presets.Title("AWS/EC2") != "EC2" || presets.Title("Shop") != "Shop" {
		t.Error("titles")
	}
	if len(app.Presets(nil).Readings(nil, nil)) != 0 {
		t.Error("readings of nothing")
	}
}

func TestPointIsAPairInJSON(t *testing.T) {
	p := app.Point{At: at(1), Value: 0.1}
	b, err := json.Marshal(p)
	if err != nil || string(b) != `["2026-03-14T00:01:00Z",0.1]` {
		t.Fatalf("%s, %v", b, err)
	}
	var again app.Point
	if err := json.Unmarshal(b, &again); err != nil || again != p {
		t.Errorf("%v, %v", again, err)
	}
}

// A metric of another account is another one than that of the same name in the scope's own.
func TestMetricOfAnotherAccount(t *testing.T) {
	own := app.NewMetric("Shop", "Lag", app.Dimension{Name: "Queue", Value: "orders"})
	theirs := own
	theirs.OwningAccount = "444455556666"
	if own.Key() == theirs.Key() || theirs.Key() != "Shop/Lag,Queue=orders|444455556666" ||
		theirs.Resource() != "orders, account 444455556666" {
		t.Errorf("%s, %s", theirs.Key(), theirs.Resource())
	}
	b, err := json.Marshal(theirs)
	var again app.Metric
	if err := errors.Join(err, json.Unmarshal(b, &again)); err != nil || again.Key() != theirs.Key() {
		t.Errorf("%s is read as %s, %v", b, again.Key(), err)
	}
}

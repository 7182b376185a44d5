package app_test

import (
	"fmt"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestFindUnwatched(t *testing.T) {
	here, there := app.Scope{Account: "111122223333", Region: "eu-west-1"},
		app.Scope{Account: "111122223333", Region: "us-east-1"}
	metric := func(namespace, name, dimension, value string) app.Metric {
		return app.NewMetric(namespace, name, app.Dimension{Name: dimension, Value: value})
	}
	errors, duration := metric("AWS/Lambda", "Errors", "FunctionName", "checkout"),
		metric("AWS/Lambda", "Duration", "FunctionName", "checkout")
	mail, age := metric("AWS/Lambda", "Errors", "FunctionName", "mail"),
		metric("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "mail")
	metrics := []app.Metric{mail, duration, errors, age, app.NewMetric("AWS/Lambda", "ConcurrentExecutions")}
	on := func(s app.Scope, m app.Metric) app.Alarm {
		return app.Alarm{Scope: s, Metric: &m, Statistic: "Sum", Period: 60}
	}
	formula := app.Alarm{Scope: here, Queries: []app.MetricQuery{{ID: "e", Expression: "m / 2"},
		{ID: "m", Reading: &app.Reading{Metric: age}}}}
	gone := on(here, mail)
	gone.Gone = at(0)
	for name, c := range map[string]struct {
		alarms []app.Alarm
		want   string
	}{
		"none":           {nil, "[AWS/Lambda checkout 2 AWS/Lambda mail 1 AWS/SQS mail 1]"},
		"one metric":     {[]app.Alarm{on(here, errors)}, "[AWS/Lambda mail 1 AWS/SQS mail 1]"},
		"another Region": {[]app.Alarm{on(there, errors)}, "[AWS/Lambda checkout 2 AWS/Lambda mail 1 AWS/SQS mail 1]"},
		"a formula":      {[]app.Alarm{formula, on(here, errors)}, "[AWS/Lambda mail 1]"},
		"a deleted one":  {[]app.Alarm{formula, on(here, errors), gone}, "[AWS/Lambda mail 1]"},
	} {
		var said []string
		for _, u := range app.FindUnwatched(here, metrics, c.alarms) {
			said = append(said, fmt.Sprint(u.Namespace, " ", u.Resource, " ", len(u.Metrics)))
		}
		if got := fmt.Sprint(said); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTelling(t *testing.T) {
	metric := func(name string) app.Metric {
		return app.NewMetric("AWS/Lambda", name, app.Dimension{Name: "FunctionName", Value: "f"})
	}
	presets := app.Presets{{Namespace: "AWS/Lambda",
		Metrics: []app.MetricPreset{{Name: "Duration"}, {Name: "Errors", Tells: true}, {Name: "Age", Tells: true},
			{Name: "Zeal"}}}}
	for want, names := range map[string][]string{"Errors": {"Age", "Duration", "Errors"}, "Age": {"Age", "Duration"},
		"Duration": {"Alien", "Duration", "Zeal"}, "Alien": {"Alien", "Other"}} {
		u := app.Unwatched{Namespace: "AWS/Lambda"}
		for _, n := range names {
			u.Metrics = append(u.Metrics, metric(n))
		}
		if got := u.Telling(presets).Name; got != want {
			t.Errorf("of %v %s tells, want %s", names, got, want)
		}
	}
}

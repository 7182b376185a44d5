package resource_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

func TestAlarmsOnAResource(t *testing.T) {
	on := func(name, dimension, value string) app.Alarm {
		m := app.NewMetric("AWS/X", "Errors", app.Dimension{Name: dimension, Value: value})
		return app.Alarm{Name: name, Kind: app.MetricAlarm, Metric: &m, Statistic: "Sum", Period: time.Minute}
	}
	for _, c := range []struct {
		alarm app.Alarm
		name  string
		named bool
	}{
		{on("errors", "FunctionName", "checkout"), "checkout", true},
		{on("errors", "FunctionName", "checkout"), in("lambda") + "function:checkout:live", true},
		{on("errors", "LoadBalancer", "app/shop/50dc6c495c0c9188"), "shop", true},
		{on("checkout-latency", "LoadBalancer", "app/shop/50dc6c495c0c9188"), "checkout", true},
		{on("checkout-archive-errors", "FunctionName", "checkout-archive"), "checkout", false},
		{on("errors", "FunctionName", "checkout-archive"), "checkout", false},
		{app.Alarm{Name: "shop-checkout-health", Kind: app.CompositeAlarm}, "checkout", true},
		{app.Alarm{Name: "Checkout health", Kind: app.CompositeAlarm}, "checkout", true},
		{app.Alarm{Name: "checkouts", Kind: app.CompositeAlarm}, "checkout", false},
		{app.Alarm{Name: "anything", Kind: app.CompositeAlarm}, "", false},
	} {
		if got := resource.Read(c.name).NamedBy(c.alarm); got != c.named {
			t.Errorf("%s is named by %s %v: %v", c.name, c.alarm.Name, c.alarm.Metric, got)
		}
		if got, want := resource.Read(c.name).WatchedBy(c.alarm), c.named && c.alarm.Name == "errors"; got != want {
			t.Errorf("%s is watched by %s %v: %v", c.name, c.alarm.Name, c.alarm.Metric, got)
		}
	}
}

func TestWatched(t *testing.T) {
	over := func(names ...string) (a app.Alarm) {
		a.Kind = app.MetricAlarm
		for _, n := range names {
			m := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: n})
			a.Queries = append(a.Queries, app.MetricQuery{Reading: &app.Reading{Metric: m, Statistic: "Sum",
				Period: time.Minute}})
		}
		return a
	}
	balanced := over("app/shop/50dc6c495c0c9188")
	balanced.Queries = append(balanced.Queries, app.MetricQuery{Expression: "a"})
	for want, alarms := range map[string][]app.Alarm{
		"":                     {{Kind: app.CompositeAlarm, Rule: `ALARM("b")`}, over()},
		"checkout orders shop": {over("checkout", "orders"), over("orders"), balanced},
		"orders checkout":      {over("orders", "checkout")},
		"shop orders":          {balanced, over("orders")},
	} {
		if got := strings.Join(resource.Watched(alarms...), " "); got != want {
			t.Errorf("they watch %s, want %s", got, want)
		}
	}
}

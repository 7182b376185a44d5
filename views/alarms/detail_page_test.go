package alarms

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// formula is an alarm on a share of errors, which has to be in the cache as its parts only.
func formula() app.Alarm {
	calls := drawertest.ErrorsMetric
	calls.Name = "Count"
	of := func(m app.Metric) *app.Reading {
		return &app.Reading{Metric: m, Statistic: "Sum", Period: time.Minute}
	}
	a := drawertest.Breaking()
	a.Name, a.Metric, a.Statistic, a.Expression = "checkout-error-rate", nil, "", "100 * errors / calls"
	a.Queries = []app.MetricQuery{{ID: "errors", Reading: of(drawertest.ErrorsMetric)},
		{ID: "calls", Reading: of(calls)},
		{ID: "rate", Label: "error rate", Expression: "100 * errors / calls", Compared: true}}
	return a
}

// quiet is an alarm that is OK over the series of checkout.
func quiet() app.Alarm {
	a := drawertest.Breaking()
	a.State, a.Since, a.Threshold, a.ReasonData = app.OK, drawertest.Ago(3*24*time.Hour), drawertest.Threshold(20), ""
	return a
}

// unwatched is a function without an alarm.
var unwatched = app.Unwatched{Scope: drawertest.Ireland, Namespace: "AWS/ApiGateway", Resource: "checkout",
	Metrics: []app.Metric{
		app.NewMetric("AWS/ApiGateway", "4XXError", app.Dimension{Name: "ApiName", Value: "checkout"}),
		drawertest.ErrorsMetric,
		app.NewMetric("AWS/ApiGateway", "Latency", app.Dimension{Name: "ApiName", Value: "checkout"},
			app.Dimension{Name: "Stage", Value: "prod"})}}

func TestDetailInEveryState(t *testing.T) {
	gone := drawertest.Breaking()
	gone.Gone = drawertest.Ago(5 * time.Minute)
	fallen := drawertest.Critical
	fallen.Reason = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx transitioned to ALARM at Saturday " +
		"14 March, 2026 09:00:01 UTC"
	fallen.ReasonData = `{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx",` +
		`"state":{"value":"ALARM"}}]}`
	fallen.Rule = `ALARM("checkout-5xx") AND (ALARM("checkout-p99") OR NOT OK("canary-shop")) AND NOT ` +
		`(ALARM("deployment") OR OK("checkout-5xx"))`
	bare := drawertest.Breaking()
	bare.ReasonData, bare.AlarmActions, bare.Description, bare.Tags, bare.Configured = "", nil, "", nil, time.Time{}
	for _, state := range []struct {
		name  string
		item  app.Item
		shelf *drawertest.Cache
	}{
		{"in_alarm", drawertest.Breaking(), drawertest.AlarmCache()},
		{"ok", quiet(), drawertest.AlarmCache()},
		{"composite", fallen, drawertest.AlarmCache()},
		{"formula", formula(), drawertest.AlarmCache()},
		{"gone", gone, drawertest.AlarmCache()},
		{"unwatched", unwatched, drawertest.AlarmCache()},
		{"nothing", bare, &drawertest.Cache{}},
	} {
		t.Run(state.name, func(t *testing.T) {
			if a, ok := state.item.(app.Alarm); ok {
				state.shelf.Keep(a)
			}
			s := drawertest.New(t, state.shelf, 2130, Details(state.shelf))
			s.Session.Selected.Set(state.item)
			test.AssertObjectRendersToMarkup(t, "detail_"+state.name+".xml", s.Drawer)
		})
	}
}

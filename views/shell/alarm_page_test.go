package shell

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
)

// evaluated writes StateReasonData: values by minutes ago, nil for a missing datapoint.
func evaluated(threshold float64, newest int, values ...any) string {
	var points []string
	for i, v := range values {
		at := ago(time.Duration(newest+i) * time.Minute).Format("2006-01-02T15:04:05.000-0700")
		if v == nil {
			points = append(points, fmt.Sprintf(`{"timestamp":%q}`, at))
			continue
		}
		points = append(points, fmt.Sprintf(`{"timestamp":%q,"value":%v}`, at, v))
	}
	return fmt.Sprintf(`{"version":"1.0","threshold":%v,"evaluatedDatapoints":[%s]}`, threshold, strings.Join(points, ","))
}

// because gives a turn its reason.
func because(h app.AlarmHistoryItem, reason, data string) app.AlarmHistoryItem {
	h.Data = fmt.Sprintf(`{"newState":{"stateReason":%q,"stateReasonData":%s}}`, reason, data)
	return h
}

const opsARN = "arn:aws:sns:eu-west-1:111122223333:ops"

// breaking is checkout with all that AWS says of it: two datapoints above its threshold, and a missing one that counts.
func breaking() app.Alarm {
	a := checkout
	a.TreatMissing, a.ReasonData = "breaching", evaluated(5, 17, 6.4, nil, 5.2)
	a.Description = "More than 5 % of the checkouts fail. Money is being lost."
	a.ActionsEnabled, a.AlarmActions = true, []string{opsARN}
	a.Tags, a.Configured = map[string]string{"team": "payments", "env": "prod"}, ago(40*24*time.Hour)
	return a
}

func acted(name string, at time.Time, state string, problem string) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: ireland, Alarm: name, At: at, Kind: app.ActionTaken,
		Data: fmt.Sprintf(`{"actionState":%q,"notificationResource":%q,"error":%q}`, state, opsARN, problem)}
}

// pageShelf is fullShelf with reasons, actions, and the alarms around those that are shown.
func pageShelf() *shelf {
	s := fullShelf()
	s.alarms = append(s.alarms, app.Alarm{Scope: ireland, Name: "checkout-p99", Kind: app.MetricAlarm, State: app.OK, Since: ago(26 * 24 * time.Hour), Seen: now})
	s.history[2] = because(s.history[2], "", breaking().ReasonData)
	s.history[1] = because(s.history[1], "", evaluated(5, 12000-21, 1, 2, 6))
	s.history = append(s.history, acted("checkout-5xx", ago(16*time.Minute), "Failed", "CloudWatch Alarms is not authorized to perform: SNS:Publish"),
		acted("checkout-5xx", ago(200*time.Hour), "Succeeded", ""))
	return s
}

// formula is an alarm on a share of errors, which has to be in the cache as its parts only.
func formula() app.Alarm {
	calls := errorsMetric
	calls.Name = "Count"
	of := func(m app.Metric) *app.Reading {
		return &app.Reading{Metric: m, Statistic: "Sum", Period: time.Minute}
	}
	a := breaking()
	a.Name, a.Metric, a.Statistic, a.Expression = "checkout-error-rate", nil, "", "100 * errors / calls"
	a.Queries = []app.MetricQuery{{ID: "errors", Reading: of(errorsMetric)}, {ID: "calls", Reading: of(calls)},
		{ID: "rate", Label: "error rate", Expression: "100 * errors / calls", Compared: true}}
	return a
}

// quiet is an alarm that is OK over the series of checkout.
func quiet() app.Alarm {
	a := breaking()
	a.State, a.Since, a.Threshold, a.ReasonData = app.OK, ago(3*24*time.Hour), threshold(20), ""
	return a
}

// unwatched is a function without an alarm.
var unwatched = app.Unwatched{Scope: ireland, Namespace: "AWS/ApiGateway", Resource: "checkout", Metrics: []app.Metric{
	app.NewMetric("AWS/ApiGateway", "4XXError", app.Dimension{Name: "ApiName", Value: "checkout"}), errorsMetric,
	app.NewMetric("AWS/ApiGateway", "Latency", app.Dimension{Name: "ApiName", Value: "checkout"}, app.Dimension{Name: "Stage", Value: "prod"})}}

func TestDetailInEveryState(t *testing.T) {
	gone := breaking()
	gone.Gone = ago(5 * time.Minute)
	fallen := critical
	fallen.Reason = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx transitioned to ALARM at Saturday 14 March, 2026 09:00:01 UTC"
	fallen.ReasonData = `{"triggeringAlarms":[{"arn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx","state":{"value":"ALARM"}}]}`
	fallen.Rule = `ALARM("checkout-5xx") AND (ALARM("checkout-p99") OR NOT OK("canary-shop")) AND NOT (ALARM("deployment") OR OK("checkout-5xx"))`
	bare := breaking()
	bare.ReasonData, bare.AlarmActions, bare.Description, bare.Tags, bare.Configured = "", nil, "", nil, time.Time{}
	for _, state := range []struct {
		name  string
		item  app.Item
		shelf *shelf
	}{
		{"in_alarm", breaking(), pageShelf()},
		{"ok", quiet(), pageShelf()},
		{"composite", fallen, pageShelf()},
		{"formula", formula(), pageShelf()},
		{"gone", gone, pageShelf()},
		{"unwatched", unwatched, pageShelf()},
		{"nothing", bare, &shelf{}},
	} {
		t.Run(state.name, func(t *testing.T) {
			if a, ok := state.item.(app.Alarm); ok {
				state.shelf.keep(a)
			}
			s := newDrawerStage(t, state.shelf, 2130, alarmDetails(state.shelf))
			s.session.Selected.Set(state.item)
			test.AssertObjectRendersToMarkup(t, "detail_"+state.name+".xml", s.drawer)
		})
	}
}

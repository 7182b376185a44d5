package cachetest

import (
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
)

// incidentAlarms are all that CloudWatch lists 18 seconds before Now, each in the state that it was in five hours ago.
func incidentAlarms() []app.Alarm {
	alarms := []app.Alarm{
		alarmAs(app.Alarm{Name: "checkout-critical", Kind: app.CompositeAlarm, Description: "Customers cannot pay.",
			Rule: `ALARM("checkout-5xx") OR ALARM("checkout-p99") OR ALARM("orders-iterator-age") ` +
				`OR ALARM("orders-throttles")`}),
		alarmOn("checkout-5xx", checkoutErrors(), "Sum", 50),
		alarmOn("checkout-p99", checkoutLatency(), "p99", 1500),
		alarmOn("orders-iterator-age", iteratorAge(), "Maximum", 180_000),
		alarmOn("orders-throttles", throttledWrites(), "Sum", 100),
		alarmOn("worker-disk", workerDisk(), "Maximum", 90),
		alarmOn("canary-home", metric("CloudWatchSynthetics", "SuccessPercent", "CanaryName", "home"), "Average", 90),
	}
	alarms[6].Comparison = "LessThanThreshold"
	for i := range 18 {
		queue := metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", fmt.Sprint("queue-", i))
		alarms = append(alarms, alarmOn(fmt.Sprintf("queue-%02d-depth", i), queue, "Maximum", 1000))
	}
	return alarms
}

// alarmOn returns an alarm that goes off when a metric is above a threshold for three minutes.
func alarmOn(name string, m app.Metric, statistic string, threshold float64) app.Alarm {
	return alarmAs(app.Alarm{Name: name, Kind: app.MetricAlarm, Metric: &m, Statistic: statistic, Period: time.Minute,
		Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 3, DatapointsToAlarm: 3})
}

// alarmAs fills in what all alarms of the incident have.
func alarmAs(a app.Alarm) app.Alarm {
	a.Scope, a.State, a.Since, a.Seen, a.Configured = Shop(), app.OK, Ago(3000), Ago(0.3), Ago(30_000)
	a.ARN, a.ActionsEnabled = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:"+a.Name, true
	a.AlarmActions = []string{"arn:aws:sns:eu-west-1:111122223333:on-call"}
	return a
}

// stateChange is a change of an alarm's state so many minutes ago.
type stateChange struct {
	minutes float64
	to      app.AlarmState
}

// turn brings an alarm into the state that it has at Now and returns how it came into it.
func turn(a *app.Alarm) []app.AlarmHistoryItem {
	var history []app.AlarmHistoryItem
	for _, c := range stateChanges(a.Name) {
		history = append(history, app.AlarmHistoryItem{Scope: a.Scope, Alarm: a.Name, At: Ago(c.minutes),
			Kind: app.StateUpdate, Summary: fmt.Sprintf("Alarm updated from %s to %s", a.State, c.to), From: a.State, To: c.to})
		a.State, a.Since = c.to, Ago(c.minutes)
	}
	return history
}

func stateChanges(alarm string) []stateChange {
	switch alarm {
	case "checkout-critical":
		return []stateChange{{13, app.InAlarm}}
	case "checkout-5xx":
		return []stateChange{{16, app.InAlarm}}
	case "checkout-p99":
		return []stateChange{{22, app.InAlarm}}
	case "orders-iterator-age":
		return []stateChange{{27, app.InAlarm}}
	case "orders-throttles":
		return []stateChange{{31, app.InAlarm}}
	case "canary-home":
		return []stateChange{{38, app.InsufficientData}}
	case "worker-disk":
		return []stateChange{{54, app.InAlarm}, {51, app.OK}, {41, app.InAlarm}, {39, app.OK},
			{26, app.InAlarm}, {23, app.OK}, {8, app.InAlarm}, {6, app.OK}}
	}
	return nil
}

package drawertest

import (
	"fmt"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Evaluated writes StateReasonData: values by minutes ago, nil for a missing datapoint.
func Evaluated(threshold float64, newest int, values ...any) string {
	var points []string
	for i, v := range values {
		at := Ago(time.Duration(newest+i) * time.Minute).Format("2006-01-02T15:04:05.000-0700")
		if v == nil {
			points = append(points, fmt.Sprintf(`{"timestamp":%q}`, at))
			continue
		}
		points = append(points, fmt.Sprintf(`{"timestamp":%q,"value":%v}`, at, v))
	}
	return fmt.Sprintf(`{"version":"1.0","threshold":%v,"evaluatedDatapoints":[%s]}`, threshold,
		strings.Join(points, ","))
}

// Because gives a turn its reason.
func Because(h app.AlarmHistoryItem, reason, data string) app.AlarmHistoryItem {
	h.Data = fmt.Sprintf(`{"newState":{"stateReason":%q,"stateReasonData":%s}}`, reason, data)
	return h
}

const opsARN = "arn:aws:sns:eu-west-1:111122223333:ops"

// Breaking is checkout with all that AWS says of it: two datapoints above its threshold, and a missing one that counts.
func Breaking() app.Alarm {
	a := Checkout
	a.TreatMissing, a.ReasonData = "breaching", Evaluated(5, 17, 6.4, nil, 5.2)
	a.Description = "More than 5 % of the checkouts fail. Money is being lost."
	a.ActionsEnabled, a.AlarmActions = true, []string{opsARN}
	a.Tags, a.Configured = map[string]string{"team": "payments", "env": "prod"}, Ago(40*24*time.Hour)
	return a
}

// Acted is a notification of an alarm that ended in a state, with a problem if there was one.
func Acted(name string, at time.Time, state string, problem string) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: Ireland, Alarm: name, At: at, Kind: app.ActionTaken,
		Data: fmt.Sprintf(`{"actionState":%q,"notificationResource":%q,"error":%q}`, state, opsARN, problem)}
}

// AlarmCache is fullShelf with reasons, actions, and the alarms around those that are shown.
func AlarmCache() *Cache {
	s := FullCache()
	s.AllAlarms = append(s.AllAlarms, app.Alarm{Scope: Ireland, Name: "checkout-p99", Kind: app.MetricAlarm,
		State: app.OK, Since: Ago(26 * 24 * time.Hour), Seen: Now})
	s.History[2] = Because(s.History[2], "", Breaking().ReasonData)
	s.History[1] = Because(s.History[1], "", Evaluated(5, 12000-21, 1, 2, 6))
	s.History = append(s.History, Acted("checkout-5xx", Ago(16*time.Minute), "Failed",
		"CloudWatch Alarms is not authorized to perform: SNS:Publish"),
		Acted("checkout-5xx", Ago(200*time.Hour), "Succeeded", ""))
	return s
}

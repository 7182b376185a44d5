package alarms

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestExpressionOfAnAlarm(t *testing.T) {
	shelf := drawertest.AlarmCache()
	shelf.AllSeries[0].Statistic = "Sum" // the reading of errors
	drawertest.Check(t, "a formula", saidOf(t, shelf, formula()), "Error rate > 5, 3 of 3",
		"ITS EXPRESSION rate = 100 * errors / calls compared "+
			"errors = 5XXError, Sum of checkout 8.1 % 1 calls = Count, Sum of checkout 2 STATE",
		"Traces with faults 51",
		"Period 1 min")
	drawertest.Check(t, "one metric", saidOf(t, shelf, drawertest.Checkout), "!EXPRESSION")

	long := formula()
	long.Queries[2].Expression = "IF(calls > 100, 100 * errors / calls, 0) + FILL(calls, 0)"
	drawertest.Check(t, "a long formula", saidOf(t, shelf, long),
		"rate = IF(calls > 100, 100 * errors / calls, 0)    + FILL(calls, 0) compared")

	several := formula()
	other := app.NewMetric("AWS/ApiGateway", "Count", app.Dimension{Name: "ApiName", Value: "shop"})
	several.Queries[1].Reading = &app.Reading{Metric: other, Statistic: "Sum", Period: time.Minute}
	drawertest.Check(t, "over several resources", saidOf(t, shelf, several), "calls = Count, Sum of shop",
		"GO TO Its traces, logs and changes are those of checkout and shop. Traces with faults 51 t")
}

func TestInputsOfAFormulaOpen(t *testing.T) {
	shelf := drawertest.AlarmCache()
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(formula())
	if s.Rune('2'); s.Drawer.Title() != "Count" {
		t.Errorf("2 opens %q", s.Drawer.Title())
	}
}

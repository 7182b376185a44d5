package shell

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestExpressionOfAnAlarm(t *testing.T) {
	shelf := pageShelf()
	shelf.series[0].Statistic = "Sum" // the reading of errors
	check(t, "a formula", saidOf(t, shelf, formula()), "Error rate above 5 in 3 of 3", "ITS EXPRESSION rate = 100 * errors / calls compared "+
		"errors = 5XXError, Sum of checkout 8.1 % 1 calls = Count, Sum of checkout 2 STATE", "Traces with faults 511", "Period 1 min")
	check(t, "one metric", saidOf(t, shelf, checkout), "!EXPRESSION")

	long := formula()
	long.Queries[2].Expression = "IF(calls > 100, 100 * errors / calls, 0) + FILL(calls, 0)"
	check(t, "a long formula", saidOf(t, shelf, long), "rate = IF(calls > 100, 100 * errors / calls, 0)    + FILL(calls, 0) compared")

	several := formula()
	other := app.NewMetric("AWS/ApiGateway", "Count", app.Dimension{Name: "ApiName", Value: "shop"})
	several.Queries[1].Reading = &app.Reading{Metric: other, Statistic: "Sum", Period: time.Minute}
	check(t, "over several resources", saidOf(t, shelf, several), "calls = Count, Sum of shop",
		"GO TO Its traces, logs and changes are those of checkout and shop. Traces with faults 511 t")
}

func TestInputsOfAFormulaOpen(t *testing.T) {
	s := newDrawerStage(t, pageShelf(), 900, alarmDetails(pageShelf()))
	s.session.Selected.Set(formula())
	if s.rune('2'); s.drawer.Title() != "Count" {
		t.Errorf("2 opens %q", s.drawer.Title())
	}
}

package metrics

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/app/related"
)

func TestQueriesOfMetrics(t *testing.T) {
	shop := app.Scope{Account: "111122223333", Region: "eu-west-1"}
	metric := app.NewMetric("AWS/ApiGateway", "5XXError", app.Dimension{Name: "ApiName", Value: "checkout"},
		app.Dimension{Name: "Stage", Value: "prod"})
	errors := app.Reading{Metric: metric, Statistic: "Sum", Period: time.Minute}
	alarm := app.Alarm{Scope: shop, Name: "checkout-5xx", State: app.InAlarm, Metric: &metric, Statistic: "Sum",
		Period: time.Minute}
	s := reading{presets: app.Presets{{Namespace: "AWS/ApiGateway", Title: "API Gateway"}}}
	r := s.newRow(shop, errors, []app.Alarm{alarm})
	for text, want := range map[string]bool{
		"": true, "checkout": true, "gateway 5xx": true, `service:"api gateway"`: true,
		"namespace:AWS/ApiGateway": true,
		"name:5XX*":                true, "resource:checkout": true, "stage:prod": true, "Stage:prod": true,
		"stage:test":       false,
		"alarm:yes":        true,
		`alarm:"in alarm"`: true, "-alarm:yes": false, "statistic:sum": true, "region:us-*": false, "colour:red": false,
	} {
		f, err := query.ParseFilter(text, nil)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if f.Match(r) != want {
			t.Errorf("%q finds it: %v", text, !want)
		}
	}
	if r.what != "5xx" && r.what != "5xx error" || r.others() != " · prod" {
		t.Errorf("it is called %q%q", r.what, r.others())
	}
}

func TestARowWithoutDatapoints(t *testing.T) {
	var r row
	r.fill(related.SeriesOf{}, app.Since(time.Unix(7200, 0), time.Hour))
	for _, c := range columns() {
		c.Cell(r)
	}
	if r.spark != nil {
		t.Error("a row without datapoints has a chart")
	}
}

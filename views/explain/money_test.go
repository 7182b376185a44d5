package explain

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestTheCapIsExplained(t *testing.T) {
	month := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		over             app.OverCap
		sentence, remedy string
	}{
		{app.OverCap{Cap: 5 * app.Dollar, Spent: 4_980_000_000, Total: 5_010_000_000, Month: month},
			"This month's paid calls have cost $4.98 of the $5.00 cap; alarms, metrics and traces wait until 1 " +
				"December.", "nephograph settings"},
		{app.OverCap{Cap: 5 * app.Dollar, Spent: 5 * app.Dollar, Month: month.AddDate(0, 1, 0)},
			"This month's paid calls have cost $5.00 of the $5.00 cap; alarms, metrics and traces wait until 1 January.", "nephograph settings"},
		{app.OverCap{Cap: 5 * app.Dollar, Spent: app.Dollar, Total: 6_300_000_000, Month: month},
			"This pull would bring the month's paid calls to about $6.30, beyond the cap of $5.00; what is older " +
				"waits until 1 December.", "free and go on"},
		{app.OverCap{Spent: 4_980_000_000, Month: month},
			"The settings allow no paid calls; alarms, metrics and traces are not asked for.", "nephograph settings"},
		{app.OverCap{Cap: app.Dollar / 10, Total: app.Dollar / 8},
			"The pull would cost about $0.12, and its cap is $0.10.", "--cap"},
	} {
		sentence, remedy := Explain(&app.Error{Kind: app.TooMuch, Op: "pull", Err: &test.over})
		if sentence != test.sentence || !strings.Contains(remedy, test.remedy) || !strings.HasSuffix(remedy, ".") {
			t.Errorf("%q %q, want %q", sentence, remedy, test.sentence)
		}
	}
}

func TestSlowdown(t *testing.T) {
	at := func(region string) app.Scope { return app.Scope{Account: "111122223333", Region: region} }
	for _, test := range []struct {
		of   app.Slowdown
		want string
	}{
		{app.Slowdown{Scope: at("eu-central-1"), Service: "logs", Operation: "FilterLogEvents", Quota: 5, Rate: 3.5},
			"CloudWatch Logs limits FilterLogEvents to 5 calls a second in eu-central-1; continuing at 4."},
		{app.Slowdown{Scope: at("eu-west-1"), Service: "cloudtrail", Operation: "LookupEvents", Quota: 2, Rate: 1.4},
			"CloudTrail limits LookupEvents to 2 calls a second in eu-west-1; continuing at 1.4."},
		{app.Slowdown{Scope: at("eu-west-1"), Service: "monitoring", Operation: "GetMetricData", Quota: 500,
			Rate: 24.01},
			"CloudWatch limits GetMetricData to 500 calls a second in eu-west-1; continuing at 24."},
		{app.Slowdown{Scope: at("eu-west-1"), Service: "xray", Operation: "BatchGetTraces", Rate: 28},
			"X-Ray refuses BatchGetTraces for its rate in eu-west-1; continuing at 28 a second."},
		{app.Slowdown{Scope: at("eu-west-1"), Service: "s3", Operation: "Get", Quota: 1, Rate: 0.01},
			"S3 limits Get to 1 call a second in eu-west-1; continuing at 0.1."},
	} {
		if got := Slowdown(test.of); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

package providers

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestPrice(t *testing.T) {
	tests := []struct {
		service, operation string
		units              int
		want               app.Money
	}{
		{"monitoring", "GetMetricData", 1000, app.Dollar / 100},
		{"monitoring", "ListMetrics", 1000, app.Dollar / 100},
		{"xray", "BatchGetTraces", 1_000_000, app.Dollar / 2},
		{"xray", "GetTraceSummaries", 1, 500},
		{"logs", "FilterLogEvents", 1_000_000, 0},
		{"cloudtrail", "LookupEvents", 1_000_000, 0},
		{"sts", "GetCallerIdentity", 1, 0},
		{"unheard", "Of", 5, 0},
	}
	for _, test := range tests {
		if got := Price(test.service, test.operation, test.units); got != test.want {
			t.Errorf("%d %s:%s cost %v, want %v", test.units, test.service, test.operation, got, test.want)
		}
	}
}

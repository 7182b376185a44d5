package phrase

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestInsightsInWords(t *testing.T) {
	i := app.Insight{Name: "RunInstances", Baseline: 0.012, Average: 664}
	if got := InsightTitle(i) + ": " + InsightRates(
		i); got != "Unusual rate of RunInstances: 664 a minute, usually 0.01" {
		t.Error(got)
	}
	if i.Errors = true; InsightTitle(i) != "Unusual rate of errors of RunInstances" {
		t.Error(InsightTitle(i))
	}
}

package phrase

import (
	"github.com/nephograph/nephograph/app"
)

// InsightTitle says in short what CloudTrail Insights saw of some calls: Unusual rate of UpdateInstanceInformation.
func InsightTitle(i app.Insight) string {
	if i.Errors {
		return "Unusual rate of errors of " + i.Name
	}
	return "Unusual rate of " + i.Name
}

// InsightRates compares the rates: 664 a minute, usually 85.
func InsightRates(i app.Insight) string {
	return Number(i.Average) + " a minute, usually " + Number(i.Baseline)
}

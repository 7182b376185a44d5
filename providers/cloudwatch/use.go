package cloudwatch

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// ownNamespaces are what AWS measures of the use of AWS itself: an account has some of them in Regions where nothing of
// it runs (CloudWatch user guide, "Visualize your service quotas and set alarms").
var ownNamespaces = map[string]bool{"AWS/Usage": true, "AWS/Billing": true, "AWS/TrustedAdvisor": true}

// Use says how much is measured in the Region, from the first page of its metrics.
func (s *Source) Use(ctx context.Context) app.RegionUse {
	use := app.RegionUse{Region: s.scope.Region}
	for page, err := range s.Metrics(ctx, app.MetricsQuestion{}) {
		use.Problem = err
		for _, m := range page.Items {
			if !ownNamespaces[m.Namespace] {
				use.Metrics++
			}
		}
		break
	}
	return use
}

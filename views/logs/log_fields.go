package logs

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// embedded is what an event in the embedded metric format says of its metrics (CloudWatch user guide, "Specification:
// Embedded metric format").
type embedded struct {
	AWS struct {
		CloudWatchMetrics []struct {
			Namespace  string
			Dimensions [][]string
			Metrics    []struct{ Name string }
		}
	} `json:"_aws"`
}

// maxPublished bounds how many metrics of one event are looked for; the format allows 100.
const maxPublished = 10

// publishes returns the metrics that an event in the embedded metric format publishes, at most maxPublished.
func publishes(message string) (all []app.Metric) {
	if !strings.Contains(message, "CloudWatchMetrics") {
		return nil
	}
	var e embedded
	var fields map[string]any
	if json.Unmarshal([]byte(message), &e) != nil || json.Unmarshal([]byte(message), &fields) != nil {
		return nil
	}
	for _, directive := range e.AWS.CloudWatchMetrics {
		for _, set := range directive.Dimensions {
			var dims []app.Dimension
			for _, name := range set {
				if value, ok := fields[name].(string); ok {
					dims = append(dims, app.Dimension{Name: name, Value: value})
				}
			}
			for _, m := range directive.Metrics {
				if len(all) < maxPublished && len(dims) == len(set) {
					all = append(all, app.NewMetric(directive.Namespace, m.Name, dims...))
				}
			}
		}
	}
	return all
}

// published reads the series that an event in the embedded metric format published, in the hour around it, where the
// cache has them.
func published(ctx context.Context, r Reader, e app.LogEvent, presets app.Presets) ([]app.Series, error) {
	metrics := publishes(e.Message)
	if len(metrics) == 0 {
		return nil, nil
	}
	var keys []string
	for _, reading := range presets.Readings(metrics, nil) {
		keys = append(keys, reading.Key())
	}
	return r.Series(ctx, app.SeriesQuery{Scopes: []app.Scope{e.Scope}, Range: drawer.HourAround(e.At), Keys: keys})
}

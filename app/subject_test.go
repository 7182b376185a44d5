package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestSubject(t *testing.T) {
	dim := func(pairs ...string) app.Metric {
		var dims []app.Dimension
		for i := 0; i < len(pairs); i += 2 {
			dims = append(dims, app.Dimension{Name: pairs[i], Value: pairs[i+1]})
		}
		return app.NewMetric("AWS/X", "M", dims...)
	}
	for _, test := range []struct {
		metric app.Metric
		want   string
	}{
		{dim(), ""}, {dim("TableName", "orders"), "orders"}, {dim("ApiName", "checkout", "Stage", "prod"), "checkout"},
		{dim("ClusterName", "shop", "ServiceName", "worker"), "worker"},
		{dim("LoadBalancer", "app/web/1", "TargetGroup", "targetgroup/t/2"), "targetgroup/t/2"},
		{dim("LoadBalancer", "app/web/1"), "app/web/1"}, {dim("TableName", "orders", "Operation", "PutItem"), "orders"},
	} {
		if got := test.metric.Subject(); got != test.want {
			t.Errorf("the subject of %s is %q, want %q", test.metric.Key(), got, test.want)
		}
	}
}

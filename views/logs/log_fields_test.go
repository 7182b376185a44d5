package logs

import (
	"testing"

	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestPublishes(t *testing.T) {
	got := publishes(drawertest.Broken.Message)
	if len(got) != 1 || got[0].Key() != drawertest.ErrorsMetric.Key() {
		t.Errorf("it publishes %v", got)
	}
	for _, message := range []string{"", "no JSON CloudWatchMetrics", `{"_aws":{"CloudWatchMetrics":7}}`,
		`{"_aws":{"CloudWatchMetrics":[{"Namespace":"a","Dimensions":[["absent"]],"Metrics":[{"Name":"b"}]}]}}`} {
		if got := publishes(message); got != nil {
			t.Errorf("%q publishes %v", message, got)
		}
	}
}

func FuzzPublishes(f *testing.F) {
	f.Add(drawertest.Broken.Message)
	f.Fuzz(func(t *testing.T, message string) {
		if len(publishes(message)) > maxPublished {
			t.Error("more metrics than are looked for")
		}
	})
}

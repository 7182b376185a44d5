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

func TestGist(t *testing.T) {
	for message, want := range map[string]string{
		"plain text\n":                             "plain text",
		drawertest.Broken.Message:                  "it broke",
		`{"msg":"late","error":"timeout","n":1}`:   "late · timeout",
		`{"message":{"deep":1},"error":"timeout"}`: `{"message":{"deep":1},"error":"timeout"}`,
		`{"no JSON`: `{"no JSON`,
	} {
		if got := gist(message); got != want {
			t.Errorf("gist of %q: %q, want %q", message, got, want)
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

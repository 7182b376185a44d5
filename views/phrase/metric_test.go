package phrase

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMetricWords(t *testing.T) {
	for name, want := range map[string]string{
		"5XXError":                           "5xx error",
		"CPUUtilization":                     "CPU utilization",
		"ConsumedWriteCapacityUnits":         "write",
		"WriteThrottleEvents":                "write throttle",
		"GetRecords.IteratorAgeMilliseconds": "age",
		"ApproximateAgeOfOldestMessage":      "age oldest message",
		"HTTPCode_Target_5XX_Count":          "5xx",
		"disk_used_percent":                  "disk used",
		"Count":                              "count",
		"Latency":                            "latency",
		"DBLoadCPU":                          "DB load CPU",
		"p":                                  "p",
		"":                                   "",
		"Zähler":                             "zähler",
	} {
		if got := metricWords(name); got != want {
			t.Errorf("metricWords(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSplitWordsLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[A-Za-z0-9X5äß]{0,30}`).Draw(t, "name")
		joined := ""
		for _, w := range splitWords(name) {
			if w == "" {
				t.Fatal("an empty word")
			}
			joined += w
		}
		if joined != name {
			t.Fatalf("%q became %q", name, joined)
		}
	})
}

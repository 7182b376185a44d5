package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestNoted(t *testing.T) {
	ten := 10.0
	for _, c := range []struct {
		comparison, data string
		breaching, of    int
		threshold        float64 // of then; 0: none
	}{
		{"GreaterThanOrEqualToThreshold", threeOfThree, 2, 3, 80},
		{"LessThanLowerThreshold", outsideBand, 1, 2, 0},
		{"GreaterThanUpperThreshold", threeOfThree, 0, 0, 10}, // a threshold says nothing of a band
		{"GreaterThanThreshold", "", 0, 0, 10},
	} {
		v, then, ok := app.Alarm{State: app.InAlarm, Comparison: c.comparison, Threshold: &ten,
			ReasonData: c.data}.Noted()
		breaching, _, of := v.Counts()
		threshold := 0.0
		if then.Threshold != nil {
			threshold = *then.Threshold
		}
		if breaching != c.breaching || of != c.of || threshold != c.threshold || ok != (c.of > 0) || ok &&
			v.State != app.InAlarm {
			t.Errorf("%s, %s: %d of %d beyond %v, %v", c.comparison, c.data, breaching, of, threshold, ok)
		}
	}
}

package app_test

import (
	"math"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// As the CloudWatch user guide has it, with a datapoint more.
const outsideBand = `{"version":"1.0","queryDate":"2019-10-03T16:00:04.650+0000","startDate":"2019-10-03T15:57:00.000+0000","period":60,
"recentDatapoints":[0.1,0.0],"recentLowerThresholds":[0.02,0.0206],"recentUpperThresholds":[0.3,0.3007]}`

func TestAlarmBand(t *testing.T) {
	band, ok := app.ParseAlarmBand(outsideBand)
	if !ok || len(band) != 2 {
		t.Fatalf("read %v, %v", band, ok)
	}
	if p := band[1]; !p.At.Equal(time.Date(2019, 10, 3, 15, 58, 0, 0, time.UTC)) || p.Value != 0 || p.Low != 0.0206 ||
		p.High != 0.3007 {
		t.Errorf("the second is %+v", p)
	}
	for comparison, want := range map[string]int{
		"GreaterThanUpperThreshold": 0, "LessThanLowerThreshold": 1, "LessThanLowerOrGreaterThanUpperThreshold": 1,
		"GreaterThanThreshold": 0,
	} {
		v := band.Verdict(app.Alarm{Comparison: comparison}, app.InAlarm)
		if breaching, missing, counted := v.Counts(); breaching != want || missing != 0 || counted != 2 ||
			v.State != app.InAlarm {
			t.Errorf("%s: %d of %d breach, %d missing, want %d of 2", comparison, breaching, counted, missing, want)
		}
	}
}

func TestAlarmBandWithOneSideAndTimes(t *testing.T) {
	band, ok := app.ParseAlarmBand(`{"recentDatapoints":[1,9],"recentUpperThresholds":[5,6],"evaluatedDatapoints":[
		{"timestamp":"2026-03-01T10:05:00.000+0000","value":9},{"timestamp":"2026-03-01T10:04:00.000+0000"},{"timestamp":"2026-03-01T10:02:00.000+0000","value":1}]}`)
	if !ok || len(band) != 2 || band[0].At.Minute() != 2 || band[1].At.Minute() != 5 || !math.IsInf(band[0].Low, -1) ||
		band[1].High != 6 {
		t.Errorf("read %+v, %v", band, ok)
	}
}

func TestAlarmBandThatIsNotRead(t *testing.T) {
	for _, data := range []string{"", "null", threeOfThree, `{"recentDatapoints":[1]}`,
		`{"recentDatapoints":[1],"recentUpperThresholds":[1]}`,
		`{"recentDatapoints":[1],"recentUpperThresholds":[1],"startDate":"2026-03-01T10:04:00.000+0000","period":0}`,
		`{"recentDatapoints":[1],"recentUpperThresholds":[1],"startDate":"2026-03-01T10:04:00.000+0000","period":1e99}`} {
		if band, ok := app.ParseAlarmBand(data); ok {
			t.Errorf("%s is read as %v", data, band)
		}
	}
}

func FuzzAlarmBand(f *testing.F) {
	f.Add(outsideBand)
	f.Add(`{"recentDatapoints":[1],"recentUpperThresholds":[1],"startDate":"2026-03-01T10:04:00.000+0000","period":60}`)
	f.Fuzz(func(t *testing.T, data string) {
		band, ok := app.ParseAlarmBand(data)
		if ok != (len(band) > 0) {
			t.Fatalf("%q: read %v with %d datapoints", data, ok, len(band))
		}
		for i := 1; i < len(band); i++ {
			if band[i].At.Before(band[i-1].At) {
				t.Errorf("%q: not in order", data)
			}
		}
	})
}

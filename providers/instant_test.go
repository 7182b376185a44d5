package providers

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"
	"pgregory.net/rapid"
)

func TestInstant(t *testing.T) {
	noon := time.Date(2026, 5, 3, 12, 0, 0, 0, time.FixedZone("", 3600))
	if got := Instant(&noon); !got.Equal(noon) || got.Location() != time.UTC || !Instant(nil).IsZero() {
		t.Errorf("noon is %v", got)
	}
	for _, at := range []time.Time{time.Unix(253_402_300_800, 0), time.Unix(1e15, 0), time.Unix(-1e15, 0),
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -2*3600))} {
		if got := Instant(&at); !got.IsZero() {
			t.Errorf("%v is %v", at.Unix(), got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-1e18, 1e18).Draw(t, "seconds"), 0)
		if _, err := json.Marshal(Instant(&at)); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSeconds(t *testing.T) {
	for s, want := range map[float64]time.Duration{1.5: 1500 * time.Millisecond, 0.0000014: time.Microsecond, -3: 0,
		1e300: math.MaxInt64, math.Inf(1): math.MaxInt64, 9.3e9: math.MaxInt64} {
		if got := Seconds(&s); got != want {
			t.Errorf("%g s are %v", s, got)
		}
	}
	if nan := math.NaN(); Seconds(&nan) != 0 || Seconds(nil) != 0 {
		t.Error("what is no number lasts")
	}
}

// What an answer counts is believed up to what it can be.
func TestTracesThatAreBilled(t *testing.T) {
	summaries := make([]types.TraceSummary, 3)
	for _, c := range []struct {
		processed *int64
		want      int
	}{{nil, 3}, {aws.Int64(7), 7}, {aws.Int64(25_000_000_000), mostProcessed},
		{aws.Int64(math.MaxInt64), mostProcessed}, {aws.Int64(-5), 3}} {
		out := xray.GetTraceSummariesOutput{TraceSummaries: summaries, TracesProcessedCount: c.processed}
		if got := unitsAnswered(&out); got != c.want {
			t.Errorf("%v traces processed are billed as %d, want %d", c.processed, got, c.want)
		}
	}
}

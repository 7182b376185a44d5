package lane

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

func TestLogLane(t *testing.T) {
	volume := []app.LogCount{
		{At: ago(10), Level: app.LevelInfo, Count: 590}, {At: ago(10), Level: app.LevelError, Count: 19},
		{At: ago(10), Level: app.LevelWarn, Count: 3},
		{At: ago(9), Level: app.LevelNone, Count: 5}, {At: ago(9), Level: app.LevelWarn, Count: 1},
		{At: ago(8), Level: app.LevelDebug, Count: 1},
	}
	l := NewLog(LogData{Volume: volume, Bucket: time.Minute, Groups: 1})
	if h := l.Head(); h.Measures != "1 group · 619 events" || h.Top != "800" {
		t.Errorf("the head says %q, up to %q", h.Measures, h.Top)
	}
	for minutes, want := range map[float64]string{9.5: "612 · 19 errors", 8.5: "6 · 1 warning", 7.5: "1",
		6.5: "no events", 11: "no events"} {
		if got := l.Readout(ago(minutes), 0); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
	axis := chart.Axis{Range: hour, Width: 600}
	if b, ok := l.Pick(axis, 74, fyne.NewPos(axis.X(ago(9.5)), 40)).(app.LogBucket); !ok || b.Total() != 612 ||
		!b.Range.Equal(app.Range{From: ago(10), To: ago(9)}) {
		t.Errorf("picked %+v", b)
	}
	if item := l.Pick(axis, 74, fyne.NewPos(2, 40)); item != nil {
		t.Errorf("picked %v where nothing is", item)
	}
}

func TestBarsAreWideEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := time.Duration(rapid.Int64Range(int64(10*time.Second), int64(400*24*time.Hour)).Draw(t, "length"))
		axis := chart.Axis{Range: app.Since(now, length), Width: rapid.Float32Range(160, 3000).Draw(t, "width")}
		b := BucketFor(axis)
		if width := axis.X(axis.Range.From.Add(b)); width < barWidth*0.99 && b < buckets[len(buckets)-1] {
			t.Fatalf("bars of %v are %v wide", b, width)
		}
	})
}

// A lane of one log group says nothing of what another one lacks.
func TestALogLaneLacksWhatItsGroupsLack(t *testing.T) {
	cover := func(group string, minutes float64) app.Cover {
		return app.Cover{Scope: shop, Signal: app.Logs, Resource: group, Range: app.Range{From: ago(minutes), To: now},
			AskedAt: now}
	}
	window := Window{Axis: chart.Axis{Range: hour, Width: 600}, Now: now, Places: []app.Scope{shop},
		Covers: []app.Cover{cover("/aws/lambda/a", 60), cover("/aws/lambda/b", 10)}}
	for name, c := range map[string]struct {
		query app.LogQuery
		want  string
	}{
		"all":              {app.LogQuery{}, Unpulled},
		"the whole one":    {app.LogQuery{Groups: []string{"/aws/lambda/a"}}, "no events"},
		"its resource":     {app.LogQuery{Resource: "a"}, "no events"},
		"the other one":    {app.LogQuery{Groups: []string{"/aws/lambda/b"}}, Unpulled},
		"another resource": {app.LogQuery{Resource: "b"}, Unpulled},
	} {
		if got := NewLog(LogData{Window: window, Query: c.query}).Readout(ago(30), 0); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

package timeline

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// The first and the last bar are whole where the cache has them, and pale where they are still to grow.
func TestBarsAtTheEdges(t *testing.T) {
	window := app.Range{From: ago(40.4), To: ago(20.3)}
	cache := incident()
	e, err := read(t.Context(), cache.open(t),
		question{axis: chart.Axis{Range: window, Width: 200}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	asked := cachetest.QueriesOf[app.LogQuery](cache.Cache, "LogVolume")[0].Range
	l := lane.NewLog(e.logData(app.Lane{}))
	pale := func(at time.Time) bool { return strings.HasSuffix(l.Readout(at, 0), " so far") }
	if want := window.Align(e.bucket); !asked.Equal(want) || pale(window.From) || pale(window.To.Add(-1)) {
		t.Errorf("of %v bars are counted, want %v; pale are %v, %v", asked, want, pale(window.From),
			pale(window.To.Add(-1)))
	}
	if l.Readout(window.From, 0) == "no events" || l.Readout(window.To.Add(-1), 0) == "no events" {
		t.Error("the bars do not reach the edges")
	}
	e, err = read(t.Context(), incident().open(t),
		question{axis: chart.Axis{Range: app.Range{From: ago(40), To: ago(-1)}, Width: 200}, now: now,
			presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l = lane.NewLog(e.logData(app.Lane{}))
	last := now.Add(-1).Truncate(e.bucket)
	if !pale(last) || pale(last.Add(-2*e.bucket)) {
		t.Errorf("the last bar reads %q, one before it %q", l.Readout(last, 0), l.Readout(last.Add(-2*e.bucket), 0))
	}
}

func TestABarIsOfTheGroupsOfItsLane(t *testing.T) {
	mail := app.Lane{Kind: app.LogLane, Groups: []string{"/ecs/order-mail"}}
	e := snapshot{bucket: time.Minute, volume: []app.LogCount{{At: ago(10), Count: 612}},
		narrowed: map[string]part{mail.Key(): {volume: []app.LogCount{{At: ago(10), Count: 10}}}}}
	e.resource = "checkout"
	for _, c := range []struct {
		lane     app.Lane
		groups   []string
		resource string
	}{{mail, mail.Groups, ""}, {app.Lane{Kind: app.LogLane}, nil, "checkout"}} {
		axis := chart.Axis{Range: hour, Width: 600}
		b, ok := e.laneOf(c.lane).Pick(axis, 74, fyne.NewPos(axis.X(ago(9.5)), 40)).(app.LogBucket)
		if !ok || !slices.Equal(b.Groups, c.groups) || b.Resource != c.resource {
			t.Errorf("a bar of %v is of %v, %q", c.lane.Groups, b.Groups, b.Resource)
		}
	}
}

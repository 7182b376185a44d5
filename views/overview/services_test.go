package overview

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
)

func TestRateAndShare(t *testing.T) {
	for _, c := range []struct {
		n    int
		per  time.Duration
		want string
	}{
		{7200, time.Hour, "2/s"}, {5400, time.Hour, "1.5/s"}, {3599, time.Hour, "60/min"}, {60, time.Hour, "1/min"},
		{59, time.Hour, "59/h"}, {1, 5 * time.Hour, "0.2/h"}, {0, time.Hour, "0/h"}, {5, 0, "–"},
	} {
		if got := rate(c.n, c.per); got != c.want {
			t.Errorf("%d in %v: %s, want %s", c.n, c.per, got, c.want)
		}
	}
	for _, c := range []struct {
		n, of int
		want  string
	}{{0, 10, "0"}, {0, 0, "0"}, {1, 10_000, "<0.1 %"}, {1, 200, "0.5 %"}, {33, 100, "33 %"}, {10, 10, "100 %"}} {
		if got := share(c.n, c.of); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.n, c.of, got, c.want)
		}
	}
}

func TestPercentile(t *testing.T) {
	var times []time.Duration
	for i := range 100 {
		times = append(times, time.Duration(i+1))
	}
	for _, c := range []struct {
		times []time.Duration
		want  time.Duration
	}{{times, 95}, {times[:20], 19}, {times[:10], 10}, {times[:1], 1}} {
		if got := percentile(c.times, 95); got != c.want {
			t.Errorf("of %d times it is %d, want %d", len(c.times), got, c.want)
		}
	}
}

// segment is one of a trace, so many minutes ago, that took so many milliseconds.
func segment(id, parent, service string, ago float64, took int) app.Span {
	at := cachetest.Ago(ago)
	return app.Span{ID: id, Parent: parent, Kind: app.Segment, Name: service, Service: service, Start: at,
		End: at.Add(time.Duration(took) * time.Millisecond)}
}

func TestTallyOfTraces(t *testing.T) {
	hour := app.Since(cachetest.Now(), time.Hour)
	tally := newTally(hour)
	failed := segment("3", "2b", "orders", 10, 900)
	failed.Fault = true
	tally.add(app.Trace{Scope: cachetest.Shop(), Spans: []app.Span{
		segment("1", "", "checkout", 10, 1000),
		segment("2", "1", "checkout", 10, 990), // the function within the request
		{ID: "2b", Parent: "2", Kind: app.Subsegment, Service: "checkout"},
		failed,
	}})
	tally.add(app.Trace{Scope: cachetest.Shop(), Spans: []app.Span{segment("1", "", "checkout", 50, 100)}})
	tally.addGraph(app.ServiceGraph{Scope: cachetest.Shop(), Range: hour, Nodes: []app.ServiceNode{
		{Name: "checkout", Stats: app.CallStats{Total: 99}}, // of which there are traces
		{Name: "users", Type: app.ClientType, Stats: app.CallStats{Total: 99}},
		{Name: "mail", Type: "AWS::SES", Stats: app.CallStats{Total: 30, Throttle: 3, Time: 3 * time.Second}},
	}})
	var got []string
	q := question{within: hour}
	for _, s := range tally.worst() {
		l := s.line(q, s.kind)
		got = append(got, l.cells[0].Text+" "+l.cells[3].Text+" "+l.cells[5].Text+" "+l.cells[7].Text)
	}
	want := []string{"orders 1/h 100 % 900 ms", "mail 30/h 10 % throttled mean 100 ms", "checkout 2/h 0 1 s"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Errorf("they are %q, want %q", got, want)
			break
		}
	}
}

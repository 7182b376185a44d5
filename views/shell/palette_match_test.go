package shell

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

func TestRank(t *testing.T) {
	for _, c := range []struct {
		typed, title string
		want         int
	}{
		{"", "timeline", 4},
		{"timeline", "timeline", 5},
		{"time", "timeline", 4},
		{"out", "zoom out", 3},
		{"5xx", "checkout-5xx", 3},
		{"e", "bee.end", 3},
		{"heck", "checkout-5xx", 2},
		{"c5", "checkout-5xx", 1},
		{"é", "café", 2},
		{"xc", "checkout-5xx", 0},
		{"timelines", "timeline", 0},
	} {
		if got := rank(c.typed, c.title); got != c.want {
			t.Errorf("rank(%q, %q) = %d, want %d", c.typed, c.title, got, c.want)
		}
	}
}

func TestMatchesBestFirst(t *testing.T) {
	all := []finding{}
	for _, title := range []string{"color", "dev-orders", "Orders", "zone", "ordinary"} {
		all = append(all, newFinding(ui.Command{Title: title}))
	}
	all = append(all, newFinding(ui.Command{Title: "checkout 5xx", Detail: "Metric"}, "AWS/ApiGateway", "orders"))
	for _, c := range []struct{ typed, want string }{
		{"or", "Orders ordinary dev-orders color checkout 5xx"},
		{"OR dev", "dev-orders"},
		{"metric check", "checkout 5xx"},
		{"apigateway", "checkout 5xx"},
		{"nowhere", ""},
	} {
		var got []string
		for _, f := range matches(c.typed, all) {
			got = append(got, f.Title)
		}
		if said := strings.Join(got, " "); said != c.want {
			t.Errorf("%q finds %q, want %q", c.typed, said, c.want)
		}
	}
}

func TestAnotherLetterFindsNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFinding(ui.Command{Title: rapid.StringMatching(`[a-c -]{0,12}`).Draw(t, "title")},
			rapid.StringMatching(`[a-c -]{0,6}`).Draw(t, "words"))
		typed := rapid.StringMatching(`[a-c]{0,4}`).Draw(t, "typed")
		more := typed + rapid.StringMatching(`[a-c]`).Draw(t, "letter")
		if f.rank(strings.Fields(more)) > 0 && f.rank(strings.Fields(typed)) == 0 {
			t.Errorf("%q matches %q, and %q does not", more, f.title, typed)
		}
	})
}

// BenchmarkMatches: 5,000 alarms and 10,000 metrics are to be filtered within 16 ms, a frame of the screen.
func BenchmarkMatches(b *testing.B) {
	var all []finding
	for i := range 5_000 {
		all = append(all, alarmFinding(app.Alarm{Scope: drawertest.Ireland,
			Name: fmt.Sprintf("team-%d-service-%d-errors", i%40, i), State: app.OK}, nil))
	}
	for i := range 10_000 {
		m := app.NewMetric("AWS/Lambda", [...]string{"Errors", "Duration", "Throttles", "Invocations"}[i%4],
			app.Dimension{Name: "FunctionName", Value: fmt.Sprintf("team-%d-function-%d", i%40, i)})
		all = append(all, metricFinding(drawertest.Ireland, m, drawertest.Presets, nil))
	}
	for _, typed := range []string{"", "e", "latency", "team-7 errors", "lambda durat 99"} {
		b.Run(typed, func(b *testing.B) {
			for b.Loop() {
				matches(typed, all)
			}
		})
	}
}

package traces

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// spanAt is a span from one second of a trace to another; no end is in progress.
func spanAt(id, parent, name string, from, to float64) app.Span {
	s := app.Span{ID: id, Parent: parent, Name: name, Service: name,
		Start: drawertest.Now.Add(time.Duration(from * float64(time.Second)))}
	if to > 0 {
		s.End = drawertest.Now.Add(time.Duration(to * float64(time.Second)))
	}
	return s
}

// drawn are rows as text, each set in by its depth.
func drawn(bars []bar) (all []string) {
	for _, b := range bars {
		all = append(all, fmt.Sprintf("%*s%s %.2f-%.2f %v", 2*b.depth, "", b.label(), b.from, b.to, b.took))
	}
	return all
}

func TestWaterfall(t *testing.T) {
	many := []app.Span{spanAt("root", "", "api", 0, 10)}
	for i := range 5 {
		many = append(many, spanAt(fmt.Sprint("db", i), "root", "DynamoDB", float64(i), float64(i)+1))
	}
	failed := spanAt("b", "a", "orders", 1, 4)
	failed.Throttle = true
	for _, test := range []struct {
		name  string
		spans []app.Span
		want  []string
	}{
		{"none", nil, nil},
		{"a call, given in any order", []app.Span{failed, spanAt("a", "", "api", 0, 4)},
			[]string{"api 0.00-1.00 4s", "  ✕ orders 0.25-1.00 3s"}},
		{"five alike", many, []string{"api 0.00-1.00 10s", "  DynamoDB × 5 0.00-0.50 5s"}},
		{"three are not folded", many[:4], []string{"api 0.00-1.00 10s", "  DynamoDB 0.00-0.10 1s",
			"  DynamoDB 0.10-0.20 1s", "  DynamoDB 0.20-0.30 1s"}},
		{"in progress", []app.Span{spanAt("a", "", "api", 0, 0), spanAt("b", "a", "db", 1, 2)},
			[]string{"api 0.00-1.00 2s", "  db 0.50-1.00 1s"}},
		{"an orphan", []app.Span{spanAt("a", "", "api", 0, 2), spanAt("b", "lost", "worker", 1, 2)},
			[]string{"api 0.00-1.00 2s", "worker 0.50-1.00 1s"}},
		{"each other's parents", []app.Span{spanAt("a", "b", "api", 0, 2), spanAt("b", "a", "db", 1, 2)},
			[]string{"api 0.00-1.00 2s", "  db 0.50-1.00 1s"}},
		{"a wrong clock", []app.Span{spanAt("a", "", "api", 1, 2), spanAt("b", "a", "db", 1.5, 1)},
			[]string{"api 0.00-1.00 1s", "  db 0.50-0.50 0s"}},
	} {
		if got := drawn(waterfall(test.spans)); !slices.Equal(got, test.want) {
			t.Errorf("%s:\n%q, want\n%q", test.name, got, test.want)
		}
	}
}

func TestWaterfallHoldsEverySpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var spans []app.Span
		for i := range rapid.IntRange(1, 60).Draw(t, "spans") {
			parent := ""
			if rapid.Bool().Draw(t, "called") {
				parent = fmt.Sprint(rapid.IntRange(0, 70).Draw(t, "by")) // itself, a later one, one that is not there
			}
			from := rapid.Float64Range(0, 100).Draw(t, "from")
			spans = append(spans, spanAt(fmt.Sprint(i), parent,
				rapid.SampledFrom([]string{"api", "db"}).Draw(t, "name"), from,
				from+rapid.Float64Range(-1, 50).Draw(t, "took")))
		}
		bars := waterfall(spans)
		depth, count := -1, 0
		for _, b := range bars {
			if b.from < 0 || b.to > 1 || b.from > b.to || b.took < 0 {
				t.Fatalf("%+v is off the axis", b)
			}
			if b.depth > depth+1 {
				t.Fatalf("%+v has nothing above it", b)
			}
			depth = b.depth
			count += b.count
		}
		if count != len(spans) {
			t.Fatalf("%d of %d spans are drawn", count, len(spans))
		}
		most := rapid.IntRange(1, 20).Draw(t, "most")
		shown, left := telling(bars, most)
		seen := 0
		depth = -1
		for _, b := range shown {
			if b.depth > depth+1 {
				t.Fatalf("%+v is shown without what is above it", b)
			}
			depth = b.depth
			seen += b.count
		}
		if len(shown) > most || seen+left != len(spans) {
			t.Fatalf("%d rows of %d spans, %d left of %d", len(shown), seen, left, len(spans))
		}
	})
}

func TestTellingKeepsWhatFailed(t *testing.T) {
	spans := []app.Span{spanAt("root", "", "api", 0, 100)}
	for i := range 100 {
		spans = append(spans, spanAt(fmt.Sprint(i), "root", fmt.Sprint("call-", i), float64(i), float64(i)+.9))
	}
	spans[70].Fault, spans[70].End = true, spans[70].Start.Add(time.Millisecond)
	shown, left := telling(waterfall(spans), 10)
	if len(shown) != 10 || left != 91 || !slices.ContainsFunc(shown, func(b bar) bool { return b.failed == "fault" }) {
		t.Errorf("%d rows, %d left: %q", len(shown), left, drawn(shown))
	}
}

// Budget: 50 ms for 12,000 spans, away from the UI goroutine.
func BenchmarkWaterfall(b *testing.B) {
	var spans []app.Span
	for i := range 12_000 {
		spans = append(spans, spanAt(fmt.Sprint(i), fmt.Sprint(i/7-1), fmt.Sprint("call-", i%5), float64(i),
			float64(i)+3))
	}
	for b.Loop() {
		telling(waterfall(spans), maxBars)
	}
}

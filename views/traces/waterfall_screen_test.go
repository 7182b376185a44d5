package traces

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/explore"
)

// kept returns a cache with a trace of these spans, and the trace as a list has it.
func kept(t testing.TB, spans ...app.Span) (*cachetest.Cache, app.Trace) {
	t.Helper()
	trace := app.Trace{Scope: drawertest.Ireland, ID: "1-67e5ca8f-000000000000000000000001", Start: drawertest.Now,
		Duration: 10 * time.Second, Entry: "api", Revision: 1, Spans: spans}
	c := cachetest.New(t, cachetest.Contents{Traces: []app.Trace{trace}})
	trace.Spans = nil
	return c, trace
}

// rowsOf are rows as the list says them.
func rowsOf(rows []spanRow) (all []string) {
	for _, r := range rows {
		c := nameCell(r)
		all = append(all, strings.Repeat(" ", int(c.Indent/spanIndent))+c.Text)
	}
	return all
}

func TestWaterfallScreen(t *testing.T) {
	failed := spanAt("c", "b", "DynamoDB", 2, 4)
	failed.Fault, failed.Service = true, "orders"
	c, trace := kept(t, spanAt("a", "", "api", 0, 10), spanAt("b", "a", "checkout", 1, 5), failed,
		spanAt("d", "lost", "worker", 6, 0))
	trees := &treeCache{folded: map[string]bool{}}
	read := func(q explore.Question) explore.Answer[spanRow] {
		t.Helper()
		a, err := readWaterfall(t.Context(), c, trees, q)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	check := func(name string, a explore.Answer[spanRow], want ...string) {
		t.Helper()
		if got := rowsOf(a.Items); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if a := read(explore.Question{}); a.Title != "No trace is open" {
		t.Errorf("before a trace was opened it says %q", a.Title)
	}
	a := read(explore.Question{Open: trace})
	check("all", a, "▾ api", " ▾ checkout", "  DynamoDB", "worker · in progress, its parent is missing")
	if want := "4 spans · 10 s · critical path: api 60 %, checkout 20 %, orders 20 %"; a.Found != want {
		t.Errorf("it says %q, want %q", a.Found, want)
	}
	check("searched", read(explore.Question{Open: trace, Text: "result:fault"}), "▾ api", " ▾ checkout", "  DynamoDB")
	check("by its critical path", read(explore.Question{Turned: true}), "api", "checkout", "DynamoDB",
		"worker · in progress, its parent is missing")
	check("nothing found", read(explore.Question{Text: "took>1h"}))
	if !trees.fold(a.Items[1], true) || trees.fold(a.Items[2], true) {
		t.Error("what calls nothing can be folded, or what calls something cannot")
	}
	check("folded", read(explore.Question{}), "▾ api", " ▸ checkout (1 below)",
		"worker · in progress, its parent is missing")
	if c.AskedFor("Traces") != 3 { // the summary and the spans once, and the summary again
		t.Errorf("the trace was read %d times", c.AskedFor("Traces"))
	}
	trees.fold(a.Items[1], false)
	check("unfolded", read(explore.Question{}), rowsOf(a.Items)...)
}

// BenchmarkWaterfallRows answers the question of the screen for a trace of 100,000 spans that is read already, without
// and with a search. Budget: 200 ms.
func BenchmarkWaterfallRows(b *testing.B) {
	var spans []app.Span
	for i := range 100_000 {
		spans = append(spans, spanAt(fmt.Sprint(i), fmt.Sprint(i/7-1), fmt.Sprint("call-", i%5), float64(i),
			float64(i)+3))
	}
	c, trace := kept(b, spans...)
	for _, text := range []string{"", "name:call-3"} {
		b.Run("query="+text, func(b *testing.B) {
			trees := &treeCache{folded: map[string]bool{}}
			q := explore.Question{Open: trace, Text: text}
			if _, err := readWaterfall(b.Context(), c, trees, q); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := readWaterfall(b.Context(), c, trees, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

package calltree

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

var begin = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func second(s float64) time.Time { return begin.Add(time.Duration(s * float64(time.Second))) }

// span is a span from one second to another; no end is in progress.
func span(id, parent string, from, to float64) app.Span {
	s := app.Span{ID: id, Parent: parent, Name: id, Service: "of-" + id, Start: second(from)}
	if to != 0 {
		s.End = second(to)
	}
	return s
}

// said are the rows as text: depth, id, from-to, own time, critical time, and what is wrong.
func said(t *Tree) (all []string) {
	for _, r := range t.Rows {
		all = append(all, fmt.Sprintf("%*s%s %v-%v self %v critical %v odd %b", 2*r.Depth, "", t.Spans[r.Span].ID,
			r.From, r.To, r.Self, r.Critical, r.Odd))
	}
	return all
}

func TestTree(t *testing.T) {
	for _, c := range []struct {
		name  string
		spans []app.Span
		want  []string
	}{
		{"none", nil, nil},
		{"calls in order, with what lies between", []app.Span{
			span("b", "a", 6, 9), span("a", "", 0, 10), span("c", "a", 1, 5), span("d", "c", 2, 4)}, []string{
			"a 0s-10s self 3s critical 3s odd 0",
			"  c 1s-5s self 2s critical 2s odd 0", "    d 2s-4s self 2s critical 2s odd 0",
			"  b 6s-9s self 3s critical 3s odd 0"}},
		{"calls at once: the one that ends last counts", []app.Span{
			span("a", "", 0, 10), span("b", "a", 1, 6), span("c", "a", 2, 9)}, []string{
			"a 0s-10s self 2s critical 3s odd 0",
			"  b 1s-6s self 5s critical 0s odd 0", "  c 2s-9s self 7s critical 7s odd 0"}},
		{"a call that goes on after its caller", []app.Span{span("a", "", 0, 4), span("b", "a", 2, 9)}, []string{
			"a 0s-4s self 2s critical 2s odd 0", "  b 2s-9s self 7s critical 2s odd 0"}},
		{"in progress", []app.Span{span("a", "", 0, 0), span("b", "a", 1, 2)}, []string{
			"a 0s-2s self 1s critical 1s odd 100000", "  b 1s-2s self 1s critical 1s odd 0"}},
		{"without its parent", []app.Span{span("a", "", 0, 4), span("b", "lost", 1, 2)}, []string{
			"a 0s-4s self 4s critical 4s odd 0", "b 1s-2s self 1s critical 0s odd 1"}},
		{"each other's parents", []app.Span{span("a", "b", 0, 4), span("b", "a", 1, 2)}, []string{
			"a 0s-4s self 3s critical 3s odd 10", "  b 1s-2s self 1s critical 1s odd 0"}},
		{"its own parent", []app.Span{span("a", "a", 0, 4)}, []string{"a 0s-4s self 4s critical 4s odd 10"}},
		{"an id twice", []app.Span{span("a", "", 0, 4), span("b", "a", 1, 2), span("b", "a", 2, 3)}, []string{
			"a 0s-4s self 2s critical 2s odd 0", "  b 1s-2s self 1s critical 1s odd 0",
			"  b 2s-3s self 1s critical 1s odd 100"}},
		{"it ends before it starts", []app.Span{span("a", "", 1, 2), span("b", "a", 1.5, 1)}, []string{
			"a 0s-1s self 1s critical 1s odd 0", "  b 500ms-500ms self 0s critical 0s odd 1000"}},
		{"it starts before its caller", []app.Span{span("a", "", 1, 4), span("b", "a", 0, 2)}, []string{
			"a 1s-4s self 2s critical 2s odd 0", "  b 0s-2s self 2s critical 1s odd 10000"}},
	} {
		if got := said(New(c.spans)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
	}
}

// drawn is any set of spans, with circles, lost parents and ids twice.
func drawn(t *rapid.T) []app.Span {
	var spans []app.Span
	for i := range rapid.IntRange(1, 40).Draw(t, "spans") {
		from := rapid.IntRange(0, 20).Draw(t, "from")
		s := span(fmt.Sprint(rapid.IntRange(0, i+3).Draw(t, "id")), fmt.Sprint(rapid.IntRange(0, 45).Draw(t, "parent")),
			float64(from), float64(from+rapid.IntRange(-2, 9).Draw(t, "length")))
		if rapid.IntRange(0, 4).Draw(t, "root") == 0 {
			s.Parent = ""
		}
		spans = append(spans, s)
	}
	return spans
}

func TestEverySpanHasItsRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := drawn(t)
		tree := New(spans)
		seen := map[int32]bool{}
		for i, r := range tree.Rows {
			seen[r.Span] = true
			if r.From > r.To || r.Self < 0 || r.Self > r.Took() || r.Critical < 0 || r.End <= int32(i) {
				t.Fatalf("row %d: %+v", i, r)
			}
			if p := r.Parent; p >= 0 && (p >= int32(i) || tree.Rows[p].End < r.End ||
				tree.Rows[p].Depth != r.Depth-1) {
				t.Fatalf("row %d is not below row %d", i, p)
			}
		}
		if len(seen) != len(spans) || len(tree.Rows) != len(spans) {
			t.Fatalf("%d rows of %d spans", len(tree.Rows), len(spans))
		}
	})
}

func TestTheCriticalPathIsAsLongAsItsRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree := New(drawn(t))
		var longest, sum time.Duration
		for _, r := range tree.Rows {
			if r.Parent < 0 {
				longest = max(longest, r.Took())
			}
			sum += r.Critical
		}
		if sum != longest {
			t.Fatalf("%v of %v: %q", sum, longest, said(tree))
		}
	})
}

func TestVisible(t *testing.T) {
	tree := New([]app.Span{span("a", "", 0, 9), span("b", "a", 1, 4), span("c", "b", 2, 3), span("d", "a", 5, 6)})
	if got := tree.Visible(func(row int32) bool { return row == 1 }); !slices.Equal(got, []int32{0, 1, 3}) {
		t.Errorf("with b folded rows %v are seen", got)
	}
	rows, kept := tree.WithParents(func(row int32) bool { return row == 2 })
	if !slices.Equal(rows, []int32{0, 1, 2}) || !slices.Equal(kept, []bool{false, false, true}) {
		t.Errorf("above c are %v %v", rows, kept)
	}
}

func TestServices(t *testing.T) {
	failed := span("b", "a", 1, 9)
	failed.Fault = true
	parts := New([]app.Span{span("a", "", 0, 10), failed}).Services()
	want := []Part{{"of-b", 1, 1, 8 * time.Second, 8 * time.Second}, {"of-a", 1, 0, 2 * time.Second, 2 * time.Second}}
	if !slices.Equal(parts, want) {
		t.Errorf("%+v", parts)
	}
}

// BenchmarkTree lays out traces of 100,000 spans: seven calls below each, and all in one chain. Budget: 200 ms.
func BenchmarkTree(b *testing.B) {
	for name, parent := range map[string]func(int) int{
		"wide": func(i int) int { return (i - 1) / 7 }, "chain": func(i int) int { return i - 1 },
	} {
		spans := []app.Span{span("0", "", 0, 1e5)}
		for i := 1; i < 100_000; i++ {
			spans = append(spans, span(fmt.Sprint(i), fmt.Sprint(parent(i)), float64(i)/2, float64(i)/2+20))
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				New(spans)
			}
		})
	}
}

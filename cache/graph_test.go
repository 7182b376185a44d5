package cache

import (
	"context"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

func TestServiceGraphRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, want := context.Background(), genGraph().Draw(t, "graph")
		if n := twice(t, func() (int, error) { return d.KeepServiceGraph(ctx, want) }); n != 1 {
			t.Fatalf("%d changed, want 1", n)
		}
		same(t, "graph", must[app.ServiceGraph](t)(d.ServiceGraph(ctx, want.Scope, want.Range)), want)
		none := app.ServiceGraph{Scope: want.Scope}
		same(t, "graph of another time", must[app.ServiceGraph](t)(d.ServiceGraph(ctx, want.Scope,
			want.Range.Shift(want.Range.Length()))), none)
	})
}

func TestServiceGraphAddsWindows(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	graph := func(from, to time.Duration, total int64, names ...string) app.ServiceGraph {
		g := app.ServiceGraph{Scope: dayPlace, Range: app.Range{From: epoch.Add(from), To: epoch.Add(to)}}
		for _, n := range names {
			stats := app.CallStats{Total: total, OK: total, Time: time.Duration(total)}
			g.Nodes = append(g.Nodes, app.ServiceNode{Name: n, Root: n == "b", Stats: stats})
			g.Edges = append(g.Edges, app.ServiceEdge{From: "a", To: n, Stats: stats})
		}
		return g
	}
	keep := func(g app.ServiceGraph) { t.Helper(); must[int](t)(d.KeepServiceGraph(ctx, g)) }
	keep(graph(0, 3*time.Hour, 9, "old"))
	keep(graph(0, 6*time.Hour, 1, "a", "b")) // takes the place of what lies within
	keep(graph(6*time.Hour, 12*time.Hour, 2, "b", "c"))
	want := graph(0, 12*time.Hour, 1, "a", "b", "c")
	for i, total := range []int64{1, 3, 2} {
		stats := app.CallStats{Total: total, OK: total, Time: time.Duration(total)}
		want.Nodes[i].Stats, want.Edges[i].Stats = stats, stats
	}
	within := app.Range{From: epoch.Add(time.Hour), To: epoch.Add(7 * time.Hour)}
	same(t, "sum", must[app.ServiceGraph](t)(d.ServiceGraph(ctx, dayPlace, within)), want)
	// What was kept later counts where ranges share an instant.
	later := graph(5*time.Hour, 7*time.Hour, 5, "z")
	keep(later)
	same(t, "later", must[app.ServiceGraph](t)(d.ServiceGraph(ctx, dayPlace, within)), later)
}

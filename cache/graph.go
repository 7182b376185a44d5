package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// KeepServiceGraph keeps a graph in place of those that lie within its range, and returns 1, or 0 if the same graph is
// there.
func (d *DB) KeepServiceGraph(ctx context.Context, g app.ServiceGraph) (int, error) {
	return d.write(ctx, "keep a service graph", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(g.Scope)
		if err != nil {
			return 0, err
		}
		nodes, err := encodeJSON(g.Nodes)
		if err != nil {
			return 0, err
		}
		edges, err := encodeJSON(g.Edges)
		if err != nil {
			return 0, err
		}
		row := []any{scope, nanos(g.Range.From), nanos(g.Range.To), nodes, edges}
		var same int
		if _, err := w.one("traces_graph_same", []any{&same}, row...); err != nil || same > 0 {
			return 0, err
		}
		if _, err := w.exec("traces_graph_drop", row[:3]...); err != nil {
			return 0, err
		}
		return w.exec("traces_graph_keep", row...)
	})
}

// ServiceGraph adds up the graphs of a scope that share an instant with a range, which is how the six-hour windows of
// GetServiceGraph become one. Where two share an instant with each other, the later kept counts. The answer's range
// says what it stands for: it may be longer than the one asked for, and is zero if nothing is kept.
func (d *DB) ServiceGraph(ctx context.Context, s app.Scope, within app.Range) (app.ServiceGraph, error) {
	graph := app.ServiceGraph{Scope: s.Place()}
	err := d.read(ctx, "read the service graph", func(r *readTx) error {
		scope, found, err := r.scopeID(s)
		if err != nil || !found {
			return err
		}
		parts, err := r.graphs(scope, within)
		if err != nil {
			return err
		}
		graph.Range, graph.Nodes, graph.Edges = addGraphs(parts)
		return nil
	})
	return graph, err
}

// graphs returns the graphs of a range that share no instant, latest kept first.
func (r *readTx) graphs(scope int64, within app.Range) ([]app.ServiceGraph, error) {
	var parts []app.ServiceGraph
	from, to := bounds(within, 1)
	err := r.each("traces_graphs", func(rows *sql.Rows) error {
		var g app.ServiceGraph
		var starts, ends int64
		var nodes, edges string
		if err := rows.Scan(&starts, &ends, &nodes, &edges); err != nil {
			return err
		}
		g.Range = app.Range{From: nano(starts), To: nano(ends)}
		if slices.ContainsFunc(parts, func(p app.ServiceGraph) bool { return p.Range.Overlaps(g.Range) }) {
			return nil
		}
		if err := decodeJSON(nodes, &g.Nodes); err != nil {
			return err
		}
		if err := decodeJSON(edges, &g.Edges); err != nil {
			return err
		}
		parts = append(parts, g)
		return nil
	}, sql.Named("scope", scope), sql.Named("from", from), sql.Named("to", to))
	return parts, err
}

func addGraphs(parts []app.ServiceGraph) (whole app.Range, nodes []app.ServiceNode, edges []app.ServiceEdge) {
	if len(parts) == 1 {
		return parts[0].Range, parts[0].Nodes, parts[0].Edges
	}
	for _, p := range parts {
		if whole.Empty() || p.Range.From.Before(whole.From) {
			whole.From = p.Range.From
		}
		if p.Range.To.After(whole.To) {
			whole.To = p.Range.To
		}
		nodes, edges = append(nodes, p.Nodes...), append(edges, p.Edges...)
	}
	return whole, addNodes(nodes), addEdges(edges)
}

func addNodes(nodes []app.ServiceNode) []app.ServiceNode {
	slices.SortStableFunc(nodes, compareNodes)
	var sum []app.ServiceNode
	for _, n := range nodes {
		last := len(sum) - 1
		if last < 0 || compareNodes(sum[last], n) != 0 {
			sum = append(sum, n)
			continue
		}
		sum[last].Root = sum[last].Root || n.Root
		sum[last].Stats = addCalls(sum[last].Stats, n.Stats)
	}
	return sum
}

func compareNodes(a, b app.ServiceNode) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
}

func addEdges(edges []app.ServiceEdge) []app.ServiceEdge {
	slices.SortStableFunc(edges, compareEdges)
	var sum []app.ServiceEdge
	for _, e := range edges {
		last := len(sum) - 1
		if last < 0 || compareEdges(sum[last], e) != 0 {
			sum = append(sum, e)
			continue
		}
		sum[last].Stats = addCalls(sum[last].Stats, e.Stats)
	}
	return sum
}

func compareEdges(a, b app.ServiceEdge) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.FromType, b.FromType),
		cmp.Compare(a.To, b.To), cmp.Compare(a.ToType, b.ToType))
}

func addCalls(a, b app.CallStats) app.CallStats {
	return app.CallStats{Total: a.Total + b.Total, OK: a.OK + b.OK, Error: a.Error + b.Error,
		Throttle: a.Throttle + b.Throttle, Fault: a.Fault + b.Fault, Time: a.Time + b.Time}
}

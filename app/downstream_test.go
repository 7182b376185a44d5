package app

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// calls is a graph of "from>to" edges, whose ends are its nodes.
func calls(edges ...[2]string) (g ServiceGraph) {
	for _, e := range edges {
		g.Edges = append(g.Edges, ServiceEdge{From: e[0], To: e[1]})
		for _, name := range e {
			if !slices.ContainsFunc(g.Nodes, func(n ServiceNode) bool { return n.Name == name }) {
				g.Nodes = append(g.Nodes, ServiceNode{Name: name})
			}
		}
	}
	return g
}

func TestDownstream(t *testing.T) {
	shop := calls([2]string{"shop-api", "checkout"}, [2]string{"checkout", "orders"}, [2]string{"shop-api", "catalog"},
		[2]string{"orders", "shop-api"})
	for of, want := range map[string][]string{
		"shop-api": {"shop-api", "checkout", "catalog", "orders"},
		"checkout": {"checkout", "orders", "shop-api", "catalog"}, // it calls back: a circle ends
		"catalog":  {"catalog"},
		"unknown":  nil,
	} {
		if got := shop.Downstream(of); !slices.Equal(got, want) {
			t.Errorf("downstream of %s: %v, want %v", of, got, want)
		}
	}
	if got := calls([2]string{"shop/prod", "checkout"},
		[2]string{"shop-us/prod", "catalog"}).Downstream("shop"); !slices.Equal(got,
		[]string{"shop/prod", "checkout"}) {
		t.Errorf("downstream of an API: %v", got)
	}
	client := ServiceGraph{Nodes: []ServiceNode{{Name: "shop", Type: "client"},
		{Name: "shop", Type: "AWS::ApiGateway::Stage"}},
		Edges: []ServiceEdge{{From: "shop", FromType: "client", To: "shop", ToType: "AWS::ApiGateway::Stage"}}}
	if got := client.Downstream("shop"); !slices.Equal(got, []string{"shop"}) {
		t.Errorf("a client of the same name: %v", got)
	}
}

func TestDownstreamIsWhatCanBeReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.Map(rapid.IntRange(0, 7), func(n int) string { return fmt.Sprint("service-", n) })
		var edges [][2]string
		for range rapid.IntRange(1, 15).Draw(t, "edges") {
			edges = append(edges, [2]string{name.Draw(t, "from"), name.Draw(t, "to")})
		}
		g, start := calls(edges...), edges[0][0]
		got := g.Downstream(start)
		if got[0] != start {
			t.Fatalf("begins with %s, not %s", got[0], start)
		}
		for _, e := range edges { // closed: what one in it calls is in it
			if slices.Contains(got, e[0]) && !slices.Contains(got, e[1]) {
				t.Fatalf("%s calls %s, which is missing in %v", e[0], e[1], got)
			}
		}
		for i, n := range got[1:] { // nothing else: one before calls it
			if !slices.ContainsFunc(edges, func(e [2]string) bool {
				return e[1] == n &&
					slices.Contains(got[:i+1], e[0])
			}) {
				t.Fatalf("nothing before %s in %v calls it", n, got)
			}
		}
	})
}

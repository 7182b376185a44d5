package world

import (
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// service is a node of the graph as X-Ray tells them apart.
type service struct{ name, kind string }

// Graph returns who called whom in the traces that started within the range, counted from their spans as X-Ray does:
// a node for each segment's name and origin, one of type client before each root, one of type remote for each call of a
// service that has no segment. Spans in progress count for nothing but their node.
func (p *Place) Graph(within app.Range) app.ServiceGraph {
	c := counter{nodes: map[service]*app.ServiceNode{}, edges: map[[2]service]*app.CallStats{}}
	for _, t := range p.Traces {
		if within.Contains(t.Start) {
			c.trace(t)
		}
	}
	g := app.ServiceGraph{Scope: p.Scope, Range: within}
	for _, n := range c.nodes {
		g.Nodes = append(g.Nodes, *n)
	}
	for ends, stats := range c.edges {
		from, to := ends[0], ends[1]
		g.Edges = append(g.Edges, app.ServiceEdge{From: from.name, FromType: from.kind, To: to.name, ToType: to.kind,
			Stats: *stats})
	}
	slices.SortFunc(g.Nodes, func(a, b app.ServiceNode) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
	})
	slices.SortFunc(g.Edges, func(a, b app.ServiceEdge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.FromType, b.FromType),
			cmp.Compare(a.ToType, b.ToType))
	})
	return g
}

// counter adds up the graph.
type counter struct {
	nodes map[service]*app.ServiceNode
	edges map[[2]service]*app.CallStats
}

func (c *counter) trace(t app.Trace) {
	spans := make(map[string]*app.Span, len(t.Spans))
	answered := map[string]bool{} // calls that have a segment
	for i, s := range t.Spans {
		spans[s.ID] = &t.Spans[i]
		if s.Kind == app.Segment {
			answered[s.Parent] = true
		}
	}
	for _, s := range t.Spans {
		switch {
		case s.Kind == app.Segment && s.Parent == "":
			c.call(service{s.Name, "client"}, ownerOf(s.ID, spans), s)
			c.nodes[ownerOf(s.ID, spans)].Root = true
		case s.Kind == app.Segment:
			c.call(ownerOf(s.Parent, spans), ownerOf(s.ID, spans), s)
		case s.Namespace == "remote" && !answered[s.ID]:
			c.call(ownerOf(s.ID, spans), service{s.Name, "remote"}, s)
		}
	}
}

// ownerOf returns the service whose segment a span is or belongs to.
func ownerOf(id string, spans map[string]*app.Span) service {
	s := spans[id]
	for s.Kind != app.Segment {
		s = spans[s.Parent]
	}
	return service{s.Name, s.Origin}
}

// call counts one call from a service to another; s is the callee's span.
func (c *counter) call(from, to service, s app.Span) {
	if c.nodes[from] == nil {
		c.nodes[from] = &app.ServiceNode{Name: from.name, Type: from.kind}
	}
	if c.nodes[to] == nil {
		c.nodes[to] = &app.ServiceNode{Name: to.name, Type: to.kind}
	}
	if s.End.IsZero() {
		return
	}
	ends := [2]service{from, to}
	if c.edges[ends] == nil {
		c.edges[ends] = &app.CallStats{}
	}
	count(&c.nodes[to].Stats, s)
	count(c.edges[ends], s)
}

func count(stats *app.CallStats, s app.Span) {
	stats.Total++
	stats.Time += s.End.Sub(s.Start)
	switch {
	case s.Fault:
		stats.Fault++
	case s.Throttle:
		stats.Throttle++
		stats.Error++
	case s.Error:
		stats.Error++
	default:
		stats.OK++
	}
}

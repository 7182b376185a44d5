package xray

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// ServiceGraph asks which services called which (GetServiceGraph), in windows of at most six hours, newest first. A
// page is the graph of one window; Covers grows window by window from the end of the range.
func (s *Source) ServiceGraph(ctx context.Context, q app.ServiceGraphQuestion) iter.Seq2[app.Page[app.ServiceGraph],
	error] {
	return func(yield func(app.Page[app.ServiceGraph], error) bool) {
		for _, w := range q.Range.Split(window) {
			services, err := s.services(ctx, w)
			if err != nil {
				yield(app.Page[app.ServiceGraph]{}, err) // half a graph would have calls to nowhere
				return
			}
			graph := graphOf(services)
			graph.Scope, graph.Range = s.scope, w
			page := app.Page[app.ServiceGraph]{Items: []app.ServiceGraph{graph},
				Covers: app.Range{From: w.From, To: q.Range.To}}
			if !yield(page, nil) {
				return
			}
		}
	}
}

func (s *Source) services(ctx context.Context, w app.Range) ([]types.Service, error) {
	var services []types.Service
	call := func(ctx context.Context, token *string) (page app.Page[struct{}], next *string, err error) {
		out, err := s.api.GetServiceGraph(ctx, &xray.GetServiceGraphInput{
			StartTime: aws.Time(w.From),
			EndTime:   aws.Time(w.To),
			NextToken: token,
		})
		if err != nil {
			return page, nil, err
		}
		services = append(services, out.Services...)
		page.Items = make([]struct{}, len(out.Services))
		return page, out.NextToken, nil
	}
	for _, err := range providers.Pages(ctx, app.GetServiceGraph, call) {
		if err != nil {
			return nil, err
		}
	}
	return services, nil
}

// identity is what tells one service from another.
type identity struct{ name, kind string }

// graphOf turns services that refer to each other by number into nodes and edges that do so by name and type. What
// shares a name and type, as one service seen in two accounts, is added up. An edge to a service that the answer lacks
// is left out.
func graphOf(services []types.Service) app.ServiceGraph {
	ids := map[int32]identity{}
	for _, s := range services {
		ids[aws.ToInt32(s.ReferenceId)] = identity{aws.ToString(s.Name), aws.ToString(s.Type)}
	}
	nodes := map[identity]*app.ServiceNode{}
	edges := map[[2]identity]*app.ServiceEdge{}
	for _, s := range services {
		from := ids[aws.ToInt32(s.ReferenceId)]
		n := at(nodes, from, app.ServiceNode{Name: from.name, Type: from.kind})
		n.Root = n.Root || aws.ToBool(s.Root)
		n.Stats = sum(n.Stats, nodeStats(s.SummaryStatistics))
		for _, e := range s.Edges {
			if to, ok := ids[aws.ToInt32(e.ReferenceId)]; ok {
				edge := at(edges, [2]identity{from, to},
					app.ServiceEdge{From: from.name, FromType: from.kind, To: to.name, ToType: to.kind})
				edge.Stats = sum(edge.Stats, edgeStats(e.SummaryStatistics))
			}
		}
	}
	return app.ServiceGraph{Nodes: sortedNodes(nodes), Edges: sortedEdges(edges)}
}

// at returns the value of a key, which is fresh if there was none.
func at[K comparable, V any](m map[K]*V, key K, fresh V) *V {
	if m[key] == nil {
		m[key] = &fresh
	}
	return m[key]
}

func sortedNodes(nodes map[identity]*app.ServiceNode) []app.ServiceNode {
	var all []app.ServiceNode
	for _, n := range nodes {
		all = append(all, *n)
	}
	slices.SortFunc(all, func(a, b app.ServiceNode) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
	})
	return all
}

func sortedEdges(edges map[[2]identity]*app.ServiceEdge) []app.ServiceEdge {
	var all []app.ServiceEdge
	for _, e := range edges {
		all = append(all, *e)
	}
	slices.SortFunc(all, func(a, b app.ServiceEdge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.FromType, b.FromType),
			cmp.Compare(a.ToType, b.ToType))
	})
	return all
}

func nodeStats(s *types.ServiceStatistics) app.CallStats {
	if s == nil {
		return app.CallStats{} // a client node has none
	}
	return stats(s.TotalCount, s.OkCount, s.ErrorStatistics, s.FaultStatistics, s.TotalResponseTime)
}

func edgeStats(s *types.EdgeStatistics) app.CallStats {
	if s == nil {
		return app.CallStats{}
	}
	return stats(s.TotalCount, s.OkCount, s.ErrorStatistics, s.FaultStatistics, s.TotalResponseTime)
}

func stats(total, ok *int64, errors *types.ErrorStatistics, faults *types.FaultStatistics,
	seconds *float64) app.CallStats {
	c := app.CallStats{Total: aws.ToInt64(total), OK: aws.ToInt64(ok), Time: providers.Seconds(seconds)}
	if errors != nil {
		c.Error, c.Throttle = aws.ToInt64(errors.TotalCount), aws.ToInt64(errors.ThrottleCount)
	}
	if faults != nil {
		c.Fault = aws.ToInt64(faults.TotalCount)
	}
	return c
}

func sum(a, b app.CallStats) app.CallStats {
	return app.CallStats{
		Total:    app.Total(a.Total, b.Total),
		OK:       app.Total(a.OK, b.OK),
		Error:    app.Total(a.Error, b.Error),
		Throttle: app.Total(a.Throttle, b.Throttle),
		Fault:    app.Total(a.Fault, b.Fault),
		Time:     app.Total(a.Time, b.Time),
	}
}

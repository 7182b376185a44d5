package simulator

import (
	"encoding/json"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// servicePage is our own: how many services X-Ray puts on a page of the service graph is not published.
const servicePage = 100

type serviceGraphInput struct {
	StartTime, EndTime  *seconds
	GroupName, GroupARN string
	NextToken           string
}

type serviceGraphOutput struct {
	StartTime, EndTime       seconds
	Services                 []graphService
	ContainsOldGroupVersions bool
	NextToken                string `json:",omitempty"`
}

type graphService struct {
	ReferenceId        int
	Name               string
	Names              []string
	Root               bool   `json:",omitempty"`
	AccountId          string `json:",omitempty"`
	Type               string `json:",omitempty"`
	State              string
	StartTime, EndTime seconds
	Edges              []graphEdge
	SummaryStatistics  graphStatistics
}

type graphEdge struct {
	ReferenceId        int
	StartTime, EndTime seconds
	SummaryStatistics  graphStatistics
	Aliases            []struct{}
}

type graphStatistics struct {
	OkCount, TotalCount int64
	ErrorStatistics     struct{ ThrottleCount, OtherCount, TotalCount int64 }
	FaultStatistics     struct{ OtherCount, TotalCount int64 }
	TotalResponseTime   json.Number
}

// serviceGraph answers with who called whom. Services refer to each other by number, across pages.
func serviceGraph(c *call) (any, error) {
	var in serviceGraphInput
	if err := c.read(&in); err != nil {
		return nil, err
	}
	within, err := c.traceRange(in.StartTime, in.EndTime)
	if err != nil {
		return nil, err
	}
	if in.GroupName != "" && in.GroupName != "Default" || in.GroupARN != "" {
		return nil, c.service.invalid.because("The group does not exist.")
	}
	token := in.NextToken
	in.NextToken = ""
	t, err := c.turn(token, in)
	if err != nil {
		return nil, err
	}
	out := serviceGraphOutput{StartTime: *in.StartTime, EndTime: *in.EndTime, Services: []graphService{},
		NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	if to := c.latest(); to.Before(within.To) {
		within.To = to
	}
	graph := c.place.Graph(within)
	end := min(len(graph.Nodes), int(t.A)+servicePage)
	for i := int(t.A); i < end; i++ {
		out.Services = append(out.Services, wireService(&graph, i, within))
	}
	if end < len(graph.Nodes) {
		out.NextToken = t.next(end, 0)
	}
	return out, nil
}

func wireService(g *app.ServiceGraph, i int, within app.Range) graphService {
	n := &g.Nodes[i]
	s := graphService{
		ReferenceId: i, Name: n.Name, Names: []string{n.Name}, Root: n.Root, AccountId: g.Account, Type: n.Type,
		State:     "active",
		StartTime: seconds(within.From), EndTime: seconds(within.To), Edges: []graphEdge{},
		SummaryStatistics: wireStatistics(n.Stats),
	}
	for _, e := range g.Edges {
		to := slices.IndexFunc(g.Nodes, func(n app.ServiceNode) bool { return n.Name == e.To && n.Type == e.ToType })
		if e.From == n.Name && e.FromType == n.Type && to >= 0 {
			s.Edges = append(s.Edges, graphEdge{to, s.StartTime, s.EndTime, wireStatistics(e.Stats), []struct{}{}})
		}
	}
	return s
}

func wireStatistics(c app.CallStats) graphStatistics {
	s := graphStatistics{OkCount: c.OK, TotalCount: c.Total, TotalResponseTime: number(c.Time)}
	s.ErrorStatistics.ThrottleCount, s.ErrorStatistics.TotalCount = c.Throttle, c.Error
	s.ErrorStatistics.OtherCount = c.Error - c.Throttle
	s.FaultStatistics.OtherCount, s.FaultStatistics.TotalCount = c.Fault, c.Fault
	return s
}

package app

import (
	"slices"
	"strings"
)

// Downstream returns the names of the services by which requests to the named ones are answered: those themselves, what
// they call, what that calls, and so on, each once, nearest first. Names that are no service of the graph are left out,
// and so are clients. A service calls under each of its types.
func (g ServiceGraph) Downstream(names ...string) []string {
	calls := map[string][]string{}
	for _, e := range g.Edges {
		if e.ToType != ClientType {
			calls[e.From] = append(calls[e.From], e.To)
		}
	}
	var found []string
	for _, n := range g.Nodes {
		named := slices.ContainsFunc(names, func(name string) bool {
			return n.Name == name ||
				strings.HasPrefix(n.Name, name+"/")
		})
		if n.Type != ClientType && named && !slices.Contains(found, n.Name) {
			found = append(found, n.Name)
		}
	}
	for i := 0; i < len(found); i++ {
		for _, callee := range calls[found[i]] {
			if !slices.Contains(found, callee) {
				found = append(found, callee)
			}
		}
	}
	return found
}

// ClientType is the type of those who send requests (AWS X-Ray API reference, GetServiceGraph).
const ClientType = "client"

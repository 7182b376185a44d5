package traces

import (
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// graph is the service graphs of several places as one.
type graph struct {
	nodes []node // by place, then name
	edges []edge // by the numbers of their nodes
}

// node is a service, under all the types by which X-Ray knows it.
type node struct {
	service app.Service
	types   []string // sorted; client for those who send requests
	stats   app.CallStats
	layer   int     // column on the map, from 0
	row     float32 // place within the column
}

// edge is the calls from one node to another.
type edge struct {
	from, to int // numbers of nodes
	async    bool
	stats    app.CallStats
}

// client reports whether the node stands for those who send requests.
func (n node) client() bool { return slices.Contains(n.types, app.ClientType) }

// faultShare is the part of calls that failed on the service's side, errorShare that for which the caller is to blame,
// throttles among them.
func faultShare(s app.CallStats) float32 { return share(s.Fault, s.Total) }
func errorShare(s app.CallStats) float32 { return share(s.Error, s.Total) }

func share(part, whole int64) float32 {
	if whole <= 0 {
		return 0
	}
	return float32(part) / float32(whole)
}

// newGraph joins service graphs and lays them out. Where things stand depends on names and calls only, not on numbers:
// nothing moves when these change.
func newGraph(graphs []app.ServiceGraph) graph {
	var g graph
	numbers := map[nodeKey]int{}
	for _, one := range graphs {
		for _, n := range one.Nodes {
			g.addNode(numbers, keyOfNode(one, n.Name, n.Type), n)
		}
	}
	g.sortNodes(numbers)
	byEnds := map[[2]int]int{}
	for _, one := range graphs {
		for _, e := range one.Edges {
			from, known := numbers[keyOfNode(one, e.From, e.FromType)]
			to, knownToo := numbers[keyOfNode(one, e.To, e.ToType)]
			if !known || !knownToo || from == to { // the two types of a function call each other
				continue
			}
			i, ok := byEnds[[2]int{from, to}]
			if !ok {
				i = len(g.edges)
				byEnds[[2]int{from, to}] = i
				g.edges = append(g.edges, edge{from: from, to: to, async: carrier(e.FromType) || carrier(e.ToType)})
			}
			if e.Stats.Total > g.edges[i].stats.Total { // both types count the same requests
				g.edges[i].stats = e.Stats
			}
		}
	}
	slices.SortFunc(g.edges, func(a, b edge) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	g.layOut()
	return g
}

// nodeKey tells nodes apart. X-Ray gives those who send requests the name of the service that they send them to.
type nodeKey struct {
	service app.Service
	client  bool
}

func keyOfNode(g app.ServiceGraph, name, kind string) nodeKey {
	return nodeKey{app.Service{Scope: g.Place(), Name: name}, kind == app.ClientType}
}

func (g *graph) addNode(numbers map[nodeKey]int, k nodeKey, n app.ServiceNode) {
	i, ok := numbers[k]
	if !ok {
		i = len(g.nodes)
		numbers[k] = i
		g.nodes = append(g.nodes, node{service: k.service})
	}
	if n.Type != "" && !slices.Contains(g.nodes[i].types, n.Type) {
		g.nodes[i].types = append(g.nodes[i].types, n.Type)
		slices.Sort(g.nodes[i].types)
	}
	if n.Stats.Total > g.nodes[i].stats.Total { // the service itself and its context count the same requests
		g.nodes[i].stats = n.Stats
	}
}

func (g *graph) sortNodes(numbers map[nodeKey]int) {
	slices.SortFunc(g.nodes, func(a, b node) int {
		return cmp.Or(app.CompareScopes(a.service.Scope, b.service.Scope), cmp.Compare(a.service.Name, b.service.Name),
			rank(a.client())-rank(b.client()))
	})
	for i, n := range g.nodes {
		numbers[nodeKey{n.service, n.client()}] = i
	}
}

// carriers are the types that hand messages on: who sends does not wait for who receives.
var carriers = []string{"AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::SNS", "AWS::SQS", "AWS::Kinesis::Stream",
	"AWS::Kinesis",
	"AWS::Events", "AWS::Events::EventBus", "AWS::DynamoDB::Stream"}

func carrier(kind string) bool { return slices.Contains(carriers, kind) }

// layOut gives each node its layer, one behind the last of those that call it, and its row in there.
func (g *graph) layOut() {
	out, in := make([][]int, len(g.nodes)), make([][]int, len(g.nodes))
	for _, e := range g.withoutCycles() {
		out[e.from], in[e.to] = append(out[e.from], e.to), append(in[e.to], e.from)
	}
	g.layers(out, in)
	columns := g.columns()
	for range 4 { // sweeps there and back: more change next to nothing in graphs of some hundred services
		for layer := 1; layer < len(columns); layer++ {
			g.arrange(columns[layer], in)
		}
		for layer := len(columns) - 2; layer >= 0; layer-- {
			g.arrange(columns[layer], out)
		}
	}
}

// withoutCycles returns the edges but for those that lead back, in an order of the nodes in which few do: those that
// nobody is left to call come first, those that call nobody last, and in a cycle the one that calls more than it is
// called (P. Eades, X. Lin, W. F. Smyth, "A fast and effective heuristic for the feedback arc set problem", 1993).
func (g *graph) withoutCycles() []edge {
	out, in := make([]int, len(g.nodes)), make([]int, len(g.nodes))
	neighbours := make([][]edge, len(g.nodes))
	for _, e := range g.edges {
		out[e.from]++
		in[e.to]++
		neighbours[e.from], neighbours[e.to] = append(neighbours[e.from], e), append(neighbours[e.to], e)
	}
	surplus := make([]int, len(g.nodes)) // of calls made over calls taken, in the whole graph
	for n := range surplus {
		surplus[n] = out[n] - in[n]
	}
	rank, gone := make([]int, len(g.nodes)), make([]bool, len(g.nodes))
	first, last := 0, len(g.nodes)-1
	for first <= last {
		best, sink := -1, false
		for n := range g.nodes {
			switch {
			case gone[n]:
			case in[n] == 0:
				best, sink = n, false
			case best >= 0 && in[best] == 0:
			case out[n] == 0 && !sink:
				best, sink = n, true
			case sink:
			case best < 0 || cmp.Or(out[n]-in[n]-(out[best]-in[best]), surplus[n]-surplus[best]) > 0:
				best = n
			}
			if best >= 0 && in[best] == 0 {
				break
			}
		}
		gone[best] = true
		if rank[best] = first; sink {
			rank[best] = last
			last--
		} else {
			first++
		}
		for _, e := range neighbours[best] {
			if e.from == best {
				in[e.to]--
			} else {
				out[e.from]--
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(g.edges), func(e edge) bool { return rank[e.from] > rank[e.to] })
}

// layers gives each node the length of the longest way to it. Those that nobody calls stand right before what they
// call.
func (g *graph) layers(out, in [][]int) {
	waits := make([]int, len(g.nodes))
	var ready []int
	for n := range g.nodes {
		if waits[n] = len(in[n]); waits[n] == 0 {
			ready = append(ready, n)
		}
	}
	for len(ready) > 0 {
		n := ready[0]
		ready = ready[1:]
		for _, to := range out[n] {
			g.nodes[to].layer = max(g.nodes[to].layer, g.nodes[n].layer+1)
			if waits[to]--; waits[to] == 0 {
				ready = append(ready, to)
			}
		}
	}
	for n := range g.nodes {
		if len(in[n]) > 0 || len(out[n]) == 0 {
			continue
		}
		nearest := g.nodes[out[n][0]].layer
		for _, to := range out[n] {
			nearest = min(nearest, g.nodes[to].layer)
		}
		g.nodes[n].layer = max(nearest-1, 0)
	}
}

// columns returns the nodes of each layer, in their order, and puts them on rows around the middle.
func (g *graph) columns() [][]int {
	var all [][]int
	for n := range g.nodes {
		for len(all) <= g.nodes[n].layer {
			all = append(all, nil)
		}
		all[g.nodes[n].layer] = append(all[g.nodes[n].layer], n)
	}
	for _, column := range all {
		for i, n := range column {
			g.nodes[n].row = float32(i) - float32(len(column)-1)/2
		}
	}
	return all
}

// arrange puts the nodes of a column in the order of the middles of their neighbours, at least a row apart, and as near
// to these middles as that leaves room for.
func (g *graph) arrange(column []int, neighbours [][]int) {
	wish := map[int]float32{}
	for _, n := range column {
		wish[n] = g.nodes[n].row
		if len(neighbours[n]) > 0 {
			sum := float32(0)
			for _, o := range neighbours[n] {
				sum += g.nodes[o].row
			}
			wish[n] = sum / float32(len(neighbours[n]))
		}
	}
	slices.SortStableFunc(column, func(a, b int) int { return cmp.Compare(wish[a], wish[b]) })
	// Blocks of nodes that touch, each with the sum of what its nodes wish for its first row: the middle of the wishes
	// is the least sum of squares away from them (pool adjacent violators).
	type block struct {
		first, n int
		sum      float32
	}
	var blocks []block
	at := func(b block) float32 { return b.sum / float32(b.n) }
	for i, n := range column {
		blocks = append(blocks, block{i, 1, wish[n]})
		for last := len(blocks) - 1; last > 0 &&
			at(blocks[last-1])+float32(blocks[last-1].n) > at(blocks[last]); last-- {
			a, b := blocks[last-1], blocks[last]
			a.sum += b.sum - float32(a.n)*float32(b.n)
			a.n += b.n
			blocks = append(blocks[:last-1], a)
		}
	}
	for _, b := range blocks {
		for i := range b.n {
			g.nodes[column[b.first+i]].row = at(b) + float32(i)
		}
	}
}

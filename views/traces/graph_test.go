package traces

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// callsOf makes a graph of calls "a>b", with so many requests each.
func callsOf(total int64, calls ...[2]string) app.ServiceGraph {
	g := app.ServiceGraph{}
	var names []string
	for _, c := range calls {
		names = append(names, c[0], c[1])
		g.Edges = append(g.Edges, app.ServiceEdge{From: c[0], To: c[1], Stats: app.CallStats{Total: total}})
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		g.Nodes = append(g.Nodes, app.ServiceNode{Name: name, Stats: app.CallStats{Total: total}})
	}
	return g
}

// placesOf says where the nodes stand.
func placesOf(g graph) map[string][2]float32 {
	all := map[string][2]float32{}
	for _, n := range g.nodes {
		all[n.service.Name] = [2]float32{float32(n.layer), n.row}
	}
	return all
}

func TestLayersFollowTheCalls(t *testing.T) {
	g := newGraph([]app.ServiceGraph{callsOf(1, [2]string{"client", "api"}, [2]string{"api", "checkout"},
		[2]string{"api", "cart"},
		[2]string{"checkout", "orders"}, [2]string{"cart", "orders"}, [2]string{"cron", "orders"},
		[2]string{"orders", "checkout"})})
	want := map[string]float32{"client": 0, "api": 1, "checkout": 2, "cart": 2, "cron": 2, "orders": 3}
	for name, at := range placesOf(g) {
		if at[0] != want[name] {
			t.Errorf("%s stands in layer %v, want %v", name, at[0], want[name])
		}
	}
	if len(g.edges) != 7 {
		t.Errorf("%d edges: the one that leads back is drawn too", len(g.edges))
	}
}

func TestTypesOfAServiceAreOneNode(t *testing.T) {
	g := newGraph([]app.ServiceGraph{{
		Nodes: []app.ServiceNode{{Name: "f", Type: "AWS::Lambda", Stats: app.CallStats{Total: 3}},
			{Name: "f", Type: "AWS::Lambda::Function", Stats: app.CallStats{Total: 2}},
			{Name: "q", Type: "AWS::SQS::Queue"}},
		Edges: []app.ServiceEdge{{From: "f", FromType: "AWS::Lambda", To: "f", ToType: "AWS::Lambda::Function"},
			{From: "f", FromType: "AWS::Lambda::Function", To: "q", ToType: "AWS::SQS::Queue"},
			{From: "f", To: "unknown"}},
	}})
	if len(g.nodes) != 2 || g.nodes[0].stats.Total != 3 || len(g.edges) != 1 || !g.edges[0].async {
		t.Errorf("%+v", g)
	}
}

// X-Ray names those who send requests after the service that they send them to; they are another node.
func TestClientsAreNoService(t *testing.T) {
	g := newGraph([]app.ServiceGraph{{
		Nodes: []app.ServiceNode{{Name: "api", Type: app.ClientType}, {Name: "api", Type: "AWS::ApiGateway::Stage"},
			{Name: "f", Type: "AWS::Lambda"}},
		Edges: []app.ServiceEdge{{From: "api", FromType: app.ClientType, To: "api", ToType: "AWS::ApiGateway::Stage"},
			{From: "api", FromType: "AWS::ApiGateway::Stage", To: "f", ToType: "AWS::Lambda"}},
	}})
	said := ""
	for _, n := range g.nodes {
		said += fmt.Sprint(nodeName(n), " ", n.layer, "; ")
	}
	if want := "api 1; Clients 0; f 2; "; said != want || len(g.edges) != 2 {
		t.Errorf("%s and %d edges, want %s and 2", said, len(g.edges), want)
	}
}

// TestLayoutOfAnyGraph: no two nodes lie on each other, and neither numbers nor the order of the answer move anything.
func TestLayoutOfAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var calls [][2]string
		for range rapid.IntRange(1, 40).Draw(t, "calls") {
			calls = append(calls, [2]string{fmt.Sprint("s", rapid.IntRange(0, 15).Draw(t, "from")),
				fmt.Sprint("s", rapid.IntRange(0, 15).Draw(t, "to"))})
		}
		g := newGraph([]app.ServiceGraph{callsOf(1, calls...)})
		shuffled := slices.Clone(calls)
		rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		other := placesOf(newGraph([]app.ServiceGraph{callsOf(99, shuffled...)}))
		for name, at := range placesOf(g) {
			if other[name] != at {
				t.Fatalf("%s stands at %v, and with other numbers at %v", name, at, other[name])
			}
		}
		for i, a := range g.nodes {
			for _, b := range g.nodes[i+1:] {
				if d := a.row - b.row; a.layer == b.layer && d > -0.999 && d < 0.999 {
					t.Fatalf("%s and %s stand %v rows apart", a.service.Name, b.service.Name, d)
				}
			}
		}
	})
}

// wideGraph has 500 services and 768 calls.
func wideGraph() app.ServiceGraph {
	random := rand.New(rand.NewPCG(1, 2))
	var calls [][2]string
	for i := range 768 {
		to := 1 + i%499
		calls = append(calls, [2]string{fmt.Sprint("s", random.IntN(to)), fmt.Sprint("s", to)})
	}
	return callsOf(1, calls...)
}

// BenchmarkGraph lays out 500 services with 768 calls. Budget on a laptop of two cores: 60 ms.
func BenchmarkGraph(b *testing.B) {
	g := wideGraph()
	for b.Loop() {
		newGraph([]app.ServiceGraph{g})
	}
}

// BenchmarkMap paints the map of 500 services with 768 calls, away from the UI goroutine. Budget on a laptop of two
// cores: 2 s; until then the old picture stays.
func BenchmarkMap(b *testing.B) {
	ui.UseAppearance(test.NewTempApp(b))
	m := newGraphMap(ui.Inline, func(app.Service) {})
	m.graph, m.within = newGraph([]app.ServiceGraph{wideGraph()}), app.Since(time.Unix(7200, 0), time.Hour)
	for b.Loop() {
		m.paint(m.min())
	}
}

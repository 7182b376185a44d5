package insight

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// steady are points that always do the same.
func steady(n int, requests, failed float64, latency time.Duration) (points []CallPoint) {
	for range n {
		points = append(points, CallPoint{requests, failed, latency})
	}
	return points
}

// called is a service that does the same before and another thing now.
func called(name string, usual, now CallPoint) CalledService {
	return CalledService{Service: app.Service{Name: name},
		Usual: steady(40, usual.Requests, usual.Failed, usual.Latency),
		Now:   steady(5, now.Requests, now.Failed, now.Latency)}
}

func at(requests, failed float64, latency time.Duration) CallPoint {
	return CallPoint{requests, failed, latency}
}

const ms = time.Millisecond

func TestRankServices(t *testing.T) {
	view := func(s CalledService) CalledService { s.View = true; return s }
	chain := []Call{{0, 1}, {1, 2}}
	for _, c := range []struct {
		name     string
		kind     SymptomKind
		services []CalledService
		calls    []Call
		watched  string
		want     []string
	}{
		{"nothing happens", AnySymptom, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 90*ms)), called("db", at(100, 0, 40*ms), at(100, 0, 40*ms)),
		}, []Call{{0, 1}}, "", nil},
		{"the slow one is two calls away", Slow, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 290*ms)), called("shop", at(100, 0, 60*ms), at(100, 0, 260*ms)),
			called("db", at(100, 0, 40*ms), at(100, 0, 240*ms)),
		}, chain, "api", []string{"db"}},
		{"the middle one is slow by itself", Slow, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 290*ms)), called("shop", at(100, 0, 60*ms), at(100, 0, 260*ms)),
			called("db", at(100, 0, 40*ms), at(100, 0, 40*ms)),
		}, chain, "api", []string{"shop"}},
		{"it fails, and is not slow", Failing, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 40, 90*ms)), called("shop", at(100, 0, 60*ms), at(100, 40, 60*ms)),
			called("db", at(100, 0, 40*ms), at(100, 40, 40*ms)),
		}, chain, "api", []string{"db"}},
		{"slow is not failing", Failing, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 290*ms)), called("shop", at(100, 0, 60*ms), at(100, 0, 260*ms)),
			called("db", at(100, 0, 40*ms), at(100, 0, 240*ms)),
		}, chain, "api", nil},
		{"what was seen is not said", AnySymptom, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 290*ms)), called("shop", at(100, 0, 60*ms), at(100, 0, 260*ms)),
			called("db", at(100, 0, 40*ms), at(100, 0, 240*ms)),
		}, chain, "", []string{"db"}},
		{"a caller's view is looked through", Slow, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 290*ms)),
			view(called("seen", at(100, 0, 62*ms), at(100, 0, 262*ms))),
			called("db", at(100, 0, 40*ms), at(100, 0, 240*ms)),
		}, chain, "api", []string{"db"}},
		{"what nobody called before is its caller's doing", Failing, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 40, 90*ms)), called("shop", at(100, 0, 60*ms), at(100, 40, 60*ms)),
			called("wrong", at(0, 0, 0), at(40, 40, 9*ms)),
		}, chain, "api", []string{"shop"}},
		{"another path is slow, and was not watched", Slow, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 90*ms)), called("shop", at(100, 0, 60*ms), at(100, 0, 60*ms)),
			called("other", at(100, 0, 40*ms), at(100, 0, 900*ms)),
		}, []Call{{0, 1}}, "api", nil},
		{"both of its own accord", Failing, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 60, 90*ms)), called("shop", at(100, 0, 60*ms), at(100, 30, 60*ms)),
			called("db", at(100, 0, 40*ms), at(100, 0, 40*ms)),
		}, chain, "api", []string{"api", "shop"}},
		{"calls that go round", Slow, []CalledService{
			called("api", at(100, 0, 90*ms), at(100, 0, 290*ms)), called("shop", at(100, 0, 60*ms), at(100, 0, 60*ms)),
		}, []Call{{0, 1}, {1, 0}}, "api", []string{"api"}},
		{"too little before", Slow, []CalledService{{Service: app.Service{Name: "api"},
			Usual: steady(leastUsual-1, 100, 0, 40*ms), Now: steady(5, 100, 0, 400*ms)}}, nil, "api", nil},
		{"nothing at all", AnySymptom, nil, nil, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := CallGraph{c.services, c.calls}
			r := RankServices(g, c.kind, func(s CalledService) bool { return s.Name == c.watched })
			if diff := cmp.Diff(c.want, namesOf(g, r.Named)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// drawGraph draws a graph without circles, whose services do about the same before and anything now.
func drawGraph(t *rapid.T) CallGraph {
	n := rapid.IntRange(1, 8).Draw(t, "services")
	var g CallGraph
	for i := range n {
		dice := rand.New(rand.NewPCG(uint64(i), rapid.Uint64().Draw(t, "dice")))
		points := func(n int, worse float64) (all []CallPoint) {
			for range n {
				requests := float64(dice.IntN(200))
				all = append(all, CallPoint{requests, countUpTo(dice, requests*worse*0.1),
					time.Duration((0.5 + dice.Float64()) * worse * float64(80*ms))})
			}
			return all
		}
		g.Services = append(g.Services, CalledService{Service: app.Service{Name: fmt.Sprint("s", i)},
			View:  rapid.IntRange(0, 4).Draw(t, "view") == 0,
			Usual: points(30, 1), Now: points(5, rapid.Float64Range(0.5, 9).Draw(t, "worse"))})
		for j := range i {
			if rapid.Bool().Draw(t, "calls") {
				g.Calls = append(g.Calls, Call{j, i})
			}
		}
	}
	return g
}

// countUpTo is a whole number up to most.
func countUpTo(dice *rand.Rand, most float64) float64 { return float64(int(dice.Float64() * most)) }

// renamed returns the graph with its services in another order and under other names, and where each went.
func renamed(g CallGraph, order []int) CallGraph {
	to := make([]int, len(order))
	var other CallGraph
	for i, from := range order {
		s := g.Services[from]
		s.Name = "other " + s.Name
		other.Services, to[from] = append(other.Services, s), i
	}
	for _, c := range g.Calls {
		other.Calls = append(other.Calls, Call{to[c.From], to[c.To]})
	}
	return other
}

func TestNamesAndOrderOfServicesDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		order := rapid.Permutation(indexes(len(g.Services))).Draw(t, "order")
		kind := rapid.SampledFrom([]SymptomKind{Slow, Failing, AnySymptom}).Draw(t, "kind")
		a, other := RankServices(g, kind, nil), renamed(g, order)
		b := RankServices(other, kind, nil)
		if len(a.Named) != len(b.Named) || a.Noticed != b.Noticed {
			t.Fatalf("%d are named, and %d under other names", len(a.Named), len(b.Named))
		}
		before, after := map[string]ServiceExcess{}, map[string]ServiceExcess{}
		for _, e := range a.All {
			before["other "+g.Services[e.Service].Name] = e
		}
		for _, e := range b.All {
			after[other.Services[e.Service].Name] = e
		}
		same := cmp.Options{cmpopts.IgnoreFields(ServiceExcess{}, "Service", "NewCalls"),
			cmpopts.EquateApprox(1e-6, 1e-9)}
		if diff := cmp.Diff(before, after, same); diff != "" {
			t.Fatal(diff)
		}
	})
}

func indexes(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

func TestWhatNeverChangesIsNoSuspect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		for i, s := range g.Services {
			p := s.Usual[0]
			g.Services[i].Usual, g.Services[i].Now = steady(30, p.Requests, p.Failed, p.Latency),
				steady(5, p.Requests, p.Failed, p.Latency)
		}
		if r := RankServices(g, AnySymptom, nil); len(r.Named) > 0 {
			t.Fatalf("named are %v", namesOf(g, r.Named))
		}
	})
}

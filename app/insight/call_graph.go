package insight

import (
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// CallGraph is which services call which, and what each of them did over time, in buckets of one length.
type CallGraph struct {
	Services []CalledService
	Calls    []Call
}

// Call says that a service calls another one; both are indexes into CallGraph.Services.
type Call struct{ From, To int }

// CalledService is a service, or a resource that services call. Its buckets and those of all others of the graph are
// the same: the first of Usual is the same time everywhere. A bucket without a request is the zero CallPoint.
type CalledService struct {
	app.Service
	Type string // as X-Ray says it: AWS::DynamoDB::Table, remote
	// View says that it is no service, but what a caller saw of another one: what X-Ray calls a client, or a remote
	// call behind which the service itself was traced. It is looked through.
	View  bool
	Usual []CallPoint // before the symptom
	Now   []CallPoint // around the symptom
}

// CallPoint is what was asked of a service in a bucket of time.
type CallPoint struct {
	Requests float64
	Failed   float64       // of the requests
	Latency  time.Duration // in the mean
}

// SymptomKind is what is wrong with what is watched.
type SymptomKind string

// The kinds of symptom.
const (
	AnySymptom SymptomKind = ""        // not known
	Slow       SymptomKind = "slow"    // requests take longer
	Failing    SymptomKind = "failing" // requests fail
)

// ServiceExcess is what a service itself adds to a symptom, over what it does on other days.
type ServiceExcess struct {
	Service int // index into CallGraph.Services
	Kind    SymptomKind
	// Own is the excess that is not that of the services it calls: seconds of waiting in a bucket, or failed requests.
	Own    float64
	Share  float64 // of the symptom's excess; above 1 where others made up for it
	Beyond float64 // by how many spreads Own is above the usual
	// What it was and what it is: seconds in the mean, or the share of requests that fail.
	Was, Is float64
	// NewCalls are services that it calls now and did not before, whose excess counts as its own.
	NewCalls []int
}

// ServiceRanking says which services a symptom comes from.
type ServiceRanking struct {
	Kind     SymptomKind     // that was looked at
	Compared bool            // there was enough before the symptom to compare with
	Noticed  bool            // what is watched does not do as usual
	Beyond   float64         // by how many spreads
	All      []ServiceExcess // every service that the watched ones lead to, most first
	Named    []ServiceExcess // those of All that stand out
}

const (
	// symptomBeyond is by how many spreads what is watched must be off for anything behind it to be suspected. It is
	// low, as a small part of all requests may be what somebody is looking at. It and ownBeyond were chosen on the
	// faults and the normal days of PetShop, of 0.5, 0.75, 1 and 1.5 beside 2, 2.5 and 3: lower ones name suspects in
	// more than 2 of 100 normal windows, higher ones miss up to 4 of the 26 roots. So how often a root is named there
	// is no forecast; the order of the services hangs on neither.
	symptomBeyond = 0.75
	// ownBeyond is by how many spreads a service's own excess must be off. Of normally distributed values, 2.5 spreads
	// of the 95th percentile are four standard deviations.
	ownBeyond = 2.5
	// leastShare is the least part of a symptom that a suspect explains.
	leastShare = 0.25
	// leastSlower is the least spread of times, as a share of the usual time: nobody is woken for five hundredths.
	leastSlower = 0.05
)

// RankServices ranks services by their own excess over the usual: (latency - its usual) x requests, or failed requests
// beyond the usual share, minus the same of what they call. The sum over the graph is the excess of what is watched, so
// that each service answers for its part. Buckets count by how bad the symptom was in them. watched returns whether a
// service is what the symptom was seen on; where none is, those that nobody calls are.
func RankServices(g CallGraph, kind SymptomKind, watched func(CalledService) bool) ServiceRanking {
	if kind == AnySymptom {
		slow, failing := RankServices(g, Slow, watched), RankServices(g, Failing, watched)
		if len(slow.Named) > 0 && (len(failing.Named) == 0 || slow.Beyond > failing.Beyond) {
			return slow
		}
		if len(failing.Named) > 0 || !slow.Compared || failing.Beyond > slow.Beyond {
			return failing
		}
		return slow
	}
	r := ranker{g: g, kind: kind, calls: g.callees()}
	return r.rank(r.targets(watched))
}

// callees returns what each service calls, looking through views, without doubles.
func (g CallGraph) callees() [][]int {
	direct := make([][]int, len(g.Services))
	for _, c := range g.Calls {
		direct[c.From] = append(direct[c.From], c.To)
	}
	found := make([][]int, len(g.Services))
	for i := range g.Services {
		seen := map[int]bool{i: true}
		var add func(int)
		add = func(at int) {
			for _, to := range direct[at] {
				if seen[to] {
					continue
				}
				seen[to] = true
				if g.Services[to].View {
					add(to)
					continue
				}
				found[i] = append(found[i], to)
			}
		}
		add(i)
	}
	return found
}

// ranker ranks the services of a graph for one kind of symptom.
type ranker struct {
	g     CallGraph
	kind  SymptomKind
	calls [][]int // see callees
}

// targets returns the services on which the symptom was seen.
func (r ranker) targets(watched func(CalledService) bool) []int {
	called := map[int]bool{}
	for _, to := range r.calls {
		for _, i := range to {
			called[i] = true
		}
	}
	var named, entries []int
	for i, s := range r.g.Services {
		switch {
		case s.View:
		case watched != nil && watched(s):
			named = append(named, i)
		case !called[i]:
			entries = append(entries, i)
		}
	}
	if len(named) > 0 {
		return r.outermost(named)
	}
	return entries
}

// outermost returns those of some services that none of the others leads to, all where they go round in a circle: a
// function has a node for the Lambda service and one for itself, and what happens in the inner counts in the outer too.
func (r ranker) outermost(of []int) []int {
	outer := slices.DeleteFunc(slices.Clone(of), func(i int) bool {
		return slices.ContainsFunc(of, func(o int) bool { return o != i && slices.Contains(r.reached([]int{o}), i) })
	})
	if len(outer) == 0 {
		return of
	}
	return outer
}

// reached returns services and all that they call, directly or not.
func (r ranker) reached(from []int) []int {
	found := slices.Clone(from)
	for i := 0; i < len(found); i++ {
		for _, to := range r.calls[found[i]] {
			if !slices.Contains(found, to) {
				found = append(found, to)
			}
		}
	}
	return found
}

// rank ranks what targets lead to.
func (r ranker) rank(targets []int) ServiceRanking {
	ranking := ServiceRanking{Kind: r.kind}
	if len(targets) == 0 {
		return ranking
	}
	r.g = r.g.inBucketsOf(r.bucketsTogether(targets))
	before := r.symptom(targets, usualPoints)
	now := r.symptom(targets, nowPoints)
	if r.asked(targets) < leastUsual || len(now) == 0 {
		return ranking
	}
	ranking.Compared = true
	least := 0.0
	for _, i := range targets {
		least += r.leastSpread(i)
	}
	seen := usualOf(before, least)
	weights, symptom := weigh(now)
	ranking.Beyond = seen.beyond(symptom)
	ranking.Noticed = ranking.Beyond >= symptomBeyond
	for _, i := range r.reached(targets) {
		ranking.All = append(ranking.All, r.excessOf(i, weights, symptom))
	}
	slices.SortStableFunc(ranking.All, func(a, b ServiceExcess) int {
		switch {
		case a.Own > b.Own:
			return -1
		case a.Own < b.Own:
			return 1
		}
		return 0
	})
	for _, e := range ranking.All {
		if ranking.Noticed && e.Beyond >= ownBeyond && e.Share >= leastShare {
			ranking.Named = append(ranking.Named, e)
		}
	}
	return ranking
}

const (
	// enoughRequests is how many requests to what is watched a bucket has: of fewer, one in six that fails is one or
	// two, which is what happens every day.
	enoughRequests = 20
	// mostTogether is how many buckets are taken together at most, so that 48 still are leastUsual.
	mostTogether = 4
)

// bucketsTogether returns how many buckets are taken as one, for there to be enough requests to what is watched.
func (r ranker) bucketsTogether(targets []int) int {
	var requests []float64
	for _, i := range targets {
		for k, p := range r.g.Services[i].Usual {
			if k == len(requests) {
				requests = append(requests, 0)
			}
			requests[k] += p.Requests
		}
	}
	slices.Sort(requests)
	together := 1
	for together < mostTogether && len(requests)/(together+1) >= leastUsual &&
		float64(together)*quantile(requests, 0.5) < enoughRequests {
		together++
	}
	return together
}

// inBucketsOf returns the graph with so many buckets taken as one. What is left over is left out at the beginning: what
// is nearest to the symptom tells most.
func (g CallGraph) inBucketsOf(n int) CallGraph {
	if n == 1 {
		return g
	}
	g.Services = slices.Clone(g.Services)
	for i := range g.Services {
		s := &g.Services[i]
		s.Usual, s.Now = together(s.Usual, n), together(s.Now, n)
	}
	return g
}

func together(points []CallPoint, n int) []CallPoint {
	whole := make([]CallPoint, len(points)/n)
	for i := range whole {
		from := len(points) - (len(whole)-i)*n
		of := points[from : from+n]
		for _, p := range of {
			whole[i].Requests += p.Requests
			whole[i].Failed += p.Failed
		}
		whole[i].Latency = seconds(mean(of, func(p CallPoint) float64 { return p.Latency.Seconds() }))
	}
	return whole
}

func seconds(v float64) time.Duration { return time.Duration(v * float64(time.Second)) }

// weigh returns how much each bucket counts, in all 1, and the symptom's excess by these weights.
func weigh(excess []float64) (weights []float64, symptom float64) {
	sum := 0.0
	for _, e := range excess {
		sum += max(e, 0)
	}
	weights = make([]float64, len(excess))
	if sum <= 0 {
		return weights, 0
	}
	for i, e := range excess {
		weights[i] = max(e, 0) / sum
		symptom += weights[i] * e
	}
	return weights, symptom
}

// points are those of a service in one of the two times.
type points func(CalledService) []CallPoint

func usualPoints(s CalledService) []CallPoint { return s.Usual }
func nowPoints(s CalledService) []CallPoint   { return s.Now }

// asked returns in how many buckets before the symptom anything was asked of some services.
func (r ranker) asked(of []int) int {
	asked := map[int]bool{}
	for _, i := range of {
		for k, p := range r.g.Services[i].Usual {
			if p.Requests > 0 {
				asked[k] = true
			}
		}
	}
	return len(asked)
}

// symptom adds up the excess of services in each bucket.
func (r ranker) symptom(of []int, when points) []float64 {
	var sum []float64
	for _, i := range of {
		excess := r.excess(i, when)
		sum = append(sum, make([]float64, max(0, len(excess)-len(sum)))...)
		for k, e := range excess {
			sum[k] += e
		}
	}
	return sum
}

// known reports whether a service was called before the symptom, so that there is a usual to compare with. What was not
// is no cause by itself: that it is called is what changed, and its caller did that.
func (r ranker) known(i int) bool {
	return slices.ContainsFunc(r.g.Services[i].Usual, func(p CallPoint) bool { return p.Requests > 0 })
}

// excess returns the excess of a service in each bucket, that of what it calls among it.
func (r ranker) excess(i int, when points) []float64 {
	s := r.g.Services[i]
	at := when(s)
	excess := make([]float64, len(at))
	if !r.known(i) {
		return excess
	}
	was := r.usualRate(s)
	for k, p := range at {
		if p.Requests > 0 {
			excess[k] = (r.rate(p) - was) * p.Requests
		}
	}
	return excess
}

// own returns the excess of a service in each bucket without that of what it calls.
func (r ranker) own(i int, when points) []float64 {
	own := r.excess(i, when)
	for _, to := range r.calls[i] {
		for k, e := range r.excess(to, when) {
			if k < len(own) {
				own[k] -= e
			}
		}
	}
	return own
}

// rate is what is compared: seconds a request, or failures a request.
func (r ranker) rate(p CallPoint) float64 {
	if r.kind == Slow {
		return p.Latency.Seconds()
	}
	return p.Failed / p.Requests
}

// usualRate is the median time of a request, or the share of requests that fail: of few requests most buckets have
// none that does.
func (r ranker) usualRate(s CalledService) float64 {
	if r.kind == Failing {
		return mean(s.Usual, func(p CallPoint) float64 { return p.Failed / p.Requests })
	}
	var times []float64
	for _, p := range s.Usual {
		if p.Requests > 0 {
			times = append(times, p.Latency.Seconds())
		}
	}
	slices.Sort(times)
	return quantile(times, 0.5)
}

// mean returns the mean of a rate over all requests of points.
func mean(of []CallPoint, rate func(CallPoint) float64) float64 {
	sum, requests := 0.0, 0.0
	for _, p := range of {
		if p.Requests > 0 {
			sum += rate(p) * p.Requests
			requests += p.Requests
		}
	}
	if requests == 0 {
		return 0
	}
	return sum / requests
}

// leastSpread is the least spread of a service's excess that means anything: one failed request, or a share of the time
// that is usually spent there.
func (r ranker) leastSpread(i int) float64 {
	if r.kind == Failing {
		return 1
	}
	s := r.g.Services[i]
	var requests []float64
	for _, p := range s.Usual {
		requests = append(requests, p.Requests)
	}
	slices.Sort(requests)
	return max(leastSlower*r.usualRate(s)*max(quantile(requests, 0.5), 1), math.SmallestNonzeroFloat32)
}

// excessOf sums up what a service itself adds.
func (r ranker) excessOf(i int, weights []float64, symptom float64) ServiceExcess {
	s := r.g.Services[i]
	e := ServiceExcess{Service: i, Kind: r.kind, Was: r.usualRate(s)}
	for k, own := range r.own(i, nowPoints) {
		if k < len(weights) {
			e.Own += weights[k] * own
		}
	}
	weight := 0.0
	for k, p := range s.Now {
		if k < len(weights) && p.Requests > 0 {
			e.Is += weights[k] * p.Requests * r.rate(p)
			weight += weights[k] * p.Requests
		}
	}
	if weight > 0 {
		e.Is /= weight
	}
	if symptom > 0 {
		e.Share = e.Own / symptom
	}
	e.Beyond = usualOf(r.own(i, usualPoints), r.leastSpread(i)).beyond(e.Own)
	for _, to := range r.calls[i] {
		if !r.known(to) && r.called(to) {
			e.NewCalls = append(e.NewCalls, to)
		}
	}
	return e
}

// called reports whether anything is asked of a service around the symptom.
func (r ranker) called(i int) bool {
	return slices.ContainsFunc(r.g.Services[i].Now, func(p CallPoint) bool { return p.Requests > 0 })
}

// Below returns the names of the services that names mean, and of all that they call, each once.
func (g CallGraph) Below(of []string) (found []string) {
	asked := newNames(of)
	r := ranker{g: g, calls: g.callees()}
	var from []int
	for i, s := range g.Services {
		if asked.concern(s.Name) {
			from = append(from, i)
		}
	}
	for _, i := range r.reached(from) {
		if name := g.Services[i].Name; !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

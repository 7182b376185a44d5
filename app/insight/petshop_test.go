package insight

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// The faults that were injected into a pet shop on AWS (Hardt et al., The PetShop Dataset, CLeaR 2024): what CloudWatch
// and X-Ray saw of its components every five minutes, and which of them was made slow or made to fail. The ranking was
// made on them, and knows none of their names.
var petshop = filepath.Join("..", "..", "..", "shared", "data", "petshop", "low_traffic")

// petshopWindow is how many buckets the set has around each fault.
const petshopWindow = 5

// petshopFault is a fault of the set with what its target says.
type petshopFault struct {
	name string
	Seen struct {
		Node   string `json:"node"`
		Metric string `json:"metric"`
	} `json:"target"`
	Root struct {
		Node string `json:"node"`
	} `json:"root_cause"`
}

func (f petshopFault) kind() SymptomKind {
	if f.Seen.Metric == "latency" {
		return Slow
	}
	return Failing
}

// petshopTable is what a file of metrics says: the points of each node, in the order of time.
type petshopTable map[string][]CallPoint

// readPetshop reads a file of metrics: each column is a node, a metric and a statistic.
func readPetshop(t testing.TB, path string) petshopTable {
	t.Helper()
	rows := readRows(t, path)
	table := petshopTable{}
	for i, node := range rows[0] {
		if i == 0 {
			continue
		}
		points := table[node]
		if points == nil {
			points = make([]CallPoint, len(rows)-4)
		}
		for k, row := range rows[4:] {
			v, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				continue // nothing was asked in that bucket
			}
			switch rows[1][i] + " " + rows[2][i] {
			case "latency Average":
				points[k].Latency = time.Duration(v * float64(time.Second))
			case "requests Sum":
				points[k].Requests = v
			case "availability Average":
				points[k].Failed = 1 - v/100 // a share, until all columns are read
			}
		}
		table[node] = points
	}
	for _, points := range table {
		for k := range points {
			points[k].Failed *= points[k].Requests
		}
	}
	return table
}

func readRows(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(petshop, path))
	if err != nil {
		t.Skip("the PetShop data is not there: ", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// petshopGraph is the call graph with the normal days before and some buckets now.
func petshopGraph(t testing.TB, usual, now petshopTable) CallGraph {
	t.Helper()
	rows := readRows(t, "graph.csv")
	var g CallGraph
	index := map[string]int{}
	for i, name := range rows[0][1:] {
		index[name] = i
		kind := name[strings.LastIndex(name, "_")+1:]
		g.Services = append(g.Services, CalledService{Service: app.Service{Name: name},
			View: kind == "client" || kind == "remote", Usual: usual[name], Now: now[name]})
	}
	for _, row := range rows[1:] {
		for i, calls := range row[1:] {
			if v, _ := strconv.ParseFloat(calls, 64); v != 0 {
				g.Calls = append(g.Calls, Call{index[row[0]], i})
			}
		}
	}
	return g
}

// petshopFaults reads which faults there are.
func petshopFaults(t testing.TB) (faults []petshopFault) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(petshop, "t*", "issue_*", "target.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("the PetShop data is not there: ", petshop)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(petshop, filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		f := petshopFault{name: rel}
		if err := json.Unmarshal(text, &f); err != nil {
			t.Fatal(err)
		}
		faults = append(faults, f)
	}
	return faults
}

func (f petshopFault) watched(s CalledService) bool { return s.Name == f.Seen.Node }

// rootFirst is 1 if the root stands first, and 1/n if it is one of n with the greatest excess.
func rootFirst(g CallGraph, of []ServiceExcess, root string) float64 {
	ties, found := 0, false
	for _, e := range of {
		if math.Abs(e.Own-of[0].Own) > 1e-9 {
			break
		}
		ties++
		found = found || g.Services[e.Service].Name == root
	}
	if !found {
		return 0
	}
	return 1 / float64(ties)
}

// petshopScore is how much of the faults of each kind have their root first, and named.
func petshopScore(t testing.TB) (first, named map[SymptomKind]float64) {
	t.Helper()
	usual := readPetshop(t, filepath.Join("noissue", "metrics.csv"))
	first, named = map[SymptomKind]float64{}, map[SymptomKind]float64{}
	of := map[SymptomKind]float64{}
	for _, f := range petshopFaults(t) {
		g := petshopGraph(t, usual, readPetshop(t, filepath.Join(f.name, "metrics.csv")))
		r := RankServices(g, f.kind(), f.watched)
		of[f.kind()]++
		first[f.kind()] += rootFirst(g, r.All, f.Root.Node)
		score := rootFirst(g, r.Named, f.Root.Node)
		named[f.kind()] += score
		if score < 1 {
			t.Logf("%s: the root is %s; named are %s", f.name, f.Root.Node, namesOf(g, r.Named))
		}
	}
	for kind, n := range of {
		first[kind] /= n
		named[kind] /= n
	}
	return first, named
}

func namesOf(g CallGraph, of []ServiceExcess) (names []string) {
	for _, e := range of {
		names = append(names, g.Services[e.Service].Name)
	}
	return names
}

func TestPetshopRootsComeFirst(t *testing.T) {
	first, named := petshopScore(t)
	for _, kind := range []SymptomKind{Slow, Failing} {
		t.Logf("%s: the root is first in %.2f, and named first in %.2f", kind, first[kind], named[kind])
		if first[kind] < 0.95 || named[kind] < 0.95 {
			t.Errorf("%s: less than 0.95 of the faults have their root first", kind)
		}
	}
}

// petshopQuiet returns how many of the windows without a fault have a suspect, and of how many. Each window is compared
// with the rest of the normal days.
func petshopQuiet(t testing.TB) (named, of int) {
	t.Helper()
	all := readPetshop(t, filepath.Join("noissue", "metrics.csv"))
	seen := petshopFaults(t)[0]
	for from := 0; from+petshopWindow <= len(all[seen.Seen.Node]); from += petshopWindow {
		usual, now := petshopTable{}, petshopTable{}
		for node, points := range all {
			usual[node] = append(append([]CallPoint{}, points[:from]...), points[from+petshopWindow:]...)
			now[node] = points[from : from+petshopWindow]
		}
		g := petshopGraph(t, usual, now)
		for _, kind := range []SymptomKind{Slow, Failing} {
			of++
			if r := RankServices(g, kind, seen.watched); len(r.Named) > 0 {
				named++
				t.Logf("window %d, %s: %s, beyond %.1f", from, kind, namesOf(g, r.Named), r.Beyond)
			}
		}
	}
	return named, of
}

func TestPetshopIsQuietWithoutFaults(t *testing.T) {
	named, of := petshopQuiet(t)
	t.Logf("%d of %d windows without a fault have a suspect", named, of)
	if float64(named) > 0.02*float64(of) {
		t.Errorf("more than 2 of 100 windows without a fault have a suspect")
	}
}

// BenchmarkRankServices ranks 41 components over two days of five minutes. Budget: 50 ms, a tenth of what explain may
// take; the figures beside it are those of TestPetshopRootsComeFirst.
func BenchmarkRankServices(b *testing.B) {
	first, named := petshopScore(b)
	quiet, of := petshopQuiet(b)
	f := petshopFaults(b)[0]
	g := petshopGraph(b, readPetshop(b, filepath.Join("noissue", "metrics.csv")),
		readPetshop(b, filepath.Join(f.name, "metrics.csv")))
	for b.Loop() {
		RankServices(g, f.kind(), f.watched)
	}
	b.ReportMetric(first[Slow], "slow-first")
	b.ReportMetric(first[Failing], "failing-first")
	b.ReportMetric(min(named[Slow], named[Failing]), "named-first")
	b.ReportMetric(100*float64(quiet)/float64(of), "quiet-named-%")
}

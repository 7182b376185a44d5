package pull

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Progress is how far a run has come.
type Progress struct {
	Done, Total int           // steps; Total grows when the listings have told what there is
	Share       float64       // of the run that is done, from 0 to below 1 and never less than before
	Items       int           // new or changed in the cache
	Requests    int           // answers so far; the ledger has the retries as well
	Spent       app.Money     // list price of the answers so far
	Running     []Running     // what is being asked, by scope, then signal
	Scopes      []ScopeStatus // how it stands in each place that is wanted, in the order of the want
	Changed     *Changed      // the page that has just been kept, if that is what there is to tell
}

// Running is a signal that is being asked for in a scope.
type Running struct {
	Scope  app.Scope
	Signal app.Signal
}

// Changed says that the cache knows more: read again what shows this signal of this scope over this range.
type Changed struct {
	Scope  app.Scope
	Signal app.Signal
	Range  app.Range // that was asked for; the page may hold a part of it. Empty for a listing
	New    int       // items new or changed; zero if only the coverage grew, or a listing of metrics or log groups
}

// tracker adds up what a run does. It tells of it under its lock, so that onProgress is called by one goroutine at a
// time.
type tracker struct {
	onProgress func(Progress)
	spent      func() app.Money

	mu       sync.Mutex
	progress Progress
	running  map[Running]int
	outcomes map[Running]*Outcome
	scopes   []ScopeStatus
	phases   int   // of each scope
	begun    []int // phases of which the steps are known, by scope
}

func newTracker(
	onProgress func(Progress), spent func() app.Money, places []*Place, phases int, now time.Time,
) *tracker {
	if onProgress == nil {
		onProgress = func(Progress) {}
	}
	t := &tracker{
		onProgress: onProgress, spent: spent,
		running: map[Running]int{}, outcomes: map[Running]*Outcome{},
		phases: phases, begun: make([]int, len(places)),
	}
	for _, p := range places {
		t.scopes = append(t.scopes, ScopeStatus{Scope: p.Scope(), Since: now})
	}
	return t
}

// share returns how much of the run is done, as far as one can tell: of the steps that are known, in the part of the
// phases whose steps are known. Each new phase brings more steps, so it takes the most that it has been.
func (t *tracker) share() float64 {
	known := 0
	for _, n := range t.begun {
		known += n
	}
	all := max(1, t.phases*len(t.begun))
	// One step more, so that it is never full before the end.
	now := float64(t.progress.Done) / float64(t.progress.Total+1) * float64(known) / float64(all)
	return max(t.progress.Share, now)
}

// tell is called with the lock held.
func (t *tracker) tell(c *Changed) {
	t.progress.Share = t.share()
	p := t.progress
	p.Spent, p.Changed, p.Scopes = t.spent(), c, slices.Clone(t.scopes)
	p.Running = slices.SortedFunc(maps.Keys(t.running), func(a, b Running) int {
		return cmp.Or(app.CompareScopes(a.Scope, b.Scope),
			cmp.Compare(slices.Index(app.Signals, a.Signal), slices.Index(app.Signals, b.Signal)))
	})
	t.onProgress(p)
}

// planned says how many steps the next phase of the nth place has.
func (t *tracker) planned(n, steps int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress.Total += steps
	t.begun[n] = min(t.begun[n]+1, t.phases)
	t.tell(nil)
}

func (t *tracker) done(steps int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress.Done += steps
	t.tell(nil)
}

// begin says that a step runs; the caller calls end when it has ended.
func (t *tracker) begin(scope app.Scope, signal app.Signal) (end func()) {
	key := Running{scope, signal}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.running[key]++
	t.outcome(scope, signal) // asked, even if nothing comes
	t.tell(nil)
	return func() {
		t.mu.Lock()
		if t.running[key]--; t.running[key] == 0 {
			delete(t.running, key)
		}
		t.mu.Unlock()
		t.done(1)
	}
}

// request counts the answer to a request in the nth place.
func (t *tracker) request(n int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress.Requests++
	t.scopes[n].Requests++
	if err == nil {
		t.scopes[n].answered++
	}
	t.tell(nil)
}

func (t *tracker) kept(c Changed, covers []app.Cover) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.progress.Items += c.New
	o := t.outcome(c.Scope, c.Signal)
	o.New += c.New
	for i := range t.scopes {
		if t.scopes[i].Scope == c.Scope {
			t.scopes[i].New += c.New
		}
	}
	for _, cover := range covers {
		if cover.Answered() {
			o.Ranges = app.Union(append(o.Ranges, cover.Range))
		}
	}
	t.tell(&c)
}

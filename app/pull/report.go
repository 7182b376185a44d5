package pull

import (
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// Report is what became of a run.
type Report struct {
	Range     app.Range     // what was wanted, up to now
	Outcomes  []Outcome     // of all that was to be asked, by scope, then signal
	Scopes    []ScopeStatus // how it ended in each place that was wanted, in the order of the want
	Requests  int           // answers; the ledger has the retries as well
	Spent     app.Money     // their list price
	Cancelled bool          // by the caller; that is no problem
}

// Outcome is what became of a signal in a scope.
type Outcome struct {
	Scope  app.Scope
	Signal app.Signal
	New    int         // items new or changed in the cache: alarms and their transitions, datapoints, events, traces
	Ranges []app.Range // kept with their coverage, in order
	// Stopped says that something was left unasked: by a cancel, by the cap, or with a scope or a cache given up.
	Stopped bool
	// Problems are what went wrong, each once. The cause of an *app.Error names the resource where there is one.
	Problems []*app.Error
	// Unreadable are fields of records that could not be read; the rest of the records is kept, and asking again
	// would bring the same. They are no problems.
	Unreadable []Unreadable
}

// Unreadable is a field that could not be read, in how many records.
type Unreadable struct {
	Op      string `json:"op"` // xray:BatchGetTraces
	Message string `json:"message"`
	Count   int    `json:"count"`
}

// New returns how many items are new or changed in the cache.
func (r Report) New() int {
	n := 0
	for _, o := range r.Outcomes {
		n += o.New
	}
	return n
}

// Problems returns the problems of all outcomes, and why scopes were left that have none. That a cap is reached is one
// problem, wherever it stopped something.
func (r Report) Problems() []*app.Error {
	var all []*app.Error
	capped := false
	for _, o := range r.Outcomes {
		for _, p := range o.Problems {
			if isOverCap(p) && capped {
				continue
			}
			capped = capped || isOverCap(p)
			all = append(all, p)
		}
	}
	for _, s := range r.Scopes {
		hasProblems := func(o Outcome) bool { return o.Scope == s.Scope && len(o.Problems) > 0 }
		if s.Err != nil && !slices.ContainsFunc(r.Outcomes, hasProblems) {
			all = append(all, s.Err)
		}
	}
	return all
}

// OK reports whether nothing went wrong anywhere. A cancel is nothing wrong.
func (r Report) OK() bool { return len(r.Problems()) == 0 }

// outcome is called with the lock held.
func (t *tracker) outcome(scope app.Scope, signal app.Signal) *Outcome {
	key := Running{scope, signal}
	if t.outcomes[key] == nil {
		t.outcomes[key] = &Outcome{Scope: scope, Signal: signal}
	}
	return t.outcomes[key]
}

// stopped says that something of a signal is left unasked.
func (t *tracker) stopped(scope app.Scope, signal app.Signal) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.outcome(scope, signal).Stopped = true
}

// problemsKept bounds what a bad night can fill memory and screen with.
const problemsKept = 100

// problem reports what went wrong, once: two pieces of one log group are refused in the same words, and that the cap is
// reached is said once, whatever the next request would have cost.
func (t *tracker) problem(scope app.Scope, signal app.Signal, err *app.Error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.outcome(scope, signal)
	same := func(e *app.Error) bool {
		return e.Kind == err.Kind && e.Error() == err.Error() || isOverCap(e) && isOverCap(err)
	}
	if len(o.Problems) < problemsKept && !slices.ContainsFunc(o.Problems, same) {
		o.Problems = append(o.Problems, err)
	}
}

// unreadable counts a field of a record that could not be read.
func (t *tracker) unreadable(scope app.Scope, signal app.Signal, op, message string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	o := t.outcome(scope, signal)
	for i, u := range o.Unreadable {
		if u.Op == op && u.Message == message {
			o.Unreadable[i].Count++
			return
		}
	}
	if len(o.Unreadable) < problemsKept {
		o.Unreadable = append(o.Unreadable, Unreadable{op, message, 1})
	}
}

func (t *tracker) report(within app.Range, cancelled bool) Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := Report{
		Range: within, Requests: t.progress.Requests, Spent: t.spent(), Cancelled: cancelled,
		Scopes: slices.Clone(t.scopes),
	}
	for _, o := range t.outcomes {
		r.Outcomes = append(r.Outcomes, *o)
	}
	slices.SortFunc(r.Outcomes, func(a, b Outcome) int {
		return cmp.Or(app.CompareScopes(a.Scope, b.Scope),
			cmp.Compare(slices.Index(app.Signals, a.Signal), slices.Index(app.Signals, b.Signal)))
	})
	return r
}

// of returns the outcomes of a scope, in the order of app.Signals. It is called with the lock held.
func (t *tracker) of(scope app.Scope) (outcomes []Outcome) {
	for _, signal := range app.Signals {
		if o := t.outcomes[Running{scope, signal}]; o != nil {
			outcomes = append(outcomes, *o)
		}
	}
	return outcomes
}

package pull

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/nephograph/nephograph/app"
)

// allowance is how much the plans of a run may cost together. The plans of its scopes are made one after the other, and
// the first ones take what there is.
type allowance struct {
	cap   app.Money // of the run; 0: none
	spent func() app.Money
	month *monthBudget

	mu      sync.Mutex
	planned app.Money // of the scopes that have made their plan
	read    bool      // whether what the month has left is known
	left    app.Money // of the month, when the first plan was made
	capped  bool      // whether the month has a cap
}

// commit adds what a scope plans to spend, step by step, to what all scopes do, and returns how many of the steps stay
// under the caps; over says which cap the next would pass, or is the ledger's error.
func (a *allowance) commit(ctx context.Context, costs []app.Money) (n int, over error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.read {
		left, capped, err := a.month.remaining(ctx)
		if err != nil {
			return 0, err
		}
		a.read, a.left, a.capped = true, left, capped
	}
	for i, cost := range costs {
		total := app.Total(a.planned, cost)
		switch {
		case cost == 0:
		case a.cap > 0 && total > a.cap:
			return i, overCap(app.OverCap{Cap: a.cap, Spent: a.spent(), Total: total})
		case a.capped && total > a.left:
			return i, a.month.refusal(total - a.left)
		}
		a.planned = total
	}
	return len(costs), nil
}

// affordable returns the steps that may be taken: all that cost nothing, and of those that are billed the newest, as
// many as the caps allow. It reports the others, once for each signal.
func (r *scopeRun) affordable(ctx context.Context, steps []Step) []Step {
	var billed []int
	for i, s := range steps {
		if r.priceOf(s.operation, 1) > 0 {
			billed = append(billed, i)
		}
	}
	slices.SortStableFunc(billed, func(a, b int) int { return compareAge(steps[a], steps[b]) })
	costs := make([]app.Money, len(billed))
	for i, n := range billed {
		costs[i] = max(steps[n].Cost, r.priceOf(steps[n].operation, 1))
	}
	n, over := r.allowance.commit(ctx, costs)
	if over == nil {
		return steps
	}
	refused := map[int]bool{}
	for _, i := range billed[n:] {
		refused[i] = true
		r.tracker.stopped(r.from.Scope, steps[i].Signal)
		r.tracker.problem(r.from.Scope, steps[i].Signal, withResource("", over))
	}
	var left []Step
	for i, s := range steps {
		if !refused[i] {
			left = append(left, s)
		}
	}
	return left
}

// compareAge orders listings first, which cost next to nothing and without which nothing else is known, then what ends
// latest.
func compareAge(a, b Step) int {
	hasRange := func(s Step) int {
		if s.Range.Empty() {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(hasRange(a), hasRange(b)), b.Range.To.Compare(a.Range.To))
}

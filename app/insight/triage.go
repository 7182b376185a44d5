package insight

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Finding is a row of a triage: one trail event, or several by one actor that have one effect, and what speaks for and
// against looking at it first.
type Finding struct {
	Effect Effect
	Events []app.TrailEvent // the oldest first, at least one
	Weight int              // 0 to 100, by which findings are ranked
	// Things is how many different things the events name: secrets read, permissions denied, calls tried.
	Things  int
	Outside []string // accounts, addresses or "everyone" that were let in, or where stolen credentials were used
	Failed  bool     // none of it succeeded
	First   bool     // the actor did none of it before, in the events that were looked at
	Routine bool     // by infrastructure as code, by an AWS service, or a deployment by a pipeline's role
	// Undone is when the last of it was taken back, zero if it was not.
	Undone time.Time
}

// Heavy reports whether a finding should be looked at before anything else.
func (f Finding) Heavy() bool { return f.Weight >= heavyWeight }

// From returns when the first of the events happened.
func (f Finding) From() time.Time { return f.Events[0].At }

// Open returns for how long the effect lasted until it was undone, 0 if it was not.
func (f Finding) Open() time.Duration {
	if f.Undone.IsZero() {
		return 0
	}
	return f.Undone.Sub(f.From())
}

// What adds to and takes from the weight of an effect. A failed attempt is a notch lower than what succeeded; what
// tools and services do all day comes after what people and roles do by hand.
const (
	failedNotch  = 12
	routineNotch = 40
	firstNotch   = 4
	undoneNotch  = 8
	leastWeight  = 1
	heavyWeight  = 60
	mostWeight   = 100
)

// burst is the longest pause between two events of one finding.
const burst = 30 * time.Minute

// Triage returns what of some trail events most deserves a look, the heaviest first and of equal ones the latest. It
// judges effects and not names alone: whether logging was weakened, who was let in, what was read. Events may come in
// any order. What is neither a change with a known effect, nor a refusal, nor an unusual read is in no finding.
func Triage(events []app.TrailEvent) []Finding {
	if !slices.IsSortedFunc(events, app.CompareTrail) {
		events = slices.Clone(events)
		slices.SortStableFunc(events, app.CompareTrail)
	}
	calls := readCalls(events)
	var found []Finding
	for _, look := range []func([]*call) []Finding{findEffects, findSecretReads, findStolen, findRefusals,
		findSurveys} {
		found = append(found, look(calls)...)
	}
	past := newHistory(calls)
	for i := range found {
		found[i].weigh(past)
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(b.Weight-a.Weight, b.From().Compare(a.From()), app.CompareTrail(a.Events[0], b.Events[0]))
	})
	return found
}

// weigh sets what follows from the events of a finding and from what else the actor did.
func (f *Finding) weigh(past history) {
	f.Failed = !slices.ContainsFunc(f.Events, func(e app.TrailEvent) bool { return e.ErrorCode == "" })
	f.Routine = !slices.ContainsFunc(f.Events, func(e app.TrailEvent) bool { return !routineCaller(e) && !deploys(e) })
	f.First = past.first(f.Events)
	if !f.Failed {
		f.Undone = past.undone(f.Events)
	}
	w := f.Effect.weight() + min(f.Things, 20)/5
	for _, n := range []struct {
		holds bool
		notch int
	}{
		{f.Failed && f.Effect != Refused, -failedNotch}, {f.Routine, -routineNotch},
		{f.First, firstNotch}, {!f.Undone.IsZero(), -undoneNotch}, {len(f.Outside) > 0, firstNotch},
	} {
		if n.holds {
			w += n.notch
		}
	}
	f.Weight = min(max(w, leastWeight), mostWeight)
}

// gather puts calls of one actor and one kind, none of which is longer than burst after the one before, together.
func gather(calls []*call, kind func(*call) (any, bool)) (groups [][]*call) {
	type key struct {
		actor actor
		kind  any
	}
	open := map[key]int{}
	for _, c := range calls {
		kind, ok := kind(c)
		if !ok {
			continue
		}
		k := key{c.actor, kind}
		i, ok := open[k]
		if ok {
			last := groups[i][len(groups[i])-1]
			ok = c.At.Sub(last.At) <= burst
		}
		if !ok {
			i, open[k] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

// finding makes a finding of calls.
func finding(effect Effect, calls []*call, things int) Finding {
	f := Finding{Effect: effect, Things: things}
	for _, c := range calls {
		f.Events = append(f.Events, c.TrailEvent)
		for _, o := range c.outside {
			if !slices.Contains(f.Outside, o) {
				f.Outside = append(f.Outside, o)
			}
		}
	}
	return f
}

// different counts the values that calls have.
func different(calls []*call, value func(*call) string) int {
	seen := map[string]bool{}
	for _, c := range calls {
		seen[value(c)] = true
	}
	return len(seen)
}

// findEffects returns the writes that have an effect.
func findEffects(calls []*call) (found []Finding) {
	effect := func(c *call) (any, bool) { return c.effect, c.effect != NoEffect }
	for _, g := range gather(calls, effect) {
		found = append(found, finding(g[0].effect, g, different(g, func(c *call) string { return c.target })))
	}
	return found
}

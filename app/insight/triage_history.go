package insight

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// history is what else was done, by which a finding is weighed.
type history struct {
	began map[did]time.Time // when a principal did something for the first time
	made  map[made][]*call  // writes that were not refused, in their order
	start time.Time
}

// did is that a principal made a call.
type did struct{ who, source, name string }

// made is a kind of write.
type made struct{ source, verb, noun string }

// opposites take back what the other does.
var opposites = map[string]string{
	"Stop": "Start", "Delete": "Create", "Disable": "Enable", "Authorize": "Revoke", "Create": "Delete",
	"Attach": "Detach", "Put": "Delete", "Add": "Remove", "Enable": "Disable", "Disassociate": "Associate",
	"Deregister": "Register",
}

func newHistory(calls []*call) history {
	h := history{began: map[did]time.Time{}, made: map[made][]*call{}}
	for i, c := range calls {
		if i == 0 {
			h.start = c.At
		}
		d := did{c.Principal.Name(), c.Source, c.Name}
		if _, ok := h.began[d]; !ok {
			h.began[d] = c.At
		}
		if c.ErrorCode == "" && !c.ReadOnly && c.target != "" {
			k := made{c.Source, c.verb, c.noun}
			h.made[k] = append(h.made[k], c)
		}
	}
	return h
}

// settled is how long the events must reach back before a finding, to say that something was not done before.
const settled = 12 * time.Hour

// first reports whether the principal of some events did none of it before, as far as that is known.
func (h history) first(events []app.TrailEvent) bool {
	if events[0].At.Sub(h.start) < settled {
		return false
	}
	for _, e := range events {
		if h.began[did{e.Principal.Name(), e.Source, e.Name}].Before(events[0].At) {
			return false
		}
	}
	return true
}

// undone returns when all of some changes were taken back; zero if one was not.
func (h history) undone(events []app.TrailEvent) (last time.Time) {
	for _, c := range readCalls(events) {
		if c.ErrorCode != "" || c.ReadOnly {
			continue
		}
		at := h.takenBack(c)
		if at.IsZero() {
			return at
		}
		if at.After(last) {
			last = at
		}
	}
	return last
}

// takenBack returns when the opposite of a call was made on the same thing after it; zero if it was not.
func (h history) takenBack(c *call) time.Time {
	opposite, ok := opposites[c.verb]
	if !ok || c.target == "" {
		return time.Time{}
	}
	for _, later := range h.made[made{c.Source, opposite, c.noun}] {
		if later.At.After(c.At) && sameThing(c.target, later.target) {
			return later.At
		}
	}
	return time.Time{}
}

// sameThing reports whether all that one call names is among what the other names: who deletes an access key names the
// key and the user, who creates one the user alone.
func sameThing(a, b string) bool {
	some, more := strings.Split(a, "\n"), strings.Split(b, "\n")
	if len(some) > len(more) {
		some, more = more, some
	}
	return !slices.ContainsFunc(some, func(name string) bool { return !slices.Contains(more, name) })
}

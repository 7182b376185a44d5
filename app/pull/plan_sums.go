package pull

import (
	"slices"

	"github.com/nephograph/nephograph/app"
)

// Sums returns the steps added up by place, signal and operation, in the order in which these come first. A sum is
// known if all of its steps are, and guessed if one of them is.
func (p Plan) Sums() (sums []Step) {
	for _, s := range p.Steps {
		i := slices.IndexFunc(sums, func(o Step) bool {
			return o.Scope == s.Scope && o.Signal == s.Signal && o.Service == s.Service && o.Operation == s.Operation
		})
		if i < 0 {
			sums = append(sums, Step{Scope: s.Scope, Signal: s.Signal, Service: s.Service, Operation: s.Operation,
				Known: true})
			i = len(sums) - 1
		}
		sum := &sums[i]
		sum.Requests += s.Requests
		sum.Cost = app.Total(sum.Cost, s.Cost)
		sum.Known = sum.Known && s.Known
		sum.Guessed = sum.Guessed || s.Guessed
	}
	return sums
}

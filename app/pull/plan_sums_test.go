package pull

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nephograph/nephograph/app"
)

func TestPlanAddsUpByPlaceSignalAndCall(t *testing.T) {
	here, there := app.Scope{Account: "1", Region: "eu-west-1"}, app.Scope{Account: "2", Region: "eu-west-1"}
	step := func(s app.Scope, operation string, n int, cost app.Money, known, guessed bool) Step {
		return Step{Scope: s, Signal: app.Logs, Service: "logs", Operation: operation, Requests: n, Cost: cost,
			Known: known, Guessed: guessed}
	}
	p := Plan{Steps: []Step{
		step(here, "FilterLogEvents", 2, 5, true, false), step(there, "FilterLogEvents", 1, 1, true, false),
		step(here, "FilterLogEvents", 3, 7, false, true), step(here, "DescribeLogGroups", 1, 0, true, false),
	}}
	want := []Step{
		step(here, "FilterLogEvents", 5, 12, false, true), step(there, "FilterLogEvents", 1, 1, true, false),
		step(here, "DescribeLogGroups", 1, 0, true, false),
	}
	if diff := cmp.Diff(want, p.Sums(), cmpopts.IgnoreUnexported(Step{})); diff != "" {
		t.Error(diff)
	}
}

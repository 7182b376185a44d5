package terminal

import (
	"context"
	"fmt"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// plan lists what there is and says what a pull would ask.
func (c *commandLine) plan(ctx context.Context, s *Store, want pull.Want) error {
	found := s.Pull.Discover(ctx, want)
	c.printProblems(found)
	if err := ctx.Err(); err != nil {
		return err
	}
	reached := func(s pull.ScopeStatus) bool { return s.Who.Account != "" }
	if len(found.Scopes) > 0 && !slices.ContainsFunc(found.Scopes, reached) {
		return errReported
	}
	plan, err := s.Pull.Plan(ctx, want)
	if err != nil {
		return err
	}
	if c.json {
		return printLines(c, plan.Steps)
	}
	c.show(planTable(plan))
	if _, err := fmt.Fprintf(c.Out, "\n%s\n", explain.Plan(plan)); err != nil {
		return err
	}
	if plan.Unforeseen {
		if _, err := fmt.Fprintln(c.Out, explain.Unforeseen); err != nil {
			return err
		}
	}
	if err := c.noteCap(ctx, s, plan.Cost); err != nil {
		return err
	}
	if want.Cap > 0 && plan.Cost > want.Cap {
		cost := explain.Estimate(plan.Cost.String(), plan.Known, plan.Guessed)
		return &app.Error{Kind: app.TooMuch, Op: "The pull",
			Err: fmt.Errorf("it would cost %s, and the cap is %s", cost, want.Cap)}
	}
	return nil
}

// planTable adds the steps of a plan up by place and operation.
func planTable(p pull.Plan) *table {
	t := newTable("PLACE", "SIGNAL", "REQUEST", "HOW MANY>", "COST>")
	for _, s := range p.Sums() {
		t.add(s.Scope, s.Signal, s.Service+":"+s.Operation,
			explain.Estimate(phrase.Count(s.Requests), s.Known, s.Guessed),
			explain.Estimate(s.Cost.String(), s.Known, s.Guessed))
	}
	return t
}

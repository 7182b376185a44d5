package terminal

import (
	"context"
	"fmt"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
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
	sum := "\n%s requests for %s.\n"
	switch {
	case plan.Guessed:
		sum = "\nAbout %s requests for about %s.\n"
	case !plan.Known:
		sum = "\nAt least %s requests for at least %s.\n"
	}
	if plan.Unforeseen {
		sum += "Traces: how many there are is known only after the summaries.\n"
	}
	if _, err := fmt.Fprintf(c.Out, sum, phrase.Count(plan.Requests), plan.Cost); err != nil {
		return err
	}
	if err := c.noteCap(ctx, s, plan.Cost); err != nil {
		return err
	}
	if want.Cap > 0 && plan.Cost > want.Cap {
		cost := estimate(plan.Cost.String(), plan.Known, plan.Guessed)
		return &app.Error{Kind: app.TooMuch, Op: "The pull",
			Err: fmt.Errorf("it would cost %s, and the cap is %s", cost, want.Cap)}
	}
	return nil
}

// estimate marks a number that is a lower bound or a guess.
func estimate(number string, known, guessed bool) string {
	switch {
	case known:
		return number
	case guessed:
		return "about " + number
	}
	return "at least " + number
}

// planTable adds the steps of a plan up by place and operation.
func planTable(p pull.Plan) *table {
	type key struct {
		scope     app.Scope
		signal    app.Signal
		operation string
	}
	var order []key
	sums := map[key]pull.Step{}
	for _, s := range p.Steps {
		k := key{s.Scope, s.Signal, s.Service + ":" + s.Operation}
		sum, seen := sums[k]
		if !seen {
			order = append(order, k)
			sum.Known = true
		}
		sum.Requests += s.Requests
		sum.Cost = app.Total(sum.Cost, s.Cost)
		sum.Known = sum.Known && s.Known
		sum.Guessed = sum.Guessed || s.Guessed
		sums[k] = sum
	}
	t := newTable("PLACE", "SIGNAL", "REQUEST", "HOW MANY>", "COST>")
	for _, k := range order {
		s := sums[k]
		t.add(k.scope, k.signal, k.operation, estimate(phrase.Count(s.Requests), s.Known, s.Guessed),
			estimate(s.Cost.String(), s.Known, s.Guessed))
	}
	return t
}

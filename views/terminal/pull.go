package terminal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

// Puller asks AWS for what the cache lacks; pull.Engine is one.
type Puller interface {
	Discover(context.Context, pull.Want) pull.Report
	Plan(context.Context, pull.Want) (pull.Plan, error)
	Run(context.Context, pull.Want, func(pull.Progress)) pull.Report
	Reach(context.Context, pull.Want, func(pull.Progress)) pull.Report
	FollowCost(context.Context, []app.Scope, map[app.Signal]time.Duration) (pull.FollowCost, error)
}

// pull is the command that fills the cache.
func (c *console) pull() *cobra.Command {
	var signals []string
	var limit string
	var planned, follow bool
	cmd := &cobra.Command{
		Use: "pull", Short: "Fetch from AWS what the cache lacks", Args: cobra.NoArgs, GroupID: "aws",
		Long: `Fetches what the cache lacks of a time range, newest first, and asks again for what AWS may still change. Every profile is
asked in every Region named; without --profile, --region and their like in the environment, the places that were pulled before
are asked again. Ctrl-C stops it; what has arrived is kept, and the next pull goes on from there. Everything that was
asked and what it cost stands in nephograph ledger, and adds up in nephograph cost.

With --follow it goes on until Ctrl-C: each signal is asked again at its own pace, which the settings say, and what that
costs in a month is told first. A place that fails is asked less and less often, until it answers.`,
		Example: "  nephograph pull --profile prod,data --region eu-west-1,us-east-1 --since 3d\n  nephograph pull --plan --cap 0.50 --signal logs,traces\n  nephograph pull --follow --since 1h",
	}
	c.timeFlags(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&signals, "signal", nil, "only these `signals`: alarms, metrics, logs, traces, trail")
	offer(cmd, "signal", "alarms", "metrics", "logs", "traces", "trail")
	flags.StringVar(&limit, "cap", "", "the most that it may cost, in `dollars`: 0.50; the cap of the month, which the settings have, holds too")
	flags.BoolVar(&planned, "plan", false, "only list what there is, and show what would be asked and at what price")
	flags.BoolVarP(&follow, "follow", "f", false, "keep pulling until it is interrupted")
	for _, other := range []string{"plan", "cap", "to"} {
		cmd.MarkFlagsMutuallyExclusive("follow", other)
	}
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		want, err := c.want(signals, limit)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		return c.filling(ctx, func(s *Store) error {
			if want.Places, err = s.Connect(ctx, c.places()); err != nil {
				return err
			}
			if err := c.noteForgotten(ctx, s, want); err != nil {
				return err
			}
			defer c.listen(s)()
			switch {
			case planned:
				return c.plan(ctx, s, want)
			case follow:
				return c.follow(ctx, s, want)
			}
			return c.runPull(ctx, s, want)
		})
	})
	return cmd
}

// want reads the flags, but for the places.
func (c *console) want(signals []string, limit string) (pull.Want, error) {
	var w pull.Want
	var err error
	if w.Range, err = c.times.read(c.deps.Now(), c.zone()); err != nil {
		return w, err
	}
	for _, name := range signals {
		signal, ok := app.ParseSignal(name)
		if !ok {
			return w, fmt.Errorf("--signal is alarms, metrics, logs, traces or trail, not %q", name)
		}
		w.Signals = append(w.Signals, signal)
	}
	if limit != "" {
		if w.Cap, err = app.ParseMoney(limit); err != nil {
			return w, fmt.Errorf("--cap: %w", err)
		}
		if w.Cap == 0 {
			return w, errors.New("--cap has to be above zero")
		}
	}
	return w, nil
}

// runPull pulls and says what came of it.
func (c *console) runPull(ctx context.Context, s *Store, want pull.Want) error {
	began := c.deps.Now()
	progress, end := c.progress()
	report := s.Pull.Run(ctx, want, c.noticing(progress))
	end()
	ended := c.deps.Now()
	spend, err := spent(context.WithoutCancel(ctx), s, app.Range{From: began, To: ended.Add(time.Millisecond)})
	if err != nil {
		return err
	}
	if err := c.printReport(report, ended.Sub(began), spend); err != nil {
		return err
	}
	switch {
	case report.Cancelled:
		return context.Canceled
	case !report.OK():
		return errTold
	}
	return nil
}

// noticing tells once that another pull has to be waited for.
func (c *console) noticing(show func(pull.Progress)) func(pull.Progress) {
	told := false
	return func(p pull.Progress) {
		if show != nil {
			show(p)
		}
		if !told && slices.ContainsFunc(p.Scopes, func(s pull.ScopeStatus) bool { return s.State == pull.Claimed }) {
			told = true
			c.note("Another pull into this cache is running; this one waits, and then asks for what is left.")
		}
	}
}

// spent sums up the ledger: it has every request, retries too, where the report counts answers.
func spent(ctx context.Context, s *Store, within app.Range) (app.Spend, error) {
	if err := s.Flush(ctx); err != nil {
		return app.Spend{}, err
	}
	return s.Spend(ctx, within)
}

// plan lists what there is and says what a pull would ask.
func (c *console) plan(ctx context.Context, s *Store, want pull.Want) error {
	found := s.Pull.Discover(ctx, want)
	c.complainOf(found)
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(found.Scopes) > 0 && !slices.ContainsFunc(found.Scopes, func(s pull.ScopeStatus) bool { return s.Who.Account != "" }) {
		return errTold // nobody was reached
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
	if err := c.tellMonth(ctx, s, plan.Cost); err != nil {
		return err
	}
	if want.Cap > 0 && plan.Cost > want.Cap {
		return &app.Error{Kind: app.TooMuch, Op: "The pull", Err: fmt.Errorf("it would cost %s, and the cap is %s", estimate(plan.Cost.String(), plan.Known, plan.Guessed), want.Cap)}
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
		sum.Cost += s.Cost
		sum.Known = sum.Known && s.Known
		sum.Guessed = sum.Guessed || s.Guessed
		sums[k] = sum
	}
	t := newTable("PLACE", "SIGNAL", "REQUEST", "HOW MANY>", "COST>")
	for _, k := range order {
		s := sums[k]
		t.add(k.scope, k.signal, k.operation, estimate(phrase.Count(s.Requests), s.Known, s.Guessed), estimate(s.Cost.String(), s.Known, s.Guessed))
	}
	return t
}

package terminal

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// spentReader says what a pull has spent, once all of it is in the ledger.
type spentReader interface {
	Flush(context.Context) error
	Spend(context.Context, app.Range) (app.Spend, error)
}

// Puller asks AWS for what the cache lacks; pull.Engine is one.
type Puller interface {
	Discover(context.Context, pull.Want) pull.Report
	Plan(context.Context, pull.Want) (pull.Plan, error)
	Run(context.Context, pull.Want, func(pull.Progress)) pull.Report
	Reach(context.Context, pull.Want, func(pull.Progress)) pull.Report
	FollowCost(context.Context, []app.Scope, map[app.Signal]time.Duration) (pull.FollowCost, error)
}

// pull is the command that fills the cache.
func (c *commandLine) pull() *cobra.Command {
	var signals []string
	var limit string
	var planned, follow bool
	cmd := &cobra.Command{
		Use: "pull", Short: "Fetch from AWS what is missing in the cache", Args: cobra.NoArgs, GroupID: "aws",
		Long: `Fetches what is missing in the cache of a time range, newest first, and asks again for what AWS may still
change. Every profile is asked in every Region named; without --profile, --region and their like in
the environment, the places that were pulled before are asked again. Ctrl-C stops it; what has
arrived is kept, and the next pull goes on from there. Everything that was asked and what it cost
stands in nephograph ledger, and adds up in nephograph cost.

With --follow it goes on until Ctrl-C: each signal is asked again at its own pace, which the
settings say, and what that costs in a month is told first. A place that fails is asked less and
less often, until it answers.`,
		Example: "  nephograph pull --profile prod,data --region eu-west-1,us-east-1 --since 3d\n" +
			"  nephograph pull --plan --cap 0.50 --signal logs,traces\n" +
			"  nephograph pull --follow --since 1h",
	}
	c.timeFlags(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&signals, "signal", nil, "only these `signals`: alarms, metrics, logs, traces, trail")
	completeWith(cmd, "signal", "alarms", "metrics", "logs", "traces", "trail")
	flags.StringVar(&limit, "cap", "", "the most that it may cost, in `dollars`: 0.50; the cap of the month, which "+
		"the settings have, holds too")
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
		return c.withWritable(ctx, func(s *Store) error {
			if want.Places, err = s.Connect(ctx, c.places()); err != nil {
				return err
			}
			if err := c.noteForgotten(ctx, s, want); err != nil {
				return err
			}
			defer c.noteSlowdowns(s)()
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

// runPull pulls and says what came of it.
func (c *commandLine) runPull(ctx context.Context, s *Store, want pull.Want) error {
	began := c.deps.Now()
	progress, end := c.progress()
	report := s.Pull.Run(ctx, want, c.noteWaiting(progress))
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
		return errReported
	}
	return nil
}

// noteWaiting says once that this pull waits for another one.
func (c *commandLine) noteWaiting(show func(pull.Progress)) func(pull.Progress) {
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
func spent(ctx context.Context, s spentReader, within app.Range) (app.Spend, error) {
	if err := s.Flush(ctx); err != nil {
		return app.Spend{}, err
	}
	return s.Spend(ctx, within)
}

package terminal

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

type ledgerReader interface {
	Requests(context.Context, app.Range, int) ([]app.Request, error)
	Spend(context.Context, app.Range) (app.Spend, error)
}

var outcomeColors = map[app.Outcome]string{app.Refused: yellow, app.Failed: red}

// ledger is the command that lists the requests made to AWS and what they cost.
func (c *commandLine) ledger() *cobra.Command {
	var sum bool
	cmd := &cobra.Command{
		Use: "ledger", Short: "Every request made to AWS, and what it cost", Args: cobra.NoArgs,
		Long: `Every request made to AWS, retries too, what AWS bills of it, and what it cost by AWS's list prices,
without free allowances. A call that is throttled, or that the network spoils, is tried up to ten
times, and each attempt is a line of its own. nephograph cost adds them up.`,
		Example: "  nephograph ledger --sum --since 30d",
	}
	cmd.Flags().BoolVar(&sum, "sum", false, "only how many there were, and what they cost together")
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error { return q.printLedger(ctx, r, sum) })
}

func (q *question) printLedger(ctx context.Context, reader ledgerReader, sum bool) error {
	spend, err := reader.Spend(ctx, q.within)
	if err != nil {
		return err
	}
	if sum {
		return q.printSpend(spend)
	}
	requests, err := reader.Requests(ctx, q.within, q.rows())
	if err != nil {
		return err
	}
	slices.SortStableFunc(requests, func(a, b app.Request) int { return a.At.Compare(b.At) })
	if q.json {
		return printLines(q.commandLine, requests)
	}
	t := newTable(q.timeHead("TIME"), "REQUEST", "OUTCOME", "TOOK>", "BILLED>", "COST>", "PLACE")
	for _, r := range requests {
		outcome := string(r.Outcome)
		if r.Code != "" {
			outcome += " " + r.Code
		}
		t.add(q.at(r.At), r.Service+":"+r.Operation, cell{outcome, outcomeColors[r.Outcome]},
			phrase.Duration(r.Took), q.billed(r.Service, r.Operation, r.Units), r.Cost, where(r.Scope))
	}
	q.show(t)
	if spend.Requests > len(requests) {
		q.note("The newest %s of %s; --limit 0 shows all.", phrase.Count(len(requests)), phrase.Count(spend.Requests))
	}
	q.note("%s", explain.Spend(spend))
	return nil
}

// where names a scope whose account may not be known yet.
func where(s app.Scope) string {
	if s.Account == "" {
		return s.Region
	}
	return s.String()
}

func (q *question) printSpend(s app.Spend) error {
	if q.json {
		return printLines(q.commandLine, []app.Spend{s})
	}
	_, err := fmt.Fprintln(q.Out, explain.Spend(s))
	return err
}

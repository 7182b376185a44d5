package terminal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

type spendReader interface {
	SpendByDay(context.Context, app.Range) ([]app.SpendLine, error)
	SpendByCall(context.Context, app.Range) ([]app.SpendLine, error)
	SpendByScope(context.Context, app.Range) ([]app.SpendLine, error)
}

const costLong = `What the calls to AWS have cost by AWS's list prices, by day, by operation and by account and
Region, and how this month stands against its cap. Retries are calls as well and are counted, and so
are calls that cost nothing. Free allowances are not taken off: all who use the account share them,
so the bill may be smaller. Days and months are UTC, as on the bill.`

// costReport is what nephograph cost was asked.
type costReport struct {
	*commandLine
	by     []string
	within app.Range // whole days
	named  string    // the range in a sentence
}

// groupings are how a bill adds up, in the order in which they are shown.
var groupings = []string{"day", "api", "scope"}

// cost is the command that shows what was spent.
func (c *commandLine) cost() *cobra.Command {
	b := &costReport{commandLine: c}
	var since, of string
	cmd := &cobra.Command{
		Use: "cost", Short: "What the calls to AWS have cost, against the cap of the month", Args: cobra.NoArgs,
		GroupID: "read", Long: costLong,
		Example: "  nephograph cost\n" +
			"  nephograph cost --by api --month 2026-10\n" +
			"  nephograph cost --by scope --since 7d --json",
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&b.by, "by", groupings, "add up by `day,api,scope`: days, operations, accounts and Regions")
	flags.StringVar(&since, "since", "", "the days since a `length` of time ago: 7d")
	flags.StringVar(&of, "month", "", "a calendar `month`: 2026-11 (default this one)")
	cmd.MarkFlagsMutuallyExclusive("since", "month")
	completeWith(cmd, "by", groupings...)
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		if err := b.read(since, of); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		there, err := c.deps.CacheExists(c.cache)
		switch {
		case err != nil:
			return err
		case !there && c.cache != "":
			return missing(c.cache)
		case !there:
			return b.print(ctx, empty{}, app.DefaultSettings().Cap)
		}
		return c.withStore(ctx, func(s *Store) error { return b.print(ctx, s, s.Settings.Cap) })
	})
	return cmd
}

// read reads the flags.
func (b *costReport) read(since, of string) error {
	for _, way := range b.by {
		if !slices.Contains(groupings, way) {
			return fmt.Errorf("--by is day, api or scope, not %q", way)
		}
	}
	now := b.deps.Now().UTC()
	switch {
	case since != "":
		length, err := app.ParseLength(since)
		if err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		b.within = app.Range{From: now.Add(-length).Truncate(24 * time.Hour), To: now}
		b.named = "since " + b.within.From.Format(time.DateOnly)
	case of != "":
		within, err := phrase.ParseMonth(of)
		if err != nil {
			return fmt.Errorf("--month: %w", err)
		}
		b.within, b.named = within, "in "+phrase.Month(within.From)
	default:
		b.within, b.named = app.MonthOf(now), "in "+phrase.Month(now)
	}
	return nil
}

// costLine is a sum as a program reads it.
type costLine struct {
	By string `json:"by"` // day, api, scope
	app.SpendLine
}

func (b *costReport) print(ctx context.Context, r spendReader, limit app.Money) error {
	questions := map[string]func(context.Context, app.Range) ([]app.SpendLine, error){
		"day": r.SpendByDay, "api": r.SpendByCall, "scope": r.SpendByScope,
	}
	thisMonth, err := b.readMonth(ctx, r, limit)
	if err != nil {
		return err
	}
	var all []any
	var sum app.Spend
	for _, way := range groupings {
		if !slices.Contains(b.by, way) {
			continue
		}
		lines, err := questions[way](ctx, b.within)
		if err != nil {
			return err
		}
		sum = app.Spend{}
		for _, l := range lines {
			all = append(all, costLine{way, l})
			sum = plus(sum, l.Spend)
		}
		if !b.json && len(lines) > 0 {
			b.show(b.table(way, lines))
			fmt.Fprintln(b.Out)
		}
	}
	if b.json {
		return printLines(b.commandLine, append(all, thisMonth))
	}
	if _, err := fmt.Fprintf(b.Out, "%s %s\n%s\n", upperFirst(b.named)+":", explain.Spend(sum),
		thisMonth.text(b.deps.Now())); err != nil {
		return err
	}
	b.notePrices()
	return nil
}

func plus(a, b app.Spend) app.Spend {
	return app.Spend{Requests: a.Requests + b.Requests, Throttled: a.Throttled + b.Throttled,
		Failed: a.Failed + b.Failed, Cost: app.Total(a.Cost, b.Cost)}
}

func upperFirst(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// table lays out one way of adding up.
func (b *costReport) table(way string, lines []app.SpendLine) *table {
	head := map[string]string{"day": "DAY (UTC)", "api": "REQUEST", "scope": "PLACE"}[way]
	heads := []string{head, "REQUESTS>", "THROTTLED>", "FAILED>"}
	if way == "api" {
		heads = append(heads, "BILLED>")
	}
	t := newTable(append(heads, "COST>")...)
	for _, l := range lines {
		row := []any{b.name(way, l), phrase.Count(l.Requests), phrase.Count(l.Throttled), phrase.Count(l.Failed)}
		if way == "api" {
			row = append(row, b.billed(l.Service, l.Operation, l.Units))
		}
		t.add(append(row, b.amount(way, l))...)
	}
	return t
}

func (b *costReport) name(way string, l app.SpendLine) string {
	switch way {
	case "day":
		return l.Day.Format(time.DateOnly)
	case "api":
		return l.Service + ":" + l.Operation
	}
	return where(app.Scope{Account: l.Account, Region: l.Region})
}

// billed says what AWS bills, and how many of them there were: 12,000 metrics.
func (c *commandLine) billed(service, operation string, units int) string {
	price, ok := c.deps.Prices.Of(service, operation)
	switch {
	case units == 0:
		return "-" // nothing was answered, or the first releases did not count
	case !ok:
		return phrase.Count(units)
	case units == 1:
		return "1 " + price.Unit
	}
	return phrase.Count(units) + " " + price.Unit + "s"
}

// amount is a cost, or that there is none because the call is free.
func (b *costReport) amount(way string, l app.SpendLine) string {
	if price, ok := b.deps.Prices.Of(l.Service, l.Operation); way == "api" && ok && price.Price == 0 && l.Cost == 0 {
		return "free"
	}
	return l.Cost.String()
}

// notePrices says of which day the prices are, and of which services they could not be confirmed.
func (b *costReport) notePrices() {
	var newest string
	var unsure []string
	for _, s := range b.deps.Prices {
		// What is free has no price that could be of a day.
		if slices.ContainsFunc(s.Calls, func(p app.CallPrice) bool { return p.Price > 0 }) {
			newest = max(newest, s.Date)
		}
		if slices.ContainsFunc(s.Calls, func(p app.CallPrice) bool { return p.Price > 0 && !p.Confirmed }) {
			unsure = append(unsure, resource.Service(s.Service))
		}
	}
	if newest == "" {
		return
	}
	text := fmt.Sprintf("Prices are AWS's list prices as noted on %s, without free allowances", newest)
	if len(unsure) > 0 {
		text += "; those of " + strings.Join(unsure, " and ") + " were not confirmed at their source"
	}
	b.note("%s.", text)
}

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

const costLong = `What the calls to AWS have cost by AWS's list prices, by day, by operation and by account and Region, and how this month
stands against its cap. Retries are calls as well and are counted, and so are calls that cost nothing. Free allowances are not
taken off: all who use the account share them, so the bill may be smaller. Days and months are UTC, as on the bill.`

// bill is what nephograph cost was asked.
type bill struct {
	*console
	by     []string
	within app.Range // whole days
	named  string    // the range in a sentence
}

// ways are how a bill adds up, in the order in which they are shown.
var ways = []string{"day", "api", "scope"}

// cost is the command that shows what was spent.
func (c *console) cost() *cobra.Command {
	b := &bill{console: c}
	var since, of string
	cmd := &cobra.Command{
		Use: "cost", Short: "What the calls to AWS have cost, against the cap of the month", Args: cobra.NoArgs, GroupID: "read", Long: costLong,
		Example: "  nephograph cost\n  nephograph cost --by api --month 2026-10\n  nephograph cost --by scope --since 7d --json",
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&b.by, "by", ways, "add up by `day,api,scope`: days, operations, accounts and Regions")
	flags.StringVar(&since, "since", "", "the days since a `length` of time ago: 7d")
	flags.StringVar(&of, "month", "", "a calendar `month`: 2026-11 (default this one)")
	cmd.MarkFlagsMutuallyExclusive("since", "month")
	offer(cmd, "by", ways...)
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		if err := b.read(since, of); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		there, err := c.deps.Cached(c.cache)
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
func (b *bill) read(since, of string) error {
	for _, way := range b.by {
		if !slices.Contains(ways, way) {
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

// monthLine is how this month stands as a program reads it.
type monthLine struct {
	By        string    `json:"by"` // month
	Month     string    `json:"month"`
	Cost      app.Money `json:"cost_nano_usd"`
	Projected app.Money `json:"projected_nano_usd"`
	Cap       app.Money `json:"cap_nano_usd"` // negative: none
}

func (b *bill) print(ctx context.Context, cache Cache, limit app.Money) error {
	questions := map[string]func(context.Context, app.Range) ([]app.SpendLine, error){
		"day": cache.SpendByDay, "api": cache.SpendByCall, "scope": cache.SpendByScope,
	}
	standing, err := b.standing(ctx, cache, limit)
	if err != nil {
		return err
	}
	var all []any
	var sum app.Spend
	for _, way := range ways {
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
		return printLines(b.console, append(all, standing))
	}
	if _, err := fmt.Fprintf(b.Out, "%s %s\n%s\n", upperFirst(b.named)+":", spendText(sum), standing.text(b.deps.Now())); err != nil {
		return err
	}
	b.tellPrices()
	return nil
}

func plus(a, b app.Spend) app.Spend {
	return app.Spend{Requests: a.Requests + b.Requests, Throttled: a.Throttled + b.Throttled, Failed: a.Failed + b.Failed, Cost: a.Cost + b.Cost}
}

func upperFirst(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// standing is how this month stands, whatever was asked.
func (b *bill) standing(ctx context.Context, cache Cache, limit app.Money) (monthLine, error) {
	now := b.deps.Now().UTC()
	within := app.MonthOf(now)
	line := monthLine{By: "month", Month: now.Format("2006-01"), Cap: limit}
	lately := app.Range{From: now.AddDate(0, 0, -7), To: within.To}
	if within.From.Before(lately.From) {
		lately.From = within.From
	}
	days, err := cache.SpendByDay(ctx, lately)
	if err != nil {
		return line, err
	}
	for _, d := range days {
		if within.Contains(d.Day) {
			line.Cost += d.Cost
		}
	}
	line.Projected = app.ProjectMonth(days, now)
	return line, nil
}

// text says it in a sentence.
func (m monthLine) text(now time.Time) string {
	of := fmt.Sprintf(" of the %s cap", m.Cap)
	if m.Cap < 0 {
		of = ", with no cap"
	}
	last := phrase.LongDay(app.MonthOf(now).To.AddDate(0, 0, -1))
	text := fmt.Sprintf("This month: %s%s; at the pace of the last 7 days it comes to %s by %s.", m.Cost, of, m.Projected, last)
	if m.Cap >= 0 && m.Projected > m.Cap && m.Cost <= m.Cap {
		text += " The cap will stop paid calls before that."
	}
	return text
}

// table lays out one way of adding up.
func (b *bill) table(way string, lines []app.SpendLine) *table {
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

func (b *bill) name(way string, l app.SpendLine) string {
	switch way {
	case "day":
		return l.Day.Format(time.DateOnly)
	case "api":
		return l.Service + ":" + l.Operation
	}
	return where(app.Scope{Account: l.Account, Region: l.Region})
}

// billed says what AWS bills, and how many of them there were: 12,000 metrics.
func (c *console) billed(service, operation string, units int) string {
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
func (b *bill) amount(way string, l app.SpendLine) string {
	if price, ok := b.deps.Prices.Of(l.Service, l.Operation); way == "api" && ok && price.Price == 0 && l.Cost == 0 {
		return "free"
	}
	return l.Cost.String()
}

// tellPrices says of which day the prices are, and of which services they could not be confirmed.
func (b *bill) tellPrices() {
	var newest string
	var unsure []string
	for _, s := range b.deps.Prices {
		if slices.ContainsFunc(s.Calls, func(p app.CallPrice) bool { return p.Price > 0 }) { // what is free has no price to be of a day
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

// tellMonth says whether something of that price would pass the cap of the month.
func (c *console) tellMonth(ctx context.Context, s *Store, price app.Money) error {
	within := app.MonthOf(c.deps.Now())
	days, err := s.SpendByDay(ctx, within)
	if err != nil {
		return err
	}
	over := app.OverCap{Cap: s.Settings.Cap, Month: within.From}
	for _, d := range days {
		over.Spent += d.Cost
	}
	if over.Total = over.Spent + price; over.Cap < 0 || price == 0 || over.Total <= over.Cap {
		return nil
	}
	sentence, remedy := explain.Explain(&app.Error{Kind: app.TooMuch, Op: "pull", Err: &over})
	c.note("%s %s", sentence, remedy)
	return nil
}

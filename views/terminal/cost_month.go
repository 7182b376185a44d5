package terminal

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
)

// monthLine is how this month stands as a program reads it.
type monthLine struct {
	By        string    `json:"by"` // month
	Month     string    `json:"month"`
	Cost      app.Money `json:"cost_nano_usd"`
	Projected app.Money `json:"projected_nano_usd"`
	Cap       app.Money `json:"cap_nano_usd"` // negative: none
}

// readMonth says how this month stands, whatever was asked.
func (b *costReport) readMonth(ctx context.Context, r spendReader, limit app.Money) (monthLine, error) {
	now := b.deps.Now().UTC()
	within := app.MonthOf(now)
	line := monthLine{By: "month", Month: now.Format("2006-01"), Cap: limit}
	lately := app.Range{From: now.AddDate(0, 0, -7), To: within.To}
	if within.From.Before(lately.From) {
		lately.From = within.From
	}
	days, err := r.SpendByDay(ctx, lately)
	if err != nil {
		return line, err
	}
	for _, d := range days {
		if within.Contains(d.Day) {
			line.Cost = app.Total(line.Cost, d.Cost)
		}
	}
	line.Projected = app.ProjectMonth(days, now)
	return line, nil
}

// text says it in a sentence.
func (m monthLine) text(now time.Time) string { return explain.Month(m.Cost, m.Projected, m.Cap, now) }

// noteCap says whether something of that price would pass the cap of the month.
func (c *commandLine) noteCap(ctx context.Context, s *Store, price app.Money) error {
	within := app.MonthOf(c.deps.Now())
	days, err := s.SpendByDay(ctx, within)
	if err != nil {
		return err
	}
	over := app.OverCap{Cap: s.Settings.Cap, Month: within.From}
	for _, d := range days {
		over.Spent = app.Total(over.Spent, d.Cost)
	}
	if over.Total = over.Spent + price; over.Cap < 0 || price == 0 || over.Total <= over.Cap {
		return nil
	}
	sentence, remedy := explain.Explain(&app.Error{Kind: app.TooMuch, Op: "pull", Err: &over})
	c.note("%s %s", sentence, remedy)
	return nil
}

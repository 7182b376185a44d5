package terminal

import (
	"context"
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
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
func (m monthLine) text(now time.Time) string {
	of := fmt.Sprintf(" of the %s cap", m.Cap)
	if m.Cap < 0 {
		of = ", with no cap"
	}
	last := phrase.LongDay(app.MonthOf(now).To.AddDate(0, 0, -1))
	text := fmt.Sprintf("This month: %s%s; at the pace of the last 7 days it comes to %s by %s.", m.Cost, of,
		m.Projected, last)
	if m.Cap >= 0 && m.Projected > m.Cap && m.Cost <= m.Cap {
		text += " The cap will stop paid calls before that."
	}
	return text
}

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

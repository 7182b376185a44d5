package cache

import (
	"context"
	"database/sql"
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
)

// spend adds requests to the sums of their days.
func (w *writeTx) spend(requests []app.Request) error {
	type key struct {
		day                                int64
		account, region, service, function string
	}
	type sum struct {
		app.Spend
		units int
	}
	sums := map[key]sum{}
	for _, r := range requests {
		k := key{dayOf(r.At.UnixMilli()), r.Account, r.Region, r.Service, r.Operation}
		s := sums[k]
		s.Add(r)
		s.units = app.Total(s.units, r.Units)
		sums[k] = s
	}
	for k, s := range sums {
		if _, err := w.exec("ledger_day_add", k.day, k.account, k.region, k.service, k.function,
			s.Requests, s.Throttled, s.Failed, s.units, int64(s.Cost)); err != nil {
			return err
		}
	}
	return nil
}

const daySeconds = int64(24 * time.Hour / time.Second)

// days returns the days that a range has a part in, as a half-open range; all for an empty one.
func days(within app.Range) (from, to int64) {
	if within.Empty() {
		return math.MinInt64, math.MaxInt64
	}
	return dayOf(within.From.UnixMilli()), dayOf(within.To.Add(-1).UnixMilli()) + 1
}

// SpendByDay adds up the requests of the days that the range has a part in, day by day, oldest first; of all days for
// an empty range. Days are UTC.
func (d *DB) SpendByDay(ctx context.Context, within app.Range) ([]app.SpendLine, error) {
	return d.spendBy(ctx, "ledger_by_day", within)
}

// SpendByCall is SpendByDay by operation instead, the dearest first.
func (d *DB) SpendByCall(ctx context.Context, within app.Range) ([]app.SpendLine, error) {
	return d.spendBy(ctx, "ledger_by_call", within)
}

// SpendByScope is SpendByDay by account and Region instead, the dearest first.
func (d *DB) SpendByScope(ctx context.Context, within app.Range) ([]app.SpendLine, error) {
	return d.spendBy(ctx, "ledger_by_scope", within)
}

func (d *DB) spendBy(ctx context.Context, by statement, within app.Range) ([]app.SpendLine, error) {
	from, to := days(within)
	var lines []app.SpendLine
	err := d.read(ctx, "add up the ledger", func(r *readTx) error {
		return r.each(by, func(rows *sql.Rows) error {
			var l app.SpendLine
			var day int64
			if err := rows.Scan(&day, &l.Account, &l.Region, &l.Service, &l.Operation, &l.Requests, &l.Throttled,
				&l.Failed, &l.Units, &l.Cost); err != nil {
				return err
			}
			if by == "ledger_by_day" {
				l.Day = time.Unix(day*daySeconds, 0).UTC()
			}
			lines = append(lines, l)
			return nil
		}, sql.Named("from", from), sql.Named("to", to))
	})
	return lines, err
}

// Spent returns what the requests of the days that the range has a part in did cost, of all days for an empty range.
// What this process has recorded and not yet written counts too, so that a cap can rely on it.
func (d *DB) Spent(ctx context.Context, within app.Range) (app.Money, error) {
	from, to := days(within)
	var spent app.Money
	// The queue first: what is written in between counts twice for this once, which errs to the safe side.
	for _, r := range d.ledger.waiting() {
		if day := dayOf(r.At.UnixMilli()); day >= from && day < to {
			spent = app.Total(spent, r.Cost)
		}
	}
	var written app.Money
	err := d.read(ctx, "add up the ledger", func(r *readTx) error {
		_, err := r.one("ledger_spent", []any{&written}, sql.Named("from", from), sql.Named("to", to))
		return err
	})
	return app.Total(spent, written), err
}

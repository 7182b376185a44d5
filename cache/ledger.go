package cache

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// ledger holds the requests that are not yet written.
type ledger struct {
	mu    sync.Mutex
	queue []app.Request
}

// waiting returns what is to be written. Only a writer may call it, and no second one before written.
func (l *ledger) waiting() []app.Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.queue)
}

// written forgets the first n requests of the queue.
func (l *ledger) written(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.queue = slices.Delete(l.queue, 0, n)
}

// Record enters a request. It returns at once: the request is written with the next page, by Flush or by Close, and is
// not read before.
func (d *DB) Record(r app.Request) {
	d.ledger.mu.Lock()
	defer d.ledger.mu.Unlock()
	d.ledger.queue = append(d.ledger.queue, r)
}

// Flush writes the requests that were recorded. A cache that may not be written has no ledger of them.
func (d *DB) Flush(ctx context.Context) error {
	if len(d.ledger.waiting()) == 0 || d.readOnly != nil {
		return nil
	}
	_, err := d.write(ctx, "write the ledger", func(*writeTx) (int, error) { return 0, nil })
	return err
}

func (w *writeTx) requests(requests []app.Request) error {
	for _, r := range requests {
		if _, err := w.exec("ledger_add", nanos(r.At), r.Account, r.Region, r.Service, r.Operation, string(r.Outcome),
			r.Code,
			int64(r.Took), r.Units, int64(r.Cost)); err != nil {
			return err
		}
	}
	return w.spend(requests)
}

// Requests returns the requests of a range, newest first, at most limit of them; all for 0.
func (d *DB) Requests(ctx context.Context, within app.Range, limit int) ([]app.Request, error) {
	if limit <= 0 {
		limit = -1 // SQLite's word for all
	}
	from, to := bounds(within, time.Nanosecond)
	var requests []app.Request
	err := d.read(ctx, "read the ledger", func(r *readTx) error {
		return r.each("ledger_list", func(rows *sql.Rows) error {
			var q app.Request
			var at int64
			var units sql.NullInt64 // none in format 1
			if err := rows.Scan(&at, &q.Account, &q.Region, &q.Service, &q.Operation, &q.Outcome, &q.Code, &q.Took,
				&units, &q.Cost); err != nil {
				return err
			}
			q.At, q.Units = nano(at), int(units.Int64)
			requests = append(requests, q)
			return nil
		}, sql.Named("from", from), sql.Named("to", to), sql.Named("limit", limit))
	})
	return requests, err
}

// Spend adds up the requests of a range.
func (d *DB) Spend(ctx context.Context, within app.Range) (app.Spend, error) {
	from, to := bounds(within, time.Nanosecond)
	var s app.Spend
	err := d.read(ctx, "add up the ledger", func(r *readTx) error {
		_, err := r.one("ledger_spend", []any{&s.Requests, &s.Throttled, &s.Failed, &s.Cost}, sql.Named("from", from),
			sql.Named("to", to))
		return err
	})
	return s, err
}

package cache

import (
	"cmp"
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

const (
	// stepTime is how long a step should take: other writers wait for one step at most.
	stepTime = 25 * time.Millisecond
	// initialRows is the number of rows of the first step, maxRows that of a step that takes hardly any time.
	initialRows, maxRows = 64, 4096
	// ledgerAge is how long requests stay in the ledger: a month can be compared with that of the year before.
	ledgerAge = 400 * day
	// headroom is the part of the allowed size, one in so many, that is freed beyond it, so that pruning does not start
	// again with each page.
	headroom = 20
)

// Prune forgets what is older than keep allows and then, while the file is larger than it may be, an hour of all
// signals at a time, oldest first, but never what is pinned. Items and their covers are removed in one transaction, so
// that what was forgotten is missing again; it is not asked for while the settings would forget it (Forgotten).
//
// It works in steps of about 25 ms and pauses after each for as long as it took, so that a pull can write in between.
// If the context is done it stops between two steps, and what was forgotten until then stays forgotten. Empty pages are
// returned to the file system by incremental vacuum; a file of format 1 cannot do that (app.Room.Fixed) until Compact
// has rewritten it once, which the command cache prune does.
//
// Age is counted from now or, if that is earlier, from the last time that AWS answered, so that a clock that is ahead
// does not make anything be forgotten.
func (d *DB) Prune(ctx context.Context, keep app.Retention, now time.Time) (app.Pruned, error) {
	p := &pruning{db: d, ctx: ctx, keep: keep, items: map[app.Signal]int{},
		before: map[app.Signal]time.Time{}, limits: map[string]int{}}
	err := p.run(now)
	return p.done, err
}

// pruning is one run of Prune.
type pruning struct {
	db     *DB
	ctx    context.Context
	keep   app.Retention
	limits map[string]int // rows of the next step, by what is forgotten
	items  map[app.Signal]int
	before map[app.Signal]time.Time
	done   app.Pruned
}

func (p *pruning) run(now time.Time) error {
	room, err := p.db.pages(p.ctx)
	if err != nil {
		return err
	}
	p.done.From, p.done.To = room.file(), room.file()
	if now, err = p.db.trustedNow(p.ctx, now); err != nil {
		return err
	}
	for _, e := range erasers {
		if before := p.keep.Horizon(e.signal, now); err == nil && !before.IsZero() {
			err = p.forget(e, before)
		}
	}
	if err == nil {
		err = p.forgetResults(p.keep.Horizon(app.Logs, now))
	}
	if err == nil {
		err = p.forgetRequests(now.Add(-ledgerAge))
	}
	if err == nil {
		err = p.shrink(now)
	}
	if err == nil {
		err = p.releasePages()
	}
	for _, s := range app.Signals {
		if p.items[s] > 0 {
			p.done.Forgotten = append(p.done.Forgotten,
				app.Forgotten{Signal: s, Items: p.items[s], Before: p.before[s]})
		}
	}
	return err
}

// forget removes all items of a signal that are older than before, step by step.
func (p *pruning) forget(e eraser, before time.Time) error {
	p.before[e.signal] = later(p.before[e.signal], before)
	return p.steps("forget "+string(e.signal), func(w *writeTx, limit int) (done bool, err error) {
		items, done, err := e.step(w, before, limit)
		p.items[e.signal] += items
		return done, err
	})
}

func (p *pruning) forgetRequests(before time.Time) error {
	return p.steps("forget requests", func(w *writeTx, limit int) (bool, error) {
		n, err := w.exec("retain_ledger", nanos(before), limit)
		p.done.Requests += n
		return n < limit, err
	})
}

// steps runs a step, each time in a transaction of its own, until it is done, and adjusts the number of rows to
// stepTime.
func (p *pruning) steps(op string, step func(w *writeTx, limit int) (done bool, err error)) error {
	limit := cmp.Or(p.limits[op], initialRows)
	defer func() { p.limits[op] = limit }()
	for done := false; !done; {
		began := time.Now()
		_, err := p.db.write(p.ctx, op, func(w *writeTx) (_ int, err error) {
			done, err = step(w, limit)
			return 0, err
		})
		if err != nil {
			return err
		}
		took := time.Since(began)
		switch {
		case took > stepTime:
			limit = max(1, limit/2)
		case took < stepTime/4 && !done:
			limit = min(maxRows, limit*2)
		}
		if err := pause(p.ctx, took); err != nil {
			return err
		}
	}
	return nil
}

// pause waits, so that others can write.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// shrink forgets the oldest hours until the file can be as small as it should be.
func (p *pruning) shrink(now time.Time) error {
	if p.keep.Size <= 0 {
		return nil
	}
	room, err := p.db.pages(p.ctx)
	if err != nil || room.used() <= p.keep.Size {
		return err
	}
	for room.used() > p.keep.Size-p.keep.Size/headroom {
		before, found, err := p.db.oldest(p.ctx, now)
		if err != nil {
			return err
		}
		if !found {
			p.done.Over = max(0, room.used()-p.keep.Size)
			return nil
		}
		if before = before.Add(time.Hour - 1).Truncate(time.Hour); before.After(now) {
			before = now
		}
		for _, e := range erasers {
			if err := p.forget(e, before); err != nil {
				return err
			}
		}
		if err := p.forgetResults(before); err != nil {
			return err
		}
		if err := p.recordForgotten(before); err != nil {
			return err
		}
		if room, err = p.db.pages(p.ctx); err != nil {
			return err
		}
	}
	return nil
}

// recordForgotten records up to when everything was forgotten because of the size of the file.
func (p *pruning) recordForgotten(before time.Time) error {
	_, err := p.db.write(p.ctx, "note what was forgotten", func(w *writeTx) (int, error) {
		for _, e := range erasers {
			if _, err := w.exec("retain_forgotten_keep", string(e.signal), nanos(before), p.keep.Size); err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
	return err
}

// oldest returns the end of the oldest item that may be forgotten.
func (d *DB) oldest(ctx context.Context, now time.Time) (at time.Time, found bool, err error) {
	err = d.read(ctx, "look for the oldest", func(r *readTx) error {
		for _, e := range erasers {
			one, has, err := e.first(&r.transaction, now)
			if err != nil {
				return err
			}
			if has && (!found || one.Before(at)) {
				at, found = one, true
			}
		}
		return nil
	})
	return at, found, err
}

// trustedNow returns now, or when AWS last answered if that was earlier.
func (d *DB) trustedNow(ctx context.Context, now time.Time) (time.Time, error) {
	fresh, err := d.Freshness(ctx)
	var last time.Time
	for _, f := range fresh {
		if f.AskedAt.After(last) {
			last = f.AskedAt
		}
	}
	if !last.IsZero() && last.Before(now) {
		return last, err
	}
	return now, err
}

// Horizons returns before when each signal is forgotten, because of its age or of the size of the file. A signal that
// is kept for ever is not in it. What is older need not be asked for again, unless it is pinned or keep allows a larger
// file.
func (d *DB) Horizons(ctx context.Context, keep app.Retention, now time.Time) (map[app.Signal]time.Time, error) {
	horizons := map[app.Signal]time.Time{}
	for _, s := range app.Signals {
		if h := keep.Horizon(s, now); !h.IsZero() {
			horizons[s] = h
		}
	}
	if keep.Size <= 0 {
		return horizons, nil
	}
	return horizons, d.forgotten(ctx, keep.Size, horizons)
}

// Forgotten returns the ranges of a signal in a scope that are not worth asking for, because keep lets them be
// forgotten and no pin protects them.
func (d *DB) Forgotten(
	ctx context.Context, keep app.Retention, now time.Time, s app.Scope, signal app.Signal,
) ([]app.Range, error) {
	horizons, err := d.Horizons(ctx, keep, now)
	if horizon, ok := horizons[signal]; err != nil || !ok || horizon.IsZero() {
		return nil, err
	}
	pins, err := d.Pins(ctx)
	var held []app.Range
	for _, p := range pins {
		if p.Holds(s) {
			held = append(held, p.Range)
		}
	}
	return app.Subtract(app.Range{From: minTime, To: horizons[signal]}, held), err
}

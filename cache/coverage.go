package cache

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Of what the cache notes when it was asked for.
const (
	askedRange   = "range"   // items of a stretch of time
	askedListing = "listing" // everything as it is now
)

// cover keeps covers, joined with those that are there. Empty ones say nothing.
func (w *writeTx) cover(covers []app.Cover) error {
	for _, c := range covers {
		if c.Range.Empty() {
			continue
		}
		scope, err := w.scopeID(c.Scope)
		if err != nil {
			return err
		}
		if _, err := w.exec("coverage_asked", scope, string(c.Signal), askedRange, nanos(c.AskedAt)); err != nil {
			return err
		}
		if err := w.join(scope, c); err != nil {
			return err
		}
	}
	return nil
}

// join puts a cover in place of those that it overlaps or touches.
func (w *writeTx) join(scope int64, c app.Cover) error {
	near, ids, err := w.near(scope, c)
	if err != nil {
		return err
	}
	merged := app.Merge(append(slices.Clone(near), c))
	for i, n := range near {
		if !slices.ContainsFunc(merged, func(m app.Cover) bool { return sameCover(m, n) }) {
			if _, err := w.exec("coverage_drop", ids[i]); err != nil {
				return err
			}
		}
	}
	for _, m := range merged {
		if slices.ContainsFunc(near, func(n app.Cover) bool { return sameCover(m, n) }) {
			continue
		}
		if _, err := w.exec("coverage_add", scope, string(m.Signal), m.Resource, nanos(m.Range.From), nanos(m.Range.To),
			nanos(m.AskedAt), m.Truncated, m.Denied); err != nil {
			return err
		}
	}
	return nil
}

func sameCover(a, b app.Cover) bool {
	return a.Range.Equal(b.Range) && a.AskedAt.Equal(b.AskedAt) && a.Truncated == b.Truncated && a.Denied == b.Denied
}

// near returns the covers that c overlaps or touches, and their ids beside them.
func (w *writeTx) near(scope int64, c app.Cover) (near []app.Cover, ids []int64, err error) {
	err = w.each("coverage_near", func(rows *sql.Rows) error {
		n := c
		var id, starts, ends, asked int64
		if err := rows.Scan(&id, &starts, &ends, &asked, &n.Truncated, &n.Denied); err != nil {
			return err
		}
		n.Range, n.AskedAt = app.Range{From: nano(starts), To: nano(ends)}, nano(asked)
		near, ids = append(near, n), append(ids, id)
		return nil
	}, scope, string(c.Signal), c.Resource, nanos(c.Range.From), nanos(c.Range.To))
	return near, ids, err
}

// listed notes that everything of a signal was listed at an instant; later is true if a later listing is known.
func (w *writeTx) listed(scope int64, s app.Signal, at time.Time) (later bool, err error) {
	var known int64
	found, err := w.one("coverage_listed", []any{&known}, scope, string(s), askedListing)
	if err != nil || found && known > nanos(at) {
		return true, err
	}
	_, err = w.exec("coverage_asked", scope, string(s), askedListing, nanos(at))
	return false, err
}

// Coverage returns the covers of a query that share an instant with its range, by scope, signal, resource and time.
// They were joined since they were kept and do not overlap, and say the same: see app.Merge. They are not cut to the
// range.
func (d *DB) Coverage(ctx context.Context, q app.CoverQuery) ([]app.Cover, error) {
	var covers []app.Cover
	err := d.read(ctx, "read coverage", func(r *readTx) error {
		scopes, err := r.scopesOf(q.Scopes)
		if err != nil {
			return err
		}
		from, to := bounds(q.Range, time.Nanosecond)
		return r.each("coverage_list", func(rows *sql.Rows) error {
			var c app.Cover
			var scope, starts, ends, asked int64
			if err := rows.Scan(&scope, &c.Signal, &c.Resource, &starts, &ends, &asked, &c.Truncated,
				&c.Denied); err != nil {
				return err
			}
			c.Scope, c.AskedAt = scopes.byID[scope], nano(asked)
			c.Range = app.Range{From: nano(starts), To: nano(ends)}
			covers = append(covers, c)
			return nil
		}, sql.Named("scopes", scopes.ids), sql.Named("signal", string(q.Signal)), sql.Named("resource", q.Resource),
			sql.Named("from", from), sql.Named("to", to))
	})
	return covers, err
}

// Freshness says of each of app.Signals, in their order, when it was last asked for and how far it is known.
func (d *DB) Freshness(ctx context.Context) ([]app.Freshness, error) {
	fresh := make([]app.Freshness, len(app.Signals))
	err := d.read(ctx, "read freshness", func(r *readTx) error {
		for i, s := range app.Signals {
			fresh[i].Signal = s
			if err := r.knownTo(&fresh[i]); err != nil {
				return err
			}
			if _, err := r.one("coverage_denied", []any{&fresh[i].Denied}, sql.Named("signal", string(s))); err != nil {
				return err
			}
		}
		return r.each("coverage_freshness", func(rows *sql.Rows) error {
			var s app.Signal
			var asked int64
			err := rows.Scan(&s, &asked)
			if i := slices.Index(app.Signals, s); i >= 0 {
				fresh[i].AskedAt = nano(asked)
			}
			return err
		})
	})
	return fresh, err
}

// knownTo reads the covers that reach furthest: there is one for each resource that was asked for at once.
func (r *readTx) knownTo(f *app.Freshness) error {
	return r.each("coverage_ends", func(rows *sql.Rows) error {
		c := app.Cover{Signal: f.Signal}
		var starts, ends, asked int64
		if err := rows.Scan(&starts, &ends, &asked, &c.Truncated, &c.Denied); err != nil {
			return err
		}
		c.Range, c.AskedAt = app.Range{From: nano(starts), To: nano(ends)}, nano(asked)
		f.KnownTo = c.Range.To
		f.Settling = f.Settling || !c.Settled().To.Equal(c.Range.To)
		return nil
	}, sql.Named("signal", string(f.Signal)))
}

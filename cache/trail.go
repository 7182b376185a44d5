package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"iter"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// KeepTrail keeps CloudTrail events and returns how many are new.
func (d *DB) KeepTrail(ctx context.Context, events []app.TrailEvent, covers ...app.Cover) (int, error) {
	return d.write(ctx, "keep trail events", func(w *writeTx) (int, error) {
		added := 0
		for _, e := range events {
			n, err := w.trailEvent(e)
			if err != nil {
				return 0, err
			}
			added += n
		}
		return added, w.cover(covers)
	})
}

func (w *writeTx) trailEvent(e app.TrailEvent) (int, error) {
	scope, err := w.scopeID(e.Scope)
	if err != nil {
		return 0, err
	}
	principal, err := encodeJSON(e.Principal)
	if err != nil {
		return 0, err
	}
	resources, err := encodeJSON(e.Resources)
	if err != nil {
		return 0, err
	}
	return w.exec("trail_keep", scope, e.ID, e.At.UnixMilli(), e.Name, e.Source, e.Type, e.Category, e.ReadOnly,
		e.Principal.Name(), principal, e.SourceIP, e.UserAgent, e.ErrorCode, e.ErrorMessage, e.RequestID, resources,
		nullIfEmpty(string(e.Raw)))
}

// TrailEvents streams the events of a query as app.CompareTrail orders them, or the other way round if the newest are
// asked for first. A principal is found by a part of its name, in any case of ASCII letters, a service with or without
// its domain. The context is looked at between events.
func (d *DB) TrailEvents(ctx context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	return stream(ctx, d, "read trail events", func(r *readTx, emit func(app.TrailEvent) error) error {
		scopes, err := r.scopesOf(q.Scopes)
		if err != nil {
			return err
		}
		statement, left := statement("trail_oldest"), q.Limit
		if q.Newest {
			statement = "trail_newest"
		}
		names := resource.Names(q.Concerning...)
		args, err := trailArgs(q, names, scopes)
		if err != nil {
			return err
		}
		return r.each(statement, func(rows *sql.Rows) error {
			e, err := scanTrail(rows, scopes)
			if err != nil || len(names) > 0 && !resource.Concerns(e, names) {
				return err
			}
			if err := emit(e); err != nil {
				return err
			}
			if left--; left == 0 {
				return errStopped
			}
			return nil
		}, args...)
	})
}

func trailArgs(q app.TrailQuery, names []resource.Name, scopes scopeSet) ([]any, error) {
	from, to := bounds(q.Range, time.Millisecond)
	parts, err := partsOf(names)
	return []any{
		sql.Named("from", from), sql.Named("to", to), sql.Named("scopes", scopes.ids), sql.Named("name", q.Name),
		sql.Named("service", q.Service), sql.Named("principal", lowerASCII(q.Principal)), sql.Named("parts", parts),
		sql.Named("changes", q.Changes), sql.Named("failed", q.Failed),
	}, err
}

// partsOf returns texts of which a name that concerns one of these has at least one in it, as a JSON array; nil for no
// names. A statement looks for them first, because few events or traces have any and reading a whole one takes longer.
func partsOf(names []resource.Name) (any, error) {
	parts := []string{}
	for _, n := range names {
		for _, name := range n.All() {
			parts = append(parts, lowerASCII(name))
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return encodeJSON(parts)
}

func scanTrail(rows *sql.Rows, scopes scopeSet) (app.TrailEvent, error) {
	var e app.TrailEvent
	var scope, at int64
	var principal, resources string
	var raw sql.NullString
	if err := rows.Scan(&scope, &e.ID, &at, &e.Name, &e.Source, &e.Type, &e.Category, &e.ReadOnly, &principal,
		&e.SourceIP, &e.UserAgent, &e.ErrorCode, &e.ErrorMessage, &e.RequestID, &resources, &raw); err != nil {
		return e, err
	}
	e.Scope, e.At = scopes.byID[scope], milli(at)
	if raw.Valid {
		e.Raw = json.RawMessage(raw.String)
	}
	if err := decodeJSON(principal, &e.Principal); err != nil {
		return e, err
	}
	return e, decodeJSON(resources, &e.Resources)
}

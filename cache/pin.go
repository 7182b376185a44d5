package cache

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Pin protects a range of time from being forgotten. A pin of the same name is replaced. It must have a name and a
// range that is not empty.
func (d *DB) Pin(ctx context.Context, p app.Pin) error {
	_, err := d.write(ctx, "pin", func(w *writeTx) (int, error) {
		if p.Name == "" || p.Range.Empty() {
			return 0, errors.New("cannot pin what has no name or no length")
		}
		var scope any
		if p.Scope != (app.Scope{}) {
			id, err := w.scopeID(p.Scope)
			if err != nil {
				return 0, err
			}
			scope = id
		}
		return w.exec("pins_keep", p.Name, nanos(p.Range.From), nanos(p.Range.To), scope, p.Created.UnixMilli(), p.Why)
	})
	return err
}

// Unpin removes the pin of a name; found is false if there is none.
func (d *DB) Unpin(ctx context.Context, name string) (found bool, err error) {
	n, err := d.write(ctx, "unpin", func(w *writeTx) (int, error) { return w.exec("pins_drop", name) })
	return n > 0, err
}

// Pins returns all pins, by time.
func (d *DB) Pins(ctx context.Context) (pins []app.Pin, err error) {
	err = d.read(ctx, "read the pins", func(r *readTx) error {
		pins, err = r.pins()
		return err
	})
	return pins, err
}

func (t *transaction) pins() ([]app.Pin, error) {
	var pins []app.Pin
	err := t.each("pins_list", func(rows *sql.Rows) error {
		var p app.Pin
		var starts, ends, created int64
		var account, region sql.NullString
		if err := rows.Scan(&p.Name, &starts, &ends, &account, &region, &created, &p.Why); err != nil {
			return err
		}
		p.Range, p.Created = app.Range{From: nano(starts), To: nano(ends)}, milli(created)
		p.Scope = app.Scope{Account: account.String, Region: region.String}
		pins = append(pins, p)
		return nil
	})
	return pins, err
}

// unpinned is a set of scopes with the ranges of time that no pin protects, oldest first.
type unpinned struct {
	scopes any // a JSON array of ids
	free   []app.Range
}

// unpinned returns where items older than before may be forgotten: all scopes, those with the same pins together.
func (t *transaction) unpinned(before time.Time) ([]unpinned, error) {
	pins, err := t.pins()
	if err != nil {
		return nil, err
	}
	var order []string // which pins hold, a letter each
	ids, held := map[string][]int64{}, map[string][]app.Range{}
	err = t.each("scopes_list", func(rows *sql.Rows) error {
		var id int64
		var s app.Scope
		if err := rows.Scan(&id, &s.Account, &s.Region, &s.Profile); err != nil {
			return err
		}
		key, ranges := "", []app.Range(nil)
		for _, p := range pins {
			if p.Holds(s) {
				key, ranges = key+"x", append(ranges, p.Range)
			} else {
				key += "-"
			}
		}
		if _, known := ids[key]; !known {
			order = append(order, key)
		}
		ids[key], held[key] = append(ids[key], id), ranges
		return nil
	})
	var zones []unpinned
	for _, key := range order {
		z := unpinned{free: app.Subtract(app.Range{From: minTime, To: before}, held[key])}
		if err == nil {
			z.scopes, err = encodeJSON(ids[key])
		}
		zones = append(zones, z)
	}
	return zones, err
}

// minTime is the first time that a column of nanoseconds can hold.
var minTime = nano(-1 << 63)

package cache

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// pages is how the file is filled, in pages.
type pages struct {
	size, count, free int64
	vacuum, format    int
}

func (p pages) file() int64 { return p.size * p.count }
func (p pages) used() int64 { return p.size * (p.count - p.free) }

func (d *DB) pages(ctx context.Context) (p pages, err error) {
	err = d.read(ctx, "measure the cache", func(r *readTx) error {
		_, err := r.one("retain_room", []any{&p.size, &p.count, &p.free, &p.vacuum, &p.format})
		return err
	})
	return p, err
}

// tables tells by the start of a table's name which signal it belongs to; other tables belong to none.
var tables = []struct {
	prefix string
	signal app.Signal
}{
	{"alarm", app.Alarms}, {"metric", app.Metrics}, {"series", app.Metrics}, {"log", app.Logs},
	{"trace", app.Traces}, {"span", app.Traces}, {"service", app.Traces}, {"trail", app.Trail},
}

func signalOf(table string) app.Signal {
	for _, t := range tables {
		if strings.HasPrefix(table, t.prefix) {
			return t.signal
		}
	}
	return ""
}

// Room tells how the file is filled. It reads every page: about a second for each GB.
func (d *DB) Room(ctx context.Context) (app.Room, error) {
	p, err := d.pages(ctx)
	if err != nil {
		return app.Room{}, err
	}
	room := app.Room{Path: d.path, Bytes: p.file(), Free: p.size * p.free, Format: p.format, Fixed: p.vacuum == 0}
	if info, err := os.Stat(d.path + "-wal"); err == nil {
		room.Log = info.Size()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return room, fail("measure the cache", d.path, err)
	}
	for _, s := range append(slices.Clone(app.Signals), "") {
		room.Holdings = append(room.Holdings, app.Holding{Signal: s})
	}
	return room, d.read(ctx, "measure the cache", func(r *readTx) error {
		if err := r.countItems(room.Holdings); err != nil {
			return err
		}
		return r.each("retain_tables", func(rows *sql.Rows) error {
			var table string
			var bytes int64
			err := rows.Scan(&table, &bytes)
			i := slices.IndexFunc(room.Holdings, func(h app.Holding) bool { return h.Signal == signalOf(table) })
			room.Holdings[i].Bytes += bytes
			return err
		})
	})
}

// countItems counts what could be forgotten of each signal if nothing were pinned.
func (r *readTx) countItems(holdings []app.Holding) error {
	all, err := r.everywhere()
	if err != nil {
		return err
	}
	for _, e := range erasers {
		i := slices.IndexFunc(holdings, func(h app.Holding) bool { return h.Signal == e.signal })
		s := e.columnRange(all, app.Range{From: minTime, To: maxTime})
		if _, err := r.one(e.count, []any{&holdings[i].Items}, s.args()...); err != nil {
			return err
		}
	}
	return nil
}

// everywhere returns all scopes, as a JSON array of ids.
func (t *transaction) everywhere() (any, error) {
	var ids []int64
	err := t.each("scopes_list", func(rows *sql.Rows) error {
		var id int64
		var s app.Scope
		err := rows.Scan(&id, &s.Account, &s.Region, &s.Profile)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	return jsonArray(ids)
}

// maxTime is the last time that a column of nanoseconds can hold.
var maxTime = nano(1<<63 - 1)

// forgotten adds up to when signals were forgotten because the file was not allowed to be larger than size.
func (d *DB) forgotten(ctx context.Context, size int64, horizons map[app.Signal]time.Time) error {
	return d.read(ctx, "read what was forgotten", func(r *readTx) error {
		return r.each("retain_forgotten", func(rows *sql.Rows) error {
			var s app.Signal
			var before int64
			err := rows.Scan(&s, &before)
			if at := nano(before); at.After(horizons[s]) {
				horizons[s] = at
			}
			return err
		}, sql.Named("size", size))
	})
}

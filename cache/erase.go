package cache

import (
	"database/sql"
	"time"

	"github.com/nephograph/nephograph/app"
)

// eraser says how one signal is forgotten, oldest first. What is forgotten at once - an event, a day of a series - lies
// within one unit of time, or ends in it.
type eraser struct {
	signal app.Signal
	unit   time.Duration // of the column that tells when
	// forget removes the oldest that lie in from <= column < to, at most limit rows, in these scopes.
	forget func(w *writeTx, s columnRange, limit int) (erased, error)
	oldest statement // the column of the first that forget would remove
	count  statement // how many items it would remove without a limit
}

// erasers has a line for each of app.Signals, in their order.
var erasers = []eraser{
	{app.Alarms, time.Millisecond, (*writeTx).forgetAlarms, "retain_alarms_oldest", "retain_alarms_count"},
	{app.Metrics, day, deleting("retain_metrics"), "retain_metrics_oldest", "retain_metrics_count"},
	{app.Logs, time.Millisecond, deleting("retain_logs"), "retain_logs_oldest", "retain_logs_count"},
	{app.Traces, time.Microsecond, (*writeTx).forgetTraces, "retain_traces_oldest", "retain_traces_count"},
	{app.Trail, time.Millisecond, deleting("retain_trail"), "retain_trail_oldest", "retain_trail_count"},
}

// day is the length of a day in UTC.
const day = 24 * time.Hour

// columnRange is a part of a column in some scopes: from <= column < to.
type columnRange struct {
	scopes   any
	from, to int64
}

func (s columnRange) args() []any {
	return []any{sql.Named("scopes", s.scopes), sql.Named("from", s.from), sql.Named("to", s.to)}
}

// erased is what one statement has removed.
type erased struct {
	rows, items int
	last        int64 // the greatest column of them
}

// deleting makes a forget of a statement that deletes rows and returns of each how many items it held, and when.
func deleting(s statement) func(*writeTx, columnRange, int) (erased, error) {
	return func(w *writeTx, within columnRange, limit int) (e erased, err error) {
		return e, w.each(s, func(rows *sql.Rows) error {
			var items int
			var at int64
			if err := rows.Scan(&items, &at); err != nil {
				return err
			}
			if e.rows++; e.rows == 1 || at > e.last {
				e.last = at
			}
			e.items += items
			return nil
		}, append(within.args(), sql.Named("limit", limit))...)
	}
}

// forgetAlarms removes history of alarms, and then the alarms that went within its time, each with the last of its
// history: what a pin holds of that, holds the alarm too.
func (w *writeTx) forgetAlarms(within columnRange, limit int) (erased, error) {
	e, err := deleting("retain_alarms")(w, within, limit)
	if err == nil && e.rows < limit {
		_, err = w.exec("retain_alarms_gone", within.args()...)
	}
	return e, err
}

// forgetTraces removes traces with their spans, and the service graphs of their time.
func (w *writeTx) forgetTraces(within columnRange, limit int) (e erased, err error) {
	var ids []int64
	err = w.each("retain_traces", func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id, &e.last) // they come by start
		ids = append(ids, id)
		return err
	}, append(within.args(), sql.Named("limit", limit))...)
	if err != nil {
		return e, err
	}
	e.rows, e.items = len(ids), len(ids)
	list, err := encodeJSON(ids)
	if err != nil {
		return e, err
	}
	for _, s := range []statement{
		"retain_traces_spans", "retain_traces_names", "retain_traces_links", "retain_traces_drop",
	} {
		if len(ids) == 0 {
			break
		}
		if _, err := w.exec(s, list); err != nil {
			return e, err
		}
	}
	to := within.to
	if len(ids) == limit {
		to = e.last
	}
	_, err = w.exec("retain_graphs", sql.Named("scopes", within.scopes), sql.Named("from", nanos(micro(within.from))),
		sql.Named("to", nanos(micro(to))))
	return e, err
}

// columnRange returns the whole units within a range. They are counted since the Unix epoch.
func (e eraser) columnRange(scopes any, r app.Range) columnRange {
	return columnRange{scopes: scopes, from: e.units(r.From.Add(e.unit - 1)), to: e.units(r.To)}
}

// units returns how many whole units have passed at an instant.
func (e eraser) units(t time.Time) int64 {
	if e.unit >= time.Second {
		return floorDiv(t.Unix(), int64(e.unit/time.Second))
	}
	perSecond := int64(time.Second / e.unit)
	return t.Unix()*perSecond + int64(t.Nanosecond())/int64(e.unit)
}

// instant returns when so many units have passed.
func (e eraser) instant(units int64) time.Time {
	if e.unit >= time.Second {
		return time.Unix(units*int64(e.unit/time.Second), 0).UTC()
	}
	perSecond := int64(time.Second / e.unit)
	return time.Unix(floorDiv(units, perSecond), (units-floorDiv(units, perSecond)*perSecond)*int64(e.unit)).UTC()
}

// floorDiv divides and rounds down, below zero too.
func floorDiv(a, b int64) int64 {
	if a < 0 {
		return (a+1)/b - 1
	}
	return a / b
}

// step forgets the oldest of what is older than an instant, outside pins: at most limit rows. What was known of their
// time becomes unknown with them. done is true when nothing more is left to forget.
func (e eraser) step(w *writeTx, before time.Time, limit int) (items int, done bool, err error) {
	zones, err := w.unpinned(before)
	if err != nil {
		return 0, false, err
	}
	for _, z := range zones {
		for _, free := range z.free {
			s := e.columnRange(z.scopes, free)
			if s.from >= s.to {
				continue
			}
			got, err := e.forget(w, s, limit)
			if err != nil {
				return 0, false, err
			}
			items, limit = items+got.items, limit-got.rows
			if limit == 0 {
				s.to = got.last + 1
			}
			if err := w.removeCovers(e.signal, z.scopes,
				app.Range{From: e.instant(s.from), To: e.instant(s.to)}); err != nil {
				return 0, false, err
			}
			if limit == 0 {
				return items, false, nil
			}
		}
	}
	return items, true, nil
}

// removeCovers takes a stretch of time out of the covers of a signal.
func (w *writeTx) removeCovers(signal app.Signal, scopes any, r app.Range) error {
	args := []any{sql.Named("scopes", scopes), sql.Named("signal", string(signal)), sql.Named("from", nanos(r.From)),
		sql.Named("to", nanos(r.To))}
	for _, s := range []statement{"retain_covers_split", "retain_covers_drop", "retain_covers_before",
		"retain_covers_after"} {
		if _, err := w.exec(s, args...); err != nil {
			return err
		}
	}
	return nil
}

// first returns the instant that the oldest of what is free to be forgotten ends before; found is false if there is
// none.
func (e eraser) first(t *transaction, before time.Time) (at time.Time, found bool, err error) {
	err = e.eachFree(t, before, func(s columnRange) error {
		var units int64
		has, err := t.one(e.oldest, []any{&units}, s.args()...)
		if end := e.instant(units + 1); has && (!found || end.Before(at)) {
			at, found = end, true
		}
		return err
	})
	return at, found, err
}

// remaining counts what is free to be forgotten.
func (e eraser) remaining(t *transaction, before time.Time) (items int, err error) {
	err = e.eachFree(t, before, func(s columnRange) error {
		var n int
		_, err := t.one(e.count, []any{&n}, s.args()...)
		items += n
		return err
	})
	return items, err
}

func (e eraser) eachFree(t *transaction, before time.Time, f func(columnRange) error) error {
	zones, err := t.unpinned(before)
	if err != nil {
		return err
	}
	for _, z := range zones {
		for _, free := range z.free {
			if s := e.columnRange(z.scopes, free); s.from < s.to {
				if err := f(s); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

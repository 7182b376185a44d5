package cache

import (
	"database/sql"
	"fmt"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// blockHead is a block of log events without its columns.
type blockHead struct {
	id, group   int64
	first, last int64 // ms, both included
	events      int
	size        int // bytes of the messages
	levels      [app.LevelError + 1]int
}

func (h *blockHead) scan(rows *sql.Rows) error {
	return rows.Scan(&h.id, &h.group, &h.first, &h.last, &h.events, &h.size,
		&h.levels[app.LevelNone], &h.levels[app.LevelDebug], &h.levels[app.LevelInfo], &h.levels[app.LevelWarn],
		&h.levels[app.LevelError])
}

// atLeast returns how many events are of a level or graver.
func (h *blockHead) atLeast(level app.Level) (n int) {
	for l := level; int(l) < len(h.levels); l++ {
		n += h.levels[l]
	}
	return n
}

// heads reads the blocks that a statement names.
func (t *transaction) heads(s statement, args ...any) ([]blockHead, error) {
	var heads []blockHead
	err := t.each(s, func(rows *sql.Rows) error {
		var h blockHead
		err := h.scan(rows)
		heads = append(heads, h)
		return err
	}, args...)
	return heads, err
}

// column reads one column of a block; open must not keep it.
func (t *transaction) column(s statement, id int64, open func(column []byte) error) error {
	found := false
	err := t.each(s, func(rows *sql.Rows) error {
		found = true
		var column sql.RawBytes
		if err := rows.Scan(&column); err != nil {
			return err
		}
		return open(column)
	}, id)
	if err == nil && !found {
		return fmt.Errorf("%w: it lacks a column", block.ErrDamaged)
	}
	return err
}

// open opens all columns of a block but its filter.
func (t *transaction) open(u *block.Unpacker, id int64) error {
	for s, open := range map[statement]func([]byte) error{"logs_times": u.OpenTimes, "logs_text": u.OpenText} {
		if err := t.column(s, id, open); err != nil {
			return err
		}
	}
	return t.openRest(u, id)
}

// openRest opens what a block whose text and times are open lacks for its events to be put together.
func (t *transaction) openRest(u *block.Unpacker, id int64) error {
	if err := t.column("logs_capitals", id, u.Restore); err != nil {
		return err
	}
	if err := t.column("logs_rest", id, u.OpenRest); err != nil {
		return err
	}
	return u.Consistent()
}

// keepBlock writes packed events of a group.
func (w *writeTx) keepBlock(group int64, b *block.Block) error {
	var id int64
	l := b.Levels
	_, err := w.one("logs_block_add", []any{&id}, group, b.First, b.Last, b.Events, b.Size,
		l[app.LevelNone], l[app.LevelDebug], l[app.LevelInfo], l[app.LevelWarn], l[app.LevelError])
	if err != nil {
		return err
	}
	for _, column := range []struct {
		add  statement
		data []byte
	}{
		{"logs_times_add", b.Times}, {"logs_text_add", b.Text}, {"logs_capitals_add", b.Capitals},
		{"logs_rest_add", b.Rest}, {"logs_filter_add", b.Filter},
	} {
		if _, err := w.exec(column.add, id, column.data); err != nil {
			return err
		}
	}
	return nil
}

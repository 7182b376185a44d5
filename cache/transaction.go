package cache

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// transaction is what reading and writing share. It compiles each statement once.
type transaction struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[statement]*sql.Stmt
}

func (t *transaction) prepare(s statement) (*sql.Stmt, error) {
	if stmt, ok := t.prepared[s]; ok {
		return stmt, nil
	}
	text, err := s.text()
	if err != nil {
		return nil, err
	}
	stmt, err := t.tx.Prepare(text)
	if err == nil {
		t.prepared[s] = stmt
	}
	return stmt, err
}

// each runs a statement and calls f on each of its rows, until f returns an error, which it returns.
func (t *transaction) each(s statement, f func(*sql.Rows) error, args ...any) error {
	stmt, err := t.prepare(s)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one runs a statement that gives at most one row and scans it into dest; found is false if there is none.
func (t *transaction) one(s statement, dest []any, args ...any) (found bool, err error) {
	err = t.each(s, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(dest...)
	}, args...)
	return found, err
}

// readTx reads the file as it was at one moment.
type readTx struct{ transaction }

// read runs f on a snapshot. op says in an error what was tried.
func (d *DB) read(ctx context.Context, op string, f func(*readTx) error) error {
	err := d.tryRead(ctx, f)
	if err == nil || errors.Is(err, errStopped) {
		return nil
	}
	if ctx.Err() != nil {
		err = ctx.Err() // whatever the interrupted statement said
	}
	return fail(op, d.path, err)
}

func (d *DB) tryRead(ctx context.Context, f func(*readTx) error) error {
	tx, err := d.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing to lose, and an error of it says nothing
	return f(&readTx{transaction{ctx, tx, map[statement]*sql.Stmt{}}})
}

// errStopped ends a stream whose reader has seen enough.
var errStopped = errors.New("stopped")

// stream turns a read into a sequence: emit hands out one item, and f returns the error that emit returns.
func stream[T any](ctx context.Context, d *DB, op string, f func(r *readTx, emit func(T) error) error) iter.Seq2[T,
	error] {
	return func(yield func(T, error) bool) {
		err := d.read(ctx, op, func(r *readTx) error {
			return f(r, func(item T) error {
				if !yield(item, nil) {
					return errStopped
				}
				return ctx.Err()
			})
		})
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// writeTx changes the file. It remembers the ids of names that it has looked up.
type writeTx struct {
	transaction
	scopes map[app.Scope]int64
	groups map[groupName]int64

	// Of the log events. The writing connection is one, so that their buffers are used by one at a time.
	packer   *block.Packer
	unpacker *block.Unpacker
}

// write runs f in a transaction, writes the ledger's queue with it, and returns how many rows f says are new or
// changed. If f fails or ctx is cancelled before the end, nothing is written. op says in an error what was tried.
func (d *DB) write(ctx context.Context, op string, f func(*writeTx) (int, error)) (int, error) {
	if d.readOnly != nil {
		return 0, fail(op, d.path, d.readOnly)
	}
	n, err := d.tryWrite(ctx, f)
	if err != nil {
		return 0, fail(op, d.path, err)
	}
	return n, nil
}

func (d *DB) tryWrite(ctx context.Context, f func(*writeTx) (int, error)) (int, error) {
	conn, err := d.writer.Conn(ctx) // waits for the write before
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	// A context that can be cancelled costs the driver a goroutine a statement; exec looks at ctx instead.
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return 0, err
	}
	w := &writeTx{transaction{ctx, tx, map[statement]*sql.Stmt{}}, map[app.Scope]int64{}, map[groupName]int64{},
		d.logPacker, d.logUnpacker}
	n, err := f(w)
	if err != nil {
		return 0, errors.Join(err, tx.Rollback())
	}
	queued := d.ledger.waiting()
	if err := w.requests(queued); err != nil {
		return 0, errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return 0, err
	}
	d.ledger.written(len(queued))
	return n, nil
}

// exec runs a statement and returns how many rows it has changed. It fails when the transaction's context is done.
func (w *writeTx) exec(s statement, args ...any) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	stmt, err := w.prepare(s)
	if err != nil {
		return 0, err
	}
	result, err := stmt.Exec(args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// id returns the id of a name: find asks for it, and add, with the same parameters, inserts it and returns its id.
func (w *writeTx) id(find, add statement, args ...any) (int64, error) {
	var id int64
	found, err := w.one(find, []any{&id}, args...)
	if err != nil || found {
		return id, err
	}
	_, err = w.one(add, []any{&id}, args...)
	return id, err
}

package cache

import (
	"context"
	"database/sql"
	"errors"

	"github.com/nephograph/nephograph/app"
)

// KeepAttempts keeps how the pulls of signals ended, each in place of what is known of that signal in that scope.
func (d *DB) KeepAttempts(ctx context.Context, attempts []app.Attempt) error {
	if len(attempts) == 0 {
		return nil
	}
	_, err := d.write(ctx, "keep how a pull ended", func(w *writeTx) (int, error) {
		for _, a := range attempts {
			scope, err := w.scopeID(a.Scope)
			if err != nil {
				return 0, err
			}
			kind, op, cause := problem(a.Problem)
			if _, err := w.exec("attempts_keep", scope, string(a.Signal), nanos(a.At), a.Stopped, kind, op,
				cause); err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
	return err
}

// problem takes an error apart into its columns; a nil error has no kind.
func problem(e *app.Error) (kind any, op, cause string) {
	if e == nil {
		return nil, "", ""
	}
	return int64(e.Kind), e.Op, e.Err.Error()
}

// Attempts returns how the newest pull of each signal of each scope ended, by scope, then signal. Of a problem's cause
// the text is kept.
func (d *DB) Attempts(ctx context.Context) ([]app.Attempt, error) {
	var attempts []app.Attempt
	err := d.read(ctx, "read how pulls ended", func(r *readTx) error {
		return r.each("attempts_list", func(rows *sql.Rows) error {
			var a app.Attempt
			var at int64
			var kind sql.NullInt64
			var op, cause string
			if err := rows.Scan(&a.Scope.Account, &a.Scope.Region, &a.Scope.Profile, &a.Signal, &at, &a.Stopped, &kind,
				&op, &cause); err != nil {
				return err
			}
			a.At = nano(at)
			if kind.Valid {
				a.Problem = &app.Error{Kind: app.Kind(kind.Int64), Op: op, Err: errors.New(cause)}
			}
			attempts = append(attempts, a)
			return nil
		})
	})
	return attempts, err
}

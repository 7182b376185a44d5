package cache

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/nephograph/nephograph/app"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// fail says in words what went wrong with the file at path while op was tried. A cancelled context passes through.
func fail(op, path string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s: %w", op, err)
	}
	if known := (*app.Error)(nil); errors.As(err, &known) {
		return err
	}
	kind, sentence := diagnose(err)
	return &app.Error{Kind: kind, Op: op, Err: fmt.Errorf("%s "+sentence+" (%w)", path, err)}
}

// diagnose reads SQLite's result code (https://www.sqlite.org/rescode.html).
func diagnose(err error) (app.Kind, string) {
	if unreadable(err) {
		return app.Damaged, damaged
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return app.Unknown, "cannot be used"
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHORT_READ { // the file ends before its last page
		return app.Damaged, damaged
	}
	switch e.Code() & 0xff { // the rest of the code is detail
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR: // statements are fixed: one that the file cannot answer finds its schema spoiled
		return app.Damaged, damaged
	case sqlite3.SQLITE_NOTADB:
		return app.Damaged, "is not a cache of Nephograph, or its head is damaged: move it away, or choose another file with --cache"
	case sqlite3.SQLITE_FULL:
		return app.Unknown, "cannot grow, for the disk is full"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return app.Unknown, "is being written by another program that does not let go of it"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return app.Unknown, "cannot be written: check the rights of the file and its folder"
	}
	return app.Unknown, "cannot be used"
}

const damaged = "is damaged: move it away and pull again, or put a copy in its place"

// unreadable tells that a JSON column does not parse, which SQLite does not look into.
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var value *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &value) || errors.Is(err, io.ErrUnexpectedEOF)
}

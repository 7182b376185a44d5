package cache

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
	"github.com/nephograph/nephograph/cache/chunk"
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

// diagnose reads SQLite's result code (https://www.sqlite.org/rescode.html). What to do about it, views/explain says.
func diagnose(err error) (app.Kind, string) {
	if unreadable(err) {
		return app.Damaged, damaged
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return app.ReadOnly, readOnly
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return app.Full, full
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return app.Unknown, "cannot be used"
	}
	switch e.Code() {
	case sqlite3.SQLITE_IOERR_SHORT_READ: // the file ends before its last page
		return app.Damaged, damaged
	// a limit on files' sizes or a quota; SQLite tells apart only a disk without space
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_FSYNC:
		return app.Full, "cannot be written to the disk, by a quota, a limit on the size of files or a fault of the " +
			"disk"
	}
	switch e.Code() & 0xff { // the rest of the code is detail
	// statements are fixed: one that the file cannot answer finds its schema spoiled
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR:
		return app.Damaged, damaged
	case sqlite3.SQLITE_NOTADB:
		return app.Damaged, "has a damaged head"
	case sqlite3.SQLITE_FULL:
		return app.Full, full
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return app.Busy, "is being written by another program that does not let go of it"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return app.ReadOnly, readOnly
	}
	return app.Unknown, "cannot be used"
}

const (
	damaged  = "is damaged"
	full     = "cannot grow: the disk is full"
	readOnly = "may not be written: the file or its folder lacks the right, or the disk is read-only"
)

// unreadable tells that a column of JSON or of packed values does not parse, which SQLite does not look into.
func unreadable(err error) bool {
	var syntax *json.SyntaxError
	var value *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &value) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, chunk.ErrDamaged) ||
		errors.Is(err, block.ErrDamaged)
}

package cache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/nephograph/nephograph/app"
)

// ReadOnly returns why nothing can be kept in the cache, an app.Error of Kind ReadOnly, or nil if it can. Every method
// that keeps something then returns the same; all others work.
func (d *DB) ReadOnly() error {
	if d.readOnly == nil {
		return nil
	}
	return fail("write the cache", d.path, d.readOnly)
}

// mayWrite checks that the file can be written and that its log can be created beside it.
func mayWrite(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(path), ".nephograph-*")
	if err != nil {
		return err
	}
	return errors.Join(beside.Close(), os.Remove(beside.Name()))
}

// openReadOnly opens a file that may be read and not written.
func openReadOnly(ctx context.Context, path string, reason error) (*DB, error) {
	return openReadOnlyWith(ctx, path, reason, "")
}

// openReadOnlyWith is openReadOnly with further options, which have to come after those of SQLite's locks.
func openReadOnlyWith(ctx context.Context, path string, reason error, further string) (*DB, error) {
	newest, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	for _, options := range readOnlyOptions(path) {
		reader, failed := connect(path, options+further, readers)
		if failed != nil {
			return nil, failed
		}
		format, failed := recognise(ctx, reader, path)
		switch {
		case failed == nil && format == len(newest):
			return &DB{path: path, reader: reader, readOnly: reason}, nil
		case failed == nil:
			return nil, errors.Join(refuseOldFormat(path, format, len(newest), reason), reader.Close())
		}
		err = errors.Join(failed, reader.Close())
	}
	return nil, err
}

// readOnlyOptions are the ways to read a file beside which nothing can be created, the best first. A database with a
// log needs an index of the log. Where another program has created one, it is shared. Where there is no log nobody
// writes, and the file alone is read. A log without an index was left by a program that was killed; SQLite indexes it
// in memory, in exclusive mode only, and unix-none skips the lock that this mode needs and that a file open for reading
// cannot have. No other pragma may be set: pragmas run in the order of their names, and cache_size would read the file
// too early.
func readOnlyOptions(path string) []string {
	if info, err := os.Stat(path + "-wal"); err != nil || info.Size() == 0 {
		return []string{readerOptions, readerOptions + "&immutable=1"}
	}
	return []string{readerOptions, "mode=ro&vfs=unix-none&_pragma=locking_mode(EXCLUSIVE)"}
}

// refuseOldFormat refuses a file that cannot be brought up to date; an empty one has format 0.
func refuseOldFormat(path string, format, newest int, reason error) error {
	return &app.Error{Kind: app.ReadOnly, Op: "open the cache",
		Err: fmt.Errorf("%s is of format %d and has to be brought to format %d before it is read, but %s (%w)",
			path, format, newest, readOnly, reason)}
}

package cache

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/nephograph/nephograph/app"
)

// OpenOrBegin opens the cache file at path like Open. A damaged file that cannot be opened is set aside, never deleted,
// and a new one is created; aside is then the new name of the old file.
func OpenOrBegin(ctx context.Context, path string, now time.Time) (d *DB, aside string, err error) {
	d, err = Open(ctx, path)
	if app.KindOf(err) != app.Damaged {
		return d, "", err
	}
	release, locked := (&DB{path: path}).Claim(ctx, nil)
	if locked != nil {
		return nil, "", err
	}
	defer release()
	if d, again := Open(ctx, path); app.KindOf(again) != app.Damaged { // another process has set it aside
		return d, "", again
	}
	if aside, err = SetAside(path, now); err != nil {
		return nil, "", err
	}
	d, err = Open(ctx, path)
	return d, aside, err
}

// SetAside renames the cache file at path, with the date in the new name, and returns that name. Nothing of it is lost:
// its log is renamed too.
func SetAside(path string, now time.Time) (aside string, err error) {
	if aside, err = freeName(path + ".damaged-" + now.UTC().Format("20060102-150405")); err != nil {
		return "", fail("set the cache aside", path, err)
	}
	// The log first: a new file would take a log that is still there for its own.
	for _, part := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+part, aside+part); err != nil && !(part != "" && errors.Is(err, fs.ErrNotExist)) {
			return "", fail("set the cache aside", path, err)
		}
	}
	return aside, nil
}

// freeName returns name, or name with a number if there is such a file already.
func freeName(name string) (string, error) {
	free := name
	for n := 2; ; n++ {
		_, main := os.Lstat(free)
		_, log := os.Lstat(free + "-wal") // of a renaming that was interrupted
		switch err := errors.Join(main, log); {
		case errors.Is(main, fs.ErrNotExist) && errors.Is(log, fs.ErrNotExist):
			return free, nil
		case main != nil && !errors.Is(main, fs.ErrNotExist):
			return "", err
		}
		free = fmt.Sprintf("%s-%d", name, n)
	}
}

// refuseForeign returns Foreign for the damage of a file that shows no sign of ever having been a cache. A file of
// another program, named by mistake, is left where it is and not set aside.
func refuseForeign(path string, err error) error {
	var e *app.Error
	if !errors.As(err, &e) || e.Kind != app.Damaged || looksLikeCache(path) {
		return err
	}
	return &app.Error{Kind: app.Foreign, Op: e.Op,
		Err: fmt.Errorf("%s is not a cache of Nephograph (%w)", path, cmp.Or(errors.Unwrap(e.Err), e.Err))}
}

// looksLikeCache reports whether a file that cannot be opened is likely to be a cache: it begins like a database, has
// our application id, is in our own folder, or has been pulled into.
func looksLikeCache(path string) bool {
	if own, err := Path(); err == nil && own == path {
		return true
	}
	for _, side := range []string{"-wal", claimSuffix, claimSuffix + "s"} {
		if _, err := os.Stat(path + side); err == nil {
			return true
		}
	}
	head := make([]byte, 72)
	file, err := os.Open(filepath.Clean(path))
	if err != nil {
		return false
	}
	defer file.Close()
	n, _ := file.Read(head) // what is missing is zero
	mark := []byte{fileID >> 24, fileID >> 16 & 0xff, fileID >> 8 & 0xff, fileID & 0xff}
	return bytes.HasPrefix(head[:n], []byte("SQLite format 3\x00")) || bytes.Equal(head[68:], mark)
}

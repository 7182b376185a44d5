// Package cache keeps the five signals in one SQLite file: every read of a screen is answered from it, and what AWS
// has sent once is never asked for again.
//
// A page of items and the covers that it completes are written in one transaction, so that the file never says more
// than it holds. Writing the same page twice changes nothing. What is read back is what was kept: equal as JSON, times
// in UTC. Items come back with the place of their scope (account and Region); Scopes alone tells the profile.
//
// A damaged file is set aside, never deleted. A file that may not be written is read; one of another program is left
// alone. What a wrong clock noted of the future is forgotten once AWS has answered.
//
// Statements are files in queries, the tables are described in migrations.
package cache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"github.com/nephograph/nephograph/cache/block"
	"github.com/nephograph/nephograph/cache/chunk"
)

// DB is an open cache file. Its methods may be called from any goroutine; writes wait for each other, reads do not
// wait for writes. A second process may have the same file open.
type DB struct {
	path     string
	writer   *sql.DB // one connection; nil where the file may not be written
	reader   *sql.DB
	readOnly error // why the file may not be written; nil where it may
	ledger   ledger
	chunks   chunk.Codec // packs and unpacks datapoints

	// Of the log events. The first two are the writing connection's; the pool is for readers.
	logPacker   *block.Packer
	logUnpacker *block.Unpacker
	unpackers   sync.Pool // of *block.Unpacker
	filters     filterCache
	counts      matchCache
	indexes     indexCache
}

// writerOptions: with WAL, NORMAL loses at most the last pages when the power fails, and nothing when the process is
// killed; the log shrinks back to 64 MiB after a large write; 32 MiB hold the ends of all indexes and a page of events.
// Incremental vacuum (2) is set before the first table is made, as it has to be: writing blobs and rows is up to 8 %
// slower with it. Pages have SQLite's own 4 KiB: for blobs of 16 to 100 KiB and for rows, 8, 16 and 32 KiB are no
// faster.
const writerOptions = "_txlock=immediate&_pragma=auto_vacuum(2)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)" +
	"&_pragma=foreign_keys(1)&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-32768)"

// readerOptions: 8 MiB for each of the readers; with four times as much a search is no faster.
const readerOptions = "mode=ro&_pragma=cache_size(-8192)"

// readers bounds the connections that read at once: a screen's lanes, and a search that is still running.
const readers = 8

// Open opens the cache file at path, and makes it and its folder if they are not there, readable by their owner only.
// A file of an older format is brought up to date. One that may not be written is opened to be read: see ReadOnly. One
// that is damaged is refused with an app.Error of Kind Damaged, one of a newer format or another program with Foreign,
// and left as it is. Close closes it.
func Open(ctx context.Context, path string) (*DB, error) {
	d, err := open(ctx, path)
	if err != nil {
		return nil, refuseForeign(path, fail("open the cache", path, err))
	}
	return d, nil
}

func open(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := makeFile(path); err != nil {
		return nil, err
	}
	if err := mayWrite(path); err != nil {
		return openReadOnly(ctx, path, err)
	}
	// Reading first leaves a file that is not ours untouched: the writer's first pragma would turn it to WAL.
	reader, err := connect(path, readerOptions, readers)
	if err != nil {
		return nil, err
	}
	format, err := recognise(ctx, reader, path)
	if err != nil {
		return nil, errors.Join(err, reader.Close())
	}
	tighten(path)
	writer, err := connect(path, writerOptions, 1)
	if err != nil {
		return nil, errors.Join(err, reader.Close())
	}
	d := &DB{path: path, writer: writer, reader: reader, logPacker: block.NewPacker(), logUnpacker: block.NewUnpacker()}
	if err := migrate(ctx, writer, path, format); err != nil {
		return nil, errors.Join(err, d.disconnect())
	}
	return d, nil
}

// makeFile creates an empty file that only its owner may read; SQLite gives its side files the same rights.
func makeFile(path string) error {
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return errors.New("is a folder")
		}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// tighten takes the rights of others away from a cache that was copied with them, before SQLite gives the same to its
// side files. Where that is not allowed, the file is another user's to decide on.
func tighten(path string) {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 {
			_ = os.Chmod(name, info.Mode().Perm()&0o700)
		}
	}
}

// connect opens connections with the options that all of them share. The order matters: waiting for a lock comes
// first, so that the pragmas after it wait too.
func connect(path, options string, connections int) (*sql.DB, error) {
	// 10 s outlasts the longest transaction of another process, a page of 10,000 events on a slow disk.
	shared := "_pragma=busy_timeout(10000)&_dqs=0&_error_rc=1&"
	connector, err := sqlite.NewConnector(uri(path) + "?" + shared + options)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// uri writes a path as SQLite's URI; a query or fragment sign in a file's name is escaped.
func uri(path string) string {
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" && !strings.HasPrefix(path, "/") {
		path = "/" + path // file:///C:/...
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath()
}

// Path returns the absolute path of the file.
func (d *DB) Path() string { return d.path }

// Close writes what the ledger still holds and closes the file.
func (d *DB) Close() error {
	flushed := d.Flush(context.Background())
	if err := errors.Join(flushed, d.disconnect()); err != nil {
		return fail("close the cache", d.path, err)
	}
	return nil
}

func (d *DB) disconnect() error {
	// Readers first: the last to close is the writer, which folds the log into the file and removes it.
	err := d.reader.Close()
	if d.writer != nil {
		err = errors.Join(err, d.writer.Close())
	}
	return err
}

// Size returns the bytes on disk, with those that are not yet folded into the file.
func (d *DB) Size() (int64, error) {
	var size int64
	for _, name := range []string{d.path, d.path + "-wal"} {
		info, err := os.Stat(name)
		switch {
		case err == nil:
			size += info.Size()
		case name == d.path || !errors.Is(err, fs.ErrNotExist):
			return 0, fail("measure the cache", d.path, fmt.Errorf("size of the file: %w", err))
		}
	}
	return size, nil
}

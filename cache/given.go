package cache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// givenOptions are for a file that somebody else has made: no function or table that its schema names is run
// (https://www.sqlite.org/security.html), and each cell is checked before it is used.
const givenOptions = "&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"

// errGiven is why nothing is kept in a file that was given.
var errGiven = errors.New("it was opened to be read only")

// OpenGiven opens a cache file that somebody else may have made, to be read only. Nothing is read of it but by
// statements of ours, and only if its schema is, to the letter, the one that this program makes: a file with a trigger,
// a view, or a table of its own is refused with an app.Error of Kind Foreign, as one of another program is. It has to
// be of the newest format; BringUpToDate makes it so.
func OpenGiven(ctx context.Context, path string) (*DB, error) {
	d, err := openGiven(ctx, path)
	if err != nil {
		return nil, fail("open the cache", path, err)
	}
	return d, nil
}

func openGiven(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := mayRead(path); err != nil {
		return nil, err
	}
	if _, err := checkSchema(ctx, path); err != nil {
		return nil, err
	}
	return openReadOnlyWith(ctx, path, errGiven, givenOptions)
}

// BringUpToDate brings a file that somebody else may have made to the newest format, after its schema was checked
// against the one that this program makes in the file's own. It writes the file: give it a copy.
func BringUpToDate(ctx context.Context, path string) error {
	err := mayRead(path)
	var format int
	if err == nil {
		format, err = checkSchema(ctx, path)
	}
	if err == nil && format < newestFormat() {
		var d *DB
		if d, err = open(ctx, path); err == nil {
			err = d.disconnect()
		}
	}
	if err != nil {
		return fail("open the cache", path, err)
	}
	return nil
}

// mayRead makes an error of a file that is not there: SQLite would say that it may not be written.
func mayRead(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return &app.Error{Kind: app.NotFound, Op: "cache", Err: fmt.Errorf("there is no file %s", path)}
	case err != nil:
		return err
	case info.IsDir():
		return errors.New("is a folder")
	case info.Size() == 0:
		return refuse(path, errors.New("is empty"))
	}
	return nil
}

// newestFormat is the format that this program writes.
func newestFormat() int {
	steps, err := migrations.ReadDir("migrations")
	if err != nil {
		panic(err) // they are embedded
	}
	return len(steps)
}

// maxSchema bounds the statements of a schema, in bytes: ours has a tenth of it.
const maxSchema = 1 << 20

// checkSchema returns the format of a file whose schema is ours.
func checkSchema(ctx context.Context, path string) (format int, err error) {
	var given map[string]string
	for _, options := range readOnlyOptions(path) { // as openReadOnly reads it, with a log or without
		if given, format, err = schemaOf(ctx, path, options+givenOptions); err == nil {
			break
		}
	}
	if err != nil {
		return 0, err
	}
	ours, err := schemaOfFormat(ctx, format)
	if err != nil {
		return 0, err
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if ours[name] != given[name] {
			return 0, refuse(path, fmt.Errorf("has %s that this program does not make; it is not opened", name))
		}
	}
	if len(given) != len(ours) {
		return 0, refuse(path, errors.New("lacks tables that every cache has"))
	}
	return format, nil
}

// schemaOf reads the statements by which the tables, indexes, views and triggers of a file were made, by kind and name.
func schemaOf(ctx context.Context, path, options string) (all map[string]string, format int, err error) {
	db, err := connect(path, options, 1)
	if err != nil {
		return nil, 0, err
	}
	defer db.Close()
	if format, err = recognise(ctx, db, path); err != nil {
		return nil, 0, err
	}
	all, err = readSchema(ctx, db)
	return all, format, err
}

func readSchema(ctx context.Context, db *sql.DB) (map[string]string, error) {
	text, err := statement("given_schema").text()
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all, size := map[string]string{}, 0
	for rows.Next() {
		var kind, name, table, made string
		if err := rows.Scan(&kind, &name, &table, &made); err != nil {
			return nil, err
		}
		if size += len(name) + len(made); size > maxSchema {
			return nil, errors.New("describes its tables at a length that no cache has")
		}
		all[fmt.Sprintf("the %s %.80q", kind, name)] = table + "\n" + made
	}
	return all, rows.Err()
}

// schemaOfFormat is the schema that this program makes in a format, read from an empty file in memory.
func schemaOfFormat(ctx context.Context, format int) (map[string]string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection has its own memory
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // without effect after Commit
	steps, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	for n := range format {
		if err := step(tx, steps[n].Name(), n+1); err != nil {
			return nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	return readSchema(ctx, db)
}

package cache

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Each file of migrations brings the format, which the file keeps as user_version, one step up. They are never edited
// once released.
//
//go:embed migrations/*.sql
var migrations embed.FS

// fileID marks a file as ours (PRAGMA application_id): "Neph".
const fileID = 0x4e657068

// errForeign refuses a file that another program made.
var errForeign = errors.New("is a database of another program")

// recognise returns a file's format, 0 for a new file. It refuses a file that is not ours or that a newer program
// wrote. It changes nothing.
func recognise(ctx context.Context, db *sql.DB, path string) (format int, err error) {
	var id, tables int
	row := db.QueryRowContext(ctx, `SELECT
		(SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&id, &format, &tables); err != nil {
		return 0, err
	}
	if id != fileID && (tables > 0 || format > 0) {
		return 0, refuse(path, errForeign)
	}
	steps, err := migrations.ReadDir("migrations")
	if err != nil || format <= len(steps) {
		return format, err
	}
	program := "a newer Nephograph"
	// Every format has this table; should one not, the sentence does without the version.
	if err := db.QueryRowContext(ctx, `SELECT program FROM migration WHERE format = ?`,
		format).Scan(&program); err == nil {
		program = "Nephograph " + program
	}
	return 0, refuse(path, fmt.Errorf("was written by %s in format %d, and this program knows formats up to %d",
		program, format, len(steps)))
}

func refuse(path string, reason error) error {
	return &app.Error{Kind: app.Foreign, Op: "open the cache", Err: fmt.Errorf("%s %w", path, reason)}
}

// migrate brings the file from its format to the newest, step by step in one transaction. Two processes that open a new
// file at once wait for each other and migrate it once.
func migrate(ctx context.Context, db *sql.DB, path string, format int) error {
	steps, err := migrations.ReadDir("migrations")
	if err != nil || format == len(steps) {
		return err
	}
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // without effect after Commit
	if err := tx.QueryRow(`PRAGMA user_version`).Scan(&format); err != nil || format == len(steps) {
		return err
	}
	if format > len(steps) { // another process was quicker, and newer
		return refuse(path, errors.New("was brought to a newer format just now, by a newer Nephograph"))
	}
	for ; format < len(steps); format++ {
		if err := step(tx, steps[format].Name(), format+1); err != nil {
			return fmt.Errorf("%s: %w", steps[format].Name(), err)
		}
	}
	return tx.Commit()
}

func step(tx *sql.Tx, name string, format int) error {
	script, err := migrations.ReadFile(filepath.ToSlash(filepath.Join("migrations", name)))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(string(script)); err != nil {
		return err
	}
	if err := convert(tx, format); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO migration VALUES (?, ?, ?)`, format, version(),
		time.Now().UnixMilli()); err != nil {
		return err
	}
	_, err = tx.Exec(fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, fileID, format))
	return err
}

// version returns the program's version as the Go toolchain stamped it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

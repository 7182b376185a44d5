package cache

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Check reads the whole file and returns an app.Error of Kind Damaged that says what is wrong with it, or nil. It
// changes nothing.
func (d *DB) Check(ctx context.Context) error {
	return d.read(ctx, "check the cache", func(r *readTx) error {
		for _, part := range []func() (string, error){r.integrity, r.references, r.blocks, r.chunks, r.spanCounts,
			r.covers} {
			finding, err := part()
			if err != nil {
				return err
			}
			if finding != "" {
				return &app.Error{Kind: app.Damaged, Op: "check the cache",
					Err: fmt.Errorf("%s %s: %s", d.path, damaged, finding)}
			}
		}
		return nil
	})
}

func (r *readTx) integrity() (string, error) { return r.findings("check_integrity") }

// findings runs a statement by which SQLite looks for damage, and returns the first that it finds and how many more.
func (r *readTx) findings(s statement) (string, error) {
	var found []string
	err := r.each(s, func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		for line := range strings.Lines(text) {
			// which names the database
			if line = strings.TrimSpace(line); line != "ok" && !strings.HasPrefix(line, "***") {
				found = append(found, line)
			}
		}
		return err
	})
	switch {
	case err != nil || len(found) == 0:
		return "", err
	case len(found) == 1:
		return found[0], nil
	}
	return fmt.Sprintf("%s, and %d more", found[0], len(found)-1), nil
}

func (r *readTx) references() (string, error) {
	var table, parent string
	var row sql.NullInt64
	var constraint int
	finding := ""
	err := r.each("check_references", func(rows *sql.Rows) error {
		if err := rows.Scan(&table, &row, &parent, &constraint); err != nil {
			return err
		}
		finding = fmt.Sprintf("a row of %s names a %s that is not there", table, parent)
		return errStopped
	})
	if finding != "" {
		err = nil
	}
	return finding, err
}

func (r *readTx) spanCounts() (string, error) {
	var trace string
	var said, kept int64
	found, err := r.one("check_spans", []any{&trace, &said, &kept})
	if !found || err != nil {
		return "", err
	}
	return fmt.Sprintf("trace %s should have %d spans and has %d", trace, said, kept), nil
}

package cache

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// givenFile returns a closed cache file with something of each signal, changed by statements that a hostile person
// might have run on it.
func givenFile(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "given.db")
	d := must[*DB](t)(Open(t.Context(), path))
	fill(t, d, daysLogs(2, 300), nil, daysTraces()[:2], nil)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	db := must[*sql.DB](t)(sql.Open("sqlite", path))
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	return path
}

func TestGivenFileIsRead(t *testing.T) {
	path := givenFile(t)
	before := must[[]byte](t)(os.ReadFile(path))
	d := must[*DB](t)(OpenGiven(t.Context(), path))
	if n := must[int](t)(count(d.LogEvents(t.Context(), app.LogQuery{}))); n != 300 {
		t.Errorf("%d events are read", n)
	}
	_, err := d.KeepTrail(t.Context(), daysTrail()[0][:1])
	if app.KindOf(err) != app.ReadOnly && !errors.Is(err, errGiven) || !errors.Is(d.ReadOnly(), errGiven) {
		t.Errorf("keeping gives %v, and why is %v", err, d.ReadOnly())
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if after := must[[]byte](t)(os.ReadFile(path)); string(after) != string(before) {
		t.Error("the file was changed")
	}
}

func TestGivenFilesThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		statements []string
		says       string
	}{
		"trigger": {[]string{"CREATE TRIGGER bad AFTER INSERT ON pin BEGIN DELETE FROM scope; END"},
			`the trigger "bad"`},
		"view":             {[]string{"CREATE VIEW bad AS SELECT * FROM scope"}, `the view "bad"`},
		"view for a table": {[]string{"DROP TABLE pin", "CREATE VIEW pin AS SELECT 1"}, "does not make"},
		"table":            {[]string{"CREATE TABLE bad (a)"}, `the table "bad"`},
		"virtual table":    {[]string{"CREATE VIRTUAL TABLE bad USING fts5(a)"}, "does not make"},
		"no table":         {[]string{"DROP TABLE pin"}, "lacks tables"},
		"no strict types": {[]string{"DROP TABLE pin", "CREATE TABLE pin (name, starts, ends, scope, created, why)"},
			`the table "pin"`},
		"index": {[]string{"CREATE INDEX bad ON scope (abs(id))"}, `the index "bad"`},
		"generated column": {[]string{"ALTER TABLE pin ADD COLUMN bad TEXT AS (hex(name)) VIRTUAL"},
			`the table "pin"`},
		"schema by hand": {[]string{"PRAGMA writable_schema=1",
			"UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'pin'"}, `the table "pin"`},
		"long schema": {[]string{"CREATE TABLE bad (a DEFAULT '" + strings.Repeat("x", maxSchema) + "')"},
			"length"},
		"newer format":      {[]string{"PRAGMA user_version=4711"}, "format 4711"},
		"negative format":   {[]string{"PRAGMA user_version=-3"}, "does not make"},
		"older by its word": {[]string{"PRAGMA user_version=1"}, "does not make"},
		"another program":   {[]string{"PRAGMA application_id=7"}, "another program"},
	} {
		t.Run(name, func(t *testing.T) {
			path := givenFile(t, c.statements...)
			for _, open := range []func(context.Context, string) error{
				func(ctx context.Context, path string) error { _, err := OpenGiven(ctx, path); return err },
				BringUpToDate} {
				if err := open(t.Context(), path); err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("it is opened, or refused with %v; want %q", err, c.says)
				}
			}
		})
	}
}

func TestGivenFilesThatAreNone(t *testing.T) {
	sound := must[[]byte](t)(os.ReadFile(givenFile(t)))
	for name, c := range map[string]struct {
		content []byte
		kind    app.Kind
	}{
		"empty": {nil, app.Foreign}, "text": {[]byte(strings.Repeat("no database\n", 1000)), app.Damaged},
		"head alone": {sound[:100], app.Damaged}, "half": {sound[:len(sound)/2/4096*4096], app.Damaged},
	} {
		path := filepath.Join(t.TempDir(), "given.db")
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := OpenGiven(t.Context(), path)
		if err == nil { // the schema is there: reading finds the damage
			err = errors.Join(d.Check(t.Context()), d.Close())
		}
		if app.KindOf(err) != c.kind {
			t.Errorf("%s gives %v; want it %v", name, err, c.kind)
		}
	}
	if _, err := OpenGiven(t.Context(), filepath.Join(t.TempDir(), "none")); app.KindOf(err) != app.NotFound {
		t.Errorf("a file that is not there gives %v", err)
	}
}

func TestGivenFileOfAnOlderFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "given.db")
	db := must[*sql.DB](t)(sql.Open("sqlite", path))
	tx := must[*sql.Tx](t)(db.Begin())
	for n, name := range []string{"0001_five_signals.sql", "0002_blocks.sql", "0003_alarms.sql"} {
		if err := step(tx, name, n+1); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tx.Commit(), db.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenGiven(t.Context(), path); app.KindOf(err) != app.ReadOnly {
		t.Errorf("an older format gives %v", err)
	}
	if err := BringUpToDate(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	d := must[*DB](t)(OpenGiven(t.Context(), path))
	if err := errors.Join(d.Check(t.Context()), d.Close()); err != nil {
		t.Error(err)
	}
}

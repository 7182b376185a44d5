package cache

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// smallFile makes a closed cache of a few hundred pages and returns its bytes.
func smallFile(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	d := must[*DB](t)(Open(context.Background(), path))
	fill(t, d, daysLogs(3, 600), daysSeries()[1:], daysTraces()[:1], daysTrail()[:4])
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return must[[]byte](t)(os.ReadFile(path))
}

// readAll reads everything that the cache has and returns the first error.
func readAll(d *DB) error {
	ctx := context.Background()
	_, events := count(d.LogEvents(ctx, app.LogQuery{}))
	_, newest := count(d.LogEvents(ctx, app.LogQuery{Newest: true,
		Match: app.MatchAll([]app.LogTerm{{Text: "order"}}...)}))
	_, traces := count(d.Traces(ctx, app.TraceQuery{Spans: true}))
	_, trail := count(d.TrailEvents(ctx, app.TrailQuery{}))
	_, series := d.Series(ctx, app.SeriesQuery{})
	_, volume := d.LogVolume(ctx, app.LogQuery{}, time.Hour)
	_, alarms := d.Alarms(ctx, app.AlarmQuery{})
	_, covers := d.Coverage(ctx, app.CoverQuery{})
	_, fresh := d.Freshness(ctx)
	for _, err := range []error{events, newest, traces, trail, series, volume, alarms, covers, fresh} {
		if err != nil {
			return err
		}
	}
	return nil
}

// diagnosis opens a file, checks it and reads it; it returns the first error. The file must stay as it is.
func diagnosis(t *testing.T, content []byte) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Open(context.Background(), path)
	if err == nil {
		err = d.Check(context.Background())
		if read := readAll(d); read != nil && err == nil {
			err = read // JSON columns are looked into when they are read
		}
		if closed := d.Close(); closed != nil && err == nil {
			t.Errorf("it checks out, and closing fails: %v", closed)
		}
	}
	if !bytes.Equal(must[[]byte](t)(os.ReadFile(path)), content) {
		t.Error("the file was changed")
	}
	if err != nil && !strings.Contains(err.Error(), path) {
		t.Errorf("the file is not named: %v", err)
	}
	return err
}

func TestDamagedFiles(t *testing.T) {
	sound := smallFile(t)
	if err := diagnosis(t, sound); err != nil {
		t.Fatal(err)
	}
	const page = 4096
	pages := len(sound) / page
	overwrite := func(at, n int) func([]byte) []byte {
		return func(b []byte) []byte {
			copy(b[at:at+n], bytes.Repeat([]byte{0xd5}, n))
			return b
		}
	}
	// Of these nothing is left that tells them from any other file.
	foreign := map[string]bool{"text": true, "first page overwritten": true}
	truncate := func(n int) func([]byte) []byte { return func(b []byte) []byte { return b[:n] } }
	for name, damage := range map[string]func([]byte) []byte{
		"text":                        func([]byte) []byte { return []byte("not a database at all, but a page of text\n") },
		"magic overwritten":           overwrite(0, 16),
		"head overwritten":            overwrite(16, 84),
		"first page overwritten":      overwrite(0, page),
		"tables of the schema":        overwrite(100, 2000),
		"second page overwritten":     overwrite(page, page),
		"a page in the middle":        overwrite(pages/2*page, page),
		"some pages in the middle":    overwrite(pages/3*page, 5*page),
		"the last page":               overwrite((pages-1)*page, page),
		"cut in half":                 truncate(pages / 2 * page),
		"cut within a page":           truncate(pages/2*page + 100),
		"cut to the first page":       truncate(page),
		"cut within the first page":   truncate(700),
		"cut within the head":         truncate(50),
		"the last page is missing":    truncate((pages - 1) * page),
		"pages in another's place":    func(b []byte) []byte { copy(b[10*page:11*page], b[20*page:21*page]); return b },
		"a page of zeros in the tree": func(b []byte) []byte { clear(b[5*page : 6*page]); return b },
	} {
		t.Run(name, func(t *testing.T) {
			err := diagnosis(t, damage(bytes.Clone(sound)))
			want := app.Damaged
			if foreign[name] {
				want = app.Foreign
			}
			if app.KindOf(err) != want {
				t.Fatalf("kind %v: %v", app.KindOf(err), err)
			}
		})
	}
}

// A few bytes anywhere may do no harm that can be seen, but never more than an error of the right kind.
func TestRandomDamage(t *testing.T) {
	t.Parallel()
	sound := smallFile(t)
	const seed = 1795219609711759014 // one that spoils a column's name in the schema among 40 other things
	random := rand.New(rand.NewPCG(seed, 0))
	found := 0
	for range 40 {
		content := bytes.Clone(sound)
		for range 1 + random.IntN(3) {
			content[random.IntN(len(content))] = byte(random.IntN(256))
		}
		if err := diagnosis(t, content); err != nil {
			found++
			if app.KindOf(err) != app.Damaged {
				t.Errorf("kind %v: %v", app.KindOf(err), err)
			}
		}
	}
	t.Logf("damage was found in %d of 40", found)
}

func TestCheckFindsWhatDoesNotAddUp(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]string{
		"log events of 2026-03-02 00:00 cannot be read": `UPDATE log_rest SET data = zeroblob(length(data)) WHERE ` +
			`block = 1`,
		"are not those that it says it holds": `UPDATE log_block SET events = events - 1, info = info - 1 WHERE ` +
			`id = 1`,
		"names a log_block that is not there":     `PRAGMA foreign_keys = off; DELETE FROM log_block WHERE id = 1`,
		"of series 1 on 2026-03-02 are not those": `UPDATE series_chunk SET points = points - 1 WHERE series = 1`,
		"of series 2 on 2026-03-02 are not those": `UPDATE series_chunk SET data = zeroblob(20) WHERE series = 2`,
		"is said twice": `INSERT INTO cover SELECT NULL, scope, signal, resource, starts + 1, ends + 1, ` +
			`asked, truncated, denied FROM cover`,
		"or of no length":            `UPDATE cover SET ends = starts`,
		"spans and has":              `DELETE FROM span WHERE n = 3`,
		"names a scope that is not":  `PRAGMA foreign_keys = off; DELETE FROM scope`,
		"names a series that is not": `PRAGMA foreign_keys = off; DELETE FROM series WHERE id = 1`,
	} {
		t.Run(name, func(t *testing.T) {
			d := openFile(t)
			fill(t, d, daysLogs(1, 100), daysSeries()[:1], daysTraces()[:1], nil)
			if err := d.Check(context.Background()); err != nil {
				t.Fatal(err)
			}
			if _, err := d.writer.Exec(spoil); err != nil {
				t.Fatal(err)
			}
			err := d.Check(context.Background())
			if app.KindOf(err) != app.Damaged || !strings.Contains(fmt.Sprint(err), name) {
				t.Errorf("%v, want %q in it", err, name)
			}
		})
	}
}

func TestReferencesAreHeld(t *testing.T) {
	d := openFile(t)
	fill(t, d, nil, nil, nil, daysTrail()[:1])
	if _, err := d.writer.Exec(`DELETE FROM scope`); err == nil {
		t.Error("a scope with events can be deleted")
	}
}

func TestOpenRefuses(t *testing.T) {
	newer := func(t *testing.T, path string) {
		d := must[*DB](t)(Open(context.Background(), path))
		_, spoiled := d.writer.Exec(`INSERT INTO migration VALUES (99, 'v9.8.7', 0); PRAGMA user_version = 99`)
		if err := errors.Join(spoiled, d.Close()); err != nil {
			t.Fatal(err)
		}
	}
	foreign := func(t *testing.T, path string) {
		db := must[*sql.DB](t)(sql.Open("sqlite", path))
		_, made := db.Exec(`CREATE TABLE recipe (name TEXT)`)
		if err := errors.Join(made, db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		make func(*testing.T, string)
		says []string
	}{
		"newer format":      {newer, []string{"v9.8.7", "format 99"}},
		"another program's": {foreign, []string{"another program"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "mine.db")
			test.make(t, path)
			before := must[[]byte](t)(os.ReadFile(path))
			_, err := Open(context.Background(), path)
			if app.KindOf(err) != app.Foreign {
				t.Fatalf("kind %v: %v", app.KindOf(err), err)
			}
			for _, part := range append(test.says, path) {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if !bytes.Equal(must[[]byte](t)(os.ReadFile(path)), before) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestOpenWhereNothingCanBeWritten(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(folder, "locked")
	if err := os.Mkdir(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	type refusal struct {
		path string
		kind app.Kind
	}
	cases := map[string]refusal{"below a file": {filepath.Join(file, "cache.db"), app.Unknown},
		"a folder": {locked, app.Unknown}}
	if os.Geteuid() != 0 { // who is root may write anywhere
		cases["in a folder without rights"] = refusal{filepath.Join(locked, "cache.db"), app.ReadOnly}
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Open(context.Background(), test.path)
			var e *app.Error
			if !errors.As(err, &e) || e.Kind != test.kind || !strings.Contains(err.Error(), test.path) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := os.Stat(filepath.Join(locked, "cache.db")); os.Geteuid() != 0 && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

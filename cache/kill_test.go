package cache

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// kills returns how many times a test kills: few as a rule, and its part of 200 in the long form.
func kills(few, many int) int {
	if os.Getenv("NEPHOGRAPH_SOAK") == "1" {
		return many
	}
	return few
}

// dice are other moments each time; the seed is told.
func dice(t *testing.T) *rand.Rand {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// Killed at random moments of a pull, the file opens each time, is sound, and holds whole pages only.
func TestKilled(t *testing.T) {
	t.Parallel()
	random, path := dice(t), filepath.Join(t.TempDir(), "cache.db")
	for range kills(10, 80) {
		said := killAt(t, child(t, path, "write", "killed", 0), random.IntN(12), random.IntN(2_000_000))
		d := openAt(t, path)
		if err := d.Check(context.Background()); err != nil {
			t.Fatal(err)
		}
		if kept := must[int](t)(pagesKept(d, "killed")); kept <= said {
			t.Errorf("page %d was kept, and now there are %d pages", said, kept)
		}
		wholePages(t, d, "killed")
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// pruneEvery is after how many pages the child prunes, and pruneLeaves how many of the newest pages it leaves.
const (
	pruneEvery  = 4
	pruneLeaves = 10
)

// pruneKeep leaves the newest pages: each is a minute long, and was asked for an hour after its end.
func pruneKeep() app.Retention {
	age := time.Hour + pruneLeaves*time.Minute
	return app.Retention{Age: map[app.Signal]time.Duration{app.Logs: age, app.Traces: age}}
}

// Killed at random moments of pulls that prune, no page that is known is without its items, none that is pinned or
// young is lost, and none that was forgotten counts as known.
func TestKilledPruning(t *testing.T) {
	t.Parallel()
	ctx, random, path := context.Background(), dice(t), filepath.Join(t.TempDir(), "cache.db")
	d := openAt(t, path)
	pinned := app.Range{From: pageRange(3).From, To: pageRange(5).To}
	if err := d.Pin(ctx, app.Pin{Name: "incident", Range: pinned}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	forgotten := 0
	for range kills(12, 60) {
		said := killAt(t, child(t, path, "prune", "pruned", 0), random.IntN(16), random.IntN(2_000_000))
		d := openAt(t, path)
		if err := d.Check(ctx); err != nil {
			t.Fatal(err)
		}
		forgotten = knownPages(t, d, pinned, said)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if forgotten == 0 {
		t.Error("nothing was forgotten")
	}
}

// knownPages checks each page that was said to be kept, and those after it, and returns how many are forgotten.
func knownPages(t *testing.T, d *DB, pinned app.Range, said int) (forgotten int) {
	t.Helper()
	ctx := context.Background()
	covers := map[app.Signal][]app.Range{}
	for _, signal := range []app.Signal{app.Logs, app.Traces} {
		for _, c := range must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{Signal: signal, Resource: "pruned"})) {
			covers[signal] = append(covers[signal], c.Range)
		}
	}
	last := must[int](t)(pagesKept(d, "pruned"))
	if last <= said {
		t.Fatalf("page %d was kept, and now there are %d pages", said, last)
	}
	for n := range last {
		within := pageRange(n)
		for signal, inPage := range map[app.Signal]int{app.Logs: pageEvents, app.Traces: 1} {
			unknown := app.Subtract(within, covers[signal])
			known, gone := len(unknown) == 0, len(unknown) == 1 && unknown[0].Equal(within)
			items := must[int](t)(itemsIn(d, signal, within))
			switch {
			case known && items != inPage:
				t.Fatalf("%s: page %d of %d is known and has %d items", signal, n, last, items)
			case !known && (n > last-pruneLeaves || !within.Intersect(pinned).Empty()):
				t.Fatalf("%s: page %d of %d is not known: %v", signal, n, last, covers[signal])
			// a block of log events goes as a whole, when its last may go
			case gone && signal == app.Traces && items != 0:
				t.Fatalf("%s: page %d of %d is forgotten and has %d items", signal, n, last, items)
			case gone:
				forgotten++
			}
		}
	}
	return forgotten
}

func itemsIn(d *DB, s app.Signal, within app.Range) (int, error) {
	if s == app.Logs {
		return count(d.LogEvents(context.Background(), app.LogQuery{Groups: []string{"pruned"}, Range: within}))
	}
	return count(d.Traces(context.Background(), app.TraceQuery{Resources: []string{"pruned"}, Range: within}))
}

// oldRows are what a format 1 file of the test holds: log events, datapoints, traces and their covers.
const (
	oldEvents = 6000
	oldPoints = 6000
	oldRows   = `
INSERT INTO scope VALUES (1, '111122223333', 'eu-west-1', '');
INSERT INTO log_group VALUES (1, 1, 'checkout', '', 0, 0, 0, '', 1);
INSERT INTO log_stream VALUES (1, 1, 'stream');
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5999)
INSERT INTO log_event SELECT i, 1, 1, 'e' || i, 1772452800000 + i * 100, 0, 2, NULL, NULL, 'message ' || i || hex(randomblob(60)) FROM n;
INSERT INTO log_minute SELECT at - at % 60000, log_group, level, count(*) FROM log_event GROUP BY 1, 2, 3;
INSERT INTO metric VALUES (1, 1, 'AWS/Lambda|Errors', 'AWS/Lambda', 'Errors', 'null', 1);
INSERT INTO series VALUES (1, 1, 'Sum', 60000000000, 'Count');
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5999)
INSERT INTO datapoint SELECT 1, 1772452800000 + i * 60000, i / 7.0 FROM n;
INSERT INTO cover VALUES (1, 1, 'logs', 'checkout', 1772452800000000000, 1772453400000000000, 1772480000000000000, 0);`
)

// Killed at random moments of a migration, the file is as it was or migrated, and keeps every row.
func TestKilledMigrating(t *testing.T) {
	t.Parallel()
	random, folder := dice(t), t.TempDir()
	old := filepath.Join(folder, "old.db")
	makeOld(t, old, 1, oldRows)
	content := must[[]byte](t)(os.ReadFile(old))
	fresh := func(name string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	began := time.Now() // how long it takes when nobody kills it
	if err := child(t, fresh("whole.db"), "open", "", 0).Run(); err != nil {
		t.Fatal(err)
	}
	whole := time.Since(began)
	want := digestOf(t, filepath.Join(folder, "whole.db"))
	killed, formats := 0, map[int]int{}
	for n := range kills(12, 60) {
		path := fresh(fmt.Sprintf("%d.db", n))
		cmd := child(t, path, "open", "", 0)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Up to half as long again: some are killed while they close the file, and some not at all.
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole)*3/2)), func() { cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil {
			killed++
		}
		timer.Stop()
		formats[formatOf(t, path)]++
		if got := digestOf(t, path); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		for _, part := range []string{"", "-wal", "-shm"} {
			os.Remove(path + part)
		}
	}
	t.Logf("killed %d times; formats found %v", killed, formats)
	if killed == 0 {
		t.Error("no migration was killed")
	}
}

// formatOf returns the format of a file without bringing it to another.
func formatOf(t *testing.T, path string) (format int) {
	t.Helper()
	db := must[*sql.DB](t)(sql.Open("sqlite", path))
	defer db.Close()
	if err := db.QueryRow(`PRAGMA user_version`).Scan(&format); err != nil {
		t.Fatal(err)
	}
	return format
}

// digestOf opens a file, checks it, and says how much it holds.
func digestOf(t *testing.T, path string) []int {
	t.Helper()
	ctx := context.Background()
	d := must[*DB](t)(Open(ctx, path))
	defer d.Close()
	if err := d.Check(ctx); err != nil {
		t.Fatal(err)
	}
	events, length := 0, 0
	for _, e := range collect(t, d.LogEvents(ctx, app.LogQuery{})) {
		events, length = events+1, length+len(e.Message)
	}
	points := 0
	for _, s := range must[[]app.Series](t)(d.Series(ctx, app.SeriesQuery{})) {
		points += len(s.Points)
	}
	if events != oldEvents || points != oldPoints {
		t.Fatalf("%d events and %d points, want %d and %d", events, points, oldEvents, oldPoints)
	}
	return []int{events, length, points, len(must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{})))}
}

package cache

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// benchDir is where large files are kept between two runs; else below the user's cache folder.
const benchDir = "NEPHOGRAPH_BENCH_DIR"

// bulkFolder returns the folder of the large files.
func bulkFolder(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv(benchDir)
	if dir == "" {
		dir = filepath.Join(must[string](tb)(os.UserCacheDir()), "nephograph-bench")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// kept returns the path of a large file or folder, and has it made if there is none yet. Older ones of its kind, which
// were made by other code, are removed.
func kept(tb testing.TB, kind, key, suffix string, create func(path string) error) string {
	tb.Helper()
	dir := bulkFolder(tb)
	path := filepath.Join(dir, kind+"-"+key+suffix)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	for _, old := range must[[]string](tb)(filepath.Glob(filepath.Join(dir, kind+"-*"))) {
		if err := os.RemoveAll(old); err != nil {
			tb.Fatal(err)
		}
	}
	half := filepath.Join(dir, "half-"+kind+"-"+key+suffix)
	if err := errors.Join(os.RemoveAll(half), create(half), os.Rename(half, path)); err != nil {
		tb.Fatal(err)
	}
	return path
}

// bulkKey names what a kept file was made from: the generator, and the source that decides on the form of the file.
func bulkKey(tb testing.TB) string {
	tb.Helper()
	sum := sha256.New()
	fmt.Fprintln(sum, bulkVersion, bulkEvents)
	for _, pattern := range []string{"migrations/*.sql", "block/*.go", "chunk/*.go", "log*.go", "metric*.go",
		"trace*.go",
		"trail*.go", "db.go"} {
		for _, name := range must[[]string](tb)(filepath.Glob(pattern)) {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text := must[[]byte](tb)(os.ReadFile(name))
			fmt.Fprintln(sum, name, len(text))
			sum.Write(text)
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:6])
}

// bulkCache returns the path of the large cache, closed. Making it takes about two minutes.
func bulkCache(tb testing.TB) string {
	tb.Helper()
	return kept(tb, "cache", bulkKey(tb), ".db", func(path string) error {
		ctx := context.Background()
		d, err := Open(ctx, path)
		if err != nil {
			return err
		}
		_, err = keepBulk(ctx, d, bulkEvents, bulkSeriesCount, bulkTraceCount, bulkTrailCount)
		return errors.Join(err, d.Close())
	})
}

// bulkSpent is how long the cache took to keep each signal, without making it up.
type bulkSpent struct{ logs, series, traces, trail time.Duration }

// keepBulk keeps so much of each signal, page by page with its cover, as a pull does.
func keepBulk(ctx context.Context, d *DB, events, series, traces, trail int) (spent bulkSpent, err error) {
	cover := func(signal app.Signal, resource string) app.Cover {
		return app.Cover{Scope: bulkPlace, Signal: signal, Resource: resource, Range: bulkRange,
			AskedAt: bulkRange.To.Add(time.Hour)}
	}
	clock := func(to *time.Duration, keep func() (int, error)) bool {
		start := time.Now()
		_, err = keep()
		*to += time.Since(start)
		return err == nil
	}
	for page := range bulkLogs(events) {
		c := cover(app.Logs, page[0].Group)
		if c.Range.To = page[len(page)-1].At; !clock(&spent.logs,
			func() (int, error) { return d.KeepLogEvents(ctx, page, c) }) {
			return spent, err
		}
	}
	for page := range bulkSeries(series) {
		if !clock(&spent.series, func() (int,
			error) {
			return d.KeepSeries(ctx, page, cover(app.Metrics, page[0].Reading.Key()))
		}) {
			return spent, err
		}
	}
	for page := range bulkTraces(traces) {
		if !clock(&spent.traces, func() (int, error) { return d.KeepTraces(ctx, page, cover(app.Traces, "")) }) {
			return spent, err
		}
	}
	for page := range bulkTrail(trail) {
		if !clock(&spent.trail, func() (int, error) { return d.KeepTrail(ctx, page, cover(app.Trail, "")) }) {
			return spent, err
		}
	}
	return spent, nil
}

// bulkText returns the folder of the same log events as text, one file a group: see writeText.
func bulkText(tb testing.TB) string {
	tb.Helper()
	return kept(tb, "text", fmt.Sprintf("%d-%d", bulkVersion, bulkEvents), "", func(path string) error {
		if err := os.MkdirAll(path, 0o700); err != nil {
			return err
		}
		files := map[string]*textFile{}
		for page := range bulkLogs(bulkEvents) {
			f, ok := files[page[0].Group]
			if !ok {
				file, err := os.Create(filepath.Join(path, strings.ReplaceAll(page[0].Group[1:], "/", "-")+".log"))
				if err != nil {
					return err
				}
				f = &textFile{file, bufio.NewWriterSize(file, 1<<20)}
				files[page[0].Group] = f
			}
			if err := writeText(f.w, page); err != nil {
				return err
			}
		}
		for _, f := range files {
			if err := errors.Join(f.w.Flush(), f.file.Close()); err != nil {
				return err
			}
		}
		return nil
	})
}

type textFile struct {
	file *os.File
	w    *bufio.Writer
}

// bulkRaw returns the bytes of all messages of the large cache.
func bulkRaw(events int) (size int) {
	for page := range bulkLogs(events) {
		for i := range page {
			size += len(page[i].Message)
		}
	}
	return size
}

// tableBytes returns how many bytes of the file the tables with one of these beginnings take, with their indexes.
func tableBytes(tb testing.TB, d *DB, beginnings ...string) (size int64) {
	tb.Helper()
	rows, err := d.reader.Query(`SELECT m.tbl_name, sum(s.pgsize) FROM dbstat('main', 1) s JOIN sqlite_schema m ON ` +
		`m.name = s.name GROUP BY 1`)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		var bytes int64
		if err := rows.Scan(&table, &bytes); err != nil {
			tb.Fatal(err)
		}
		if slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(table, b) }) {
			size += bytes
		}
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return size
}

package cache

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// The benchmarks of the large cache run when -bench names them. The first makes the file, which is kept: bulkCache.

// bulkOpen opens the large cache.
func bulkOpen(tb testing.TB) *DB {
	tb.Helper()
	return openAt(tb, bulkCache(tb))
}

// firstRows is what a list asks for at first.
const firstRows = 500

// search asks as the window does: the newest rows and how many there are in all.
func search(ctx context.Context, d *DB, text string) (app.LogResult, error) {
	s, err := query.Parse(text)
	if err != nil {
		return app.LogResult{}, err
	}
	return d.SearchLogs(ctx, s.Narrow(app.LogQuery{Range: bulkRange, Newest: true, Limit: firstRows}))
}

// bulkQuery is a question to the million events.
type bulkQuery struct{ name, text string }

// bulkQueries are needles that few, some and most events hold. The ids are those of one event.
func bulkQueries() []bulkQuery {
	request := ""
	for page := range bulkLogs(bulkEvents) {
		if request = page[len(page)/2].RequestID; request != "" {
			break
		}
	}
	return []bulkQuery{
		{"word/none", "sasquatch"},
		{"word/rare", "OutOfMemoryError"},
		{"word/medium", "timeout"},
		{"word/frequent", "status"},
		{"phrase/rare", `"deadlock detected"`},
		{"phrase/medium", `"cache miss for key"`},
		{"phrase/frequent", `"finished with"`},
		{"field/rare", `path:"/login" status:404`},
		{"field/medium", "status:404"},
		{"field/frequent", "status:200"},
		{"substring/id", request},
		{"substring/partOfID", request[9:18]},
		{"substring/rare", "fMemor"},
		{"substring/medium", "imeou"},
		{"substring/frequent", "tatu"},
		{"both", "timeout inventory"},
		{"without", "timeout -inventory"},
		{"either/one", "refused"},
		{"either", "timeout OR refused"}, // at most 1.5 times the slower of the two
		{"either/frequent", "status OR level"},
		{"compared", "status>404"}, // at most twice field/medium
		{"group", `timeout group:"/ecs/*" OR refused -group:"/aws/*"`},
		{"level", "level:error timeout"},
	}
}

// bulkExpressions are regular expressions with and without a text that each match holds.
func bulkExpressions() []bulkQuery {
	return []bulkQuery{
		{"literal/rare", `/process [0-9]{4} waits for \w+ on transaction [0-9]+/`},
		{"literal/medium", `/timeout after (1|2)[0-9]000 ms/`},
		{"literal/frequent", `/finished with [45][0-9]{2}/`},
		{"alternatives", `/(OutOfMemory|StackOverflow)Error|deadlock/`},
		{"anyCase", `/(?i)connection\s+REFUSED/`},
		{"none/address", `/\b[0-9]{3}\.[0-9]{2}\.2[0-9]{2}\.1[0-9]{2}\b/`},
		{"none/classes", `/[A-Z][a-z]+[A-Z][a-z]+[A-Z][a-z]+[A-Z]/`},
	}
}

// Budget of each: 150 ms for the newest 500 rows and the exact total of a million events.
func BenchmarkBulkSearch(b *testing.B) { benchmarkSearches(b, bulkQueries()) }

// Budget of each: 1 s, likewise.
func BenchmarkBulkExpression(b *testing.B) { benchmarkSearches(b, bulkExpressions()) }

// benchmarkSearches asks each question three times over: as the first of a cache that was just opened, as a new one
// after others, and again.
func benchmarkSearches(b *testing.B, queries []bulkQuery) {
	path := bulkCache(b)
	for _, q := range queries {
		b.Run(q.name+"/first", func(b *testing.B) { benchmarkSearch(b, path, "", q.text) })
		b.Run(q.name+"/new", func(b *testing.B) { benchmarkSearch(b, path, "yeti", q.text) })
		b.Run(q.name+"/again", func(b *testing.B) { benchmarkSearch(b, path, q.text, q.text) })
	}
}

// benchmarkSearch opens the file each time, asks what comes before, and measures the question.
func benchmarkSearch(b *testing.B, path, before, text string) {
	total := 0
	for b.Loop() {
		b.StopTimer()
		d, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		if before != "" {
			if _, err := search(b.Context(), d, before); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		r, err := search(b.Context(), d, text)
		b.StopTimer()
		if err != nil || len(r.Events) != min(r.Total, firstRows) {
			b.Fatal(len(r.Events), r.Total, err)
		}
		total = r.Total
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(total), "hits")
}

// Budget: 100 ms for the histogram of the whole range by level, in as many buckets as a picture has columns. That of
// the events that hold a word has none of its own: it is a search.
func BenchmarkBulkHistogram(b *testing.B) {
	d := bulkOpen(b)
	for _, c := range []struct {
		name string
		q    app.LogQuery
	}{
		{"all", app.LogQuery{Range: bulkRange}},
		{"group", app.LogQuery{Range: bulkRange, Groups: []string{"/ecs/search"}}},
		{"word", app.LogQuery{Range: bulkRange, Match: app.MatchAll([]app.LogTerm{{Text: "timeout"}}...)}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				counts, err := d.LogVolume(b.Context(), c.q, 17*time.Minute)
				if err != nil || len(counts) < 1000 {
					b.Fatal(len(counts), err)
				}
			}
		})
	}
}

// Budget: 10 ms for a fortnight of minutes, read and reduced to what 1,200 columns can show.
func BenchmarkBulkSeries(b *testing.B) {
	d := bulkOpen(b)
	var keys []string
	for page := range bulkSeries(5) {
		for _, s := range page {
			keys = append(keys, s.Reading.Key())
		}
	}
	for i, key := range keys {
		b.Run(strconv.Itoa(i), func(b *testing.B) {
			for b.Loop() {
				series, err := d.Series(b.Context(), app.SeriesQuery{Range: bulkRange, Keys: []string{key}})
				if err != nil || len(series) != 1 || len(series[0].Points) != bulkDays*24*60 {
					b.Fatal(len(series), err)
				}
				if n := len(app.Columns(series[0].Points, bulkRange, 1200)); n < 1200 || n > 4*1200+2 {
					b.Fatal(n)
				}
			}
		})
	}
}

// Budget: 200 ms.
func BenchmarkBulkOpen(b *testing.B) {
	path := bulkCache(b)
	for b.Loop() {
		d, err := Open(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// Budget: 60,000 events a second with the index over them, and tables of logs of at most 0.7 of the raw text.
func BenchmarkBulkKeepLogs(b *testing.B) {
	raw := bulkRaw(bulkEvents)
	var spent time.Duration
	var stored int64
	for b.Loop() {
		d := openAt(b, filepath.Join(b.TempDir(), "cache.db"))
		s, err := keepBulk(b.Context(), d, bulkEvents, 0, 0, 0)
		if err != nil {
			b.Fatal(err)
		}
		spent, stored = spent+s.logs, tableBytes(b, d, "log_", "block_")
	}
	b.ReportMetric(float64(b.N)*bulkEvents/spent.Seconds(), "events/s")
	b.ReportMetric(float64(stored)/float64(raw), "ofraw")
}

// Budget: 250 MB of memory at its peak (VmHWM) in a process that keeps the million events and what belongs to them,
// opens the file again and asks all that the other benchmarks ask.
func BenchmarkBulkMemory(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("only Linux tells the peak of a process's memory")
	}
	peak := 0
	for b.Loop() {
		cmd := exec.Command(os.Args[0], "-test.run=^TestBulkWhole$", "-test.v")
		cmd.Env = append(os.Environ(), bulkWhole+"="+filepath.Join(b.TempDir(), "cache.db"))
		out, err := cmd.CombinedOutput()
		m := regexp.MustCompile(`peak (\d+) kB`).FindSubmatch(out)
		if err != nil || m == nil {
			b.Fatalf("%v: %s", err, out)
		}
		peak = must[int](b)(strconv.Atoi(string(m[1])))
	}
	b.ReportMetric(float64(peak)/1024, "MB")
}

// bulkWhole names the file that the process of BenchmarkBulkMemory makes.
const bulkWhole = "NEPHOGRAPH_BULK_WHOLE"

func TestBulkWhole(t *testing.T) {
	path := os.Getenv(bulkWhole)
	if path == "" {
		t.Skip("runs as a process of BenchmarkBulkMemory")
	}
	ctx := t.Context()
	d := must[*DB](t)(Open(ctx, path))
	if _, err := keepBulk(ctx, d, bulkEvents, bulkSeriesCount, bulkTraceCount, bulkTrailCount); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("kept: %s", peakMemory(t))
	d = openAt(t, path)
	for _, q := range append(bulkQueries(), bulkExpressions()...) {
		if _, err := search(ctx, d, q.text); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.LogVolume(ctx, app.LogQuery{Range: bulkRange}, 17*time.Minute); err != nil {
		t.Fatal(err)
	}
	for page := range bulkSeries(20) {
		if _, err := d.Series(ctx, app.SeriesQuery{Range: bulkRange,
			Keys: []string{page[0].Reading.Key()}}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Latencies(ctx, app.TraceQuery{Range: bulkRange}); err != nil {
		t.Fatal(err)
	}
	if _, err := count(d.TrailEvents(ctx, app.TrailQuery{Range: bulkRange, Changes: true, Newest: true,
		Limit: firstRows})); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("peak %s\n", peakMemory(t))
}

// peakMemory returns the most memory that this process has had, as the kernel says it: 123 kB.
func peakMemory(t *testing.T) string {
	t.Helper()
	status := must[[]byte](t)(os.ReadFile("/proc/self/status"))
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return string(bytes.TrimSpace(line))
}

package cache

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Forgetting a half of a million log events and what else is of their time, while pages are written. Budget: a page
// waits for at most 150 ms.
func BenchmarkBulkPrune(b *testing.B) {
	source := bulkCache(b)
	for b.Loop() {
		b.StopTimer()
		d := openAt(b, copyFile(b, source))
		whole, err := d.pages(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		ctx, stop := context.WithCancel(b.Context())
		var longest time.Duration
		var pull sync.WaitGroup
		pull.Go(func() { longest = writeUntil(ctx, d) })
		b.StartTimer()
		done, err := d.Prune(b.Context(), app.Retention{Size: whole.file() / 2}, bulkRange.To)
		b.StopTimer()
		stop()
		pull.Wait()
		if err != nil || done.To > whole.file()*6/10 {
			b.Fatalf("%+v, %v", done, err)
		}
		b.ReportMetric(float64((done.From-done.To)>>20), "MiB-forgotten")
		b.ReportMetric(float64(longest.Milliseconds()), "longest-wait-ms")
		b.StartTimer()
	}
}

// writeUntil keeps small pages until ctx ends, and returns how long the slowest took.
func writeUntil(ctx context.Context, d *DB) (longest time.Duration) {
	page := []app.TrailEvent{{Scope: dayPlace, At: bulkRange.To}}
	for n := 0; ctx.Err() == nil; n++ {
		page[0].ID = time.Now().String()
		began := time.Now()
		if _, err := d.KeepTrail(ctx, page); err == nil {
			longest = max(longest, time.Since(began))
		}
		_ = pause(ctx, 20*time.Millisecond) // as far apart as the pages of a pull
	}
	return longest
}

func copyFile(b *testing.B, from string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "cache.db")
	in, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

package cache

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// looks is a context that is cancelled once it was looked at so many times.
type looks struct {
	context.Context
	mu   sync.Mutex
	left int
}

func (l *looks) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left--; l.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestCancelledWriteChangesNothing(t *testing.T) {
	d := openFile(t)
	d.Record(app.Request{At: epoch})
	page := daysLogs(1, 500)[0]
	for _, after := range []int{0, 1, 3, 6} {
		ctx := &looks{Context: context.Background(), left: after}
		n, err := d.KeepLogEvents(ctx, page, dayCover(app.Logs, page[0].Group, 0))
		if n != 0 || !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d looks: %d rows, %v", after, n, err)
		}
	}
	ctx := context.Background()
	if n, err := count(d.LogEvents(ctx, app.LogQuery{})); n != 0 || err != nil {
		t.Errorf("%d events, %v", n, err)
	}
	if covers := must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{})); len(covers) != 0 {
		t.Errorf("covers %v", covers)
	}
	if n := must[app.Spend](t)(d.Spend(ctx, app.Range{})).Requests; n != 0 {
		t.Errorf("%d requests were written", n)
	}
	if n := must[int](t)(d.KeepLogEvents(ctx, page)); n != len(page) {
		t.Errorf("%d events kept afterwards", n)
	}
	if n := must[app.Spend](t)(d.Spend(ctx, app.Range{})).Requests; n != 1 {
		t.Errorf("%d requests written afterwards, want the one that waited", n)
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestCancelledWriteDoesNotWait(t *testing.T) {
	d := openFile(t)
	conn, err := d.writer.Conn(context.Background()) // somebody writes for ever
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.KeepTrail(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Writers, readers and the ledger at once; the race detector looks on.
func TestGoroutines(t *testing.T) {
	d := openFile(t)
	pages := daysLogs(4, 2000)
	ctx := context.Background()
	var all sync.WaitGroup
	for _, page := range pages {
		all.Go(func() {
			d.Record(app.Request{At: epoch})
			if _, err := d.KeepLogEvents(ctx, page, dayCover(app.Logs, page[0].Group, 0)); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			if n, err := count(d.LogEvents(ctx, app.LogQuery{Newest: true})); err != nil || n%500 != 0 {
				t.Errorf("%d events of pages of 500, %v", n, err)
			}
			if _, err := d.LogVolume(ctx, app.LogQuery{}, time.Hour); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := must[app.Spend](t)(d.Spend(ctx, app.Range{})).Requests; n != len(pages) {
		t.Errorf("%d requests, want %d", n, len(pages))
	}
}

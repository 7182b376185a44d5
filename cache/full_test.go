package cache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// fillPage is how many trail events a page of these tests has.
const fillPage = 50

// fillUp keeps pages until it cannot, at most 1000, and returns how many it kept.
func fillUp(d *DB, from int) (kept int, err error) {
	for kept = from; kept < from+1000; kept++ {
		events := make([]app.TrailEvent, fillPage)
		for i := range events {
			events[i] = app.TrailEvent{Scope: dayPlace, ID: fmt.Sprintf("%d-%d", kept, i),
				At:  pageRange(kept).From.Add(time.Duration(i) * time.Second),
				Raw: []byte(`{"pad":"` + strings.Repeat("x", 1500) + `"}`)}
		}
		if _, err := d.KeepTrail(context.Background(), events,
			app.Cover{Scope: dayPlace, Signal: app.Trail, Range: pageRange(kept),
				AskedAt: epoch.Add(30 * day)}); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// filledPages checks that a file is sound and holds so many whole pages.
func filledPages(t *testing.T, d *DB, pages int) {
	t.Helper()
	ctx := context.Background()
	if err := d.Check(ctx); err != nil {
		t.Fatal(err)
	}
	covers := must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{}))
	if len(covers) != 1 || !covers[0].Range.Equal(app.Range{From: epoch, To: pageRange(pages).From}) {
		t.Errorf("%d pages, and covered is %v", pages, covers)
	}
	if n := must[int](t)(count(d.TrailEvents(ctx, app.TrailQuery{}))); n != pages*fillPage {
		t.Errorf("%d events in %d pages of %d", n, pages, fillPage)
	}
}

// fillDisk is the child that keeps pages until it cannot, and says what it was told.
func fillDisk(path string) error {
	if os.Getenv(childName) == "limited" {
		if err := limitFiles(2 << 20); err != nil {
			return err
		}
	}
	d, err := Open(context.Background(), path)
	if err != nil {
		return err
	}
	kept, err := fillUp(d, 0)
	fmt.Println(kept, app.KindOf(err), err)
	_ = d.Close() // it may well say the same
	return nil
}

// When the disk is full, what was kept stays, and an error of its own kind says so.
func TestDiskFull(t *testing.T) {
	for name, folder := range map[string]func(*testing.T) string{
		"limited": func(t *testing.T) string { needRights(t); return t.TempDir() }, // the size of a file is
		"small":   smallDisk,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(folder(t), "cache.db")
			out, err := child(t, path, "fill disk", name, 0).Output()
			if err != nil {
				t.Fatal(err)
			}
			var kept int
			var said string
			if _, err := fmt.Sscan(string(out), &kept, &said); err != nil || kept == 0 || kept == 1000 ||
				said != app.Full.String() || !strings.Contains(string(out), path) {
				t.Fatalf("it says %q, %v", out, err)
			}
			filledPages(t, openAt(t, path), kept)
		})
	}
}

// SQLite's own limit stands for a full disk wherever nothing else does. Where room is made, it goes on.
func TestDiskFullForAWhile(t *testing.T) {
	d := openFile(t)
	if _, err := d.writer.Exec(`PRAGMA max_page_count = 500`); err != nil {
		t.Fatal(err)
	}
	kept, err := fillUp(d, 0)
	var e *app.Error
	if !errors.As(err, &e) || e.Kind != app.Full || !strings.Contains(err.Error(), "cannot grow: the disk is full") ||
		kept == 0 {
		t.Fatalf("%d pages, %v", kept, err)
	}
	filledPages(t, d, kept)
	if _, err := d.writer.Exec(`PRAGMA max_page_count = 1000`); err != nil {
		t.Fatal(err)
	}
	more, err := fillUp(d, kept)
	if app.KindOf(err) != app.Full || more <= kept {
		t.Fatalf("%d pages, then %d, %v", kept, more, err)
	}
	filledPages(t, d, more)
	// Forgetting makes room in the file itself, which needs none on the disk but for its log.
	if _, err := d.Prune(context.Background(),
		app.Retention{Age: map[app.Signal]time.Duration{app.Trail: 30*day - time.Duration(more/2)*time.Minute}},
		epoch.Add(30*day)); err != nil {
		t.Fatal(err)
	}
	if again, err := fillUp(d, more); app.KindOf(err) != app.Full || again <= more {
		t.Errorf("%d pages, and after half was forgotten %d, %v", more, again, err)
	}
}

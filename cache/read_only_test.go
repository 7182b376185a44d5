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

// readFrozen is the child that has no right to write: it reads everything, and says what it is told when it writes.
func readFrozen(path string) error {
	if err := dropRights(); err != nil {
		return err
	}
	d, err := Open(context.Background(), path)
	if err != nil {
		fmt.Println("refused", app.KindOf(err), err)
		return nil
	}
	if err := readAll(d); err != nil {
		return err
	}
	n, err := count(d.LogEvents(context.Background(), app.LogQuery{}))
	if err != nil {
		return err
	}
	d.Record(app.Request{At: epoch})
	_, kept := d.KeepTrail(context.Background(), daysTrail()[0][:1])
	fmt.Println(n, "events,", app.KindOf(d.ReadOnly()), app.KindOf(kept), app.KindOf(d.Check(context.Background())))
	return d.Close()
}

// A cache in a folder that may not be written is read whatever state it was left in, and says that it keeps nothing.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	needRights(t)
	ctx := context.Background()
	filled := func(t *testing.T, path string) *DB {
		d := must[*DB](t)(Open(ctx, path))
		fill(t, d, daysLogs(2, 300), nil, daysTraces()[:2], nil)
		return d
	}
	for name, test := range map[string]struct {
		make func(t *testing.T, path string)
		says string
	}{
		"closed": {func(t *testing.T, path string) {
			if err := filled(t, path).Close(); err != nil {
				t.Fatal(err)
			}
		}, "300 events, read-only read-only unknown"},
		"open elsewhere": {func(t *testing.T, path string) {
			d := filled(t, path)
			t.Cleanup(func() { d.Close() })
		}, "300 events, read-only read-only unknown"},
		"with the log of a killed program": {func(t *testing.T, path string) {
			d := filled(t, path+".live")
			for _, part := range []string{"", "-wal"} {
				if err := os.WriteFile(path+part, must[[]byte](t)(os.ReadFile(path+".live"+part)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
		}, "300 events, read-only read-only unknown"},
		"of the format before": {func(t *testing.T, path string) { makeOld(t, path, 1, "") }, "refused read-only"},
		"empty": {func(t *testing.T, path string) { os.WriteFile(path, nil, 0o600) },
			"refused read-only"},
		"none": {func(t *testing.T, path string) {}, "refused read-only"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "cache.db")
			test.make(t, path)
			freeze(t, folder)
			out, err := child(t, path, "read frozen", "", 0).Output()
			if err != nil || !strings.HasPrefix(string(out), test.says) {
				t.Errorf("it says %q, %v; want %q", out, err, test.says)
			}
		})
	}
}

// freeze takes the right to write from everybody, until the test has ended.
func freeze(t *testing.T, folder string) {
	t.Helper()
	for _, f := range must[[]os.DirEntry](t)(os.ReadDir(folder)) {
		if err := os.Chmod(filepath.Join(folder, f.Name()), 0o444); err != nil {
			t.Fatal(err)
		}
	}
	// TempDir's own parent too: who is not root has to get there
	for _, name := range []string{folder, filepath.Dir(folder)} {
		if err := os.Chmod(name, 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(name, 0o755) })
	}
}

func TestSetAside(t *testing.T) {
	ctx, folder := context.Background(), t.TempDir()
	path := filepath.Join(folder, "cache.db")
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	var last string
	for _, want := range []string{".damaged-20260503-120000", ".damaged-20260503-120000-2"} {
		damage := []byte("SQLite format 3\x00" + want)
		if err := errors.Join(os.WriteFile(path, damage, 0o600),
			os.WriteFile(path+"-wal", []byte("log"), 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(ctx, path); app.KindOf(err) != app.Damaged {
			t.Fatal(err)
		}
		d, aside, err := OpenOrBegin(ctx, path, now)
		if err != nil || aside != path+want || aside == last {
			t.Fatalf("aside as %s, %v; want %s", aside, err, path+want)
		}
		last = aside
		must[int](t)(d.KeepTrail(ctx, daysTrail()[0][:1])) // the new one works
		if err := errors.Join(d.Check(ctx), d.Close()); err != nil {
			t.Fatal(err)
		}
		if kept := must[[]byte](t)(os.ReadFile(aside)); string(kept) != string(damage) {
			t.Errorf("set aside is %q", kept)
		}
		if log := must[[]byte](t)(os.ReadFile(aside + "-wal")); string(log) != "log" {
			t.Errorf("its log is %q", log)
		}
	}
	d, aside, err := OpenOrBegin(ctx, path, now)
	if err != nil || aside != "" {
		t.Fatalf("a sound file is set aside as %q, %v", aside, err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

// A file that shows no sign of being a cache stays where it is.
func TestForeignIsNotSetAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(path, []byte("Dear Sir or Madam, I am writing to you because of my account."),
		0o600); err != nil {
		t.Fatal(err)
	}
	if _, aside, err := OpenOrBegin(context.Background(), path, epoch); app.KindOf(err) != app.Foreign || aside != "" {
		t.Errorf("%q, %v", aside, err)
	}
}

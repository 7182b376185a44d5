package cache

import (
	"context"
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func openFile(tb testing.TB) *DB { return openAt(tb, filepath.Join(tb.TempDir(), "cache.db")) }

func openAt(tb testing.TB, path string) *DB {
	tb.Helper()
	d, err := Open(context.Background(), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := d.Close(); err != nil {
			tb.Error(err)
		}
	})
	return d
}

// check runs a property on a new file each time.
func check(t *testing.T, property func(*rapid.T, *DB)) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		file, err := os.CreateTemp(folder, "*.db")
		if err != nil {
			t.Fatal(err)
		}
		file.Close()
		d, err := Open(context.Background(), file.Name())
		if err != nil {
			t.Fatal(err)
		}
		defer os.Remove(file.Name())
		defer d.Close()
		property(t, d)
		if err := d.Check(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// fataler is what testing and rapid have in common.
type fataler interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func must[T any](t fataler) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func collect[T any](t fataler, items iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for item, err := range items {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, item)
	}
	return all
}

func count[T any](items iter.Seq2[T, error]) (int, error) {
	n := 0
	for _, err := range items {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// same compares as JSON, which is what the cache promises.
func same[T any](t fataler, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(lines(t, want), lines(t, got)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func lines(t fataler, v any) []string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.Split(b.String(), "\n")
}

// twice keeps a page two times and returns how many rows the first time changed; the second must change none.
func twice(t fataler, keep func() (int, error)) int {
	t.Helper()
	n := must[int](t)(keep())
	if again := must[int](t)(keep()); again != 0 {
		t.Fatalf("the same page again changed %d rows", again)
	}
	return n
}

func TestOpenMakesPrivateFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folder", "cache.db")
	d := openAt(t, path)
	if d.Path() != path {
		t.Errorf("path %s, want %s", d.Path(), path)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, path + "-wal": 0o600, filepath.Dir(path): 0o700,
		filepath.Dir(filepath.Dir(path)): 0o700} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has rights %o, want %o", name, info.Mode().Perm(), want)
		}
	}
	if size := must[int64](t)(d.Size()); size < 4096 {
		t.Errorf("size %d", size)
	}
}

func TestOpenTightensRights(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache.db")
	if err := must[*DB](t)(Open(t.Context(), path)).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	openAt(t, path)
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has rights %o, want 600", name, info.Mode().Perm())
		}
	}
}

func TestOpenOddNames(t *testing.T) {
	for _, name := range []string{"with space.db", "what?.db", "a#b.db", "100%20.db", "größe.db", "a&mode=ro.db"} {
		folder := t.TempDir()
		d := openAt(t, filepath.Join(folder, name))
		if err := d.Check(context.Background()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	d := openAt(t, "cache.db")
	if !filepath.IsAbs(d.Path()) {
		t.Errorf("path %s is not absolute", d.Path())
	}
}

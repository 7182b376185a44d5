// Package cachetest gives tests of screens a real cache in a temporary file, so that what a screen reads in a test is
// what it reads in the window. It is for tests only: no other file may import it, which a test in the root holds.
package cachetest

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/nephograph/nephograph/cache"
)

// Cache is an open cache with the reads of cache.DB. It notes what was read, and can be told to fail. Its methods may
// be called from any goroutine.
type Cache struct {
	*cache.DB
	t testing.TB

	mu   sync.Mutex
	fail func(Read) error // nil: nothing fails
	read []Read
}

// New returns a cache that holds contents, kept one after the other. Nothing in them is masked. It is closed when the
// test ends.
func New(t testing.TB, contents ...Contents) *Cache {
	t.Helper()
	return open(t, template(t, contents))
}

// Keep adds to what the cache holds, as a pull would while a screen is open. It tells nobody that something changed.
func (c *Cache) Keep(contents ...Contents) {
	c.t.Helper()
	for _, more := range contents {
		if err := more.keep(c.t.Context(), c.DB); err != nil {
			c.t.Fatal(err)
		}
	}
}

// Reopen opens the file again, which what is tested has closed.
func (c *Cache) Reopen() {
	c.t.Helper()
	db, err := cache.Open(c.t.Context(), c.Path())
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { _ = db.Close() })
	c.DB = db
}

// open opens a cache on a copy of a file; on a new file for nil.
func open(t testing.TB, file []byte) *Cache {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cache.db")
	if file != nil {
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := cache.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // again, where template has closed it
	return &Cache{DB: db, t: t}
}

// templates are cache files by the digest of what they hold. Making a new file takes 36 ms and keeping Incident in it
// 40 to 100 ms more, opening a copy 2 ms; the tests of a screen open hundreds.
var templates struct {
	sync.Mutex
	files map[[sha256.Size]byte][]byte
}

// template returns a cache file that holds contents, and makes it when they are asked for the first time.
func template(t testing.TB, contents []Contents) []byte {
	t.Helper()
	templates.Lock()
	defer templates.Unlock()
	if templates.files == nil {
		templates.files = map[[sha256.Size]byte][]byte{}
	}
	empty := made(t, nil, nil)
	if len(contents) == 0 {
		return empty
	}
	return made(t, empty, contents)
}

// made returns the file with these contents, made from another one where there is none yet.
func made(t testing.TB, from []byte, contents []Contents) []byte {
	t.Helper()
	key := digest(contents)
	if file, ok := templates.files[key]; ok {
		return file
	}
	c := open(t, from)
	c.Keep(contents...)
	if err := c.Close(); err != nil { // which folds the log into the file
		t.Fatal(err)
	}
	file, err := os.ReadFile(c.Path())
	if err != nil {
		t.Fatal(err)
	}
	templates.files[key] = file
	return file
}

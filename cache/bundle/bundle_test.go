package bundle_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/cache/bundle"
	"github.com/nephograph/nephograph/views/cachetest"
)

// must returns a value, or ends the test.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// temporary gives the test a folder for temporary files of its own, and returns what is in it.
func temporary(t *testing.T) (left func() []string) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	return func() (names []string) {
		for _, e := range must[[]os.DirEntry](t)(os.ReadDir(folder)) {
			names = append(names, e.Name())
		}
		return names
	}
}

// opened is an incident about the first alarm of a cache that is in alarm, with a trail event and a note besides.
func opened(t testing.TB, from *cache.DB) app.Incident {
	alarms := must[[]app.Alarm](t)(from.Alarms(t.Context(), app.AlarmQuery{State: app.InAlarm}))
	if len(alarms) == 0 {
		t.Fatal("no alarm is in alarm")
	}
	i := app.OpenedFrom(alarms[0], cachetest.Now(), cachetest.Now(), nil)
	for e, err := range from.TrailEvents(t.Context(), app.TrailQuery{Range: i.Range, Limit: 1}) {
		pinned, _ := app.EvidenceOf(must[app.TrailEvent](t)(e, err), i.Range, cachetest.Now())
		i = i.Pin(pinned, cachetest.Now())
	}
	return i.Pin(app.Note("**why**", cachetest.Now()), cachetest.Now())
}

// packed is a bundle of the made-up incident.
func packed(t testing.TB, lock bundle.Lock) ([]byte, *cache.DB, app.Incident) {
	from := cachetest.New(t, cachetest.Incident()).DB
	i := opened(t, from)
	d := must[*bundle.Draft](t)(bundle.Prepare(t.Context(), from, i,
		bundle.Options{Program: "test", Now: cachetest.Now()}))
	var b bytes.Buffer
	if err := errors.Join(d.Write(&b, lock), d.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), from, i
}

func read(ctx context.Context, b []byte, key bundle.Key) (*bundle.Bundle, error) {
	return bundle.Read(ctx, bytes.NewReader(b), int64(len(b)), key)
}

func all[T any](t testing.TB, items iter.Seq2[T, error]) (list []T) {
	for item, err := range items {
		list = append(list, must[T](t)(item, err))
	}
	return list
}

// reads are all that can be read of a place and a range, by name.
func reads(t testing.TB, db *cache.DB, place app.Scope, within app.Range) map[string]any {
	ctx, places := t.Context(), []app.Scope{place}
	covers := must[[]app.Cover](t)(db.Coverage(ctx, app.CoverQuery{Scopes: places, Range: within}))
	for n := range covers {
		covers[n].Range = covers[n].Range.Intersect(within)
	}
	return map[string]any{
		"alarms":  must[[]app.Alarm](t)(db.Alarms(ctx, app.AlarmQuery{Scopes: places, Gone: true})),
		"history": must[[]app.AlarmHistoryItem](t)(db.AlarmHistory(ctx, app.AlarmQuery{Scopes: places, Range: within})),
		"series":  must[[]app.Series](t)(db.Series(ctx, app.SeriesQuery{Scopes: places, Range: within})),
		"groups":  must[[]app.LogGroup](t)(db.LogGroups(ctx, places)),
		"logs":    all(t, db.LogEvents(ctx, app.LogQuery{Scopes: places, Range: within})),
		"traces":  all(t, db.Traces(ctx, app.TraceQuery{Scopes: places, Range: within, Spans: true})),
		"graph":   must[app.ServiceGraph](t)(db.ServiceGraph(ctx, place, within)),
		"trail":   all(t, db.TrailEvents(ctx, app.TrailQuery{Scopes: places, Range: within})),
		"covers":  covers,
	}
}

func TestBundleShowsWhatTheCacheShows(t *testing.T) {
	left := temporary(t)
	b, from, i := packed(t, bundle.Lock{})
	if names := left(); len(names) > 1 { // one of cachetest
		t.Errorf("after it was written there are %v", names)
	}
	got := must[*bundle.Bundle](t)(read(t.Context(), b, bundle.Key{}))
	if diff := cmp.Diff(i, got.Incident); diff != "" {
		t.Error(diff)
	}
	want, have := reads(t, from, i.Places()[0], i.Range), reads(t, got.Cache, i.Places()[0], i.Range)
	for name := range want {
		if diff := cmp.Diff(want[name], have[name]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	c := got.Manifest.Contents
	if c.Events != len(want["logs"].([]app.LogEvent)) || c.Traces != len(want["traces"].([]app.Trace)) ||
		c.Trail != len(want["trail"].([]app.TrailEvent)) || c.Alarms != len(want["alarms"].([]app.Alarm)) ||
		c.Turns != len(want["history"].([]app.AlarmHistoryItem)) || c.Events == 0 || c.Traces == 0 || c.Trail == 0 {
		t.Errorf("it says that it has %+v", c)
	}
	for _, s := range must[[]app.Scope](t)(got.Cache.Scopes(t.Context())) {
		if s.Profile != "" {
			t.Errorf("the profile %q has left", s.Profile)
		}
	}
	if got.Cache.ReadOnly() == nil {
		t.Error("it can be written")
	}
	outside := app.LogQuery{Range: app.Range{From: time.Unix(0, 0), To: i.Range.From}}
	if events := all(t, got.Cache.LogEvents(t.Context(), outside)); len(events) > 0 {
		t.Errorf("%d events from before the incident have left", len(events))
	}
	if err := got.Close(); err != nil {
		t.Fatal(err)
	}
	if names := left(); len(names) > 1 {
		t.Errorf("after it was closed there are %v", names)
	}
}

func TestEncryptedBundle(t *testing.T) {
	identity := must[*age.X25519Identity](t)(age.GenerateX25519Identity())
	other := must[*age.X25519Identity](t)(age.GenerateX25519Identity())
	for name, c := range map[string]struct {
		lock bundle.Lock
		key  bundle.Key
		want error
	}{
		"passphrase":       {bundle.Lock{Passphrase: "a b"}, bundle.Key{Passphrase: "a b"}, nil},
		"wrong passphrase": {bundle.Lock{Passphrase: "a b"}, bundle.Key{Passphrase: "a c"}, app.ErrBundleKey},
		"no key": {bundle.Lock{Recipients: []string{identity.Recipient().String()}}, bundle.Key{},
			app.ErrBundleLocked},
		"recipient": {bundle.Lock{Recipients: []string{identity.Recipient().String()}},
			bundle.Key{Identities: identity.String()}, nil},
		"not a recipient": {bundle.Lock{Recipients: []string{identity.Recipient().String()}},
			bundle.Key{Identities: other.String()}, app.ErrBundleKey},
	} {
		t.Run(name, func(t *testing.T) {
			b, _, i := packed(t, c.lock)
			if bytes.Contains(b, []byte(i.Title)) {
				t.Error("the title can be read")
			}
			got, err := read(t.Context(), b, c.key)
			if !errors.Is(err, c.want) {
				t.Fatalf("it gives %v; want %v", err, c.want)
			}
			if err == nil {
				if got.Incident.Title != i.Title {
					t.Errorf("the incident is %q", got.Incident.Title)
				}
				got.Close()
			}
		})
	}
}

func TestLocksThatAreNone(t *testing.T) {
	from := cachetest.New(t, cachetest.Incident()).DB
	d := must[*bundle.Draft](t)(bundle.Prepare(t.Context(), from, opened(t, from), bundle.Options{}))
	defer d.Close()
	for _, lock := range []bundle.Lock{{Passphrase: "a", Recipients: []string{"age1"}},
		{Recipients: []string{"age1x"}}} {
		var b bytes.Buffer
		if err := d.Write(&b, lock); err == nil || b.Len() > 0 {
			t.Errorf("%+v writes %d bytes, %v", lock, b.Len(), err)
		}
	}
}

// repacked is a bundle whose manifest and database are changed. It says the right length and digest unless change says
// another.
func repacked(t *testing.T, change func(m *bundle.Manifest, database string)) []byte {
	t.Helper()
	from := cachetest.New(t, cachetest.Incident()).DB
	d := must[*bundle.Draft](t)(bundle.Prepare(t.Context(), from, opened(t, from), bundle.Options{Program: "test"}))
	defer d.Close()
	change(&d.Manifest, d.Database())
	var b bytes.Buffer
	if err := d.Write(&b, bundle.Lock{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stream is a bundle of any manifest and any bytes after it.
func stream(t testing.TB, manifest any, database io.Reader) []byte {
	b := bytes.NewBufferString("NEPHBDL\x01")
	packer := must[*zstd.Encoder](t)(zstd.NewWriter(b))
	text := must[[]byte](t)(json.Marshal(manifest))
	if err := errors.Join(binary.Write(packer, binary.BigEndian, uint32(len(text)))); err != nil {
		t.Fatal(err)
	}
	must[int](t)(packer.Write(text))
	must[int64](t)(io.Copy(packer, database))
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// endless reads as zeros.
type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// run changes the database of a draft by statements, and notes its new length and digest.
func run(t *testing.T, statements ...string) func(*bundle.Manifest, string) {
	return func(m *bundle.Manifest, database string) {
		db := must[*sql.DB](t)(sql.Open("sqlite", database))
		db.SetMaxOpenConns(1)
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		must[struct{}](t)(struct{}{}, bundle.Measure(m, database))
	}
}

func TestHostileBundles(t *testing.T) {
	zeros := func(n int64) io.Reader { return io.LimitReader(endless{}, n) }
	digest := strings.Repeat("0", 64)
	for name, c := range map[string]struct {
		make func(t *testing.T) []byte
		says string
	}{
		"empty":          {func(*testing.T) []byte { return nil }, "no bundle"},
		"text":           {func(*testing.T) []byte { return []byte("hello, this is no bundle") }, "no bundle"},
		"magic alone":    {func(*testing.T) []byte { return []byte("NEPHBDL\x01") }, "cut off"},
		"newer":          {func(*testing.T) []byte { return []byte("NEPHBDL\x07") }, "newer"},
		"another stream": {func(*testing.T) []byte { return []byte("NEPHBDL\x01PK\x03\x04 a zip") }, "cut off"},
		"manifest of 3":  {func(t *testing.T) []byte { return stream(t, 3, zeros(0)) }, "not JSON"},
		"no size":        {func(t *testing.T) []byte { return stream(t, bundle.Manifest{}, zeros(0)) }, "0 bytes"},
		"negative size": {func(t *testing.T) []byte {
			return stream(t, bundle.Manifest{Size: -1, Digest: digest},
				zeros(9))
		}, "-1 bytes"},
		"terabytes": {func(t *testing.T) []byte {
			return stream(t, bundle.Manifest{Size: 1 << 40, Digest: digest},
				zeros(9))
		}, "at most"},
		"bomb": {func(t *testing.T) []byte {
			return stream(t, bundle.Manifest{Size: 1 << 30, Digest: digest}, zeros(1<<26))
		}, "no bundle does"},
		"bomb untold": {func(t *testing.T) []byte {
			return stream(t, bundle.Manifest{Size: 1000, Digest: digest},
				zeros(1<<26))
		}, "goes on"},
		"long manifest": {func(t *testing.T) []byte { return stream(t, strings.Repeat("x", 9<<20), zeros(9)) },
			"no incident"},
		"no database": {func(t *testing.T) []byte {
			return stream(t, bundle.Manifest{Size: 500, Digest: digest},
				zeros(400))
		}, "cut off"},
		"wrong digest": {func(t *testing.T) []byte {
			return repacked(t, func(m *bundle.Manifest, _ string) { m.Digest = digest })
		}, "not the one"},
		"path for an id": {func(t *testing.T) []byte {
			return repacked(t, func(m *bundle.Manifest, _ string) { m.Incident = "id: ../../evil" })
		}, "small letters"},
		"no incident": {func(t *testing.T) []byte {
			return repacked(t,
				func(m *bundle.Manifest, _ string) { m.Incident = "[" })
		}, "not YAML"},
		"trigger": {func(t *testing.T) []byte {
			return repacked(t, run(t, "CREATE TRIGGER bad AFTER INSERT ON pin BEGIN SELECT 1; END"))
		}, `the trigger "bad"`},
		"view": {func(t *testing.T) []byte {
			return repacked(t, run(t, "DROP TABLE pin", "CREATE VIEW pin AS SELECT load_extension('x')"))
		}, `the view "pin"`},
		"virtual table": {func(t *testing.T) []byte {
			return repacked(t,
				run(t, "CREATE VIRTUAL TABLE bad USING fts5(a)"))
		}, "does not make"},
		"newer schema": {func(t *testing.T) []byte { return repacked(t, run(t, "PRAGMA user_version=99")) },
			"format 99"},
		"no cache": {func(t *testing.T) []byte { return repacked(t, run(t, "PRAGMA application_id=1")) },
			"another program"},
		"wrong types": {func(t *testing.T) []byte {
			return repacked(t, run(t, "PRAGMA writable_schema=1",
				"UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')"))
		}, "does not make"},
		"overlaid tables": {func(t *testing.T) []byte {
			return repacked(t, run(t, "PRAGMA writable_schema=1",
				"UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'scope') WHERE "+
					"name = 'pin'"))
		}, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			b := c.make(t)
			left := temporary(t)
			got, err := read(t.Context(), b, bundle.Key{})
			if err == nil {
				got.Close()
				t.Fatal("it is opened")
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("it is refused with %v; want %q", err, c.says)
			}
			if kind := app.KindOf(err); !slices.Contains([]app.Kind{app.Malformed, app.Foreign, app.Damaged}, kind) {
				t.Errorf("the error is of kind %v: %v", kind, err)
			}
			if names := left(); len(names) > 0 {
				t.Errorf("it has left %v", names)
			}
		})
	}
}

func TestDamagedValuesGiveErrorsWhenRead(t *testing.T) {
	b := repacked(t, run(t, "UPDATE log_text SET data = zeroblob(2000000)",
		"UPDATE series_chunk SET data = randomblob(5000)",
		"UPDATE service_graph SET nodes = '[{'", "UPDATE trail_event SET principal = '['"))
	got := must[*bundle.Bundle](t)(read(t.Context(), b, bundle.Key{}))
	defer got.Close()
	failures := 0
	for _, err := range got.Cache.LogEvents(t.Context(), app.LogQuery{}) {
		if err != nil {
			failures++
		}
	}
	for _, err := range got.Cache.TrailEvents(t.Context(), app.TrailQuery{}) {
		if err != nil {
			failures++
		}
	}
	if _, err := got.Cache.Series(t.Context(), app.SeriesQuery{}); err != nil {
		failures++
	}
	if failures != 3 {
		t.Errorf("%d of 3 reads fail", failures)
	}
}

func TestSniff(t *testing.T) {
	b, from, _ := packed(t, bundle.Lock{})
	identity := must[*age.X25519Identity](t)(age.GenerateX25519Identity())
	locked, _, _ := packed(t, bundle.Lock{Recipients: []string{identity.Recipient().String()}})
	folder := t.TempDir()
	for name, c := range map[string]struct {
		content []byte
		want    bundle.Kind
	}{"bundle": {b, bundle.Plain}, "locked": {locked, bundle.Locked}, "empty": {nil, bundle.Neither},
		"short": {[]byte("NEPH"), bundle.Neither},
		"cache": {must[[]byte](t)(os.ReadFile(from.Path())), bundle.WholeCache}} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := must[bundle.Kind](t)(bundle.Sniff(path)); got != c.want {
			t.Errorf("%s is of kind %d; want %d", name, got, c.want)
		}
	}
}

// FuzzRead changes bytes of a bundle before and after it is packed.
func FuzzRead(f *testing.F) {
	b, _, _ := packed(f, bundle.Lock{})
	f.Add(b, 0, []byte{})
	f.Add([]byte("NEPHBDL\x01"), 3, []byte{1})
	plain := must[[]byte](f)(io.ReadAll(must[*zstd.Decoder](f)(zstd.NewReader(bytes.NewReader(b[8:])))))
	f.Fuzz(func(t *testing.T, raw []byte, at int, patch []byte) {
		t.Setenv("TMPDIR", t.TempDir())
		inside := slices.Clone(plain)
		if at = max(at, 0) % len(inside); len(patch) > 0 {
			copy(inside[at:], patch)
		}
		packer := must[*zstd.Encoder](t)(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest)))
		for _, b := range [][]byte{raw, packer.EncodeAll(inside, []byte("NEPHBDL\x01"))} {
			got, err := read(t.Context(), b, bundle.Key{})
			if err != nil {
				if app.KindOf(err) == app.Unknown {
					t.Errorf("an error of no kind: %v", err)
				}
				continue
			}
			got.Cache.Readable(t.Context())
			if err := got.Close(); err != nil {
				t.Error(err)
			}
		}
		if left := must[[]os.DirEntry](t)(os.ReadDir(os.Getenv("TMPDIR"))); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	})
}

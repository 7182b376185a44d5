package terminal

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/cachetest"
)

// keeper is the file of a real cache, of a size that no cache of a test has, and with trouble that a test wants.
type keeper struct {
	*cachetest.Cache
	room      app.Room
	unsound   error
	damage    error          // what Check finds
	readable  []app.Readable // nil: what of the file is
	pruned    app.Pruned
	kept      app.Retention // what Prune was told
	compacted bool
	frozen    error
}

func (k *keeper) Room(context.Context) (app.Room, error) {
	room := k.room
	room.Fixed = room.Fixed && !k.compacted
	if k.compacted {
		room.Bytes /= 2
	}
	return room, nil
}

func (k *keeper) Sound(ctx context.Context) error {
	if k.unsound != nil {
		return k.unsound
	}
	return k.Cache.Sound(ctx)
}

func (k *keeper) Readable(ctx context.Context) []app.Readable {
	if k.readable != nil {
		return k.readable
	}
	return k.Cache.Readable(ctx)
}

func (k *keeper) Pin(ctx context.Context, p app.Pin) error {
	if k.frozen != nil {
		return k.frozen
	}
	return k.Cache.Pin(ctx, p)
}

func (k *keeper) PlanPrune(_ context.Context, r app.Retention, _ time.Time) (app.Pruned, error) {
	k.kept = r
	return k.pruned, nil
}

func (k *keeper) Prune(ctx context.Context, r app.Retention, now time.Time) (app.Pruned, error) {
	done, err := k.PlanPrune(ctx, r, now)
	return done, errors.Join(err, k.frozen)
}

func (k *keeper) ReadOnly() error { return k.frozen }

func (k *keeper) Compact(context.Context) error { k.compacted = true; return nil }

// kept returns deps with a cache file, which lasts from one command to the next, and the file.
func kept(t testing.TB) (Deps, *keeper) {
	k := &keeper{
		room: app.Room{Path: "/home/ann/cache.db", Bytes: 412_000_000, Log: 3_000_000, Free: 20_000_000, Format: 2,
			Holdings: []app.Holding{
				{Signal: app.Alarms, Items: 1_200, Bytes: 900_000},
				{Signal: app.Metrics, Items: 10_080_000, Bytes: 60_000_000},
				{Signal: app.Logs, Items: 1_000_000, Bytes: 170_000_000},
				{Signal: app.Traces, Items: 20_000, Bytes: 120_000_000},
				{Signal: app.Trail, Items: 100_000, Bytes: 39_000_000}, {Bytes: 2_000_000}}},
		pruned: app.Pruned{Forgotten: []app.Forgotten{
			{Signal: app.Logs, Items: 120_000, Before: noon.Add(-72 * time.Hour)},
			{Signal: app.Trail, Items: 8, Before: noon.Add(-72 * time.Hour)}},
			From: 412_000_000, To: 380_000_000},
	}
	shelf := filled()
	shelf.covers = []app.Cover{
		{Scope: prod, Signal: app.Logs, Resource: "a", Range: app.Since(noon, 24*time.Hour),
			AskedAt: noon.Add(-12 * time.Hour)},
		{Scope: prod, Signal: app.Logs, Resource: "b", Range: app.Since(noon, 12*time.Hour),
			AskedAt: noon.Add(time.Hour)},
		{Scope: data, Signal: app.Trail, Range: app.Since(noon, 24*time.Hour), AskedAt: noon, Truncated: true},
	}
	k.Cache = shelf.open(t)
	for _, p := range []app.Pin{
		{Name: "outage", Range: app.Since(noon, 2*time.Hour), Created: noon, Why: "for the review"},
		{Name: "migration", Range: app.Since(noon.Add(-240*time.Hour), 48*time.Hour), Scope: data.Place(),
			Created: noon},
	} {
		if err := k.Cache.Pin(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	d := depsOf(t, shelf)
	d.OpenCache = func(context.Context, string) (*Store, error) {
		if shelf.closed(t) {
			k.Reopen()
		}
		return &Store{Cache: checked{k.Cache, k.damage}, CacheFile: k, Settings: app.Settings{
			Keep: app.Retention{Size: 2 << 30, Age: map[app.Signal]time.Duration{app.Logs: 30 * 24 * time.Hour}}}}, nil
	}
	d.Settings = func(string) (Settings, error) { return Settings{}, nil }
	d.SetCacheAside = func(path string) (string, error) { return "/home/ann/cache.db.damaged-20260503-120000", nil }
	return d, k
}

func TestCache(t *testing.T) {
	d, k := kept(t)
	golden(t, "cache", runWith(t, t.Context(), d, "cache"))
	golden(t, "cache-json", runWith(t, t.Context(), d, "cache", "--json"))
	golden(t, "cache-prune-dry", runWith(t, t.Context(), d, "cache", "prune", "--dry-run"))
	golden(t, "cache-prune", runWith(t, t.Context(), d, "cache", "prune"))
	golden(t, "cache-prune-json", runWith(t, t.Context(), d, "cache", "prune", "--json"))
	if k.kept.Size != 2<<30 || k.compacted {
		t.Errorf("%+v", k)
	}
	golden(t, "cache-check", runWith(t, t.Context(), d, "cache", "check"))
	golden(t, "cache-check-json", runWith(t, t.Context(), d, "cache", "check", "--json"))
	golden(t, "cache-pin", runWith(t, t.Context(), d, "cache", "pin", "sale", "--since", "3h", "--why", "black friday",
		"--account", "111122223333", "--region", "eu-west-1"))
	golden(t, "cache-unpin", runWith(t, t.Context(), d, "cache", "unpin", "outage"))
	golden(t, "cache-unpin-json", runWith(t, t.Context(), d, "cache", "unpin", "migration", "--json"))

	k.pruned = app.Pruned{From: 3_000_000_000, To: 3_000_000_000, Over: 900_000_000}
	golden(t, "cache-prune-over", runWith(t, t.Context(), d, "cache", "prune"))
	k.room.Fixed = true
	golden(t, "cache-fixed", runWith(t, t.Context(), d, "cache"))
	golden(t, "cache-prune-fixed", runWith(t, t.Context(), d, "cache", "prune"))
	if !k.compacted {
		t.Error("a file that does not shrink by itself was not written anew")
	}
}

func TestCacheInTrouble(t *testing.T) {
	damage := &app.Error{Kind: app.Damaged, Op: "check the cache",
		Err: errors.New("/home/ann/cache.db is damaged: row 7 is missing from index trail_event_time")}
	tests := []struct {
		args string
		make func(*Deps, *keeper)
		code int
		says string
	}{
		{"cache", func(_ *Deps, k *keeper) { k.unsound = damage }, ExitFailed,
			"row 7 is missing from index trail_event_time. Set it aside"},
		{"cache check", func(_ *Deps, k *keeper) { k.damage = damage }, ExitFailed,
			"row 7 is missing from index trail_event_time. Set it aside"},
		{"cache check --set-aside", func(_ *Deps, k *keeper) { k.damage = damage }, ExitFailed,
			"The cache was damaged: it is kept as /home/ann/cache.db.damaged-20260503-120000, and a new one is " +
				"begun. What it held can be pulled again"},
		{"cache check --set-aside", func(d *Deps, _ *keeper) {
			d.OpenCache = func(context.Context, string) (*Store, error) { return nil, damage }
		}, ExitFailed, "it is kept as /home/ann/cache.db.damaged-20260503-120000"},
		{"cache", func(d *Deps, _ *keeper) {
			d.CacheExists = func(string) (bool, error) {
				return false,
					nil
			}
		}, ExitOK, "There is no cache yet: nephograph pull makes it."},
		{"cache --cache none.db", func(d *Deps, _ *keeper) {
			d.CacheExists = func(string) (bool, error) { return false, nil }
		}, ExitFailed, "There is no cache file none.db"},
		{"cache prune", func(_ *Deps, k *keeper) { k.pruned = app.Pruned{From: 1000, To: 1000} }, ExitOK,
			"There is nothing to forget."},
		{"cache prune", func(_ *Deps, k *keeper) {
			k.frozen = &app.Error{Kind: app.ReadOnly, Op: "forget", Err: errors.New("/mnt/cache.db may not be written")}
		}, ExitFailed, "The cache cannot be written: /mnt/cache.db may not be written. What it holds can be read."},
		{"cache prune", func(d *Deps, _ *keeper) {
			d.Settings = func(string) (Settings, error) {
				return Settings{}, &app.Error{Kind: app.Malformed, Op: "settings",
					Err: errors.New("settings.yaml, line 2: no")}
			}
		}, ExitFailed, "line 2: no"},
		{"cache pin a --account 111122223333", nil, ExitUsage, "one --account in one --region"},
		{"cache pin a --since never", nil, ExitUsage, "--since"},
		{"cache pin", nil, ExitUsage, "1 arg"},
		{"cache unpin nothing", nil, ExitFailed, `There is no pin "nothing", there is migration, outage.`},
		{"cache unpin outage", func(_ *Deps, k *keeper) { _, _ = k.Unpin(t.Context(), "migration") }, ExitOK,
			"Nothing is pinned."},
		{"cache bogus", nil, ExitUsage, "bogus"},
	}
	for _, test := range tests {
		d, k := kept(t)
		if test.make != nil {
			test.make(&d, k)
		}
		r := runWith(t, t.Context(), d, strings.Fields(test.args)...)
		if r.code != test.code || !strings.Contains(r.err, test.says) {
			t.Errorf("%s: exit %d, %q; want %d and %q", test.args, r.code, r.err, test.code, test.says)
		}
	}
	d, k := kept(t)
	k.damage = damage
	k.readable = []app.Readable{{Signal: app.Logs, Items: 12_003}, {Signal: app.Trail, Items: 7, Whole: true}}
	golden(t, "cache-check-damaged", runWith(t, t.Context(), d, "cache", "check", "--set-aside"))
}

// A pull sets a file aside that is too damaged to be opened, and goes on with a new one; it does not begin where
// nothing can be kept, and says what it leaves out.
func TestPullIntoACacheInTrouble(t *testing.T) {
	damage := &app.Error{Kind: app.Damaged, Op: "open the cache", Err: errors.New("/home/ann/cache.db is damaged")}
	nowhere := errors.New("nowhere to pull from")
	for name, test := range map[string]struct {
		args string
		make func(*Deps, *keeper)
		says []string
	}{
		"damaged": {"pull", func(d *Deps, _ *keeper) {
			sound := d.OpenCache
			d.OpenCache = func(context.Context, string) (*Store, error) { return nil, damage }
			d.RenewCache = func(context.Context, string) (string, error) {
				d.OpenCache = sound
				return "/home/ann/cache.db.damaged-1", nil
			}
		}, []string{"/home/ann/cache.db is damaged.",
			"The cache was damaged: it is kept as /home/ann/cache.db.damaged-1, and a new one is begun.",
			nowhere.Error()}},
		"read-only": {"pull", func(_ *Deps, k *keeper) {
			k.frozen = &app.Error{Kind: app.ReadOnly, Op: "write the cache",
				Err: errors.New("/mnt/cache.db may not be written")}
		}, []string{"The cache cannot be written: /mnt/cache.db may not be written. What it holds can be read. To " +
			"pull, get the right"}},
	} {
		d, k := kept(t)
		if test.make != nil {
			test.make(&d, k)
		}
		// c.deps is a copy of d: Open has to look at what it is now.
		open := func(ctx context.Context, path string) (*Store, error) {
			s, err := d.OpenCache(ctx, path)
			if s != nil {
				s.Connect = func(context.Context, Places) ([]*pull.Place, error) { return nil, nowhere }
			}
			return s, err
		}
		wired := d
		wired.OpenCache = open
		r := runWith(t, t.Context(), wired, strings.Fields(test.args)...)
		if r.code != ExitFailed {
			t.Errorf("%s: exit %d, %q", name, r.code, r.err)
		}
		for _, says := range test.says {
			if !strings.Contains(r.err, says) {
				t.Errorf("%s: %q does not say %q", name, r.err, says)
			}
		}
	}
}

func TestPullSaysWhatItLeavesOut(t *testing.T) {
	d, _ := kept(t)
	store, _ := d.OpenCache(t.Context(), "")
	for args, want := range map[string]string{
		"pull --since 40d": "Not asked for, as the settings do not keep them: log events before 2026-04-03 14:00:00. " +
			"What is pinned is asked for: nephograph cache pin.\n",
		"pull --since 30d": "", "pull --since 40d --signal trail": "",
	} {
		var out, errs strings.Builder
		c := &commandLine{Streams: Streams{strings.NewReader(""), &out, &errs}, deps: d}
		c.times.since = strings.Fields(args)[2]
		var signals []string
		if strings.HasSuffix(args, "trail") {
			signals = []string{"trail"}
		}
		wish, err := c.want(signals, "")
		if err == nil {
			err = c.noteForgotten(t.Context(), store, wish)
		}
		if err != nil || errs.String() != want {
			t.Errorf("%s: %q, %v; want %q", args, errs.String(), err, want)
		}
	}
}

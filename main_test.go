package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/cache/settings"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/views/terminal"
)

func TestCommitOf(t *testing.T) {
	noted := &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}}}
	tests := []struct {
		info *debug.BuildInfo
		ok   bool
		want string
	}{{noted, true, "abc"}, {&debug.BuildInfo{}, true, "unknown"}, {nil, false, "unknown"}}
	for _, test := range tests {
		if got := commitOf(test.info, test.ok); got != cmp.Or(commit, test.want) {
			t.Errorf("commitOf(%v) = %q; want %q", test.info, got, test.want)
		}
	}
}

func TestKnown(t *testing.T) {
	held := []app.Scope{{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}, {Account: "444455556666", Region: "us-east-1"}}
	for _, test := range []struct{ profile, region, account string }{
		{"shop", "eu-west-1", "111122223333"}, {"shop", "us-east-1", ""}, {"", "us-east-1", ""}, {"", "", ""},
	} {
		if got, want := known(held, test.profile, test.region), (app.Scope{Account: test.account, Region: test.region, Profile: test.profile}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// What nephograph settings --help shows as a settings file is one.
func TestTheManualShowsSettings(t *testing.T) {
	w, err := newWiring()
	if err != nil {
		t.Fatal(err)
	}
	var help bytes.Buffer
	terminal.Run(t.Context(), []string{"settings", "--help"}, terminal.Streams{In: &bytes.Buffer{}, Out: &help, Err: &help}, w.deps())
	var shown bytes.Buffer
	for line := range bytes.Lines(help.Bytes()) {
		if bytes.HasPrefix(line, []byte("Usage:")) {
			break
		}
		if bytes.HasPrefix(line, []byte("  ")) {
			shown.Write(line[2:])
		}
	}
	file := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(file, shown.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := settings.Read(file, "/home/ann/prod.db")
	if err != nil || found.Cap != 20*app.Dollar || found.Keep.Age[app.Logs] == 0 {
		t.Errorf("%+v, %v of\n%s", found, err, &shown)
	}
}

func TestCachedMakesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "cache.db")
	for _, want := range []bool{false, true} {
		if there, err := cached(file); there != want || err != nil {
			t.Errorf("cached = %v, %v; want %v", there, err, want)
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkDemoDay runs the built program on the simulator's day as make demo does.
//
// Budgets on a laptop of two cores: pull under 30 s and under 300 MiB; first picture under 1 s.
func BenchmarkDemoDay(b *testing.B) {
	folder := b.TempDir()
	env := serveDay(b, folder)
	file := filepath.Join(folder, "cache.db")
	b.Run("pull", func(b *testing.B) {
		for b.Loop() {
			for _, part := range []string{"", "-wal", "-shm"} {
				os.Remove(file + part)
			}
			began := time.Now()
			_, state := execute(b, env, append([]string{"pull", "--cache", file}, everywhere...)...)
			b.ReportMetric(time.Since(began).Seconds(), "s")
			b.ReportMetric(float64(state.SysUsage().(*syscall.Rusage).Maxrss)/1024, "peak-MiB")
		}
	})
	b.Run("first picture", func(b *testing.B) {
		for b.Loop() {
			out, _ := execute(b, env, append([]string{"--cache", file, "--visit", filepath.Join(folder, "out")}, everywhere...)...)
			said := regexp.MustCompile(`First picture after ([0-9.]+) s`).FindSubmatch(out)
			if said == nil {
				b.Fatalf("no picture: %s", out)
			}
			seconds, err := strconv.ParseFloat(string(said[1]), 64)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(seconds, "s")
		}
	})
}

// serveDay runs the simulator until the benchmark ends and returns the environment that leads to it, without a display:
// the program then makes its own, which it can look at.
func serveDay(b *testing.B, folder string) []string {
	b.Helper()
	aws := filepath.Join(folder, "aws")
	server := exec.Command(program, "simulate", "--addr", "127.0.0.1:0", "--aws-config", aws)
	server.Env = append(withoutDisplay(os.Environ()), "LC_ALL=en_US.UTF-8")
	said, err := server.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { server.Process.Signal(os.Interrupt); server.Wait() })
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if bytes.Contains(lines.Bytes(), []byte("AWS_CONFIG_FILE=")) { // it serves by then
			return append(server.Env, "AWS_CONFIG_FILE="+filepath.Join(aws, "config"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(aws, "credentials"))
		}
	}
	b.Fatal("the simulator ended before it served")
	return nil
}

// execute runs the program to its end.
func execute(b *testing.B, env []string, args ...string) ([]byte, *os.ProcessState) {
	b.Helper()
	c := exec.Command(program, args...)
	c.Env = env
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		b.Fatal(fmt.Errorf("nephograph %v: %w\n%s", args, err, complaint.String()))
	}
	return out, c.ProcessState
}

// TestFortyPlaces pulls forty places of the simulator through the real SDK into a real cache, of which one is denied, one
// answers after 20 seconds and one not at all. When the others have ended it is cancelled, so that nothing waits for the
// slow one; and once all is well, one more pull gets what lacks.
func TestFortyPlaces(t *testing.T) {
	folder := t.TempDir()
	for _, v := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(v, folder)
	}
	text, err := assets.Scenario("forty")
	must(t, err)
	scenario, err := world.ParseScenario(text)
	must(t, err)
	made, err := world.Make(scenario, world.Options{Seed: 1, Anchor: time.Now().UTC(), Scale: 0.1})
	must(t, err)
	server := simulator.New(made, simulator.Options{})
	url, wait, err := server.Start(t.Context(), "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, wait()) })
	config, credentials := server.AWSConfig(url)
	config += "[profile down]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:1\n" // nobody listens there
	credentials += "[down]\naws_access_key_id = AKIA\naws_secret_access_key = simulated\n"
	files, err := terminal.WriteAWSConfig(folder, config, credentials)
	must(t, err)
	t.Setenv("AWS_CONFIG_FILE", files[0])
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", files[1])

	db, err := cache.Open(t.Context(), filepath.Join(folder, "cache.db"))
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	presets, err := assets.Presets()
	must(t, err)
	w := &wiring{presets: presets, limits: providers.NewLimits(unhurried())}
	var scopes []app.Scope
	for _, p := range made.Places {
		scopes = append(scopes, p.Scope)
	}
	places, err := w.places(t.Context(), db, terminal.PlacesOf(scopes))
	must(t, err)
	gone, err := w.places(t.Context(), db, terminal.Places{Profiles: []string{"down"}, Regions: []string{"eu-west-1"}})
	must(t, err)
	const denied, slow, down = 3, 17, 29
	places[down] = gone[0]
	where := func(n int) app.Scope { // a place does not know its account before it is reached
		i := slices.IndexFunc(scopes, func(s app.Scope) bool {
			return s.Profile == places[n].Scope().Profile && s.Region == places[n].Scope().Region
		})
		return scopes[i]
	}
	server.SetFaultsAt(where(denied), simulator.Faults{Deny: []string{"*"}})
	server.SetFaultsAt(where(slow), simulator.Faults{Slow: 20 * time.Second})

	free := func(string, string, string, int) app.Money { return 0 }
	engine := pull.New(db, presets, free, time.Now)
	want := pull.Want{Places: places, Range: app.Since(time.Now(), 3*time.Hour)}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r := engine.Run(ctx, want, func(p pull.Progress) {
		going := slices.DeleteFunc(slices.Clone(p.Scopes), func(s pull.ScopeStatus) bool { return s.State.Ended() })
		if len(going) == 1 && going[0].Scope.Region == where(slow).Region {
			cancel()
		}
	})
	states := map[int]pull.State{denied: pull.Denied, slow: pull.Stopped, down: pull.Offline}
	for i, s := range r.Scopes {
		want, special := states[i]
		if !special {
			want = pull.Complete
		}
		if s.State != want || (s.Err != nil) != (want == pull.Denied || want == pull.Offline) {
			t.Errorf("place %d (%s) is %s because of %v, want %s", i, s.Scope, s.State, s.Err, want)
		}
	}
	if len(r.Scopes) != 40 || !r.Cancelled {
		t.Errorf("%d places, cancelled %v", len(r.Scopes), r.Cancelled)
	}

	server.SetFaults(simulator.Faults{})
	want.Places = slices.Delete(slices.Clone(places), down, down+1)
	if again := engine.Run(t.Context(), want, nil); !again.OK() || again.Cancelled {
		t.Errorf("once all is well: %v", again.Problems())
	}
	for n := range places {
		if n == down {
			continue
		}
		p := made.Places[slices.IndexFunc(made.Places, func(p *world.Place) bool { return p.Scope == where(n) })]
		events, kept := 0, 0
		for _, list := range p.Events {
			for _, e := range list {
				if want.Range.Contains(e.At) {
					events++
				}
			}
		}
		for _, err := range db.LogEvents(t.Context(), app.LogQuery{Scopes: []app.Scope{p.Scope}, Range: want.Range}) {
			must(t, err)
			kept++
		}
		if kept != events {
			t.Errorf("%s: %d log events of %d", p.Scope, kept, events)
		}
	}
}

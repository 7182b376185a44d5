package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/mask"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/cache/settings"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/views/alarms"
	"github.com/nephograph/nephograph/views/terminal"
	"github.com/nephograph/nephograph/views/timeline"
	"github.com/nephograph/nephograph/views/ui"
)

func TestCommitOf(t *testing.T) {
	noted := &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}}}
	tests := []struct {
		info *debug.BuildInfo
		ok   bool
		want string
	}{{noted, true, "abc"}, {&debug.BuildInfo{}, true, "unknown"}, {nil, false, "unknown"}}
	for _, test := range tests {
		want := test.want
		if commit != "" { // built in, as the Makefile does
			want = commit
		}
		if got := commitOf(test.info, test.ok); got != want {
			t.Errorf("commitOf(%v) = %q; want %q", test.info, got, want)
		}
	}
}

func TestVersionOf(t *testing.T) {
	const pseudo = "v0.0.0-20260301120000-0123456789ab+dirty"
	stamped := func(v string) *debug.BuildInfo { return &debug.BuildInfo{Main: debug.Module{Version: v}} }
	for _, test := range []struct {
		info    *debug.BuildInfo
		version string
		commit  string
	}{
		{stamped("v1.2.3"), "v1.2.3", "unknown"}, {stamped(pseudo), pseudo, "0123456789ab"},
		{stamped("(devel)"), "dev", "unknown"}, {stamped(""), "dev", "unknown"}, {nil, "dev", "unknown"},
	} {
		if version != "" || commit != "" { // built in, as the Makefile does
			test.version, test.commit = version, commit
		}
		if v, c := versionOf(test.info, test.info != nil), commitOf(test.info, test.info != nil); v != test.version ||
			c != test.commit {
			t.Errorf("%v: %q of commit %q, want %q of %q", test.info, v, c, test.version, test.commit)
		}
	}
}

func TestKnown(t *testing.T) {
	held := []app.Scope{{Account: "111122223333", Region: "eu-west-1", Profile: "shop"},
		{Account: "444455556666", Region: "us-east-1"}}
	for _, test := range []struct{ profile, region, account string }{
		{"shop", "eu-west-1", "111122223333"}, {"shop", "us-east-1", ""}, {"", "us-east-1", ""}, {"", "", ""},
	} {
		if got, want := known(held, test.profile, test.region),
			(app.Scope{Account: test.account, Region: test.region, Profile: test.profile}); got != want {
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
	terminal.Run(t.Context(), []string{"settings", "--help"},
		terminal.Streams{In: &bytes.Buffer{}, Out: &help, Err: &help}, w.deps())
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

// Every operation of the table has all that the program needs to call it: a price and a quota, a permission in the
// policy, a check in the doctor, and an answer in the simulator; and the ledger knows it by the name that the table
// has.
func TestOperations(t *testing.T) {
	at := world.Options{Seed: 1, Anchor: time.Now().Add(-time.Hour), Scale: 0.01}
	a := newAccount(t, "shop", at, simulator.Options{})
	file := filepath.Join(a.folder, "doctor.db")
	allowed, checked := a.policy(), a.doctor(file)
	requests := requestsIn(t, file)
	prices, err := assets.Prices()
	must(t, err)
	quotas, err := assets.Quotas()
	must(t, err)
	seen := map[string]bool{}
	for _, o := range app.Operations {
		if o.Purpose == "" || seen[o.Action] || o.Name() == "" {
			t.Errorf("%+v has no name or no purpose, or is listed twice", o)
		}
		seen[o.Action] = true
		price, ok := prices.Of(o.Service, o.Name())
		free := price.Price == 0 && len(price.Regions) == 0
		if !ok || free != (o.Billed == app.Free) || !free && app.BillingUnit(price.Unit) != o.Billed {
			t.Errorf("%s: billed by %q, and the price list has %+v", o.Action, o.Billed, price)
		}
		if quota, ok := quotas.Call(o.Service, o.Name()); !ok || quota.PerSecond <= 0 && quota.Why == "" {
			t.Errorf("%s has neither a quota nor a reason why there is none", o.Action)
		}
		if resource.Service(o.Service) == o.Service {
			t.Errorf("%s: no name for a person to read of %s", o.Action, o.Service)
		}
		if slices.Contains(allowed, o.Action) != o.NeedsPermission() {
			t.Errorf("%s: the policy has %v", o.Action, allowed)
		}
		check := o.Action
		if o == app.GetCallerIdentity {
			check = "identity"
		}
		if !checked[check] {
			t.Errorf("%s: the doctor has no check of it that is well", o.Action)
		}
		if !slices.Contains(simulator.Actions(), o.Action) {
			t.Errorf("%s: the simulator does not answer it", o.Action)
		}
		if !requests[o.Service+" "+o.Name()] {
			t.Errorf("%s is none of the doctor's requests: %v", o.Action, slices.Sorted(maps.Keys(requests)))
		}
	}
	for _, action := range slices.Concat(allowed, simulator.Actions()) {
		if !seen[action] {
			t.Errorf("%s is allowed or simulated, and not in the table", action)
		}
	}
	if len(requests) != len(app.Operations) {
		t.Errorf("the doctor asked %v", slices.Sorted(maps.Keys(requests)))
	}
}

// policy returns the actions that the policy command allows.
func (a *account) policy() []string {
	a.t.Helper()
	var policy struct{ Statement []struct{ Action []string } }
	must(a.t, json.Unmarshal(a.command("policy"), &policy))
	if len(policy.Statement) != 1 {
		a.t.Fatalf("%+v", policy)
	}
	return policy.Statement[0].Action
}

// doctor checks the first place with a cache file of its own, and returns what was well.
func (a *account) doctor(file string) map[string]bool {
	a.t.Helper()
	at := a.world.Places[0].Scope
	said := a.command("doctor", "--json", "--cache", file, "--profile", at.Profile, "--region", at.Region)
	well := map[string]bool{}
	for line := range bytes.Lines(said) {
		var f terminal.Finding
		must(a.t, json.Unmarshal(line, &f))
		well[f.Check] = f.OK
	}
	return well
}

// command returns what a command prints that ends well.
func (a *account) command(args ...string) []byte {
	a.t.Helper()
	w, err := newWiring()
	must(a.t, err)
	var out, wrong bytes.Buffer
	s := terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &wrong}
	if code := terminal.Run(a.t.Context(), args, s, w.deps()); code != terminal.ExitOK {
		a.t.Fatalf("%v: exit %d\n%s%s", args, code, &out, &wrong)
	}
	return out.Bytes()
}

// requestsIn returns which operations the ledger of a cache file has, as "monitoring GetMetricData".
func requestsIn(t *testing.T, file string) map[string]bool {
	t.Helper()
	db, err := cache.Open(t.Context(), file)
	must(t, err)
	defer db.Close()
	lines, err := db.SpendByCall(t.Context(), app.Range{})
	must(t, err)
	asked := map[string]bool{}
	for _, l := range lines {
		asked[l.Service+" "+l.Operation] = true
	}
	return asked
}

// account is a made-up AWS account, or several, with a cache, all in this process: the parts as the program joins them,
// but for the window.
type account struct {
	t       *testing.T
	world   *world.World
	presets app.Presets
	server  *simulator.Server
	folder  string // for all files of the test
	file    string // of the cache
	db      *cache.DB
}

// newAccount makes up the places of a scenario and serves them over HTTP. The AWS configuration of this process leads
// there, and to nothing that the user has set.
func newAccount(t *testing.T, scenario string, o world.Options, s simulator.Options) *account {
	t.Helper()
	a := &account{t: t, world: makeWorld(t, scenario, o), folder: t.TempDir()}
	for _, v := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(v, a.folder)
	}
	var err error
	a.presets, err = assets.Presets()
	must(t, err)
	s.Presets = a.presets
	a.server = simulator.New(a.world, s)
	url, wait, err := a.server.Start(t.Context(), "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, wait()) })
	a.configure(a.server.AWSConfig(url))
	a.file = filepath.Join(a.folder, "cache.db")
	a.db, err = cache.Open(t.Context(), a.file)
	must(t, err)
	t.Cleanup(func() { must(t, a.db.Close()) })
	return a
}

// makeWorld makes up the places of a scenario.
func makeWorld(t *testing.T, scenario string, o world.Options) *world.World {
	t.Helper()
	text, err := assets.Scenario(scenario)
	must(t, err)
	parsed, err := world.ParseScenario(text)
	must(t, err)
	made, err := world.Make(parsed, o)
	must(t, err)
	return made
}

// configure writes the texts of the AWS configuration's two files.
func (a *account) configure(config, credentials string) {
	a.t.Helper()
	files, err := terminal.WriteAWSConfig(a.folder, config, credentials)
	must(a.t, err)
	a.t.Setenv("AWS_CONFIG_FILE", files[0])
	a.t.Setenv("AWS_SHARED_CREDENTIALS_FILE", files[1])
}

// sources returns what can be asked of each place, by clients made as the options say, at rates that nothing waits for.
func (a *account) sources(o providers.Options) (all []pull.Sources) {
	a.t.Helper()
	o.Limits = providers.NewLimits(unhurried())
	for _, p := range a.world.Places {
		o.Account = p.Scope.Account
		cfg, err := providers.Connect(a.t.Context(), providers.Profile{Name: p.Scope.Profile, Region: p.Scope.Region},
			o)
		must(a.t, err)
		must(a.t, a.db.KeepScope(a.t.Context(), p.Scope,
			app.Identity{Account: p.Scope.Account, ARN: "arn:aws:iam::" + p.Scope.Account + ":user/oncall"}))
		all = append(all, sources(cfg, p.Scope))
	}
	return all
}

// unhurried are quotas that nothing waits for: what a day asks would take an hour at AWS's.
func unhurried() (quotas app.QuotaList) {
	for _, o := range app.Operations {
		unlimited := app.CallQuota{Operation: o.Name(), PerSecond: 1e6}
		quotas = append(quotas, app.QuotaSheet{Service: o.Service, Calls: []app.CallQuota{unlimited}})
	}
	return quotas
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// nothing is a price list of what is free.
func nothing(string, string, string, int) app.Money { return 0 }

// keptLogs counts the log events of a query.
func (a *account) keptLogs(q app.LogQuery) (n int) {
	a.t.Helper()
	for _, err := range a.db.LogEvents(a.t.Context(), q) {
		must(a.t, err)
		n++
	}
	return n
}

// logsOf counts the log events of a place in a range, as they were made up.
func logsOf(p *world.Place, within app.Range) (n int) {
	for _, events := range p.Events {
		for _, e := range events {
			if within.Contains(e.At) {
				n++
			}
		}
	}
	return n
}

// TestFortyPlaces pulls forty places of the simulator through the real SDK into a real cache, of which one is denied,
// one answers after 20 seconds and one not at all. When the others have ended it is cancelled, so that nothing waits
// for the slow one; and once all is well, one more pull gets what lacks.
func TestFortyPlaces(t *testing.T) {
	a := newAccount(t, "forty", world.Options{Seed: 1, Anchor: time.Now().UTC(), Scale: 0.1}, simulator.Options{})
	server, db := a.server, a.db
	config, err := os.ReadFile(os.Getenv("AWS_CONFIG_FILE"))
	must(t, err)
	credentials, err := os.ReadFile(os.Getenv("AWS_SHARED_CREDENTIALS_FILE"))
	must(t, err)
	// nobody listens there
	a.configure(string(config)+"[profile down]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:1\n",
		string(credentials)+"[down]\naws_access_key_id = AKIA\naws_secret_access_key = simulated\n")
	w := &wiring{presets: a.presets, limits: providers.NewLimits(unhurried()), sessions: &providers.Sessions{}}
	var scopes []app.Scope
	for _, p := range a.world.Places {
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

	engine := pull.New(pull.Config{Cache: db, Presets: a.presets, Price: nothing, Now: time.Now})
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
		p := a.world.Places[slices.IndexFunc(a.world.Places, func(p *world.Place) bool { return p.Scope == where(n) })]
		events, kept := logsOf(p, want.Range), a.keptLogs(app.LogQuery{Scopes: []app.Scope{p.Scope}, Range: want.Range})
		if kept != events {
			t.Errorf("%s: %d log events of %d", p.Scope, kept, events)
		}
	}
}

// TestAlarmsAreKeptAsAWSTellsThem pulls alarms through the real SDK into a real cache: with their queries and tags;
// with the tags that were known, where those are denied; and as gone, once somebody has deleted one.
func TestAlarmsAreKeptAsAWSTellsThem(t *testing.T) {
	a := newAccount(t, "shop", world.Options{Seed: 1, Anchor: time.Now().UTC(), Scale: 0.01}, simulator.Options{})
	engine := pull.New(pull.Config{Cache: a.db, Presets: a.presets, Price: nothing, Now: time.Now})
	want := pull.Want{Sources: a.sources(providers.Options{}), Range: app.Since(time.Now(), time.Hour),
		Signals: []app.Signal{app.Alarms}}
	cached := func(gone bool) map[string]app.Alarm {
		t.Helper()
		alarms, err := a.db.Alarms(t.Context(), app.AlarmQuery{Gone: gone})
		must(t, err)
		byARN := map[string]app.Alarm{}
		for _, alarm := range alarms {
			byARN[alarm.ARN] = alarm
		}
		return byARN
	}
	if r := engine.Run(t.Context(), want, nil); !r.OK() {
		t.Fatal(r.Problems())
	}
	first, formulas := cached(false), 0
	for _, p := range a.world.Places {
		for _, alarm := range p.Alarms {
			kept := first[alarm.ARN]
			if kept.Tags == nil || !maps.Equal(kept.Tags, alarm.Tags) ||
				fmt.Sprintf("%+v", kept.Readings()) != fmt.Sprintf("%+v", alarm.Readings()) ||
				len(kept.Queries) != len(alarm.Queries) {
				t.Errorf("%s is kept as %+v", alarm.Name, kept)
			}
			if len(kept.Queries) > 1 && kept.Period > 0 {
				formulas++
			}
		}
	}
	if len(first) != 30 || formulas != 1 {
		t.Errorf("%d alarms, %d of them on formulas", len(first), formulas)
	}

	a.server.SetFaults(simulator.Faults{Deny: []string{"tag:GetResources"}})
	changed := &a.world.Places[0].Alarms[0]
	changed.Tags, changed.Description = map[string]string{"team": "another"}, "changed"
	r := engine.Run(t.Context(), want, nil)
	for _, p := range r.Problems() {
		if p.Kind != app.Denied || p.Op != "tag:GetResources" {
			t.Error(p)
		}
	}
	if kept := cached(false)[changed.ARN]; len(r.Problems()) != len(a.world.Places) || kept.Description != "changed" ||
		!maps.Equal(kept.Tags, first[changed.ARN].Tags) {
		t.Errorf("%d problems; kept %+v", len(r.Problems()), kept)
	}

	a.server.SetFaults(simulator.Faults{})
	place := a.world.Places[0]
	deleted := place.Alarms[1].ARN
	place.Alarms = slices.Delete(slices.Clone(place.Alarms), 1, 2)
	before := time.Now().Truncate(time.Millisecond)
	if r := engine.Run(t.Context(), want, nil); !r.OK() {
		t.Fatal(r.Problems())
	}
	listed, all := cached(false), cached(true)
	if went := all[deleted].Gone; len(listed) != 29 || len(all) != 30 || went.Before(before) ||
		went.After(time.Now()) || !maps.Equal(all[deleted].Tags, first[deleted].Tags) {
		t.Errorf("%d alarms, %d with those that are gone; %+v", len(listed), len(all), all[deleted])
	}
	if kept := listed[changed.ARN]; kept.Tags["team"] != "another" {
		t.Errorf("once they may be asked for, the tags are %v", kept.Tags)
	}
	must(t, a.db.Check(t.Context()))
}

// These tests follow a simulated day whose data comes late, in no order and in parts (simulator.Faults.Unsettled), with
// the engine, the sources over the real SDK and the cache in this process, all by one clock that the test moves.

// lateDay is the end of such a day.
type lateDay struct {
	*account
	clock  atomic.Int64 // simulated, Unix ms
	engine *pull.Engine
	want   pull.Want
	pulls  int
	asked  int // requests
}

// newLateDay makes a day of that seed and scale, and sets the clock to its last three hours. AWS misbehaves as faults
// say.
func newLateDay(t *testing.T, seed uint64, scale float64, faults simulator.Faults) *lateDay {
	t.Helper()
	end := time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC) // on the hour, as is the period of the slowest alarm
	d := &lateDay{}
	d.want.Range = app.Since(end, 3*time.Hour)
	d.at(0)
	faults.Unsettled = true
	d.account = newAccount(t, "shop", world.Options{Seed: seed, Anchor: end, Scale: scale},
		simulator.Options{Clock: d.now, Faults: faults})
	d.want.Sources = d.sources(providers.Options{})
	masked := pull.Masked(d.db, mask.New(app.Masking{}))
	d.engine = pull.New(pull.Config{Cache: masked, Presets: d.presets, Price: nothing, Now: d.now})
	return d
}

func (d *lateDay) now() time.Time { return time.UnixMilli(d.clock.Load()).UTC() }

// at sets the clock to so long after the beginning of the three hours.
func (d *lateDay) at(after time.Duration) {
	d.clock.Store(d.want.Range.From.Add(after).UnixMilli())
}

// pull pulls all signals of all places, up to now.
func (d *lateDay) pull() pull.Report {
	d.t.Helper()
	r := d.engine.Run(d.t.Context(), d.want, nil)
	if problems := r.Problems(); len(problems) > 0 || r.Cancelled {
		d.t.Fatalf("at %v: %v", d.now(), problems)
	}
	d.pulls++
	d.asked += r.Requests
	return r
}

// interrupt begins a pull that is cancelled after so many requests.
func (d *lateDay) interrupt(after int) {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	defer cancel()
	r := d.engine.Run(ctx, d.want, func(p pull.Progress) {
		if p.Requests >= after {
			cancel()
		}
	})
	if problems := r.Problems(); len(problems) > 0 {
		d.t.Fatalf("interrupted at %v: %v", d.now(), problems)
	}
	d.asked += r.Requests
}

// follow pulls whenever so long has passed, which every says anew each time, for so long after the beginning.
func (d *lateDay) follow(until time.Duration, every func() time.Duration) {
	d.t.Helper()
	from := d.now().Sub(d.want.Range.From)
	for after := from; after < until; after += every() {
		d.at(after)
		d.pull()
	}
	d.at(until)
	d.pull()
}

// held sums up what the commands print of each signal.
func (d *lateDay) held() map[string]sum {
	d.t.Helper()
	sums := map[string]sum{}
	for signal, args := range answers {
		var out, complaint bytes.Buffer
		args = append(slices.Clone(args), "--cache", d.file, "--json", "--from", d.want.Range.From.Format(time.RFC3339),
			"--to", d.want.Range.To.Format(time.RFC3339))
		if code := run(d.t.Context(), args, terminal.Streams{In: &bytes.Buffer{}, Out: &out,
			Err: &complaint}); code != terminal.ExitOK {
			d.t.Fatalf("%v: exit code %d\n%s", args, code, complaint.String())
		}
		sums[signal] = sumLines(out.Bytes())
	}
	return sums
}

func (d *lateDay) truth() map[string]sum {
	sums := map[string]sum{}
	for signal, s := range d.world.Truth(d.presets, d.want.Range).Total {
		sums[signal] = sum(s)
	}
	return sums
}

// unsettled says what the cache does not hold for final, with an item for each resource.
func (d *lateDay) unsettled() (left []string) {
	d.t.Helper()
	covers, err := d.db.Coverage(d.t.Context(), app.CoverQuery{})
	must(d.t, err)
	byResource := map[string][]app.Cover{}
	for _, c := range covers {
		key := fmt.Sprint(c.Scope, " ", c.Signal, " ", c.Resource)
		byResource[key] = append(byResource[key], c)
	}
	for key, covers := range byResource {
		for _, r := range app.Unsettled(d.want.Range, covers) {
			left = append(left, fmt.Sprint(key, r))
		}
	}
	return left
}

// mustEndEqual compares the cache with the truth, signal by signal; no item may be missing, stale or there twice.
func (d *lateDay) mustEndEqual() {
	d.t.Helper()
	truth := d.truth()
	for signal, got := range d.held() {
		if want := truth[signal]; got != want || want.Count == 0 {
			d.t.Errorf("%s: the cache holds %d (%.12s), the truth is %d (%.12s)", signal, got.Count, got.SHA256,
				want.Count, want.SHA256)
		}
	}
	if left := d.unsettled(); len(left) > 0 {
		d.t.Errorf("not settled: %v", left)
	}
	for _, p := range d.world.Places {
		got, err := d.db.ServiceGraph(d.t.Context(), p.Scope, d.want.Range)
		must(d.t, err)
		if diff := cmp.Diff(p.Graph(d.want.Range).Nodes, got.Nodes); diff != "" {
			d.t.Errorf("the service graph of %s: %s", p.Scope, diff)
		}
	}
	must(d.t, d.db.Check(d.t.Context()))
}

// settled is when everything of the three hours is final: the longest of app.Signal.Lateness after the end.
const settled = 3*time.Hour + 130*time.Minute

// TestLateDataEndsAsTheTruth follows the last hours as a window that follows does, with pulls every few minutes, and
// then now and again.
func TestLateDataEndsAsTheTruth(t *testing.T) {
	d := newLateDay(t, 1, 0.15, simulator.Faults{})
	d.follow(3*time.Hour, func() time.Duration { return 5 * time.Minute })
	truth, sofar := d.truth(), d.held()
	for _, signal := range []string{"metrics", "logs", "traces", "trail"} {
		if sofar[signal] == truth[signal] {
			t.Errorf("%s: all is there when the day ends, and nothing was late: this shows nothing", signal)
		}
	}
	d.follow(settled, func() time.Duration { return 27 * time.Minute })
	d.mustEndEqual()
	t.Logf("%d pulls, %d requests", d.pulls, d.asked)

	plan, err := d.engine.Plan(t.Context(), d.want)
	must(t, err)
	for _, s := range plan.Steps {
		if !s.Range.Empty() && s.Signal != app.Traces { // those in progress are asked again for days
			t.Errorf("all is final, and it would ask %s %s for %v", s.Operation, s.Resource, s.Range)
		}
	}
	if r := d.pull(); r.New() > 0 {
		t.Errorf("all is final, and a pull brings %d new items", r.New())
	}
}

// TestLateDataAtAnyMoments pulls at moments that chance chooses: rarely, often, or not at all for hours; some pulls are
// interrupted, and AWS answers with empty pages and repeats tokens. The short run has three days of chance, the long
// one thirty.
func TestLateDataAtAnyMoments(t *testing.T) {
	days, scale := 3, 0.02
	if os.Getenv("NEPHOGRAPH_SOAK") == "1" {
		days, scale = 30, 0.1
	}
	for seed := uint64(1); seed <= uint64(days); seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			chance := rand.New(rand.NewPCG(seed, 0))
			d := newLateDay(t, seed, scale, simulator.Faults{Seed: seed, EmptyPages: 0.1, RepeatTokens: 0.1})
			for range chance.IntN(4) {
				pause := time.Duration(1+chance.IntN(60)) * time.Minute
				until := d.now().Sub(d.want.Range.From) + time.Duration(chance.IntN(120))*time.Minute
				if until < settled {
					d.interrupt(1 + chance.IntN(80))
					d.follow(until, func() time.Duration { return time.Duration(1 + chance.Int64N(int64(pause))) })
				}
			}
			d.at(settled + time.Duration(chance.IntN(60))*time.Minute)
			d.pull()
			d.mustEndEqual()
			t.Logf("%d pulls, %d requests", d.pulls, d.asked)
		})
	}
}

// These tests pull a small simulated day with the engine, the sources over the real SDK, the prices as they ship and
// the cache with its ledger, all in this process.

// paidDay is such a day, which ended when the test began.
type paidDay struct {
	*account
	prices app.PriceList
	now    time.Time
	want   pull.Want // the last six hours of all places
}

func newPaidDay(t *testing.T, faults simulator.Faults) *paidDay {
	t.Helper()
	d := &paidDay{now: time.Now().UTC().Truncate(time.Second)} // the ledger has real times
	var err error
	d.prices, err = assets.Prices()
	must(t, err)
	d.account = newAccount(t, "shop", world.Options{Seed: 1, Anchor: d.now, Scale: 0.1},
		simulator.Options{Clock: func() time.Time { return d.now }, Faults: faults})
	d.want.Range = app.Since(d.now, 6*time.Hour)
	d.want.Sources = d.sources(providers.Options{Record: d.db.Record, Price: d.prices.Price,
		MaxBackoff: time.Millisecond})
	return d
}

// pull pulls under a cap of the month.
func (d *paidDay) pull(limit app.Money) pull.Report {
	d.t.Helper()
	var ticks atomic.Int64 // a pull takes its time: what is asked is asked later than it was planned
	now := func() time.Time { return d.now.Add(time.Duration(ticks.Add(1)) * time.Millisecond) }
	e := pull.New(pull.Config{
		Cache: d.db, Presets: d.presets, Price: d.prices.Price, Now: now, MonthCap: func() app.Money { return limit },
	})
	r := e.Run(d.t.Context(), d.want, nil)
	must(d.t, d.db.Flush(d.t.Context()))
	return r
}

// billed returns what the ledger says of an operation; of all for "".
func (d *paidDay) billed(operation string) (sum app.SpendLine) {
	d.t.Helper()
	lines, err := d.db.SpendByCall(d.t.Context(), app.Range{})
	must(d.t, err)
	for _, l := range lines {
		if operation == "" || l.Operation == operation {
			sum.Requests, sum.Cost, sum.Units = sum.Requests+l.Requests, sum.Cost+l.Cost, sum.Units+l.Units
		}
	}
	return sum
}

// free counts what costs nothing: in the cache, and in the world.
func (d *paidDay) free() (got, want int) {
	d.t.Helper()
	got = d.keptLogs(app.LogQuery{Range: d.want.Range})
	for _, err := range d.db.TrailEvents(d.t.Context(), app.TrailQuery{Range: d.want.Range}) {
		must(d.t, err)
		got++
	}
	for _, p := range d.world.Places {
		want += logsOf(p, d.want.Range)
		for _, e := range p.Trail {
			if d.want.Range.Contains(e.At) {
				want++
			}
		}
	}
	return got, want
}

// A cap is reached in the middle of a pull, on a day on which a tenth of the calls is refused: paid calls stop before
// it, but for one page of trace summaries at a time, whose price is known when it is there; what is free comes all the
// same, and the next pull pays for no more than is left.
func TestTheCapOfTheMonth(t *testing.T) {
	const limit = app.Dollar / 2_000
	d := newPaidDay(t, simulator.Faults{Seed: 3, Throttle: 0.1})
	r := d.pull(limit)
	pages := d.prices.Price("xray", "GetTraceSummaries", "eu-west-1", 4*50) // an hour of a place has fewer traces
	spent := d.billed("").Cost
	if spent > limit+pages || spent < limit/2 {
		t.Errorf("spent %d nano dollars of %d", spent, limit)
	}
	if got, want := d.free(); got != want || want == 0 {
		t.Errorf("%d items of the %d that cost nothing", got, want)
	}
	if problems := r.Problems(); len(problems) != 1 || problems[0].Kind != app.TooMuch {
		t.Errorf("problems %v", problems)
	}
	if d.pull(limit); d.billed("").Cost > limit+pages {
		t.Errorf("with another pull it comes to %d nano dollars of %d", d.billed("").Cost, limit)
	}
	if r := d.pull(-1); !r.OK() { // with no cap the rest comes
		t.Errorf("problems %v", r.Problems())
	}
}

// GetMetricData is billed by the metric: each reading of a place is asked once, as soon as it has a new datapoint, and
// what is older than AWS keeps minutes once more by five of them.
func TestMetricsAreBilledOnce(t *testing.T) {
	d := newPaidDay(t, simulator.Faults{})
	d.want.Signals = []app.Signal{app.Metrics}
	pull := func(what string, want int) {
		t.Helper()
		before := d.billed("GetMetricData")
		if r := d.pull(-1); !r.OK() {
			t.Fatal(r.Problems())
		}
		after := d.billed("GetMetricData")
		if got := after.Units - before.Units; got != want {
			t.Errorf("%s: %d metrics are billed, want %d", what, got, want)
		}
		if cost := d.prices.Price("monitoring", "GetMetricData", "eu-west-1", after.Units); cost != after.Cost {
			t.Errorf("%s: %d metrics for %s, want %s", what, after.Units, after.Cost, cost)
		}
	}
	// The first listing tells what there is; it is the cache that knows it then.
	if r := d.discover(); !r.OK() {
		t.Fatal(r.Problems())
	}
	readings, minutes, eras := 0, 0, 0
	for _, p := range d.world.Places {
		metrics, err := d.db.Metrics(t.Context(), p.Scope)
		must(t, err)
		alarms, err := d.db.Alarms(t.Context(), app.AlarmQuery{Scopes: []app.Scope{p.Scope}})
		must(t, err)
		distinct := map[string]bool{} // what minutes become in two weeks, some alarm may read already
		for _, r := range d.presets.Readings(metrics, alarms) {
			readings++
			distinct[r.Key()] = true
			if r.Period == time.Minute {
				minutes++
				r.Period = 5 * time.Minute
				distinct[r.Key()] = true
			}
		}
		eras += len(distinct)
	}
	if minutes == 0 || readings == minutes || eras == readings+minutes {
		t.Fatalf("%d readings, %d by minutes: this day shows too little", readings, minutes)
	}
	pull("the first time", readings)
	d.later(3 * time.Second)
	pull("at once again", 0)
	d.later(time.Minute)
	pull("a minute later", minutes)
	d.later(4 * time.Minute)
	pull("five minutes later", readings)
	d.want.Range = app.Since(d.now, 20*24*time.Hour)
	pull("twenty days at once again", eras)
}

// later lets time pass.
func (d *paidDay) later(by time.Duration) {
	d.now = d.now.Add(by)
	d.want.Range.To = d.now
}

// discover asks what there is.
func (d *paidDay) discover() pull.Report {
	e := pull.New(pull.Config{
		Cache: d.db, Presets: d.presets, Price: d.prices.Price, Now: func() time.Time { return d.now },
	})
	return e.Discover(d.t.Context(), d.want)
}

// What a person signs in with, in a form that is found again wherever it turns up. None of it may, under any trouble.
var credentials = []string{
	"AKIAPRIV111122223333",
	"wJalrXUtnFEMI/K7MDENG/bPxRfiPRIVACYKEY01",
	"IQoJb3JpZ2luX2VjEPRIVACY//////////wEaCXVzLWVhc3QtMSJHMEUCIQDprivacy0123456789abcdefghijklmnopqrstuvwxyzPRIVACY0123456789",
}

// What telemetry tells by mistake: none of it is kept, unless a person has switched masking off.
var leaked = []string{
	"AKIALEAKEDINALOGLINE", "hunter2-in-a-log", "hunter2-in-a-trace", "hunter2-in-a-url", "hunter2-in-an-annotation",
	"hunter2-in-a-trail-event",
	"hunter2-in-an-alarm", "hunter2-in-a-tag", "hunter2-in-a-label",
	"eyJhbGciOiJIUzI1NiJ9.eyJsZWFrZWQiOiJ0b2tlbiJ9.dBjftJeZ4CVPmB92K27uhbUJU1p1r", "4111111111111111",
	"bearer0leaked1token2",
}

// leak puts what must not be kept into the telemetry of a place.
func leak(t *testing.T, p *world.Place) {
	t.Helper()
	lines := []string{
		"created key AKIALEAKEDINALOGLINE", `{"level":"INFO","user":"ann","password":"hunter2-in-a-log"}`,
		"got " + leaked[9], "charged 4111111111111111", "Authorization: Bearer bearer0leaked1token2",
		"connecting to postgres://shop:hunter2-in-a-url@db:5432/orders",
	}
	for _, group := range p.Groups {
		for i := range p.Events[group.Name] {
			if len(lines) > 0 {
				p.Events[group.Name][i].Message, lines = lines[0], lines[1:]
			}
		}
	}
	if len(lines) > 0 || len(p.Traces) == 0 || len(p.Trail) == 0 || len(p.Alarms) == 0 {
		t.Fatal("the place is too small for all the leaks")
	}
	p.Alarms[0].Description = "secret=hunter2-in-an-alarm"
	p.Alarms[0].Tags = map[string]string{"db-password": "hunter2-in-a-tag"}
	p.Alarms[0].Queries = []app.MetricQuery{{ID: "m1", Label: "secret=hunter2-in-a-label",
		Reading: &app.Reading{Metric: *p.Alarms[0].Metric, Statistic: "Sum", Period: time.Minute}, Compared: true}}
	span := &p.Traces[0].Spans[0]
	span.Metadata = json.RawMessage(`{"default":{"apiKey":"hunter2-in-a-trace"}}`)
	span.Annotations = map[string]any{"password": "hunter2-in-an-annotation"}
	var raw map[string]any
	if err := json.Unmarshal(p.Trail[0].Raw, &raw); err != nil {
		t.Fatal(err)
	}
	raw["requestParameters"] = map[string]any{"masterUserPassword": "hunter2-in-a-trail-event"}
	p.Trail[0].Raw, _ = json.Marshal(raw)
}

// leakyAWS serves a small account that leaks, over HTTP. Every echo-th answer is a refusal that repeats the request's
// headers, as AWS does when a signature does not match; 0 is never.
func leakyAWS(t *testing.T, faults simulator.Faults, echo int64) (address string) {
	t.Helper()
	made := makeWorld(t, "shop", world.Options{Seed: 1, Anchor: time.Now().UTC(), Scale: 0.01})
	i := slices.IndexFunc(made.Places, func(p *world.Place) bool {
		return p.Scope == (app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: p.Scope.Profile})
	})
	if i < 0 {
		t.Fatal("the shop has moved")
	}
	leak(t, made.Places[i])
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	real, wait, err := simulator.New(made, simulator.Options{Presets: presets, Faults: faults}).Start(t.Context(),
		"127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(real)
	if err != nil {
		t.Fatal(err)
	}
	pass, asked := httputil.NewSingleHostReverseProxy(target), new(atomic.Int64)
	pass.ErrorLog = log.New(io.Discard, "", 0) // callers that leave
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The first call asks who the caller is; refused, it would end everything.
		if n := asked.Add(1); echo == 0 || n == 1 || n%echo != 0 {
			pass.ServeHTTP(w, r)
			return
		}
		var headers bytes.Buffer
		_ = r.Header.Write(&headers)
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		w.WriteHeader(http.StatusForbidden)
		_ = json.NewEncoder(w).Encode(map[string]string{"__type": "SignatureDoesNotMatch",
			"message": "The request signature we calculated does not match. The Canonical String for this request " +
				"should have been\n" +
				headers.String() + strings.Join(credentials, " ")})
	}))
	t.Cleanup(func() { front.Close(); _ = wait() })
	return front.URL
}

// useLeakyAWS leads this process to that account with the recognisable credentials, and away from all that the user has
// set.
func useLeakyAWS(t *testing.T, address, folder, set string) {
	t.Helper()
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
	file := filepath.Join(folder, "settings.yaml")
	if err := os.WriteFile(file, []byte(set), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, settings.Variable: file,
		"AWS_CONFIG_FILE": filepath.Join(folder, "none"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(folder, "none"),
		"AWS_ENDPOINT_URL": address, "AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_ACCESS_KEY_ID": credentials[0], "AWS_SECRET_ACCESS_KEY": credentials[1],
		"AWS_SESSION_TOKEN": credentials[2],
	} {
		t.Setenv(name, value)
	}
}

// pullAndTell pulls and asks every command for all that it knows. It returns what was printed and the bytes of every
// file that was left.
func pullAndTell(t *testing.T, folder string) (said string, files []byte) {
	t.Helper()
	w, err := newWiring()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "cache.db")
	var out bytes.Buffer
	for _, args := range [][]string{
		{"pull", "--since", "25h"}, {"pull", "--since", "25h", "--json"}, {"doctor"}, {"doctor", "--json"}, {"alarms"},
		{"alarms", "--json"},
		{"alarms", "--history", "--json"}, {"metrics", "--json"}, {"groups", "--json"},
		{"search", "--json", "--since", "26h"}, {"search", "--limit", "0"},
		{"traces", "--json", "--since", "26h"}, {"trail", "--json", "--since", "26h"}, {"ledger", "--json"}, {"ledger"},
		{"cost", "--json"}, {"cache", "--json"}, {"settings"},
	} {
		terminal.Run(t.Context(), append(args, "--cache", file),
			terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, w.deps())
	}
	err = filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		files = append(append(files, name...), content...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), files
}

// found returns which of these texts stand in the output or the files, whole or but for their ends.
func found(texts []string, said string, files []byte) (all []string) {
	for _, text := range texts {
		middle := text[2 : len(text)-2]
		if strings.Contains(said, middle) || bytes.Contains(files, []byte(middle)) {
			all = append(all, text)
		}
	}
	return all
}

// Credentials and what telemetry leaks reach neither the cache nor the screen, whatever goes wrong.
func TestNothingSecretIsKeptOrTold(t *testing.T) {
	for _, trouble := range []struct {
		name   string
		faults simulator.Faults
		echo   int64
		says   string // that the trouble was there
	}{
		{name: "none", says: `"password\":\"****************\"`},
		{name: "refused with the headers", echo: 3, says: "SignatureDoesNotMatch"},
		{name: "denied", faults: simulator.Faults{Deny: []string{"logs:*", "cloudtrail:LookupEvents"}},
			says: "does not allow"},
		{name: "expired", faults: simulator.Faults{Expire: true}, says: "expired"},
		{name: "malformed", faults: simulator.Faults{Malformed: 1}, says: "cannot be read"},
	} {
		t.Run(trouble.name, func(t *testing.T) {
			folder := t.TempDir()
			useLeakyAWS(t, leakyAWS(t, trouble.faults, trouble.echo), folder, "")
			said, files := pullAndTell(t, folder)
			if all := found(append(slices.Clone(credentials), leaked...), said, files); len(all) > 0 {
				t.Errorf("found: %v", all)
			}
			if !strings.Contains(said, trouble.says) {
				t.Errorf("nothing says %q:\n%.3000s", trouble.says, said)
			}
		})
	}
}

// The same search finds everything where masking is off: it looks in the right places. Credentials stay out even then.
func TestWithoutMaskingTelemetryIsKeptAsItIs(t *testing.T) {
	folder := t.TempDir()
	useLeakyAWS(t, leakyAWS(t, simulator.Faults{}, 0), folder, "mask: off\n")
	said, files := pullAndTell(t, folder)
	if all := found(leaked, said, files); len(all) != len(leaked) {
		t.Errorf("found only %s", fmt.Sprint(all))
	}
	if all := found(credentials, said, files); len(all) > 0 {
		t.Errorf("found: %v", all)
	}
}

// A settings file with a mistake stops what asks AWS, and says where the mistake is; what is cached stays readable.
func TestABrokenSettingsFileStopsOnlyPulls(t *testing.T) {
	folder := t.TempDir()
	useLeakyAWS(t, "http://127.0.0.1:1", folder, "cap: $5\nmasks: off\n")
	w, err := newWiring()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"pull"}, terminal.ExitFailed,
			`settings.yaml, line 2: "masks" is not a setting; there are cap, follow, keep, mask, workspaces. Nothing ` +
				`is pulled until it is mended`},
		{[]string{"search"}, terminal.ExitOK, ""},
		{[]string{"settings"}, terminal.ExitFailed, `line 2: "masks" is not a setting`},
	} {
		var out bytes.Buffer
		code := terminal.Run(t.Context(), append(test.args, "--cache", filepath.Join(folder, "cache.db")),
			terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, w.deps())
		if code != test.code || !strings.Contains(out.String(), test.want) {
			t.Errorf("%v: exit %d, %s", test.args, code, &out)
		}
	}
}

// A laptop after a fortnight: what the timeline has to be quick with.
const (
	laptopDays   = 14
	laptopAlarms = 300
	laptopLogs   = 1_000_000
	laptopTraces = 20_000
	laptopSeries = 12 // that alarms watch; each is a lane
)

// laptop is a cache that holds all that, and the end of its days.
func laptop(b *testing.B) (*cache.DB, time.Time) {
	b.Helper()
	l := newLaptop(b)
	db, to := l.db, l.days.To
	must := func(_ int, err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(0, db.KeepScope(b.Context(), l.place, app.Identity{Account: l.place.Account}))
	metrics, series := l.series()
	must(db.KeepMetrics(b.Context(), l.place, metrics))
	must(db.KeepSeries(b.Context(), series, l.cover(app.Metrics)))
	alarms, history := l.alarms(metrics, laptopAlarms)
	must(db.KeepAlarms(b.Context(), l.place, alarms, to))
	must(db.KeepAlarmHistory(b.Context(), history, l.cover(app.Alarms)))
	for page := range l.pages(laptopLogs, 10_000) {
		must(db.KeepLogEvents(b.Context(), l.events(page), l.cover(app.Logs)))
	}
	for page := range l.pages(laptopTraces, 1_000) {
		must(db.KeepTraces(b.Context(), l.traces(page), l.cover(app.Traces)))
	}
	return db, to
}

// laptopScribe makes up what the laptop holds.
type laptopScribe struct {
	b      *testing.B
	db     *cache.DB
	random *rand.Rand
	days   app.Range
	place  app.Scope
}

// newLaptop opens an empty cache to be filled.
func newLaptop(b *testing.B) laptopScribe {
	b.Helper()
	db, err := cache.Open(b.Context(), filepath.Join(b.TempDir(), "nephograph.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	to := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	return laptopScribe{b: b, db: db, random: rand.New(rand.NewPCG(4, 2)), days: app.Since(to, laptopDays*24*time.Hour),
		place: app.Scope{Account: "111122223333", Region: "eu-west-1"}}
}

func (l laptopScribe) cover(s app.Signal) app.Cover {
	return app.Cover{Signal: s, Scope: l.place, Range: l.days, AskedAt: l.days.To.Add(24 * time.Hour)}
}

// pages yields the times of n items, spread evenly, so many at once.
func (l laptopScribe) pages(n, page int) iter.Seq[[]time.Time] {
	return func(yield func([]time.Time) bool) {
		var times []time.Time
		for i := range n {
			times = append(times, l.days.From.Add(l.days.Length()*time.Duration(i)/time.Duration(n)))
			if len(times) == page {
				if !yield(times) {
					return
				}
				times = nil
			}
		}
	}
}

func (l laptopScribe) series() (metrics []app.Metric, all []app.Series) {
	for i := range laptopSeries {
		m := app.NewMetric("AWS/Lambda", "Duration",
			app.Dimension{Name: "FunctionName", Value: fmt.Sprintf("service-%02d", i)})
		s := app.Series{Scope: l.place, Unit: "Milliseconds", Complete: true,
			Reading: app.Reading{Metric: m, Statistic: "p99", Period: time.Minute}}
		for at := l.days.From; at.Before(l.days.To); at = at.Add(time.Minute) {
			s.Points = append(s.Points, app.Point{At: at, Value: 80 + 20*l.random.NormFloat64()})
		}
		metrics, all = append(metrics, m), append(all, s)
	}
	return metrics, all
}

func (l laptopScribe) alarms(metrics []app.Metric, n int) (all []app.Alarm, history []app.AlarmHistoryItem) {
	threshold := 120.0
	for i := range n {
		a := app.Alarm{Scope: l.place, Name: fmt.Sprintf("alarm-%03d", i), Kind: app.MetricAlarm, State: app.OK,
			Since:  l.days.From,
			Metric: &metrics[i%len(metrics)], Statistic: "p99", Period: time.Minute, Comparison: "GreaterThanThreshold",
			Threshold:         &threshold,
			EvaluationPeriods: 3, DatapointsToAlarm: 3}
		for turn := range 20 {
			from, to := app.OK, app.InAlarm
			if turn%2 == 1 {
				from, to = to, from
			}
			at := l.days.From.Add(l.days.Length() * time.Duration(turn*n+i) / time.Duration(20*n))
			history = append(history, app.AlarmHistoryItem{Scope: l.place, Alarm: a.Name, At: at, Kind: app.StateUpdate,
				From: from, To: to})
			a.State, a.Since = to, at
		}
		all = append(all, a)
	}
	return all, history
}

func (l laptopScribe) events(times []time.Time) (all []app.LogEvent) {
	levels := []app.Level{app.LevelInfo, app.LevelInfo, app.LevelInfo, app.LevelInfo, app.LevelWarn, app.LevelError}
	for _, at := range times {
		e := app.LogEvent{Scope: l.place, Group: fmt.Sprintf("/aws/lambda/service-%02d", l.random.IntN(laptopSeries)),
			Stream: "s",
			ID:     fmt.Sprintf("%056d", l.random.Int64()), At: at, Ingested: at,
			Message: fmt.Sprintf("request %016x took %d ms", l.random.Uint64(), l.random.IntN(4000))}
		e.Level = levels[l.random.IntN(len(levels))]
		all = append(all, e)
	}
	return all
}

func (l laptopScribe) traces(times []time.Time) (all []app.Trace) {
	for _, at := range times {
		took := time.Duration(l.random.IntN(4_000_000)) * time.Microsecond
		id := app.TraceID(fmt.Sprintf("1-%08x-%08x%016x", at.Unix(), l.random.Uint32(), l.random.Uint64()))
		all = append(all, app.Trace{Scope: l.place, ID: id, Start: at, Duration: took, Response: took,
			Entry: "service-00", Fault: l.random.IntN(50) == 0})
	}
	return all
}

// stage is a screen in a window that draws nothing, with work away from the UI goroutine on others as in the running
// program. The benchmark's goroutine is the UI goroutine.
type stage struct {
	view    ui.Screen
	session *ui.Session
	back    chan func()
	away    atomic.Int64 // works under way
}

// newStage shows the timeline of the laptop.
func newStage(b *testing.B) *stage {
	b.Helper()
	db, now := laptop(b)
	s, presets := newSession(b, now)
	s.show(b, timeline.New(s.session, db, presets))
	return s
}

func newSession(b *testing.B, now time.Time) (*stage, app.Presets) {
	b.Helper()
	presets, err := assets.Presets()
	if err != nil {
		b.Fatal(err)
	}
	ui.UseAppearance(test.NewTempApp(b))
	s := &stage{back: make(chan func(), 64)}
	threads := ui.Threads{Back: func(f func()) { s.back <- f }, Away: func(f func()) {
		s.away.Add(1)
		go func() { f(); s.back <- func() { s.away.Add(-1) } }()
	}}
	s.session = ui.NewSession(app.Focus{}.On(app.Since(now, time.Hour)), time.UTC, threads,
		func() time.Time { return now })
	return s, presets
}

// show enters a screen, as large as rail, focus bar and status bar leave it of 1440x900.
func (s *stage) show(b *testing.B, screen ui.Screen) {
	b.Helper()
	s.view = screen
	w := test.NewTempWindow(b, screen)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1376, 830))
	screen.Enter(nil)
	s.settle()
}

// settle does what comes back until nothing is under way.
func (s *stage) settle() {
	for s.away.Load() > 0 || len(s.back) > 0 {
		(<-s.back)()
	}
}

// field returns what answers the pointer.
func (s *stage) field(b *testing.B) (fyne.Draggable, desktop.Mouseable) {
	b.Helper()
	for _, o := range test.LaidOutObjects(s.view) {
		d, ok := o.(fyne.Draggable)
		m, able := o.(desktop.Mouseable)
		if ok && able {
			return d, m
		}
	}
	b.Fatal("nothing answers the pointer")
	return nil, nil
}

// processTime is the CPU time that this process has taken, on all cores.
func processTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Budget, with 12 series of minutes over 14 days, 300 alarms, a million log events and 20,000 traces, at 1440x900: the
// first full picture of a new window in 150 ms; a frame while dragging in 16 ms of the UI goroutine and 50 ms of CPU in
// all. What the driver needs to bring it to the screen is not among it.
func BenchmarkTimeline(b *testing.B) {
	s := newStage(b)
	now := s.session.Now()
	for _, window := range []time.Duration{3 * time.Hour, 24 * time.Hour, laptopDays * 24 * time.Hour} {
		b.Run(fmt.Sprintf("window of %.0f h", window.Hours()), func(b *testing.B) {
			for i := 0; b.Loop(); i++ { // never the same window twice
				s.session.Go(s.session.Focus.Now().On(app.Since(now.Add(-time.Duration(i+1)*time.Minute), window)))
				s.settle()
			}
		})
	}
	b.Run("drag", s.drag)
}

// drag pulls the picture to and fro, sixty times a second, and reports what a frame costs.
func (s *stage) drag(b *testing.B) {
	pull, press := s.field(b)
	const left, y, wide, frame = 700, 400, 200, time.Second / 60
	press.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(left, y)},
		Button: desktop.MouseButtonTertiary})
	var busy, worst time.Duration
	before, frames := processTime(b), 0
	for b.Loop() {
		began := time.Now()
		pull.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(left+float32(frames%wide), y)}})
		for len(s.back) > 0 {
			(<-s.back)()
		}
		took := time.Since(began)
		busy, worst, frames = busy+took, max(worst, took), frames+1
		time.Sleep(frame - took)
	}
	b.ReportMetric(busy.Seconds()*1e3/float64(frames), "ui-ms/frame")
	b.ReportMetric(worst.Seconds()*1e3, "worst-ui-ms")
	b.ReportMetric((processTime(b)-before).Seconds()*1e3/float64(frames), "cpu-ms/frame")
	pull.DragEnd()
	s.settle()
}

// BenchmarkAlarms shows 5,000 alarms with 100,000 turns out of a cache on disk. Budget, most of it away from the UI
// goroutine: the board read anew in 300 ms; of another window, with the charts of the rows that are seen, in as much.
func BenchmarkAlarms(b *testing.B) {
	l := newLaptop(b)
	db, to := l.db, l.days.To
	metrics, series := l.series()
	found, history := l.alarms(metrics, 5_000)
	_, wrong := db.KeepSeries(b.Context(), series, l.cover(app.Metrics))
	_, unkept := db.KeepAlarms(b.Context(), l.place, found, to)
	_, lost := db.KeepAlarmHistory(b.Context(), history, l.cover(app.Alarms))
	if err := errors.Join(wrong, unkept, lost); err != nil {
		b.Fatal(err)
	}
	s, presets := newSession(b, to)
	s.show(b, alarms.New(s.session, db, presets))
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			s.session.Changed.Set(ui.Change{Signal: app.Alarms})
			s.settle()
		}
	})
	b.Run("another window", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s.session.Go(s.session.Focus.Now().On(app.Since(to.Add(-time.Duration(i+1)*time.Minute), time.Hour)))
			s.settle()
		}
	})
}

// causes are the scenarios with what causes each: the alarm that is asked about, the kind of the first suspect, and
// what it is called.
var causes = []struct {
	scenario, alarm string
	kind            insight.SuspectKind
	name            string
}{
	{"shop", "checkout-critical", insight.ChangeSuspect, "UpdateTable orders"},
	{"shop", "orders-iterator-age", insight.ChangeSuspect, "UpdateTable orders"},
	{"deployment", "booking-5xx", insight.ChangeSuspect, "UpdateFunctionCode20150331v2 pricing"},
	{"certificate", "booking-5xx", insight.PatternSuspect, "/aws/lambda/book"},
	{"neighbour", "booking-p99", insight.LimitSuspect, "seats"},
	{"dependency", "booking-p99", insight.ServiceSuspect, "payments.example"},
	{"dependency", "booking-5xx", insight.ServiceSuspect, "payments.example"},
}

// TestIncidentsAreToldApart pulls the hours before each incident through the real SDK into a real cache, and asks what
// explains it; and of the day on which nothing happens, hour by hour. make soak makes up every scenario three times.
func TestIncidentsAreToldApart(t *testing.T) {
	seeds := uint64(1)
	if os.Getenv("NEPHOGRAPH_SOAK") != "" {
		seeds = 3
	}
	for _, scenario := range []string{"shop", "deployment", "certificate", "neighbour", "dependency", "quiet"} {
		for seed := range seeds {
			t.Run(fmt.Sprintf("%s/%d", scenario, seed), func(t *testing.T) {
				a := newAccount(t, scenario, world.Options{Seed: seed, Anchor: time.Now().UTC(), Scale: 1},
					simulator.Options{})
				engine := pull.New(pull.Config{Cache: a.db, Presets: a.presets, Price: nothing, Now: time.Now})
				within := app.Since(time.Now(), 24*time.Hour)
				r := engine.Run(t.Context(), pull.Want{Sources: a.sources(providers.Options{}), Range: within}, nil)
				if !r.OK() {
					t.Fatal(r.Problems())
				}
				if scenario == "quiet" {
					a.isQuiet(within)
					return
				}
				for _, of := range causes {
					if of.scenario == scenario {
						a.isExplained(of.alarm, of.kind, of.name)
					}
				}
			})
		}
	}
}

// isExplained asks what explains an alarm.
func (a *account) isExplained(alarm string, kind insight.SuspectKind, name string) {
	a.t.Helper()
	found, err := a.db.Alarms(a.t.Context(), app.AlarmQuery{Name: alarm})
	must(a.t, err)
	began := time.Now()
	e, err := related.Explain(a.t.Context(), a.db,
		related.SymptomQuestion{Alarm: &found[0], Now: time.Now(), Presets: a.presets})
	must(a.t, err)
	took := time.Since(began)
	if len(e.Suspects) == 0 {
		a.t.Fatalf("%s: nothing is suspected", alarm)
	}
	first := e.Suspects[0]
	a.t.Logf("%s: first %s %s, score %.2f, of %d, after %.2f s", alarm, first.Kind, first.Name, first.Score,
		len(e.Suspects), took.Seconds())
	if first.Kind != kind || first.Name != name {
		a.t.Errorf("%s: the first suspect is the %s %s, want the %s %s", alarm, first.Kind, first.Name, kind, name)
	}
}

// isQuiet asks what explains each hour of a day on which nothing happens.
func (a *account) isQuiet(day app.Range) {
	a.t.Helper()
	for at := day.From.Add(6 * time.Hour); at.Before(day.To); at = at.Add(time.Hour) {
		e, err := related.Explain(a.t.Context(), a.db,
			related.SymptomQuestion{At: at, Now: time.Now(), Presets: a.presets})
		must(a.t, err)
		for _, s := range e.Suspects {
			a.t.Errorf("%s before the end: the %s %s is suspected", day.To.Sub(at), s.Kind, s.Name)
		}
	}
}

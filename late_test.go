package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/views/terminal"
)

// These tests follow a simulated day whose data comes late, in no order and in parts (simulator.Faults.Unsettled), with
// the engine, the sources over the real SDK and the cache in this process, all by one clock that the test moves.

// lateDay is the end of such a day.
type lateDay struct {
	t       *testing.T
	world   *world.World
	presets app.Presets
	clock   atomic.Int64 // simulated, Unix ms
	engine  *pull.Engine
	want    pull.Want
	db      *cache.DB
	file    string
	pulls   int
	asked   int // requests
}

// newLateDay makes a day of that seed and scale, and sets the clock to its last three hours. AWS misbehaves as faults say.
func newLateDay(t *testing.T, seed uint64, scale float64, faults simulator.Faults) *lateDay {
	t.Helper()
	folder := t.TempDir()
	for _, v := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(v, folder)
	}
	text, err := assets.Scenario("shop")
	must(t, err)
	scenario, err := world.ParseScenario(text)
	must(t, err)
	end := time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC) // on the hour, as is the period of the slowest alarm
	d := &lateDay{t: t, file: filepath.Join(folder, "cache.db")}
	d.world, err = world.Make(scenario, world.Options{Seed: seed, Anchor: end, Scale: scale})
	must(t, err)
	d.presets, err = assets.Presets()
	must(t, err)
	d.want.Range = app.Since(end, 3*time.Hour)
	d.at(0)
	faults.Unsettled = true
	server := simulator.New(d.world, simulator.Options{Presets: d.presets, Clock: d.now, Faults: faults})
	url, wait, err := server.Start(t.Context(), "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, wait()) })
	config, credentials := server.AWSConfig(url)
	files, err := terminal.WriteAWSConfig(folder, config, credentials)
	must(t, err)
	t.Setenv("AWS_CONFIG_FILE", files[0])
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", files[1])

	d.db, err = cache.Open(t.Context(), d.file)
	must(t, err)
	t.Cleanup(func() { must(t, d.db.Close()) })
	limits := providers.NewLimits(unhurried())
	for _, p := range d.world.Places {
		cfg, err := providers.Connect(t.Context(), providers.Profile{Name: p.Scope.Profile, Region: p.Scope.Region}, providers.Options{Limits: limits})
		must(t, err)
		must(t, d.db.KeepScope(t.Context(), p.Scope, app.Identity{Account: p.Scope.Account, ARN: "arn:aws:iam::" + p.Scope.Account + ":user/oncall"}))
		d.want.Sources = append(d.want.Sources, sources(cfg, p.Scope))
	}
	free := func(string, string, string, int) app.Money { return 0 }
	d.engine = pull.New(pull.Masked(d.db, mask.New(app.Masking{})), d.presets, free, d.now)
	return d
}

// unhurried are quotas that nothing waits for: what a day asks would take an hour at AWS's.
func unhurried() (quotas app.QuotaList) {
	for service, operations := range map[string][]string{
		"monitoring": {"ListMetrics", "GetMetricData", "DescribeAlarms", "DescribeAlarmHistory"},
		"logs":       {"DescribeLogGroups", "FilterLogEvents"},
		"xray":       {"GetTraceSummaries", "BatchGetTraces", "GetServiceGraph"},
		"cloudtrail": {"LookupEvents"},
	} {
		sheet := app.QuotaSheet{Service: service}
		for _, o := range operations {
			sheet.Calls = append(sheet.Calls, app.CallQuota{Operation: o, PerSecond: 1e6})
		}
		quotas = append(quotas, sheet)
	}
	return quotas
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
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
		args = append(slices.Clone(args), "--cache", d.file, "--json", "--from", d.want.Range.From.Format(time.RFC3339), "--to", d.want.Range.To.Format(time.RFC3339))
		if code := run(d.t.Context(), args, terminal.Streams{In: &bytes.Buffer{}, Out: &out, Err: &complaint}); code != terminal.ExitOK {
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
			d.t.Errorf("%s: the cache holds %d (%.12s), the truth is %d (%.12s)", signal, got.Count, got.SHA256, want.Count, want.SHA256)
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

// TestLateDataEndsAsTheTruth follows the last hours as a window that follows does, with pulls every few minutes, and then
// now and again.
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
// interrupted, and AWS answers with empty pages and repeats tokens. The short run has three days of chance, the long one
// thirty.
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

package main

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/views/terminal"
)

// These tests pull a small simulated day with the engine, the sources over the real SDK, the prices as they ship and the
// cache with its ledger, all in this process.

// paidDay is such a day, which ended when the test began.
type paidDay struct {
	t       *testing.T
	world   *world.World
	presets app.Presets
	db      *cache.DB
	prices  app.PriceList
	now     time.Time
	want    pull.Want // the last six hours of all places
}

func newPaidDay(t *testing.T, faults simulator.Faults) *paidDay {
	t.Helper()
	folder := t.TempDir()
	for _, v := range []string{"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(v, folder)
	}
	d := &paidDay{t: t, now: time.Now().UTC().Truncate(time.Second)} // the ledger has real times
	text, err := assets.Scenario("shop")
	must(t, err)
	scenario, err := world.ParseScenario(text)
	must(t, err)
	d.world, err = world.Make(scenario, world.Options{Seed: 1, Anchor: d.now, Scale: 0.1})
	must(t, err)
	d.presets, err = assets.Presets()
	must(t, err)
	d.prices, err = assets.Prices()
	must(t, err)
	server := simulator.New(d.world, simulator.Options{Presets: d.presets, Clock: func() time.Time { return d.now }, Faults: faults})
	url, wait, err := server.Start(t.Context(), "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, wait()) })
	config, credentials := server.AWSConfig(url)
	files, err := terminal.WriteAWSConfig(folder, config, credentials)
	must(t, err)
	t.Setenv("AWS_CONFIG_FILE", files[0])
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", files[1])
	d.db, err = cache.Open(t.Context(), filepath.Join(folder, "cache.db"))
	must(t, err)
	t.Cleanup(func() { must(t, d.db.Close()) })
	d.want.Range = app.Since(d.now, 6*time.Hour)
	limits := providers.NewLimits(unhurried())
	for _, p := range d.world.Places {
		cfg, err := providers.Connect(t.Context(), providers.Profile{Name: p.Scope.Profile, Region: p.Scope.Region}, providers.Options{
			Limits: limits, Record: d.db.Record, Account: p.Scope.Account, Price: d.prices.Price, MaxBackoff: time.Millisecond,
		})
		must(t, err)
		must(t, d.db.KeepScope(t.Context(), p.Scope, app.Identity{Account: p.Scope.Account}))
		d.want.Sources = append(d.want.Sources, sources(cfg, p.Scope))
	}
	return d
}

// pull pulls under a cap of the month.
func (d *paidDay) pull(limit app.Money) pull.Report {
	d.t.Helper()
	var ticks atomic.Int64 // a pull takes its time: what is asked is asked later than it was planned
	now := func() time.Time { return d.now.Add(time.Duration(ticks.Add(1)) * time.Millisecond) }
	e := pull.New(d.db, d.presets, d.prices.Price, now).Capped(func() app.Money { return limit })
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
	for _, err := range d.db.LogEvents(d.t.Context(), app.LogQuery{Range: d.want.Range}) {
		must(d.t, err)
		got++
	}
	for _, err := range d.db.TrailEvents(d.t.Context(), app.TrailQuery{Range: d.want.Range}) {
		must(d.t, err)
		got++
	}
	for _, p := range d.world.Places {
		for _, events := range p.Events {
			for _, e := range events {
				if d.want.Range.Contains(e.At) {
					want++
				}
			}
		}
		for _, e := range p.Trail {
			if d.want.Range.Contains(e.At) {
				want++
			}
		}
	}
	return got, want
}

// A cap is reached in the middle of a pull, on a day on which a tenth of the calls is refused: paid calls stop before it,
// but for one page of trace summaries at a time, whose price is known when it is there; what is free comes all the same, and
// the next pull pays for no more than is left.
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
	return pull.New(d.db, d.presets, d.prices.Price, func() time.Time { return d.now }).Discover(d.t.Context(), d.want)
}

package conformance

import (
	"os"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// small returns a simulator over a little of the demo's world, whose first account is reached by the profile twin as
// well.
func small(t *testing.T) (*bench, app.Scope) {
	t.Helper()
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	text, err := assets.Scenario("shop")
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := world.ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	w, err := world.Make(scenario, world.Options{Seed: 1, Anchor: time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC),
		Scale: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, w, presets)
	scope := w.Places[0].Scope
	for name, text := range map[string]string{
		"AWS_CONFIG_FILE": "\n[profile twin]\nregion = eu-west-1\nendpoint_url = " + b.url + "\n",
		"AWS_SHARED_CREDENTIALS_FILE": "\n[twin]\naws_access_key_id = AKIA" + scope.Account +
			"\naws_secret_access_key = simulated\n",
	} {
		f, err := os.OpenFile(os.Getenv(name), os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		_, wrong := f.WriteString(text)
		if err := f.Close(); err != nil || wrong != nil {
			t.Fatal(err, wrong)
		}
	}
	return b, scope
}

// counter counts how many attempts AWS refused, and how many it answered.
type counter struct {
	mu                sync.Mutex
	refused, answered int
}

func (c *counter) record(r app.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch r.Outcome {
	case app.Refused:
		c.refused++
	case app.Answered:
		c.answered++
	}
}

// lister returns a function that lists metrics under a profile.
func lister(t *testing.T, limits *providers.Limits, c *counter, profile string, at app.Scope) func() {
	t.Helper()
	cfg, err := providers.Connect(t.Context(), providers.Profile{Name: profile, Region: at.Region},
		providers.Options{Limits: limits, Record: c.record, Account: at.Account, MaxBackoff: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	client := cloudwatch.NewFromConfig(cfg)
	return func() {
		if _, err := client.ListMetrics(t.Context(), &cloudwatch.ListMetricsInput{}); err != nil {
			t.Error(err)
		}
	}
}

// Two pulls under two profiles of one account, against AWS's own quotas: neither is ever refused. With a bucket each
// they would be, after a second.
func TestTwoPullsStayWithinOneQuota(t *testing.T) {
	b, scope := small(t)
	b.simulator.SetFaults(simulator.Faults{Quotas: true})
	quotas, err := assets.Quotas()
	if err != nil {
		t.Fatal(err)
	}
	limits := providers.NewLimits(quotas)
	var c counter
	var pulls sync.WaitGroup
	for _, profile := range []string{scope.Profile, "twin"} {
		list := lister(t, limits, &c, profile, scope)
		for range 2 { // workers
			pulls.Go(func() {
				for range 15 {
					list()
				}
			})
		}
	}
	pulls.Wait()
	if c.refused > 0 || c.answered != 60 {
		t.Errorf("%d attempts were refused, %d answered", c.refused, c.answered)
	}
}

// While AWS refuses calls, they slow down; when it does so no longer, they are soon as fast as before.
func TestThrottledCallsRecover(t *testing.T) {
	b, scope := small(t)
	const quota = 1000
	limits := providers.NewLimits(app.QuotaList{{Service: "monitoring",
		Calls: []app.CallQuota{{Operation: "ListMetrics", PerSecond: quota}}}})
	var c counter
	list := lister(t, limits, &c, scope.Profile, scope)
	// slowest refuses most attempts of some calls and returns at which rates it was told that they go on.
	slowest := func(seed uint64) (rates []float64) {
		limits.Hear(func(s app.Slowdown) {
			if s.Scope.Place() != scope.Place() || s.Service != "monitoring" || s.Operation != "ListMetrics" ||
				s.Quota != quota || s.At.IsZero() {
				t.Errorf("told %+v", s)
			}
			rates = append(rates, s.Rate)
		})
		b.simulator.SetFaults(simulator.Faults{Seed: seed, Throttle: 0.95})
		for range 10 {
			list()
		}
		b.simulator.SetFaults(simulator.Faults{})
		return rates
	}
	rates := slowest(1)
	if len(rates) < 2 || rates[0] != 0.7*quota || rates[len(rates)-1] > rates[0]/2 {
		t.Fatalf("told of %v", rates)
	}
	for range 20 {
		list()
	}
	if again := slowest(2); len(again) == 0 || again[0] != 0.7*quota {
		t.Errorf("then told of %v, so that it had not recovered", again)
	}
	if c.answered != 40 {
		t.Errorf("%d calls were answered", c.answered)
	}
}

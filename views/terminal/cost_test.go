package terminal

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
)

// asked are requests of one kind, a second apart, of which each costs the same.
func asked(n int, from time.Time, one app.Request) []app.Request {
	all := make([]app.Request, n)
	for i := range all {
		all[i] = one
		all[i].At = from.Add(time.Duration(i) * time.Second)
	}
	return all
}

// billed is a shelf with some spending, and the command line's surroundings with prices and a cap.
func billed(t testing.TB, limit app.Money) (*shelf, Deps) {
	today := noon.Add(-4 * time.Hour)
	yesterday, before := today.AddDate(0, 0, -1), today.AddDate(0, 0, -3)
	request := func(service, operation string, o app.Outcome, units int, cost app.Money) app.Request {
		return app.Request{Scope: prod, Service: service, Operation: operation, Outcome: o, Units: units, Cost: cost}
	}
	nobody := request("sts", "GetCallerIdentity", app.Answered, 1, 0)
	nobody.Scope = app.Scope{Region: "us-east-1"}
	s := &shelf{requests: slices.Concat(
		asked(900, before, request("monitoring", "GetMetricData", app.Answered, 10, 100_000)),
		asked(24, yesterday, request("monitoring", "GetMetricData", app.Answered, 500, 5_000_000)),
		asked(96, yesterday, request("xray", "BatchGetTraces", app.Answered, 5, 2500)),
		asked(1, yesterday, request("xray", "BatchGetTraces", app.Failed, 0, 0)),
		asked(1305, yesterday, request("logs", "FilterLogEvents", app.Answered, 1, 0)),
		asked(3, yesterday, request("logs", "FilterLogEvents", app.Refused, 0, 0)),
		asked(2, yesterday, request("cloudtrail", "LookupEvents", app.Failed, 0, 0)),
		asked(1, yesterday, nobody),
		asked(39, today, request("logs", "FilterLogEvents", app.Answered, 1, 0)),
		asked(1, today, request("monitoring", "GetMetricData", app.Answered, 124, 1_240_000)))}
	d := depsOf(t, s)
	d.Prices = app.PriceList{
		{Service: "monitoring", Date: "2026-04-01",
			Calls: []app.CallPrice{{Operation: "GetMetricData", Unit: "metric", Per: 1000, Price: app.Dollar / 100}}},
		{Service: "xray", Date: "2026-03-31", Calls: []app.CallPrice{
			{Operation: "BatchGetTraces", Unit: "trace", Per: 1_000_000, Price: app.Dollar / 2, Confirmed: true}}},
		{Service: "logs", Date: "2026-04-01", Calls: []app.CallPrice{
			{Operation: "FilterLogEvents", Unit: "request", Per: 1}}},
		{Service: "sts", Date: "2026-04-01", Calls: []app.CallPrice{
			{Operation: "GetCallerIdentity", Unit: "request", Per: 1}}},
	}
	d.OpenCache = func(context.Context, string) (*Store, error) {
		store := s.store(t)
		store.Settings.Cap = limit
		return store, nil
	}
	return s, d
}

func TestCost(t *testing.T) {
	for _, test := range []struct {
		name, args string
		limit      app.Money
	}{
		{"cost", "cost", 5 * app.Dollar},
		{"cost-by-day", "cost --by day --since 7d", 5 * app.Dollar},
		{"cost-no-cap", "cost --by scope", -1},
		{"cost-will-reach-the-cap", "cost --by api", app.Dollar / 5},
		{"cost-of-a-month", "cost --by day --month 2026-04", 0},
	} {
		_, d := billed(t, test.limit)
		r := runWith(t, t.Context(), d, strings.Fields(test.args)...)
		if r.code != ExitOK {
			t.Errorf("%s: exit code %d", test.args, r.code)
		}
		golden(t, test.name, r)
	}
}

func TestCostAsJSON(t *testing.T) {
	_, d := billed(t, 5*app.Dollar)
	r := runWith(t, t.Context(), d, "cost", "--json", "--by", "api,scope")
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if r.code != ExitOK || len(lines) != 5+2+1 || r.err != "" {
		t.Fatalf("exit %d, %d lines, stderr %q", r.code, len(lines), r.err)
	}
	var first costLine
	var last monthLine
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil || first.By != "api" ||
		first.SpendLine != (app.SpendLine{Service: "monitoring", Operation: "GetMetricData",
			Spend: app.Spend{Requests: 25, Cost: 121_240_000}, Units: 12_124}) {
		t.Errorf("the first line is %s, %v", lines[0], err)
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.By != "month" ||
		last.Month != "2026-05" ||
		last.Cost != 121_480_000 || last.Cap != 5*app.Dollar || last.Projected <= last.Cost {
		t.Errorf("the last line is %s, %v", lines[len(lines)-1], err)
	}
}

func TestCostRefuses(t *testing.T) {
	for args, says := range map[string]string{
		"cost --by hour":                  `--by is day, api or scope, not "hour"`,
		"cost --month may":                `--month: "may" is not a month such as 2026-11`,
		"cost --since ever":               "--since:",
		"cost --since 7d --month 2026-05": "since",
		"cost --month 0001-01":            "is not a month",
	} {
		_, d := billed(t, 0)
		if r := runWith(t, t.Context(), d, strings.Fields(args)...); r.code != ExitUsage ||
			!strings.Contains(r.err, says) {
			t.Errorf("%s: exit %d, %q", args, r.code, r.err)
		}
	}
}

func TestCostBeforeTheFirstPull(t *testing.T) {
	r := runWith(t, t.Context(), without(t), "cost")
	if r.code != ExitOK || !strings.Contains(r.out,
		"In May 2026: 0 requests (0 throttled, 0 failed) for $0.00.\nThis month: $0.00 of the $5.00 cap;") {
		t.Errorf("exit %d, %q, %q", r.code, r.out, r.err)
	}
	r = runWith(t, t.Context(), without(t), "cost", "--cache", "/typo.db")
	if r.code != ExitFailed || !strings.Contains(r.err, "There is no cache file /typo.db") {
		t.Errorf("of a file that is not there: exit %d, %q", r.code, r.err)
	}
}

func TestACapIsToldOnce(t *testing.T) {
	s := good()
	reached := func(spent app.Money) []*app.Error {
		over := &app.OverCap{Cap: 5 * app.Dollar, Spent: spent, Total: 6 * app.Dollar,
			Month: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}
		return []*app.Error{{Kind: app.TooMuch, Op: "pull", Err: over}}
	}
	s.report.Outcomes = []pull.Outcome{
		{Scope: prod, Signal: app.Metrics, Stopped: true, Problems: reached(4_980_000_000)},
		{Scope: prod, Signal: app.Traces, Stopped: true, Problems: reached(4_990_000_000)},
		{Scope: data, Signal: app.Metrics, Stopped: true, Problems: reached(4_990_000_000)},
	}
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
	want := "In " + explain.ScopeName(prod) + " and " + explain.ScopeName(data) + ":\n" +
		"nephograph: This month's paid calls have cost $4.98 of the $5.00 cap; alarms, metrics and traces wait until " +
		"1 June. "
	if r.code != ExitFailed || !strings.HasPrefix(r.err, want) || strings.Count(r.err, "\n") != 2 {
		t.Errorf("exit %d, stderr %q, want %q", r.code, r.err, want)
	}
}

func TestAPlanBeyondTheMonthIsTold(t *testing.T) {
	for limit, want := range map[app.Money]string{
		-1: "", app.Dollar: "",
		app.Dollar / 10: "This month's paid calls have cost $0.12 of the $0.10 cap; alarms, metrics and traces " +
			"wait until 1 June.",
		app.Dollar * 17 / 100: "This pull would bring the month's paid calls to about $0.18, beyond the cap of " +
			"$0.17; what is older waits until 1 June.",
	} {
		s, _ := billed(t, limit)
		d := scripted(t, good(), healthy())
		open := d.OpenCache
		d.OpenCache = func(ctx context.Context, path string) (*Store, error) {
			store, err := open(ctx, path)
			store.Cache, store.Settings.Cap = s.open(t), limit
			return store, err
		}
		if r := runWith(t, t.Context(), d, "pull", "--plan"); r.code != ExitOK || !strings.Contains(r.err, want) ||
			want == "" && strings.Contains(r.err, "paid calls") {
			t.Errorf("under %s: exit %d, %q", limit, r.code, r.err)
		}
	}
}

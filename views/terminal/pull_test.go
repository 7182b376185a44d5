package terminal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// script is a puller whose answers are written down; it keeps what was wanted.
type script struct {
	wanted pull.Want
	plan   pull.Plan
	report pull.Report
	cost   pull.FollowCost
	runs   func(n int) // told of each Run
	n      int
	ledger interface{ Record(app.Request) } // takes the requests of each Run, of which AWS throttles one
}

func (s *script) Discover(context.Context, pull.Want) pull.Report { return s.report }

func (s *script) Reach(context.Context, pull.Want, func(pull.Progress)) pull.Report { return s.report }

func (s *script) FollowCost(context.Context, []app.Scope, map[app.Signal]time.Duration) (pull.FollowCost, error) {
	return s.cost, nil
}

func (s *script) Plan(_ context.Context, w pull.Want) (pull.Plan, error) {
	s.wanted = w
	return s.plan, nil
}

func (s *script) Run(_ context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	s.wanted = w
	if told != nil {
		told(pull.Progress{Done: 1, Total: 2, Scopes: s.report.Scopes})
	}
	if s.ledger != nil {
		for _, r := range filled().requests {
			r.At = noon
			s.ledger.Record(r)
		}
	}
	s.n++
	if s.runs != nil {
		s.runs(s.n)
	}
	return s.report
}

// scripted returns deps with a puller.
func scripted(t testing.TB, s *script, patients ...patient) Deps {
	d := clinic(t, filled(), patients...)
	open := d.OpenCache
	d.OpenCache = func(ctx context.Context, path string) (*Store, error) {
		store, err := open(ctx, path)
		store.Pull, s.ledger = s, store.Cache.(checked)
		return store, err
	}
	return d
}

func good() *script {
	return &script{
		report: pull.Report{Requests: 1432, Spent: 120_000_000, Scopes: []pull.ScopeStatus{
			{Scope: prod, Who: app.Identity{Account: prod.Account}, State: pull.Complete, Requests: 1432, New: 150_025},
		}, Outcomes: []pull.Outcome{
			{Scope: prod, Signal: app.Alarms, New: 25},
			{Scope: prod, Signal: app.Logs, New: 150_000, Ranges: []app.Range{app.Since(noon, time.Hour)}},
		}},
		plan: pull.Plan{Requests: 12, Cost: 60_000_000, Steps: []pull.Step{
			{Scope: prod, Signal: app.Alarms, Service: "monitoring", Operation: "DescribeAlarms", Requests: 1,
				Known: true},
			{Scope: prod, Signal: app.Logs, Service: "logs", Operation: "FilterLogEvents", Resource: "/a",
				Range: app.Since(noon, time.Hour), Requests: 5},
			{Scope: prod, Signal: app.Logs, Service: "logs", Operation: "FilterLogEvents", Resource: "/b", Requests: 6,
				Cost: 60_000_000},
		}},
	}
}

func TestPull(t *testing.T) {
	s := good()
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull", "--since", "3h", "--signal", "alarms,logs", "--cap",
		"$0.50")
	if r.code != ExitOK {
		t.Errorf("exit code %d", r.code)
	}
	golden(t, "pull", r)
	w := s.wanted
	if !w.Range.Equal(app.Since(noon, 3*time.Hour)) || len(w.Signals) != 2 || w.Cap != app.Dollar/2 ||
		len(w.Places) != 1 {
		t.Errorf("wanted %+v", w)
	}
}

// spoil lets log events be denied.
func spoil(s *script, problems ...*app.Error) {
	s.report.Outcomes[1].Problems = problems
	s.report.Scopes[0].State, s.report.Scopes[0].Short, s.report.Scopes[0].Err = pull.Partly, []app.Signal{app.Logs},
		problems[0]
}

func TestPullInPart(t *testing.T) {
	s := good()
	spoil(s, &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")})
	gone := &app.Error{Kind: app.NotFound, Op: "connect", Err: errors.New(`there is no profile "old"`)}
	s.report.Scopes = append(s.report.Scopes,
		pull.ScopeStatus{Scope: app.Scope{Profile: "old", Region: "eu-west-1"}, State: pull.Failed, Err: gone},
		pull.ScopeStatus{Scope: app.Scope{Profile: "old", Region: "us-east-1"}, State: pull.Failed, Err: gone})
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
	if r.code != ExitFailed {
		t.Errorf("exit code %d", r.code)
	}
	golden(t, "pull-in-part", r)

	r = runWith(t, t.Context(), scripted(t, s, healthy()), "pull", "--json")
	golden(t, "pull-json", r)
	if r.code != ExitFailed {
		t.Errorf("exit code %d", r.code)
	}
}

func TestPullNamesWhatCannotBeRead(t *testing.T) {
	s := good()
	lost := pull.Unreadable{Op: "xray:BatchGetTraces", Message: "user cannot be read: it is object", Count: 2}
	other := s.report.Outcomes[0]
	other.Signal, other.Unreadable = app.Traces,
		[]pull.Unreadable{lost, {Op: lost.Op, Message: "fault cannot be read: it is string", Count: 1}}
	s.report.Outcomes = append(s.report.Outcomes, other,
		pull.Outcome{Scope: app.Scope{Account: prod.Account, Region: "us-east-1"}, Signal: app.Traces,
			Unreadable: []pull.Unreadable{lost}})
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
	for _, want := range []string{
		"Of the traces, user cannot be read: it is object (4 times); all else of them is kept.\n",
		"Of the traces, fault cannot be read: it is string (once);",
	} {
		if r.code != ExitOK || strings.Count(r.err, want) != 1 {
			t.Errorf("exit %d, %q", r.code, r.err)
		}
	}
	if r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull", "--json"); !strings.Contains(r.out,
		`"unreadable":[{"op":"xray:BatchGetTraces","message":"user cannot be read: it is object","count":2}`) {
		t.Error(r.out)
	}
}

// A cause that forty places share is told once, with how many there are.
func TestOneCauseInManyPlaces(t *testing.T) {
	s := good()
	s.report.Scopes, s.report.Outcomes = nil, nil
	denied := &app.Error{Kind: app.Denied, Op: "cloudtrail:LookupEvents", Err: errors.New("no")}
	for i := range 5 {
		scope := app.Scope{Account: fmt.Sprint("11112222333", i), Region: "eu-west-1"}
		s.report.Scopes = append(s.report.Scopes, pull.ScopeStatus{Scope: scope, State: pull.Denied, Err: denied})
		s.report.Outcomes = append(s.report.Outcomes,
			pull.Outcome{Scope: scope, Signal: app.Trail, Problems: []*app.Error{denied}})
	}
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
	if strings.Count(r.err, "\n") != 2 || !strings.Contains(r.err, "In 5 places, trail events:\n") ||
		!strings.Contains(r.out, "0 of 5 places are complete.") || strings.Count(r.out, "denied") != 5 {
		t.Errorf("%q, %q", r.err, r.out)
	}
}

func TestAPullThatWaitsForAnotherSaysSoOnce(t *testing.T) {
	s := good()
	s.report.Scopes[0].State = pull.Claimed
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
	if strings.Count(r.err,
		"Another pull into this cache is running; this one waits, and then asks for what is left.") != 1 {
		t.Errorf("%q", r.err)
	}
}

func TestOneCauseIsToldOnce(t *testing.T) {
	denied := func(group string) *app.Error {
		return &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents",
			Err: fmt.Errorf("%s: %w", group, errors.New("not authorized on "+group))}
	}
	missing := &app.Error{Kind: app.NotFound, Op: "logs:FilterLogEvents",
		Err: fmt.Errorf("/old: %w", errors.New("no such group"))}
	tests := []struct {
		problems []*app.Error
		says     []string // the heads, one a cause
	}{
		{[]*app.Error{denied("/a")}, []string{"In 111122223333/eu-west-1, log events (/a):"}},
		{[]*app.Error{denied("/a"), missing, denied("/b")}, []string{"log events (/a, /b):", "log events (/old):"}},
		{[]*app.Error{denied("/a"), denied("/b"), denied("/c")}, []string{"log events (3 log groups):"}},
	}
	for _, test := range tests {
		s := good()
		spoil(s, test.problems...)
		r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
		if n := strings.Count(r.err, "\n"); n != 2*len(test.says) {
			t.Errorf("%d lines for %d causes: %q", n, len(test.says), r.err)
		}
		for _, head := range test.says {
			if !strings.Contains(r.err, head) {
				t.Errorf("%q does not say %q", r.err, head)
			}
		}
	}
}

func TestPullNobodyReached(t *testing.T) {
	away := pull.ScopeStatus{State: pull.Offline,
		Err: &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("dial tcp")}}
	for _, args := range [][]string{{"pull"}, {"pull", "--plan"}} {
		s := good()
		s.report = pull.Report{Scopes: []pull.ScopeStatus{away}}
		r := runWith(t, t.Context(), scripted(t, s, healthy()), args...)
		if r.code != ExitFailed || !strings.Contains(r.err,
			"AWS did not answer sts:GetCallerIdentity: dial tcp. Check the network") {
			t.Errorf("%s: exit %d, %q", args, r.code, r.err)
		}
	}
}

func TestPullInterrupted(t *testing.T) {
	s := good()
	s.report.Cancelled = true
	s.report.Outcomes[1].Stopped = true
	s.report.Scopes[0].State, s.report.Scopes[0].Short = pull.Stopped, []app.Signal{app.Logs}
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull")
	if r.code != ExitInterrupted || strings.Count(r.out, "stopped") != 1 || strings.Contains(r.out, "complete") ||
		!strings.Contains(r.out, "Pulled 150,025 items") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}

func TestPlan(t *testing.T) {
	r := runWith(t, t.Context(), scripted(t, good(), healthy()), "pull", "--plan", "--cap", "0.05")
	if r.code != ExitFailed {
		t.Errorf("exit code %d: the plan is above the cap", r.code)
	}
	golden(t, "plan", r)
	r = runWith(t, t.Context(), scripted(t, good(), healthy()), "pull", "--plan", "--json")
	if lines := strings.Count(r.out, "\n"); r.code != ExitOK || lines != 3 {
		t.Errorf("exit %d, %d lines: %q", r.code, lines, r.out)
	}
}

func TestPlanWithTraces(t *testing.T) {
	s := good()
	s.plan.Steps = append(s.plan.Steps, pull.Step{Scope: prod, Signal: app.Traces, Service: "xray",
		Operation: "GetTraceSummaries", Requests: 9, Guessed: true})
	s.plan.Guessed = true
	r := runWith(t, t.Context(), scripted(t, s, healthy()), "pull", "--plan")
	for _, says := range []string{"at least 11 ", "about 9 ", "About 12 requests for about $0.0600."} {
		if !strings.Contains(r.out, says) {
			t.Errorf("%q does not say %q", r.out, says)
		}
	}
	if line := "Traces: how many there are is known only after the summaries.\n"; strings.Contains(r.out, line) {
		t.Errorf("%q says of a guess that there is none", r.out)
	} else {
		s.plan.Guessed, s.plan.Unforeseen = false, true
		if r = runWith(t, t.Context(), scripted(t, s, healthy()), "pull", "--plan"); !strings.HasSuffix(r.out,
			"At least 12 requests for at least $0.0600.\n"+line) {
			t.Errorf("%q does not end with %q", r.out, line)
		}
	}
}

func TestPullFlags(t *testing.T) {
	for _, args := range []string{"--cap nothing", "--cap 0", "--cap -1", "--cap 1e300", "--signal noise",
		"--from later", "--since 1h --from now", "--follow --plan", "--follow --cap 1", "-f --to now"} {
		if r := runWith(t, t.Context(), scripted(t, good(), healthy()),
			append([]string{"pull"}, strings.Fields(args)...)...); r.code != ExitUsage {
			t.Errorf("pull %s: exit %d, %q", args, r.code, r.err)
		}
	}
}

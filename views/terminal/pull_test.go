package terminal

import (
	"context"
	"encoding/json"
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
}

func (s *script) Discover(context.Context, pull.Want) pull.Report { return pull.Report{} }

func (s *script) Plan(_ context.Context, w pull.Want) (pull.Plan, error) {
	s.wanted = w
	return s.plan, nil
}

func (s *script) Run(_ context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	s.wanted = w
	if told != nil {
		told(pull.Progress{Done: 1, Total: 2})
	}
	return s.report
}

// scripted returns deps with a puller.
func scripted(s *script, places ...Place) Deps {
	d := clinic(filled(), places...)
	open := d.Open
	d.Open = func(ctx context.Context, path string) (*Store, error) {
		store, err := open(ctx, path)
		store.Pull = s
		return store, err
	}
	return d
}

func good() *script {
	return &script{
		report: pull.Report{Requests: 1432, Spent: 120_000_000, Outcomes: []pull.Outcome{
			{Scope: prod, Signal: app.Alarms, New: 25}, {Scope: prod, Signal: app.Logs, New: 150_000, Ranges: []app.Range{app.Since(noon, time.Hour)}},
		}},
		plan: pull.Plan{Requests: 12, Cost: 60_000_000, Steps: []pull.Step{
			{Scope: prod, Signal: app.Alarms, Service: "monitoring", Operation: "DescribeAlarms", Requests: 1, Known: true},
			{Scope: prod, Signal: app.Logs, Service: "logs", Operation: "FilterLogEvents", Resource: "/a", Range: app.Since(noon, time.Hour), Requests: 5},
			{Scope: prod, Signal: app.Logs, Service: "logs", Operation: "FilterLogEvents", Resource: "/b", Requests: 6, Cost: 60_000_000},
		}},
	}
}

func TestPull(t *testing.T) {
	s := good()
	r := runWith(t, t.Context(), scripted(s, healthy()), "pull", "--since", "3h", "--signal", "alarms,logs", "--cap", "$0.50")
	if r.code != ExitOK {
		t.Errorf("exit code %d", r.code)
	}
	golden(t, "pull", r)
	w := s.wanted
	if !w.Range.Equal(app.Since(noon, 3*time.Hour)) || len(w.Signals) != 2 || w.Cap != app.Dollar/2 || len(w.Sources) != 1 {
		t.Errorf("wanted %+v", w)
	}
}

func TestPullInPart(t *testing.T) {
	s := good()
	s.report.Outcomes[1].Problems = []*app.Error{{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}}
	gone := Place{Profile: "old", Region: "eu-west-1", Err: &app.Error{Kind: app.NotFound, Op: "connect", Err: errors.New(`there is no profile "old"`)}}
	r := runWith(t, t.Context(), scripted(s, gone, healthy()), "pull")
	if r.code != ExitFailed {
		t.Errorf("exit code %d", r.code)
	}
	golden(t, "pull-in-part", r)

	r = runWith(t, t.Context(), scripted(s, healthy()), "pull", "--json")
	var last outcomeLine
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || len(lines) != 2 {
		t.Fatalf("%q: %v", r.out, err)
	}
	if r.code != ExitFailed || last.Signal != app.Logs || last.New != 150_000 || len(last.Problems) != 1 || last.Problems[0].Kind != "denied" {
		t.Errorf("exit %d, %+v", r.code, last)
	}
}

func TestOneCauseIsToldOnce(t *testing.T) {
	denied := func(group string) *app.Error {
		return &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: fmt.Errorf("%s: %w", group, errors.New("not authorized on "+group))}
	}
	missing := &app.Error{Kind: app.NotFound, Op: "logs:FilterLogEvents", Err: fmt.Errorf("/old: %w", errors.New("no such group"))}
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
		s.report.Outcomes[1].Problems = test.problems
		r := runWith(t, t.Context(), scripted(s, healthy()), "pull")
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
	away := Place{Err: &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity", Err: errors.New("dial tcp")}}
	s := good()
	r := runWith(t, t.Context(), scripted(s, away), "pull")
	if r.code != ExitFailed || !strings.Contains(r.err, "AWS did not answer sts:GetCallerIdentity: dial tcp. Check the network") || s.wanted.Sources != nil {
		t.Errorf("exit %d, %q", r.code, r.err)
	}
}

func TestPullInterrupted(t *testing.T) {
	s := good()
	s.report.Cancelled = true
	s.report.Outcomes[1].Stopped = true
	r := runWith(t, t.Context(), scripted(s, healthy()), "pull")
	if r.code != ExitInterrupted || strings.Count(r.out, "stopped") != 1 || strings.Count(r.out, "complete") != 1 || !strings.Contains(r.out, "Pulled 150,025 items") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}

func TestPlan(t *testing.T) {
	r := runWith(t, t.Context(), scripted(good(), healthy()), "pull", "--plan", "--cap", "0.05")
	if r.code != ExitFailed {
		t.Errorf("exit code %d: the plan is above the cap", r.code)
	}
	golden(t, "plan", r)
	r = runWith(t, t.Context(), scripted(good(), healthy()), "pull", "--plan", "--json")
	if lines := strings.Count(r.out, "\n"); r.code != ExitOK || lines != 3 {
		t.Errorf("exit %d, %d lines: %q", r.code, lines, r.out)
	}
}

func TestPlanWithTraces(t *testing.T) {
	s := good()
	s.plan.Steps = append(s.plan.Steps, pull.Step{Scope: prod, Signal: app.Traces, Service: "xray", Operation: "GetTraceSummaries", Requests: 9, Guessed: true})
	s.plan.Guessed = true
	r := runWith(t, t.Context(), scripted(s, healthy()), "pull", "--plan")
	for _, says := range []string{"at least 11 ", "about 9 ", "About 12 requests for about $0.0600."} {
		if !strings.Contains(r.out, says) {
			t.Errorf("%q does not say %q", r.out, says)
		}
	}
	if line := "Traces: how many there are is known only after the summaries.\n"; strings.Contains(r.out, line) {
		t.Errorf("%q says of a guess that there is none", r.out)
	} else {
		s.plan.Guessed, s.plan.Unforeseen = false, true
		if r = runWith(t, t.Context(), scripted(s, healthy()), "pull", "--plan"); !strings.HasSuffix(r.out, "At least 12 requests for at least $0.0600.\n"+line) {
			t.Errorf("%q does not end with %q", r.out, line)
		}
	}
}

func TestPullFlags(t *testing.T) {
	for _, args := range []string{"--cap nothing", "--cap 0", "--cap -1", "--cap 1e300", "--signal noise", "--from later", "--since 1h --from now"} {
		if r := runWith(t, t.Context(), scripted(good(), healthy()), append([]string{"pull"}, strings.Fields(args)...)...); r.code != ExitUsage {
			t.Errorf("pull %s: exit %d, %q", args, r.code, r.err)
		}
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"0.50", "$1", "-1", "NaN", "1e300", "$$1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := parseMoney(text); err == nil && m <= 0 {
			t.Errorf("parseMoney(%q) = %d without an error", text, m)
		}
	})
}

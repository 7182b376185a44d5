package pull_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestADeniedLogGroupStopsNothingElse(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	a := fill(shop, over, small, smallPages)
	var denied atomic.Int32
	a.fault = func(operation, resource string) error {
		if operation == "FilterLogEvents" && resource == "/aws/lambda/f1" {
			denied.Add(1)
			return &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
		}
		return nil
	}
	m := newMemory()
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask([]*account{a}, over), nil)
	problems := r.Problems()
	if len(problems) != 1 || problems[0].Kind != app.Denied || problems[0].Op != "logs:FilterLogEvents" ||
		!strings.Contains(problems[0].Error(), "/aws/lambda/f1") {
		t.Errorf("problems %v", problems)
	}
	if n := denied.Load(); n > 2 { // one for each worker
		t.Errorf("the group was asked %d times", n)
	}
	if len(m.events) != 2*small.events || len(m.traces) != small.traces || len(m.trail) != small.trail || r.Cancelled {
		t.Errorf("kept %d events, %d traces, %d trail events; cancelled %v", len(m.events), len(m.traces), len(m.trail),
			r.Cancelled)
	}
}

func TestSignedOutLeavesThatScopeOnly(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	accounts[0].fault = func(operation, _ string) error {
		if operation == "FilterLogEvents" || operation == "LookupEvents" {
			return &app.Error{Kind: app.SignedOut, Op: "any", Err: errors.New("expired")}
		}
		return nil
	}
	m := newMemory()
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), nil)
	if problems := r.Problems(); len(problems) != 1 || problems[0].Kind != app.SignedOut || r.Cancelled {
		t.Errorf("problems %v, cancelled %v", problems, r.Cancelled)
	}
	for _, e := range m.events {
		if e.Scope == shop {
			t.Fatal("events of the scope that is signed out")
		}
	}
	if len(m.events) != small.groups*small.events {
		t.Errorf("%d events of the other scope", len(m.events))
	}
}

func TestAScopeOutOfReachIsLeftSoon(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	accounts := twoAccounts(over)
	accounts[0].fault = func(string, string) error {
		return &app.Error{Kind: app.Offline, Op: "any", Err: errors.New("no route")}
	}
	m := newMemory()
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), nil)
	if n := accounts[0].total(); n > 10 { // three without an answer, and what the other signals had on its way by then
		t.Errorf("%d requests to a scope that does not answer", n)
	}
	if len(r.Problems()) == 0 || len(m.events) == 0 {
		t.Errorf("%d problems, %d events of the other scope", len(r.Problems()), len(m.events))
	}
}

func TestABrokenCacheEndsTheRun(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	accounts := twoAccounts(over)
	m := newMemory()
	m.fail(&app.Error{Kind: app.Damaged, Op: "keep", Err: errors.New("disk image is malformed")})
	r := newEngine(m, (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), nil)
	if n := accounts[0].total() + accounts[1].total(); n > 6 { // the listings, which are asked at once
		t.Errorf("%d requests whose answers cannot be kept", n)
	}
	if len(r.Problems()) == 0 || r.Problems()[0].Kind != app.Damaged || r.Cancelled {
		t.Errorf("problems %v, cancelled %v", r.Problems(), r.Cancelled)
	}
}

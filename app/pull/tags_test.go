package pull_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// teams says what the cache knows of the tags of a scope's alarms: ? where they are not known.
func (m *memory) teams(scope app.Scope) string {
	var all []string
	for _, a := range m.alarms[scope.Place()] {
		team := a.Tags["team"]
		if a.Tags == nil {
			team = "?"
		}
		all = append(all, a.Name+"="+team)
	}
	return strings.Join(all, " ")
}

func TestTagsAreKeptWithTheirAlarms(t *testing.T) {
	over := app.Since(start, time.Hour)
	a := fill(shop, over, shape{series: 1, alarms: 5}, pages{events: 1, trail: 1, history: 1, summaries: 1, tags: 2})
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	want := ask([]*account{a}, over)
	first := e.Run(t.Context(), want, nil)
	healthy(t, first)
	if got := m.teams(shop); got != "alarm0=team0 alarm1= alarm2=team2 alarm3= alarm4=team4" {
		t.Error(got)
	}
	if i := slices.IndexFunc(first.Outcomes, func(
		o pull.Outcome) bool {
		return o.Signal == app.Alarms
	}); first.Outcomes[i].New != 5 {
		t.Errorf("%d new alarms: their tags are no items", first.Outcomes[i].New)
	}
	if a.requests["GetResources"] != 2 || a.requests["DescribeAlarms"] != 1 {
		t.Errorf("requests %v", a.requests)
	}
	plan, err := e.Plan(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	operations := []string{plan.Steps[0].Operation, plan.Steps[1].Operation}
	if !slices.Equal(operations, []string{"DescribeAlarms", "GetResources"}) || plan.Steps[1].Service != "tagging" ||
		plan.Steps[1].Requests != 1 || plan.Steps[1].Cost != 0 {
		t.Errorf("planned %+v", plan.Steps[:2])
	}
	a.tagged = a.tagged[1:2] // somebody has taken tags off
	healthy(t, e.Run(t.Context(), want, nil))
	if got := m.teams(shop); got != "alarm0= alarm1= alarm2=team2 alarm3= alarm4=" {
		t.Error(got)
	}
	a.total()
	want.Signals = []app.Signal{app.Metrics} // which need to know the alarms, but not whose they are
	healthy(t, e.Run(t.Context(), want, nil))
	if a.requests["GetResources"] != 0 || a.requests["DescribeAlarms"] != 1 {
		t.Errorf("for metrics: %v", a.requests)
	}
}

// Whatever goes wrong with tags, and on whichever page: alarms are kept with the tags that were known, and the problem
// is told once, of alarms.
func TestAlarmsAreKeptWithoutTheirTags(t *testing.T) {
	for _, kind := range []app.Kind{app.Denied, app.Throttled, app.Offline, app.Malformed} {
		for _, page := range []int{1, 2} {
			t.Run(fmt.Sprint(kind, " on page ", page), func(t *testing.T) {
				over := app.Since(start, time.Hour)
				a := fill(shop, over, shape{series: 1, alarms: 3},
					pages{events: 1, trail: 1, history: 1, summaries: 1, tags: 1})
				m := newMemory()
				e := newEngine(m, (&clock{at: start}).now)
				want := ask([]*account{a}, over)
				broken, asked := false, 0
				a.fault = func(operation, _ string) error {
					if operation != "GetResources" || !broken {
						return nil
					}
					if asked++; asked%2 != page%2 {
						return nil
					}
					return &app.Error{Kind: kind, Op: "tag:GetResources", Err: errors.New("no")}
				}
				run := func(problems int) {
					t.Helper()
					asked = 0
					r := e.Run(t.Context(), want, nil)
					if all := r.Problems(); len(all) != problems || problems == 1 &&
						(all[0].Kind != kind || all[0].Op != "tag:GetResources" || len(r.Scopes[0].Short) != 1 ||
							r.Scopes[0].State != pull.Partly) {
						t.Errorf("problems %v, state %s", all, r.Scopes[0].State)
					}
				}
				broken = true
				run(1)
				if got := m.teams(shop); got != "alarm0=? alarm1=? alarm2=?" {
					t.Error("not known yet:", got)
				}
				broken = false
				run(0)
				broken = true
				a.alarms[0].State, a.tagged[0].Tags = app.InAlarm, map[string]string{"team": "other"}
				run(1)
				if got := m.teams(shop); got != "alarm0=team0 alarm1= alarm2=team2" ||
					m.alarms[shop.Place()][0].State != app.InAlarm {
					t.Error("known before:", got)
				}
			})
		}
	}
}

func TestDeniedTagsAreSparedByTheClock(t *testing.T) {
	over := app.Since(start.Add(-time.Hour), 3*time.Hour)
	a := fill(shop, over, shape{series: 1, alarms: 3}, smallPages)
	allowed := false
	a.fault = func(operation, _ string) error {
		if operation == "GetResources" && !allowed {
			return deniedError("tag:GetResources")
		}
		return nil
	}
	now := &clock{at: start}
	e := newEngine(newMemory(), now.now)
	want := ask([]*account{a}, over)
	for _, step := range []struct {
		what          string
		pass, spare   time.Duration
		allowed       bool
		asks, problem int
	}{
		{"the first by the clock", 0, time.Hour, false, 1, 1},
		{"a minute later", time.Minute, time.Hour, false, 0, 0},
		{"a person", 0, 0, false, 1, 1},
		{"after an hour", 61 * time.Minute, time.Hour, false, 1, 1},
		{"once it is allowed, a person", time.Minute, 0, true, 1, 0},
		{"and the clock", time.Minute, time.Hour, true, 1, 0},
	} {
		now.pass(step.pass)
		want.SkipDenied, allowed = step.spare, step.allowed
		a.total()
		r := e.Run(t.Context(), want, nil)
		if n := a.requests["GetResources"]; n != step.asks || len(r.Problems()) != step.problem {
			t.Errorf("%s: asked %d times, problems %v", step.what, n, r.Problems())
		}
	}
}

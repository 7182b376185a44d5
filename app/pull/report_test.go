package pull_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

func TestOutcomesTellWhatIsLeftUnasked(t *testing.T) {
	over := app.Since(start, 20*time.Hour)
	outcomes := func(r pull.Report) (all []string) {
		for _, o := range r.Outcomes {
			all = append(all, fmt.Sprintf("%s %v", o.Signal, o.Stopped))
		}
		return all
	}
	n := small
	n.alarms, n.history = 0, 0
	a := fill(shop, over, n, smallPages)
	e := newEngine(newMemory(), (&clock{at: start}).now)
	w := ask([]*account{a}, over)
	w.Signals = []app.Signal{app.Trail}
	if got := outcomes(e.Run(t.Context(), w, nil)); !slices.Equal(got, []string{"trail false"}) {
		t.Errorf("a whole pull: %v", got)
	}

	w.Signals = []app.Signal{app.Logs, app.Trail} // of the trail the newest minutes are asked again, in one request
	asked := make(chan struct{})
	var r pull.Report
	cancelAt(t.Context(), a, "FilterLogEvents", 1, func(ctx context.Context) {
		cancel := a.fault
		a.fault = func(operation, resource string) error {
			if operation == "FilterLogEvents" {
				<-asked // the trail is done
			}
			return cancel(operation, resource)
		}
		began, ended := false, false
		r = e.Run(ctx, w, func(p pull.Progress) {
			runs := slices.Contains(p.Running, pull.Running{Scope: shop, Signal: app.Trail})
			if began && !runs && !ended {
				ended = true
				close(asked)
			}
			began = began || runs
		})
	})
	if got := outcomes(r); !r.Cancelled || !slices.Equal(got, []string{"logs true", "trail false"}) {
		t.Errorf("cancelled %v: %v", r.Cancelled, got)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w = ask([]*account{a}, over)
	r = e.Run(ctx, w, nil)
	for _, o := range r.Outcomes {
		if !o.Stopped {
			t.Errorf("%s is complete, and nothing was asked", o.Signal)
		}
	}
	if len(r.Outcomes) != len(app.Signals) {
		t.Errorf("outcomes %v", outcomes(r))
	}

	w.Cap = 1
	for _, o := range newEngine(newMemory(), (&clock{at: start}).now).Run(t.Context(), w, nil).Outcomes {
		if free := o.Signal == app.Logs || o.Signal == app.Trail; o.Stopped == free {
			t.Errorf("with a cap: %s stopped %v", o.Signal, o.Stopped)
		}
	}
}

func TestProgressTellsTheWholeStory(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	accounts := twoAccounts(over)
	busy := false // not guarded: calls that overlap are for the race detector to find
	var last pull.Progress
	changed := map[app.Signal]int{}
	requests := 0
	r := newEngine(newMemory(), (&clock{at: start}).now).Run(t.Context(), ask(accounts, over), func(p pull.Progress) {
		if busy {
			t.Error("told twice at once")
		}
		busy = true
		if p.Done > p.Total || p.Requests < last.Requests || p.Spent < last.Spent || p.Items < last.Items {
			t.Errorf("%+v after %+v", p, last)
		}
		if p.Changed != nil {
			changed[p.Changed.Signal] += p.Changed.New
		}
		if len(p.Running) > 0 {
			requests = p.Requests
		}
		last, busy = p, false
	})
	healthy(t, r)
	if last.Done != last.Total || last.Total == 0 || len(last.Running) > 0 || last.Requests != r.Requests ||
		last.Spent != r.Spent || requests == 0 {
		t.Errorf("the last note is %+v, the report %d requests for %s", last, r.Requests, r.Spent)
	}
	sums := map[app.Signal]int{}
	for _, o := range r.Outcomes {
		sums[o.Signal] += o.New
	}
	for _, s := range app.Signals {
		if sums[s] != changed[s] || sums[s] == 0 {
			t.Errorf("%s: %d new by the report, %d by the notes", s, sums[s], changed[s])
		}
	}
	if r.New() != last.Items {
		t.Errorf("%d new, %d items", r.New(), last.Items)
	}
}

func TestSpentIsWhatTheLedgerSays(t *testing.T) {
	// whole hours: all periods share it
	over := app.Range{From: start.Truncate(time.Hour).Add(-60 * time.Hour), To: start}
	n := small
	n.series, n.alarms = 60, 40 // more than a request takes: 3,600 datapoints of each, and one alarm reads by the hour
	a := fill(shop, over, n, smallPages)
	gone := a.traces[7].ID
	w := ask([]*account{a}, over)
	traces := w.Sources[0].Traces
	w.Sources[0].Traces = func(ctx context.Context, q app.TracesQuestion) pagesOf[app.Trace] {
		q.IDs = slices.DeleteFunc(slices.Clone(q.IDs), func(id app.TraceID) bool { return id == gone })
		return traces(ctx, q)
	}
	e := newEngine(newMemory(), (&clock{at: start}).now)
	r := e.Run(t.Context(), w, nil)
	healthy(t, r)
	if a.billed == 0 || r.Spent != a.billed {
		t.Errorf("spent %s (%d) by the report, %s (%d) by the ledger", r.Spent, r.Spent, a.billed, a.billed)
	}
	if n := a.requests["GetMetricData"]; n < 3 {
		t.Errorf("%d requests for datapoints", n)
	}
}

func TestNewCountsWhatASignalConsistsOf(t *testing.T) {
	over := app.Since(start, 8*time.Hour)
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := ask([]*account{fill(shop, over, small, smallPages)}, over)
	told := map[app.Signal]bool{}
	r := e.Run(t.Context(), w, func(p pull.Progress) {
		if p.Changed != nil && p.Changed.Range.Empty() {
			told[p.Changed.Signal] = true
		}
	})
	healthy(t, r)
	points := 0
	for _, series := range m.points {
		points += len(series)
	}
	want := map[app.Signal]int{
		app.Alarms: small.alarms + small.history, app.Metrics: points, app.Logs: small.groups * small.events,
		app.Traces: small.traces, app.Trail: small.trail,
	}
	for _, o := range r.Outcomes {
		if o.New != want[o.Signal] {
			t.Errorf("%d new of %s, want %d", o.New, o.Signal, want[o.Signal])
		}
	}
	if !told[app.Logs] || !told[app.Metrics] || !told[app.Alarms] {
		t.Errorf("the screens hear of the listings of %v", told)
	}
}

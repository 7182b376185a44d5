package pull_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

func TestWhatAWSLeavesOutIsTruncatedAndAskedAgain(t *testing.T) {
	over := app.Since(start.Add(-3*time.Hour), time.Hour)
	a := fill(shop, over, small, smallPages)
	sources := a.sources()
	series, traces := sources.Series, sources.Traces
	leave := true
	sources.Series = func(ctx context.Context, q app.SeriesQuestion) (pages pagesOf[app.Series]) {
		return each(series(ctx, q), func(p *app.Page[app.Series]) {
			if key := p.Items[0].Reading.Key(); leave && strings.HasSuffix(key, "|60") {
				p.Items[0].Complete = false
				p.Problems = []app.Problem{{Kind: app.TooMuch, Resource: key, Message: "only a part"}}
			}
		})
	}
	unprocessed := a.traces[7].ID
	sources.Traces = func(ctx context.Context, q app.TracesQuestion) pagesOf[app.Trace] {
		return each(traces(ctx, q), func(p *app.Page[app.Trace]) {
			if leave {
				p.Items = slices.DeleteFunc(p.Items, func(t app.Trace) bool { return t.ID == unprocessed })
			}
		})
	}
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := pull.Want{Sources: []pull.Sources{sources}, Range: over, Signals: []app.Signal{app.Metrics, app.Traces}}
	r := e.Run(t.Context(), w, nil)
	if len(r.Problems()) != 1 || r.Problems()[0].Op != "cloudwatch:GetMetricData" {
		t.Errorf("problems %v", r.Problems())
	}
	truncated := map[app.Signal]int{}
	for _, c := range m.covers {
		if c.Truncated {
			truncated[c.Signal]++
		}
	}
	if truncated[app.Metrics] != 1 || truncated[app.Traces] != 1 {
		t.Errorf("truncated covers %v", truncated)
	}
	if kept := m.traces[shop.String()+string(unprocessed)]; kept.URL == "" || kept.Spans != nil {
		t.Errorf("of the trace left out is kept %+v", kept)
	}

	leave = false
	healthy(t, e.Run(t.Context(), w, nil))
	if kept := m.traces[shop.String()+string(unprocessed)]; len(kept.Spans) != 1 {
		t.Errorf("of the trace left out before is kept %+v", kept)
	}
	if left := app.Subtract(over, m.settled(shop, app.Traces, "")); len(left) > 0 {
		t.Errorf("still to ask: %v", left)
	}
}

func TestTracesInProgressAreAskedAgainUntilTheyEnd(t *testing.T) {
	over := app.Since(start.Add(-24*time.Hour), 6*time.Hour)
	a := fill(shop, over, shape{traces: 40, partial: 20}, smallPages)
	m := newMemory()
	e := newEngine(m, (&clock{at: start}).now)
	w := ask([]*account{a}, over)
	w.Signals = []app.Signal{app.Traces}
	healthy(t, e.Run(t.Context(), w, nil))
	a.total()

	// Only the traces in progress are to be asked for, in what is known.
	w.Range = app.Since(start.Add(-25*time.Hour), time.Hour)
	plan, err := e.Plan(t.Context(), w)
	if err != nil || plan.Unforeseen || plan.Guessed || plan.Requests != 2*2 {
		t.Errorf("plan %+v, %v", plan, err)
	}

	for i := range a.traces {
		if a.traces[i].Partial {
			a.traces[i].Partial, a.traces[i].Revision = false, 3
			a.traces[i].Spans = append(a.traces[i].Spans, app.Span{ID: "late"})
		}
	}
	w.Range = app.Since(start.Add(-20*time.Hour), 2*time.Hour) // they lie outside
	healthy(t, e.Run(t.Context(), w, nil))
	if partial, _ := m.PartialTraces(t.Context(), shop, time.Time{}); len(partial) > 0 {
		t.Errorf("still in progress: %v", partial)
	}
	// Each trace has a request for its summary and one for its spans; the rest is the wanted range: three pieces on
	// hours, and the graph of the two windows that it lies in.
	if n := a.total(); n != 2*2+3+2 {
		t.Errorf("%d requests for two traces", n)
	}
	healthy(t, e.Run(t.Context(), w, nil))
	if n := a.total(); n > 0 {
		t.Errorf("%d requests when all is known", n)
	}

}

// Traces that never end are asked again less and less often, each hour of them by itself, and those that do end are
// found.
func TestTracesInProgressAreAskedLessAndLessOften(t *testing.T) {
	over := app.Since(start, 2*time.Hour)
	a := fill(shop, over, shape{traces: 40, partial: 10}, smallPages)
	m, now := newMemory(), &clock{at: start.Add(time.Hour)}
	e := newEngine(m, now.now)
	w := ask([]*account{a}, over)
	w.Signals = []app.Signal{app.Traces}
	summaries := 0
	a.see = func(q asked) {
		if q.operation == "GetTraceSummaries" {
			summaries++
		}
	}
	for range 12 * 60 {
		now.pass(2 * time.Minute)
		healthy(t, e.Run(t.Context(), w, nil))
	}
	// The first pull asks three pieces, one for each hour or part of one; then each of them that has a trace in
	// progress is asked as often as a day holds steps of a quarter.
	if summaries < 20 || summaries > 60 {
		t.Errorf("asked %d times in a day of following", summaries)
	}
	for i := range a.traces {
		a.traces[i].Partial, a.traces[i].Revision = false, 3
	}
	now.pass(12 * time.Hour)
	healthy(t, e.Run(t.Context(), w, nil))
	if left, _ := m.PartialTraces(t.Context(), shop, time.Time{}); len(left) > 0 {
		t.Errorf("still in progress: %v", left)
	}
}

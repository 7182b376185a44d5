package pull_test

import (
	"context"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// A field that cannot be read is counted, is no problem, and is not asked and paid for again.
func TestFieldsThatCannotBeReadAreCounted(t *testing.T) {
	over := app.Since(start, 3*time.Hour)
	a := fill(shop, over, shape{traces: 40}, smallPages)
	sources, batches := a.sources(), 0
	traces := sources.Traces
	sources.Traces = func(ctx context.Context, q app.TracesQuestion) pagesOf[app.Trace] {
		return each(traces(ctx, q), func(p *app.Page[app.Trace]) {
			p.Problems = append(p.Problems, app.Problem{Kind: app.Unreadable,
				Message: "user cannot be read: it is object"})
		})
	}
	a.see = func(q asked) {
		if q.operation == "BatchGetTraces" {
			batches++
		}
	}
	e := pull.New(pull.Config{Cache: newMemory(), Presets: known, Price: price, Now: (&clock{at: start}).now})
	w := pull.Want{Sources: []pull.Sources{sources}, Range: over, Signals: []app.Signal{app.Traces}}
	r := e.Run(t.Context(), w, nil)
	healthy(t, r)
	if u := r.Outcomes[0].Unreadable; len(u) != 1 || u[0].Count != batches || batches == 0 ||
		u[0].Op != "xray:BatchGetTraces" {
		t.Errorf("%d batches, counted %+v", batches, u)
	}
	before := batches
	healthy(t, e.Run(t.Context(), w, nil))
	if batches != before {
		t.Errorf("%d batches are asked again", batches-before)
	}
}

// So is a trace of which no segment at all can be read.
func TestATraceThatCannotBeReadIsNotPaidForAgain(t *testing.T) {
	over := app.Since(start, 3*time.Hour)
	a := fill(shop, over, shape{traces: 20}, smallPages)
	sources, asks := a.sources(), 0
	traces := sources.Traces
	sources.Traces = func(ctx context.Context, q app.TracesQuestion) pagesOf[app.Trace] {
		asks++
		return each(traces(ctx, q), func(p *app.Page[app.Trace]) {
			for i := range p.Items {
				p.Items[i].Spans = nil
			}
		})
	}
	e := pull.New(pull.Config{Cache: newMemory(), Presets: known, Price: price, Now: (&clock{at: start}).now})
	w := pull.Want{Sources: []pull.Sources{sources}, Range: over, Signals: []app.Signal{app.Traces}}
	healthy(t, e.Run(t.Context(), w, nil))
	before := asks
	healthy(t, e.Run(t.Context(), w, nil))
	if asks != before || before == 0 {
		t.Errorf("%d batches, then %d more", before, asks-before)
	}
}

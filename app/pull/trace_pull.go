package pull

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

// traceWorkers is how many batches of traces a scope asks for at once; X-Ray publishes no rate.
const traceWorkers = 4

// tracePull takes one step: the summaries of a range, and of those that the cache lacks in that revision, the spans.
type tracePull struct {
	cache   traceCache
	partial *partialAsked
	step    Step
	scope   *scopeRun
	asked   time.Time
	known   map[app.TraceID]int // revisions that the cache has

	mu       sync.Mutex
	lost     bool  // some traces did not come
	hopeless error // no batch will be answered
}

func (p *tracePull) take(ctx context.Context) (err error) {
	r := p.scope
	// A trace may start up to a second after the time in its id.
	near := app.Range{From: p.step.Range.From.Add(-time.Second), To: p.step.Range.To.Add(time.Minute)}
	if p.known, err = p.cache.TraceRevisions(ctx, p.step.Scope, near); err != nil {
		return err
	}
	a := request[app.Trace]{
		operation: app.GetTraceSummaries, units: 1,
		counted: func(page app.Page[app.Trace]) int { return len(page.Items) },
		more: func(page app.Page[app.Trace]) bool {
			return !page.Covers.Intersect(p.step.Range).Equal(p.step.Range)
		},
	}
	err = ask(ctx, r, a, r.from.TraceSummaries, app.TraceSummariesQuestion{Range: p.step.Range},
		func(_ context.Context, page app.Page[app.Trace]) error { return p.fetch(ctx, page.Items) })
	if p.step.planned == nil {
		if err == nil {
			first := p.step.Range.From.Add(time.Second) // the range begins a second before it
			p.partial.asked(p.step.Scope, first, p.asked)
		}
		return err
	}
	if app.KindOf(err) == app.Endless {
		return keepCutOff(ctx, r, p.step, p.asked, err, p.cache.KeepTraces)
	}
	if err != nil {
		return keepDenial(ctx, r, p.step, p.asked, err, p.cache.KeepTraces)
	}
	return p.close(context.WithoutCancel(ctx))
}

// fetch gets the spans of those summaries that the cache lacks, a batch for each worker at a time.
func (p *tracePull) fetch(ctx context.Context, summaries []app.Trace) error {
	missing := slices.DeleteFunc(slices.Clone(summaries), func(t app.Trace) bool {
		revision, ok := p.known[t.ID]
		return ok && revision >= t.Revision
	})
	var batches errgroup.Group
	batches.SetLimit(traceWorkers)
	for some := range slices.Chunk(missing, tracesAtOnce) {
		if ctx.Err() != nil || p.gaveUp() != nil {
			break
		}
		batches.Go(func() error { return p.batch(ctx, some) })
	}
	if err := batches.Wait(); err != nil {
		return err
	}
	if err := p.gaveUp(); err != nil {
		return err
	}
	return ctx.Err()
}

// gaveUp returns why batches have been given up, if they have.
func (p *tracePull) gaveUp() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hopeless
}

// batch asks for some traces and keeps them. A batch that fails is lost, and the rest goes on; its error is the
// cache's.
func (p *tracePull) batch(ctx context.Context, summaries []app.Trace) error {
	left := make(map[app.TraceID]app.Trace, len(summaries))
	ids := make([]app.TraceID, len(summaries))
	for i, s := range summaries {
		left[s.ID], ids[i] = s, s.ID
	}
	a := request[app.Trace]{
		operation: app.BatchGetTraces, units: len(ids),
		counted: func(page app.Page[app.Trace]) int { return len(page.Items) }, // AWS bills the traces that it returns
		more:    func(app.Page[app.Trace]) bool { return false },
	}
	gone := map[app.TraceID]bool{}
	err := ask(ctx, p.scope, a, p.scope.from.Traces, app.TracesQuestion{IDs: ids},
		func(ctx context.Context, page app.Page[app.Trace]) error {
			for _, problem := range page.Problems {
				gone[app.TraceID(problem.Resource)] = problem.Kind == app.NotFound
			}
			for i, whole := range page.Items {
				page.Items[i] = merged(left[whole.ID], whole)
				delete(left, whole.ID)
			}
			return p.keep(ctx, page.Items)
		})
	if err != nil {
		return p.fail(ctx, err)
	}
	return p.miss(context.WithoutCancel(ctx), left, gone)
}

// merged puts the spans of a whole trace into its summary, which knows all else. Without a summary, whole is what there
// is.
func merged(summary, whole app.Trace) app.Trace {
	if summary.ID == "" {
		return whole
	}
	summary.Spans = whole.Spans
	if summary.Spans == nil { // it has been answered, and would be paid for again
		summary.Spans = []app.Span{}
	}
	summary.Limited = summary.Limited || whole.Limited
	return summary
}

// fail records that a batch was not answered, and returns the error only if the cache is the cause.
func (p *tracePull) fail(ctx context.Context, err error) error {
	var kept cacheError
	if errors.As(err, &kept) {
		return err
	}
	p.mu.Lock()
	p.lost = true
	switch app.KindOf(err) {
	case app.Denied, app.NotFound, app.TooMuch, app.SignedOut, app.Endless, app.NotAWS:
		p.hopeless = err
	}
	p.mu.Unlock()
	p.scope.judge(ctx, app.Traces, "", err)
	return nil
}

// miss keeps what the summaries say of the traces that did not come. Those that X-Ray no longer has are not lost: they
// will not come either.
func (p *tracePull) miss(ctx context.Context, left map[app.TraceID]app.Trace, gone map[app.TraceID]bool) error {
	var summaries []app.Trace
	for id, summary := range left {
		summaries = append(summaries, summary)
		if !gone[id] {
			p.mu.Lock()
			p.lost = true
			p.mu.Unlock()
		}
	}
	slices.SortFunc(summaries, app.CompareTraces)
	return p.keep(ctx, summaries)
}

func (p *tracePull) keep(ctx context.Context, traces []app.Trace, covers ...app.Cover) error {
	if len(traces) == 0 && len(covers) == 0 {
		return nil
	}
	n, err := p.cache.KeepTraces(ctx, traces, covers...)
	if err != nil {
		return cacheError{err}
	}
	p.scope.kept(app.Traces, n, p.step.Range, covers)
	return nil
}

// close keeps the coverage when all traces of the range are kept, or all that could be had.
func (p *tracePull) close(ctx context.Context) error {
	covers := p.step.covers(p.step.Range, p.asked)
	for i := range covers {
		covers[i].Truncated = p.lost
	}
	return p.keep(ctx, nil, covers...)
}

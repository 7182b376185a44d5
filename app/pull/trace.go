package pull

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

const (
	// tracePiece is the stretch of traces that is covered as one: within it summaries come in no order. An interrupted
	// piece is asked again, but none of its traces that are kept.
	tracePiece = time.Hour
	// tracesAtOnce is how many traces BatchGetTraces takes.
	tracesAtOnce = 5
	// traceWorkers is how many such batches a scope asks at once; X-Ray publishes no rate.
	traceWorkers = 4
	// sampleFor is how much of the newest known time the number of traces to come is guessed from.
	sampleFor = 6 * time.Hour
	// sampleLeast is the least time to guess from: in a shorter one a single burst would be taken for the whole day.
	sampleLeast = 30 * time.Minute
)

// traceSteps asks for the service graph, then for traces hour by hour, then for those that were still in progress.
func (e *Engine) traceSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.TraceSummaries == nil || from.Traces == nil {
		return nil, nil
	}
	within := w.within(now)
	byResource, err := e.coverage(ctx, from.Scope, app.Traces, within)
	if err != nil {
		return nil, err
	}
	covers := byResource[""]
	if w.spares(covers, now) {
		return nil, nil
	}
	lack := w.lacking(within, covers, now)
	steps, err := e.graphSteps(ctx, from, within, lack, floor(now))
	if err != nil {
		return nil, err
	}
	rate, err := e.traceRate(ctx, from.Scope, within, covers)
	if err != nil {
		return nil, err
	}
	for _, r := range lack {
		for _, piece := range pieces(r, tracePiece) {
			n, err := e.foresee(ctx, from.Scope, piece, rate)
			if err != nil {
				return nil, err
			}
			steps = append(steps, e.traceStep(from.Scope, piece, n, lack))
		}
	}
	again, err := e.partialPieces(ctx, from.Scope, lack, floor(now))
	if err != nil {
		return nil, err
	}
	for _, piece := range again {
		n := forecast{summaries: piece.traces, whole: piece.traces}
		steps = append(steps, e.traceStep(from.Scope, piece.at, n, nil))
	}
	return steps, nil
}

// forecast is how many traces a piece has, and of how many the spans have to be asked for: the least that it can be, or
// a guess.
type forecast struct {
	summaries, whole    int
	guessed, unforeseen bool
}

// foresee guesses what a piece has from the rate of traces in an hour, if that is known. What an interrupted pull has
// kept is not asked again.
func (e *Engine) foresee(ctx context.Context, scope app.Scope, at app.Range, rate *float64) (forecast, error) {
	revisions, err := e.cache.TraceRevisions(ctx, scope, at)
	if err != nil {
		return forecast{}, err
	}
	known := len(revisions)
	if rate == nil {
		return forecast{summaries: known, unforeseen: true}, nil
	}
	all := max(known, int(math.Round(*rate*at.Length().Hours())))
	return forecast{summaries: all, whole: all - known, guessed: true}, nil
}

// traceStep returns the step for one piece of whole, whose coverage is kept; whole is nil for one that only asks for
// traces in progress.
func (e *Engine) traceStep(scope app.Scope, at app.Range, n forecast, whole []app.Range) Step {
	s := e.step(scope, app.Traces, getSummaries)
	s.Range, s.whole, s.Guessed, s.Unforeseen = at, whole, n.guessed, n.unforeseen
	s.Requests += (n.whole + tracesAtOnce - 1) / tracesAtOnce
	s.Cost = e.price(getSummaries.service, getSummaries.operation, scope.Region, n.summaries) +
		e.price(getTraces.service, getTraces.operation, scope.Region, n.whole)
	s.take = func(ctx context.Context, v *visit) error {
		return (&piece{step: s, visit: v, asked: floor(e.now())}).take(ctx)
	}
	return s
}

// traceRate returns how many traces there are in an hour of the newest time that is known; nil if too little is known.
func (e *Engine) traceRate(ctx context.Context, scope app.Scope, within app.Range, covers []app.Cover) (*float64, error) {
	traces := 0
	var length time.Duration
	for _, s := range slices.Backward(app.Stretches(within, covers)) {
		if s.State != app.Settled || length >= sampleFor {
			continue
		}
		sample := s.Range.Intersect(app.Since(s.Range.To, sampleFor-length))
		known, err := e.cache.TraceRevisions(ctx, scope, sample)
		if err != nil {
			return nil, err
		}
		traces += len(known)
		length += sample.Length()
	}
	if length < sampleLeast {
		return nil, nil
	}
	rate := float64(traces) / length.Hours()
	return &rate, nil
}

// piece is one stretch of traces: its summaries, and of those that the cache lacks in that revision, the spans.
type piece struct {
	step  Step
	visit *visit
	asked time.Time
	known map[app.TraceID]int

	mu       sync.Mutex
	lost     bool  // some traces did not come
	hopeless error // no batch will be answered
}

func (p *piece) take(ctx context.Context) (err error) {
	v := p.visit
	// A trace may start up to a second after the time in its id.
	near := app.Range{From: p.step.Range.From.Add(-time.Second), To: p.step.Range.To.Add(time.Minute)}
	if p.known, err = v.run.engine.cache.TraceRevisions(ctx, p.step.Scope, near); err != nil {
		return err
	}
	a := asking[app.Trace]{
		call: getSummaries, signal: app.Traces, units: 1,
		counted: func(page app.Page[app.Trace]) int { return len(page.Items) },
		more:    func(page app.Page[app.Trace]) bool { return !page.Covers.Intersect(p.step.Range).Equal(p.step.Range) },
	}
	err = ask(ctx, v, a, v.from.TraceSummaries, app.TraceSummariesQuestion{Range: p.step.Range},
		func(_ context.Context, page app.Page[app.Trace]) error { return p.fetch(ctx, page.Items) })
	if p.step.whole == nil {
		if err == nil {
			v.run.engine.again.asked(p.step.Scope, p.step.Range.From.Add(time.Second), p.asked) // the piece begins a second early
		}
		return err
	}
	if err != nil {
		return denied(ctx, p.visit, p.step, p.asked, err, p.visit.run.engine.cache.KeepTraces)
	}
	return p.close(context.WithoutCancel(ctx))
}

// fetch gets the spans of those summaries that the cache lacks, a batch for each worker at a time.
func (p *piece) fetch(ctx context.Context, summaries []app.Trace) error {
	lack := slices.DeleteFunc(slices.Clone(summaries), func(t app.Trace) bool {
		revision, ok := p.known[t.ID]
		return ok && revision >= t.Revision
	})
	var batches errgroup.Group
	batches.SetLimit(traceWorkers)
	for some := range slices.Chunk(lack, tracesAtOnce) {
		if ctx.Err() != nil || p.given() != nil {
			break
		}
		batches.Go(func() error { return p.batch(ctx, some) })
	}
	if err := batches.Wait(); err != nil {
		return err
	}
	if err := p.given(); err != nil {
		return err
	}
	return ctx.Err()
}

// given returns why batches have been given up, if they have.
func (p *piece) given() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hopeless
}

// batch asks for some traces and keeps them. A batch that fails is lost, and the rest goes on; its error is the cache's.
func (p *piece) batch(ctx context.Context, summaries []app.Trace) error {
	left := make(map[app.TraceID]app.Trace, len(summaries))
	ids := make([]app.TraceID, len(summaries))
	for i, s := range summaries {
		left[s.ID], ids[i] = s, s.ID
	}
	a := asking[app.Trace]{
		call: getTraces, signal: app.Traces, units: len(ids),
		counted: func(page app.Page[app.Trace]) int { return len(page.Items) }, // AWS bills the traces that it returns
		more:    func(app.Page[app.Trace]) bool { return false },
	}
	gone := map[app.TraceID]bool{}
	err := ask(ctx, p.visit, a, p.visit.from.Traces, app.TracesQuestion{IDs: ids},
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
	summary.Limited = summary.Limited || whole.Limited
	return summary
}

// fail records that a batch was not answered, and returns the error only if the cache is the cause.
func (p *piece) fail(ctx context.Context, err error) error {
	var kept notKept
	if errors.As(err, &kept) {
		return err
	}
	p.mu.Lock()
	p.lost = true
	switch app.KindOf(err) {
	case app.Denied, app.NotFound, app.TooMuch, app.SignedOut:
		p.hopeless = err
	}
	p.mu.Unlock()
	p.visit.judge(ctx, app.Traces, "", err)
	return nil
}

// miss keeps what the summaries say of the traces that did not come. Those that X-Ray no longer has are not lost: they
// will not come either.
func (p *piece) miss(ctx context.Context, left map[app.TraceID]app.Trace, gone map[app.TraceID]bool) error {
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

func (p *piece) keep(ctx context.Context, traces []app.Trace, covers ...app.Cover) error {
	if len(traces) == 0 && len(covers) == 0 {
		return nil
	}
	n, err := p.visit.run.engine.cache.KeepTraces(ctx, traces, covers...)
	if err != nil {
		return notKept{err}
	}
	p.visit.kept(app.Traces, n, p.step.Range, covers)
	return nil
}

// close keeps the coverage when all traces of the piece are kept, or all that could be had.
func (p *piece) close(ctx context.Context) error {
	covers := p.step.covers(p.step.Range, p.asked)
	for i := range covers {
		covers[i].Truncated = p.lost
	}
	return p.keep(ctx, nil, covers...)
}

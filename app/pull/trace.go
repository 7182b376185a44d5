package pull

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

const (
	// tracePiece is the range of traces that is covered as one: within it summaries come in no order. An interrupted
	// piece is asked again, but none of its traces that are kept.
	tracePiece = time.Hour
	// tracesAtOnce is how many traces BatchGetTraces takes.
	tracesAtOnce = 5
	// sampleFor is how much of the newest known time the number of traces to come is guessed from.
	sampleFor = 6 * time.Hour
	// sampleLeast is the least time to guess from: in a shorter one a single burst would be taken for the whole day.
	sampleLeast = 30 * time.Minute
)

// traceSteps asks for the service graph, then for traces hour by hour, then for those that were still in progress.
func (p *planner) traceSteps(ctx context.Context, from Sources, w Want, now time.Time) ([]Step, error) {
	if from.TraceSummaries == nil || from.Traces == nil {
		return nil, nil
	}
	within := w.within(now)
	byResource, err := coverage(ctx, p.cache, from.Scope, app.Traces, within)
	if err != nil {
		return nil, err
	}
	covers := byResource[""]
	if w.skips(covers, now) {
		return nil, nil
	}
	due := w.due(within, covers, now)
	steps, err := p.graphSteps(ctx, from, within, due, floor(now))
	if err != nil {
		return nil, err
	}
	rate, err := p.traceRate(ctx, from.Scope, within, covers)
	if err != nil {
		return nil, err
	}
	for _, r := range due {
		for _, piece := range pieces(r, tracePiece) {
			n, err := p.foresee(ctx, from.Scope, piece, rate)
			if err != nil {
				return nil, err
			}
			steps = append(steps, p.traceStep(from.Scope, piece, n, due))
		}
	}
	partial, err := p.partialRanges(ctx, from.Scope, due, floor(now))
	if err != nil {
		return nil, err
	}
	for _, r := range partial {
		n := forecast{summaries: r.traces, whole: r.traces}
		steps = append(steps, p.traceStep(from.Scope, r.at, n, nil))
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
func (p *planner) foresee(ctx context.Context, scope app.Scope, at app.Range, rate *float64) (forecast, error) {
	revisions, err := p.cache.TraceRevisions(ctx, scope, at)
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

// traceStep returns the step for one piece of what the plan asks, whose coverage is kept; planned is nil for one that
// only asks for traces in progress.
func (p *planner) traceStep(scope app.Scope, at app.Range, n forecast, planned []app.Range) Step {
	s := p.step(scope, app.GetTraceSummaries)
	s.Range, s.planned, s.Guessed, s.Unforeseen = at, planned, n.guessed, n.unforeseen
	s.Requests += (n.whole + tracesAtOnce - 1) / tracesAtOnce
	s.Cost = p.price.of(app.GetTraceSummaries, scope.Region, n.summaries) +
		p.price.of(app.BatchGetTraces, scope.Region, n.whole)
	s.take = func(ctx context.Context, r *scopeRun) error {
		return (&tracePull{cache: p.cache, partial: p.partial, step: s, scope: r, asked: floor(p.now())}).take(ctx)
	}
	return s
}

// traceRate returns how many traces there are in an hour of the newest time that is known; nil if too little is known.
func (p *planner) traceRate(
	ctx context.Context, scope app.Scope, within app.Range, covers []app.Cover,
) (*float64, error) {
	traces := 0
	var length time.Duration
	for _, s := range slices.Backward(app.Stretches(within, covers)) {
		if s.State != app.Settled || length >= sampleFor {
			continue
		}
		sample := s.Range.Intersect(app.Since(s.Range.To, sampleFor-length))
		known, err := p.cache.TraceRevisions(ctx, scope, sample)
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

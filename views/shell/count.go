package shell

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// countLogs counts the log events of a question, and says whether the cache would have them all.
func countLogs(ctx context.Context, r Reader, q app.LogQuery) (t tally, err error) {
	counts, err := r.LogVolume(ctx, q, q.Range.Length())
	if err != nil {
		return tally{}, err
	}
	for _, c := range counts {
		t.n += c.Count
	}
	t.reach, err = readReach(ctx, r, app.Logs, q.Scopes, q.Resource, q.Range)
	return t, err
}

// countTraces counts traces likewise.
func countTraces(ctx context.Context, r Reader, q app.TraceQuery) (t tally, err error) {
	found, err := r.Latencies(ctx, q)
	if err != nil {
		return tally{}, err
	}
	t.n = len(found)
	t.reach, err = readReach(ctx, r, app.Traces, q.Scopes, "", q.Range)
	return t, err
}

// countTrail counts trail events likewise.
func countTrail(ctx context.Context, r Reader, q app.TrailQuery) (t tally, err error) {
	for _, err := range r.TrailEvents(ctx, q) {
		if err != nil {
			return tally{}, err
		}
		t.n++
	}
	t.reach, err = readReach(ctx, r, app.Trail, q.Scopes, "", q.Range)
	return t, err
}

package related

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// CountLogs counts the log events of a question, and says whether the cache would have them all.
func CountLogs(ctx context.Context, r Reader, q app.LogQuery) (t Count, err error) {
	counts, err := r.LogVolume(ctx, q, q.Range.Length())
	if err != nil {
		return Count{}, err
	}
	for _, c := range counts {
		t.N += c.Count
	}
	names := append(slices.Clone(q.Groups), q.Resource)
	t.Completeness, err = readCompleteness(ctx, r, app.Logs, q.Scopes, names, q.Range)
	return t, err
}

// CountTraces counts traces likewise.
func CountTraces(ctx context.Context, r Reader, q app.TraceQuery) (t Count, err error) {
	found, err := r.Latencies(ctx, q)
	if err != nil {
		return Count{}, err
	}
	t.N = len(found)
	t.Completeness, err = ReadCompleteness(ctx, r, app.Traces, q.Scopes, "", q.Range)
	return t, err
}

// CountTrail counts trail events likewise.
func CountTrail(ctx context.Context, r Reader, q app.TrailQuery) (t Count, err error) {
	for _, err := range r.TrailEvents(ctx, q) {
		if err != nil {
			return Count{}, err
		}
		t.N++
	}
	t.Completeness, err = ReadCompleteness(ctx, r, app.Trail, q.Scopes, "", q.Range)
	return t, err
}

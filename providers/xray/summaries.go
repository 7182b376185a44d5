package xray

import (
	"context"
	"iter"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// TraceSummaries asks which traces there are (GetTraceSummaries), in windows of at most six hours, newest first. Its
// traces have no spans.
//
// Traces are selected by the time in their id, not by that of their updates: so each trace belongs to one window for
// good, which is what coverage means, and asking a window again finds the later revisions of its traces. The time in an
// id has whole seconds, so the windows are widened to whole seconds; a trace a little outside the range does no harm.
//
// The pages of a window are in no order, so Covers grows window by window from the end of the range.
func (s *Source) TraceSummaries(ctx context.Context, q app.TraceSummariesQuestion) iter.Seq2[app.Page[app.Trace],
	error] {
	var windows []iter.Seq2[app.Page[app.Trace], error]
	for _, w := range q.Range.Align(time.Second).Split(window) {
		windows = append(windows, s.summaries(ctx, w, q.Range))
	}
	return providers.Then(windows...)
}

// summaries asks one window of the whole range.
func (s *Source) summaries(ctx context.Context, w, whole app.Range) iter.Seq2[app.Page[app.Trace], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.Trace], next *string, err error) {
		out, err := s.api.GetTraceSummaries(ctx, &xray.GetTraceSummariesInput{
			StartTime:     aws.Time(w.From),
			EndTime:       aws.Time(w.To),
			TimeRangeType: types.TimeRangeTypeTraceId,
			Sampling:      aws.Bool(false),
			NextToken:     token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, t := range out.TraceSummaries {
			page.Items = append(page.Items, s.summary(t))
		}
		known := app.Range{From: w.To, To: whole.To} // the windows before this one
		if aws.ToString(out.NextToken) == "" {
			known.From = w.From
		}
		page.Covers = known.Intersect(whole)
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.GetTraceSummaries, call)
}

func (s *Source) summary(t types.TraceSummary) app.Trace {
	id := idOf(aws.ToString(t.Id))
	trace := app.Trace{
		Scope:    s.scope,
		ID:       id,
		Duration: providers.Seconds(t.Duration),
		Response: providers.Seconds(t.ResponseTime),
		Fault:    aws.ToBool(t.HasFault),
		Error:    aws.ToBool(t.HasError),
		Throttle: aws.ToBool(t.HasThrottle),
		Partial:  aws.ToBool(t.IsPartial),
		Revision: int(t.Revision),
	}
	if t.EntryPoint != nil {
		trace.Entry = aws.ToString(t.EntryPoint.Name)
	}
	if t.Http != nil {
		trace.Method, trace.URL = aws.ToString(t.Http.HttpMethod), aws.ToString(t.Http.HttpURL)
		trace.Status = int(aws.ToInt32(t.Http.HttpStatus))
	}
	if trace.Start = providers.Instant(t.StartTime); trace.Start.IsZero() {
		trace.Start = stamp(id)
	}
	return trace
}

// idOf brings an id to the one form that the console uses, or leaves it if it is in none that it knows.
func idOf(s string) app.TraceID {
	if id, ok := app.ParseTraceID(s); ok {
		return id
	}
	return app.TraceID(s)
}

// stamp returns the time in an id, whole seconds, or the zero time.
func stamp(id app.TraceID) time.Time {
	hex := id.W3C()
	if len(hex) < 8 {
		return time.Time{}
	}
	seconds, err := strconv.ParseInt(hex[:8], 16, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

package cloudwatchlogs

import (
	"context"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// eventsAPage is the most that FilterLogEvents returns at once; a page also ends at 1 MB.
const eventsAPage = 10_000

// backwardsFrom is the earliest start of a range that FilterLogEvents reads backwards (API reference, StartFromHead).
var backwardsFrom = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// LogEvents asks for the events of one log group, newest first, so that the last minutes of a large group are there
// with the first page (FilterLogEvents). Empty pages are normal, and so is a token that comes back unchanged: it is
// asked again, a bounded number of times. An event that AWS repeats right after the page that had it comes once.
//
// Covers grows from the end of the range down to the oldest event, whose millisecond may go on on the next page. A
// range that begins before 2024 comes oldest first, as it does from endpoints that do not know the order: then Covers
// grows from the start.
func (s *Source) LogEvents(ctx context.Context, q app.LogEventsQuestion) iter.Seq2[app.Page[app.LogEvent], error] {
	from, to := ceil(q.Range.From), ceil(q.Range.To)
	if from >= to {
		return providers.Then[app.LogEvent]()
	}
	var pages pageOrder
	in := cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: aws.String(q.Group),
		StartTime:    aws.Int64(from),
		EndTime:      aws.Int64(to - 1), // inclusive
		Limit:        aws.Int32(eventsAPage),
	}
	if q.Range.From.Before(backwardsFrom) {
		pages.order = forwards
	} else {
		in.StartFromHead = aws.Bool(false)
	}
	var seen map[string]bool // ids of the page before
	call := func(ctx context.Context, token *string) (page app.Page[app.LogEvent], next *string, err error) {
		in.NextToken = token
		out, err := s.api.FilterLogEvents(ctx, &in)
		if err != nil {
			return page, nil, err
		}
		page.Items, seen = s.fresh(q.Group, out.Events, seen)
		pages.add(page.Items)
		page.Covers = q.Range
		if aws.ToString(out.NextToken) != "" {
			page.Covers = pages.covers(q.Range)
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.FilterLogEvents, call)
}

// fresh returns the events whose ids are not in seen, and what to look in the next time: the ids of the newest page
// that was not empty.
func (s *Source) fresh(group string, events []types.FilteredLogEvent, seen map[string]bool) ([]app.LogEvent,
	map[string]bool) {
	if len(events) == 0 {
		return nil, seen
	}
	var items []app.LogEvent
	ids := make(map[string]bool, len(events))
	for _, e := range events {
		id := aws.ToString(e.EventId)
		if !seen[id] && !ids[id] {
			items = append(items, s.event(group, e))
		}
		ids[id] = true
	}
	return items, ids
}

func (s *Source) event(group string, e types.FilteredLogEvent) app.LogEvent {
	message := aws.ToString(e.Message)
	return app.LogEvent{
		Scope:    s.scope,
		Group:    group,
		Stream:   aws.ToString(e.LogStreamName),
		ID:       aws.ToString(e.EventId),
		At:       timeOf(e.Timestamp),
		Ingested: timeOf(e.IngestionTime),
		Message:  message,
		LogFacts: app.ReadFacts(message),
	}
}

// ceil returns the first whole millisecond not before t: events are stamped in milliseconds, so [ceil(From), ceil(To))
// holds exactly those of [From, To).
func ceil(t time.Time) int64 { return t.Add(time.Millisecond - time.Nanosecond).UnixMilli() }

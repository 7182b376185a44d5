package cloudwatchlogs

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

var (
	scope = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}
	noon  = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)
	hour  = app.Range{From: noon, To: noon.Add(time.Hour)}
)

// fake answers with functions; one that is nil is not to be called.
type fake struct {
	API    // of what no test of its own asks
	groups func(*cloudwatchlogs.DescribeLogGroupsInput) (*cloudwatchlogs.DescribeLogGroupsOutput, error)
	events func(*cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput, error)
}

func (f fake) DescribeLogGroups(_ context.Context, in *cloudwatchlogs.DescribeLogGroupsInput,
	_ ...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.DescribeLogGroupsOutput, error) {
	return f.groups(in)
}

func (f fake) FilterLogEvents(_ context.Context, in *cloudwatchlogs.FilterLogEventsInput,
	_ ...func(*cloudwatchlogs.Options)) (*cloudwatchlogs.FilterLogEventsOutput, error) {
	return f.events(in)
}

// read reads a sequence to the end or the first error.
func read[T any](seq iter.Seq2[app.Page[T], error]) (pages []app.Page[T], err error) {
	for page, e := range seq {
		pages, err = append(pages, page), e
	}
	return pages, err
}

func TestLogGroups(t *testing.T) {
	api := fake{groups: func(in *cloudwatchlogs.DescribeLogGroupsInput) (*cloudwatchlogs.DescribeLogGroupsOutput,
		error) {
		if aws.ToString(in.LogGroupNamePrefix) != "/aws" {
			t.Errorf("asked for %v", in.LogGroupNamePrefix)
		}
		return &cloudwatchlogs.DescribeLogGroupsOutput{LogGroups: []types.LogGroup{
			{
				LogGroupName: aws.String("/aws/a"), LogGroupArn: aws.String("arn:a"), Arn: aws.String("arn:a:*"),
				RetentionInDays: aws.Int32(30),
				StoredBytes:     aws.Int64(7), CreationTime: aws.Int64(noon.UnixMilli()),
				LogGroupClass: types.LogGroupClassStandard,
			},
			{LogGroupName: aws.String("/aws/b"), LogGroupArn: aws.String("arn:b")},
		}}, nil
	}}
	got, err := read(New(api, scope).LogGroups(t.Context(), app.LogGroupsQuestion{Prefix: "/aws"}))
	want := []app.Page[app.LogGroup]{{Items: []app.LogGroup{
		{Scope: scope, Name: "/aws/a", ARN: "arn:a:*", Retention: 30, Stored: 7, Created: noon, Class: "STANDARD"},
		{Scope: scope, Name: "/aws/b", ARN: "arn:b"},
	}}}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
}

func wire(id string, at time.Time, message string) types.FilteredLogEvent {
	return types.FilteredLogEvent{
		EventId: aws.String(id), LogStreamName: aws.String("s"), Timestamp: aws.Int64(at.UnixMilli()),
		IngestionTime: aws.Int64(at.UnixMilli() + 500), Message: aws.String(message),
	}
}

// listing answers from a list of pages; the token is the number of the page, and may be given more than once.
func listing(pages ...cloudwatchlogs.FilterLogEventsOutput) fake {
	n := 0
	return fake{events: func(*cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput, error) {
		n++
		return &pages[n-1], nil
	}}
}

func page(token string, events ...types.FilteredLogEvent) cloudwatchlogs.FilterLogEventsOutput {
	out := cloudwatchlogs.FilterLogEventsOutput{Events: events}
	if token != "" {
		out.NextToken = aws.String(token)
	}
	return out
}

func TestLogEvents(t *testing.T) {
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	api := listing(
		page("a"), // empty, with a token
		page("b", wire("4", minute(59), "z"), wire("3", minute(2), "WARN slow")),
		page("b", wire("4", minute(59), "z"), wire("3", minute(2), "WARN slow")), // the same again, token and all
		page("b"),
		page("c", wire("3", minute(2), "WARN slow"), wire("2", minute(2), "y")), // overlaps
		page("", wire("1", minute(1), "x")),
	)
	got, err := read(New(api, scope).LogEvents(t.Context(), app.LogEventsQuestion{Group: "g", Range: hour}))
	event := func(id string, n int, message string) app.LogEvent {
		return app.LogEvent{
			Scope: scope, Group: "g", Stream: "s", ID: id, At: minute(n),
			Ingested: minute(n).Add(500 * time.Millisecond),
			Message:  message, LogFacts: app.ReadFacts(message),
		}
	}
	from := app.Range{From: minute(2).Add(time.Millisecond), To: hour.To}
	want := []app.Page[app.LogEvent]{
		{},
		{Covers: from, Items: []app.LogEvent{event("4", 59, "z"), event("3", 2, "WARN slow")}},
		{Covers: from},
		{Covers: from},
		{Covers: from, Items: []app.LogEvent{event("2", 2, "y")}},
		{Covers: hour, Items: []app.LogEvent{event("1", 1, "x")}},
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
	if got[1].Items[1].Level != app.LevelWarn {
		t.Error("the facts were not read")
	}
}

// Whatever the order in which an endpoint really answers, and wherever a pull is cut short, what the pages claim to
// have complete has come, and what is asked again has the rest.
func TestCoversAreTrueInEveryOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.IntRange(0, 20), 0, 12).Draw(t, "milliseconds")
		slices.Sort(times)
		var all []types.FilteredLogEvent
		for i, ms := range times {
			all = append(all, wire(strconv.Itoa(i), noon.Add(time.Duration(ms)*time.Millisecond), "x"))
		}
		size := rapid.IntRange(1, 4).Draw(t, "page size")
		backwards := rapid.Bool().Draw(t, "backwards")
		turned := backwards && rapid.Bool().Draw(t, "each page in order of time")
		if backwards {
			slices.Reverse(all)
		}
		api := fake{events: func(in *cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput,
			error) {
			at, _ := strconv.Atoi(aws.ToString(in.NextToken))
			end := min(at+size, len(all))
			some := slices.Clone(all[at:end])
			if turned {
				slices.Reverse(some)
			}
			out := page("", some...)
			if end < len(all) {
				out = page(strconv.Itoa(end), some...)
			}
			return &out, nil
		}}
		within := app.Range{From: noon, To: noon.Add(21 * time.Millisecond)}
		came := map[string]bool{}
		for page, err := range New(api, scope).LogEvents(context.Background(),
			app.LogEventsQuestion{Group: "g", Range: within}) {
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Items {
				came[e.ID] = true
			}
			for _, e := range all {
				if page.Covers.Contains(time.UnixMilli(*e.Timestamp)) && !came[*e.EventId] {
					t.Fatalf("%v is said to be complete, and %s has not come", page.Covers, *e.EventId)
				}
			}
		}
		if len(came) != len(all) {
			t.Fatalf("%d of %d came", len(came), len(all))
		}
	})
}

func TestRangesBefore2024ComeOldestFirst(t *testing.T) {
	for from, want := range map[time.Time]*bool{noon: aws.Bool(false),
		time.Date(2023, 12, 31, 23, 0, 0, 0, time.UTC): nil} {
		api := fake{events: func(in *cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput,
			error) {
			if d := cmp.Diff(want, in.StartFromHead); d != "" {
				t.Errorf("from %v: %s", from, d)
			}
			out := page("", wire("1", from, "x"))
			if in.NextToken == nil {
				out = page("a", wire("0", from, "x"), wire("1", from.Add(time.Minute), "x"))
			}
			return &out, nil
		}}
		got, err := read(New(api, scope).LogEvents(t.Context(),
			app.LogEventsQuestion{Group: "g", Range: app.Range{From: from, To: from.Add(time.Hour)}}))
		covered := app.Range{}
		if want == nil {
			covered = app.Range{From: from, To: from.Add(time.Minute)}
		}
		if err != nil || !got[0].Covers.Equal(covered) {
			t.Errorf("from %v: %+v, %v", from, got[0].Covers, err)
		}
	}
}

func TestLogEventsThatAreStuck(t *testing.T) {
	api := fake{events: func(in *cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput, error) {
		out := page("a", wire("1", noon, "x"))
		return &out, nil
	}}
	got, err := read(New(api, scope).LogEvents(t.Context(), app.LogEventsQuestion{Group: "g", Range: hour}))
	var failed *app.Error
	if !errors.As(err, &failed) || failed.Kind != app.Endless || failed.Op != "logs:FilterLogEvents" {
		t.Errorf("got %v", err)
	}
	if len(got[0].Items) != 1 || !got[len(got)-1].Covers.Empty() {
		t.Errorf("kept %v", got)
	}
}

func TestLogEventsOfAGroupThatIsNotThere(t *testing.T) {
	api := fake{events: func(*cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput, error) {
		return nil, &types.ResourceNotFoundException{Message: aws.String("The specified log group does not exist.")}
	}}
	_, err := read(New(api, scope).LogEvents(t.Context(), app.LogEventsQuestion{Group: "g", Range: hour}))
	if app.KindOf(err) != app.NotFound {
		t.Errorf("got %v", err)
	}
}

// The service stamps milliseconds and takes an inclusive end: an event is answered exactly if it lies in the half-open
// range that was asked.
func TestTheRangeIsHalfOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := noon.Add(time.Duration(rapid.IntRange(0, 5_000_000).Draw(t, "from")) * time.Nanosecond)
		within := app.Range{From: start, To: start.Add(
			time.Duration(rapid.IntRange(0, 5_000_000).Draw(t, "length")) * time.Nanosecond)}
		at := noon.Add(time.Duration(rapid.IntRange(0, 11).Draw(t, "at")) * time.Millisecond)
		answered := false
		api := fake{events: func(in *cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput,
			error) {
			if *in.StartTime > *in.EndTime {
				return nil, &smithy.GenericAPIError{Code: "InvalidParameterException",
					Message: strconv.FormatInt(*in.StartTime, 10)}
			}
			answered = *in.StartTime <= at.UnixMilli() && at.UnixMilli() <= *in.EndTime
			return &cloudwatchlogs.FilterLogEventsOutput{}, nil
		}}
		if _, err := read(New(api, scope).LogEvents(context.Background(),
			app.LogEventsQuestion{Group: "g", Range: within})); err != nil {
			t.Fatal(err)
		}
		if answered != within.Contains(at) {
			t.Fatalf("%v in %v: answered %v", at, within, answered)
		}
	})
}

package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cwtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/providers/simulator/world"
)

// every makes one call of each operation and returns its errors by action.
func every(ctx context.Context, b bench) map[string]error {
	from, to := anchor.Add(-time.Hour), anchor
	group := aws.String("/aws/lambda/f000")
	cw, logs, traces := b.metrics(), b.logs(), b.traces()
	return map[string]error{
		"sts:GetCallerIdentity":  failing(b.who().GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})),
		"cloudwatch:ListMetrics": failing(cw.ListMetrics(ctx, &cloudwatch.ListMetricsInput{})),
		"cloudwatch:GetMetricData": failing(cw.GetMetricData(ctx,
			&cloudwatch.GetMetricDataInput{StartTime: &from, EndTime: &to,
				MetricDataQueries: []cwtypes.MetricDataQuery{query(0, "Sum", 60)}})),
		"cloudwatch:DescribeAlarms": failing(cw.DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{})),
		"cloudwatch:DescribeAlarmHistory": failing(cw.DescribeAlarmHistory(ctx,
			&cloudwatch.DescribeAlarmHistoryInput{})),
		"logs:DescribeLogGroups": failing(logs.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{})),
		"logs:FilterLogEvents": failing(logs.FilterLogEvents(ctx,
			&cloudwatchlogs.FilterLogEventsInput{LogGroupName: group, Limit: aws.Int32(10)})),
		"xray:GetTraceSummaries": failing(traces.GetTraceSummaries(ctx,
			&xray.GetTraceSummariesInput{StartTime: &from, EndTime: &to})),
		"xray:BatchGetTraces": failing(traces.BatchGetTraces(ctx,
			&xray.BatchGetTracesInput{TraceIds: []string{"1-00000000-000000000000000000000000"}})),
		"xray:GetServiceGraph": failing(traces.GetServiceGraph(ctx,
			&xray.GetServiceGraphInput{StartTime: &from, EndTime: &to})),
		"cloudtrail:LookupEvents": failing(b.trail().LookupEvents(ctx, &cloudtrail.LookupEventsInput{})),
	}
}

// TestFaultsOfEveryOperation lets every operation meet every fault, and wants the service's own words for it.
func TestFaultsOfEveryOperation(t *testing.T) {
	for name, c := range map[string]struct {
		faults Faults
		want   map[string]string // AWS's code by service
	}{
		"nothing": {Faults{}, map[string]string{"sts": "no error", "cloudwatch": "no error", "logs": "no error",
			"xray": "no error", "cloudtrail": "no error"}},
		"throttle": {Faults{Throttle: 1}, map[string]string{
			"sts": "Throttling", "cloudwatch": "Throttling", "logs": "ThrottlingException",
			"xray": "ThrottledException", "cloudtrail": "ThrottlingException"}},
		"deny": {Faults{Deny: []string{"*"}}, map[string]string{
			"sts": "no error", "cloudwatch": "AccessDenied", "logs": "AccessDeniedException",
			"xray": "AccessDeniedException", "cloudtrail": "AccessDeniedException"}},
		"expire": {Faults{Expire: true}, map[string]string{
			"sts": "ExpiredToken", "cloudwatch": "ExpiredToken", "logs": "ExpiredTokenException",
			"xray": "ExpiredTokenException", "cloudtrail": "ExpiredTokenException"}},
		"fail": {Faults{Fail: 1}, map[string]string{
			"sts": "ServiceUnavailable", "cloudwatch": "InternalServiceError", "logs": "ServiceUnavailableException",
			"xray": "InternalFailure", "cloudtrail": "InternalFailure"}},
	} {
		t.Run(name, func(t *testing.T) {
			for action, err := range every(t.Context(), open(t, c.faults)) {
				service, _, _ := strings.Cut(action, ":")
				if got := code(err); got != c.want[service] {
					t.Errorf("%s: %s, want %s", action, got, c.want[service])
				}
			}
		})
	}
}

// TestSpoiltAnswers checks that no operation takes half an answer, or nonsense, for a whole one.
func TestSpoiltAnswers(t *testing.T) {
	for name, faults := range map[string]Faults{"cut": {Cut: 1}, "malformed": {Malformed: 1}} {
		t.Run(name, func(t *testing.T) {
			for action, err := range every(t.Context(), open(t, faults)) {
				var api smithy.APIError
				if err == nil || errors.As(err, &api) && api.ErrorCode() != "UnknownError" {
					t.Errorf("%s: %v, want an answer that cannot be read", action, err)
				}
			}
		})
	}
}

// TestRetryingClientGetsThrough checks the promise of Faults: three attempts are enough, whatever the share below 1.
func TestRetryingClientGetsThrough(t *testing.T) {
	b := open(t, Faults{Seed: 3, Throttle: 0.4, Fail: 0.4})
	cfg := b.config(shop)
	cfg.Retryer = func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
			o.RateLimiter = freely{}
		})
	}
	for i := range 60 {
		in := cloudtrail.LookupEventsInput{MaxResults: aws.Int32(int32(i%trailPage + 1))}
		if _, err := cloudtrail.NewFromConfig(cfg).LookupEvents(t.Context(), &in); err != nil {
			t.Fatalf("call %d: %v", i, err)
		}
	}
	if spoilt := b.server.ledger.copy()["cloudtrail:LookupEvents"]; spoilt[outcomeThrottled] == 0 ||
		spoilt[outcomeFailed] == 0 {
		t.Errorf("outcomes %v: the drill did nothing", spoilt)
	}
}

// freely never runs out of retries.
type freely struct{}

func (freely) GetToken(context.Context, uint) (func() error, error) {
	return func() error { return nil }, nil
}
func (freely) AddTokens(uint) error { return nil }

// TestFaultsRepeat checks that the same seed spoils the same requests, and another seed others.
func TestFaultsRepeat(t *testing.T) {
	outcomes := func(seed uint64) (codes []string) {
		b := open(t, Faults{Seed: seed, Throttle: 0.5})
		for i := range 40 {
			_, err := b.trail().LookupEvents(t.Context(),
				&cloudtrail.LookupEventsInput{MaxResults: aws.Int32(int32(i%8 + 1))})
			codes = append(codes, code(err))
		}
		return codes
	}
	one := outcomes(1)
	if again := outcomes(1); !slices.Equal(one, again) {
		t.Errorf("the same seed gave\n%v and\n%v", one, again)
	}
	if slices.Equal(one, outcomes(2)) {
		t.Error("another seed gave the same")
	}
}

// TestEmptyAndRepeatedPages checks that empty pages and repeated tokens happen, and cost no item and double none.
func TestEmptyAndRepeatedPages(t *testing.T) {
	for name, faults := range map[string]Faults{
		"all pages empty first": {EmptyPages: 1},
		"all tokens repeated":   {RepeatTokens: 1},
		"some of both":          {Seed: 5, EmptyPages: 0.5, RepeatTokens: 0.5},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, faults)
			events := map[string]int{}
			empty, repeated := 0, 0
			in := cloudtrail.LookupEventsInput{MaxResults: aws.Int32(10)}
			for {
				out := must[*cloudtrail.LookupEventsOutput](t)(b.trail().LookupEvents(t.Context(), &in))
				for _, e := range out.Events {
					events[*e.EventId]++
				}
				if out.NextToken == nil {
					break
				}
				if len(out.Events) == 0 && aws.ToString(in.NextToken) == *out.NextToken {
					repeated++
				} else if len(out.Events) == 0 {
					empty++
				}
				in.NextToken = out.NextToken
			}
			if len(events) != manyTrail {
				t.Errorf("%d events, want %d", len(events), manyTrail)
			}
			for id, n := range events {
				if n != 1 {
					t.Errorf("%s came %d times", id, n)
				}
			}
			if (faults.EmptyPages > 0) != (empty > 0) || (faults.RepeatTokens > 0) != (repeated > 0) {
				t.Errorf("%d empty pages and %d repeated tokens", empty, repeated)
			}
		})
	}
}

// TestEmptyPagesEverywhere checks that every listing comes out whole through empty pages and repeated tokens.
func TestEmptyPagesEverywhere(t *testing.T) {
	read := func(f Faults) map[string]int {
		b := open(t, f)
		n := map[string]int{}
		from, to := anchor.Add(-6*time.Hour), anchor
		for p := cloudwatch.NewListMetricsPaginator(b.metrics(), &cloudwatch.ListMetricsInput{}); p.HasMorePages(); {
			n["metrics"] += len(must[*cloudwatch.ListMetricsOutput](t)(p.NextPage(t.Context())).Metrics)
		}
		for p := cloudwatch.NewDescribeAlarmsPaginator(b.metrics(),
			&cloudwatch.DescribeAlarmsInput{}); p.HasMorePages(); {
			n["alarms"] += len(must[*cloudwatch.DescribeAlarmsOutput](t)(p.NextPage(t.Context())).MetricAlarms)
		}
		for p := cloudwatch.NewDescribeAlarmHistoryPaginator(b.metrics(),
			&cloudwatch.DescribeAlarmHistoryInput{}); p.HasMorePages(); {
			n["history"] += len(must[*cloudwatch.DescribeAlarmHistoryOutput](t)(p.NextPage(t.Context())).AlarmHistoryItems)
		}
		series := &cloudwatch.GetMetricDataInput{StartTime: &from, EndTime: &to, MaxDatapoints: aws.Int32(200),
			MetricDataQueries: []cwtypes.MetricDataQuery{query(0, "Sum", 60), query(2, "Sum", 60)}}
		for p := cloudwatch.NewGetMetricDataPaginator(b.metrics(), series); p.HasMorePages(); {
			for _, r := range must[*cloudwatch.GetMetricDataOutput](t)(p.NextPage(t.Context())).MetricDataResults {
				n["points"] += len(r.Values)
			}
		}
		for p := cloudwatchlogs.NewDescribeLogGroupsPaginator(b.logs(),
			&cloudwatchlogs.DescribeLogGroupsInput{}); p.HasMorePages(); {
			n["groups"] += len(must[*cloudwatchlogs.DescribeLogGroupsOutput](t)(p.NextPage(t.Context())).LogGroups)
		}
		events, _ := filtered(t, b.logs(),
			cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/f000")})
		n["events"] = len(events)
		backwards, _ := filtered(t, b.logs(),
			cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/f000"),
				StartFromHead: aws.Bool(false), StartTime: aws.Int64(from.UnixMilli())})
		n["events backwards"] = len(backwards)
		for p := xray.NewGetTraceSummariesPaginator(b.traces(),
			&xray.GetTraceSummariesInput{StartTime: &from, EndTime: &to}); p.HasMorePages(); {
			n["traces"] += len(must[*xray.GetTraceSummariesOutput](t)(p.NextPage(t.Context())).TraceSummaries)
		}
		for p := xray.NewGetServiceGraphPaginator(b.traces(),
			&xray.GetServiceGraphInput{StartTime: &from, EndTime: &to}); p.HasMorePages(); {
			n["services"] += len(must[*xray.GetServiceGraphOutput](t)(p.NextPage(t.Context())).Services)
		}
		return n
	}
	want := read(Faults{})
	if diff := cmp.Diff(want, read(Faults{Seed: 1, EmptyPages: 0.7, RepeatTokens: 0.7})); diff != "" {
		t.Error(diff)
	}
}

// TestUnprocessedTraces checks that a drill of empty pages leaves trace ids unprocessed, and gives them when asked
// again.
func TestUnprocessedTraces(t *testing.T) {
	b := open(t, Faults{EmptyPages: 1})
	var ids []string
	for _, trace := range b.server.world.Places[0].Traces[1:6] {
		ids = append(ids, string(trace.ID))
	}
	documents, unprocessed, _ := fetched(t, b, ids...)
	if len(documents) != 4 || !slices.Equal(unprocessed, ids[4:]) {
		t.Fatalf("%d traces, unprocessed %v; want 4 and the last one", len(documents), unprocessed)
	}
	if documents, unprocessed, _ = fetched(t, b, unprocessed...); len(documents) != 1 || len(unprocessed) != 0 {
		t.Errorf("asked again: %d traces, unprocessed %v", len(documents), unprocessed)
	}
}

// TestDenial checks AWS's sentence, which names who, what and on which resource, and that other actions still work.
func TestDenial(t *testing.T) {
	b := open(t, Faults{Deny: []string{"logs:Filter*"}})
	_, err := b.logs().FilterLogEvents(t.Context(),
		&cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/f000")})
	want := "User: arn:aws:iam::111122223333:user/oncall is not authorized to perform: logs:FilterLogEvents on " +
		"resource: " +
		"arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/f000:log-stream: because no identity-based policy " +
		"allows the logs:FilterLogEvents action"
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorMessage() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	if _, err := b.logs().DescribeLogGroups(t.Context(), &cloudwatchlogs.DescribeLogGroupsInput{}); err != nil {
		t.Error(err)
	}
}

// TestSlow checks that a slow answer can be given up, and comes in the end.
func TestSlow(t *testing.T) {
	b := open(t, Faults{Slow: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := b.who().GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{}); !errors.Is(err,
		context.DeadlineExceeded) {
		t.Errorf("%v, want to be still waiting", err)
	}
	b.server.SetFaults(Faults{Slow: time.Millisecond})
	if _, err := b.who().GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}); err != nil {
		t.Error(err)
	}
}

// TestLate checks that items appear when they are due: log events by their ingestion, all others by their time.
func TestLate(t *testing.T) {
	now := anchor
	b := serve(t, handMade(), Options{Faults: Faults{Late: 30 * time.Minute}, Clock: func() time.Time { return now }})
	count := func() map[string]int {
		from, to := anchor.Add(-time.Hour), anchor
		n := map[string]int{}
		events, _ := filtered(t, b.logs(),
			cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/f000"),
				StartTime: aws.Int64(from.UnixMilli())})
		n["logs"] = len(events)
		n["trail"] = len(must[*cloudtrail.LookupEventsOutput](t)(b.trail().LookupEvents(t.Context(),
			&cloudtrail.LookupEventsInput{StartTime: &from, MaxResults: aws.Int32(50)})).Events)
		n["traces"] = len(must[*xray.GetTraceSummariesOutput](t)(b.traces().GetTraceSummaries(t.Context(),
			&xray.GetTraceSummariesInput{StartTime: &from, EndTime: &to})).TraceSummaries)
		n["history"] = len(must[*cloudwatch.DescribeAlarmHistoryOutput](t)(b.metrics().DescribeAlarmHistory(t.Context(),
			&cloudwatch.DescribeAlarmHistoryInput{
				StartDate: &from, AlarmTypes: []cwtypes.AlarmType{"MetricAlarm", "CompositeAlarm"},
				MaxRecords: aws.Int32(100)})).AlarmHistoryItems)
		got, _ := readSeries(t, b, &cloudwatch.GetMetricDataInput{StartTime: &from, EndTime: &to,
			MetricDataQueries: []cwtypes.MetricDataQuery{query(0, "Sum", 60)}})
		n["points"] = len(got["q0"])
		return n
	}
	// In the hour there are 4,500 log events (every 800 ms, until 14:33:20 only), 60 trail events, 120 traces, 60
	// history items and 59 points; of these, half an hour is due, less the two seconds that a log event takes to be
	// ingested.
	if diff := cmp.Diff(map[string]int{"logs": 2248, "trail": 31, "traces": 60, "history": 30, "points": 30},
		count()); diff != "" {
		t.Error("at the anchor:", diff)
	}
	now = anchor.Add(31 * time.Minute)
	if diff := cmp.Diff(map[string]int{"logs": 2500, "trail": 50, "traces": 120, "history": 60, "points": 59},
		count()); diff != "" {
		t.Error("when all is due:", diff)
	}
}

// TestQuotas checks that calls beyond AWS's rate are refused until time has passed, for one operation, account and
// Region at a time.
func TestQuotas(t *testing.T) {
	now := anchor
	b := serve(t, handMade(), Options{Faults: Faults{Quotas: true}, Clock: func() time.Time { return now }})
	lookup := func(client *cloudtrail.Client) string {
		return code(failing(client.LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{})))
	}
	var got []string
	for range 3 {
		got = append(got, lookup(b.trail()))
	}
	got = append(got, lookup(cloudtrail.NewFromConfig(b.config(data))))
	now = now.Add(time.Second / 2)
	got = append(got, lookup(b.trail()), lookup(b.trail()))
	want := []string{"no error", "no error", "ThrottlingException", "no error", "no error", "ThrottlingException"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// post sends faults as JSON and returns the status and text of the answer.
func post(t *testing.T, b bench, text string) (int, string) {
	t.Helper()
	answer := must[*http.Response](t)(http.Post(b.url+"/simulator/faults", "application/json", strings.NewReader(text)))
	defer answer.Body.Close()
	return answer.StatusCode, string(must[[]byte](t)(io.ReadAll(answer.Body)))
}

// ask reads one of the simulator's own answers.
func ask(t *testing.T, b bench, path string, into any) int {
	t.Helper()
	answer := must[*http.Response](t)(http.Get(b.url + path))
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusOK {
		if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	return answer.StatusCode
}

// TestControl sets faults over HTTP, sees them work and be counted, and takes them back.
func TestControl(t *testing.T) {
	b := open(t, Faults{})
	if status, text := post(t, b, `{"throttle": 1, "slow": "1ms", "deny": ["logs:*"]}`); status != http.StatusOK {
		t.Fatal(status, text)
	}
	var now Faults
	ask(t, b, "/simulator/faults", &now)
	if diff := cmp.Diff(Faults{Throttle: 1, Slow: time.Millisecond, Deny: []string{"logs:*"}}, now); diff != "" {
		t.Error(diff)
	}
	every(t.Context(), b)
	post(t, b, `{}`)
	every(t.Context(), b)
	_ = failing(b.trail().ListTrails(t.Context(), &cloudtrail.ListTrailsInput{}))
	var counts map[string]map[string]int
	ask(t, b, "/simulator/requests", &counts)
	for action, want := range map[string]map[string]int{
		"logs:FilterLogEvents":    {"denied": 1, "answered": 1},
		"cloudtrail:LookupEvents": {"throttled": 1, "answered": 1},
		"cloudtrail:unknown":      {"invalid": 1},
	} {
		if diff := cmp.Diff(want, counts[action]); diff != "" {
			t.Error(action, diff)
		}
	}
	for _, wrong := range []string{`{"throttle": 2}`, `{"slow": "soon"}`, `{"late": "-1s"}`, `{"colour": "blue"}`,
		`{`} {
		if status, _ := post(t, b, wrong); status != http.StatusBadRequest {
			t.Errorf("%s: status %d", wrong, status)
		}
	}
	if status := ask(t, b, "/simulator/weather", nil); status != http.StatusNotFound {
		t.Errorf("an unknown question: status %d", status)
	}
}

func TestTruth(t *testing.T) {
	b := open(t, Faults{})
	var whole, part, want world.Truth
	ask(t, b, "/simulator/truth", &whole)
	ask(t, b, "/simulator/truth?from=2025-03-14T14:00:00Z&to=2025-03-14T14:30:00Z", &part)
	text := must[[]byte](t)(json.Marshal(b.server.world.Truth(nil, b.server.world.Range)))
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, whole); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(whole, part) {
		t.Error("a part of the world is told as the whole")
	}
	if status := ask(t, b, "/simulator/truth?from=yesterday", nil); status != http.StatusBadRequest {
		t.Errorf("status %d for a time that is none", status)
	}
}

// FuzzFaults reads anything as faults; what it accepts, it writes and reads again as the same.
func FuzzFaults(f *testing.F) {
	f.Add([]byte(`{"seed":1,"throttle":0.2,"deny":["logs:*"],"slow":"1.5s","late":"1h","quotas":true}`))
	f.Add([]byte(`{"cut":2}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var faults, again Faults
		if faults.UnmarshalJSON(text) != nil {
			return
		}
		b, err := json.Marshal(faults)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &again); err != nil || fmt.Sprint(faults) != fmt.Sprint(again) {
			t.Errorf("%s became %+v, then %+v (%v)", bytes.TrimSpace(text), faults, again, err)
		}
	})
}

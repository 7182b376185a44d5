package simulator

import (
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cwtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// scenario makes the shop of the demo.
func scenario(t testing.TB, scale float64) *world.World {
	t.Helper()
	text, err := os.ReadFile("../../assets/scenarios/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := world.ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	w, err := world.Make(s, world.Options{Seed: 1, Anchor: anchor, Scale: scale})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestScenario reads the whole demo world through the SDK, from a simulator in a bad mood, and wants all of it, once.
func TestScenario(t *testing.T) {
	if testing.Short() {
		t.Skip("makes the demo's world, which takes some seconds")
	}
	w := scenario(t, 0.1)
	b := serve(t, w, Options{Faults: Faults{Seed: 2, EmptyPages: 0.3, RepeatTokens: 0.3}})
	for _, p := range w.Places {
		t.Run(p.Scope.String(), func(t *testing.T) {
			want := map[string]int{"metrics": len(p.Metrics), "alarms": len(p.Alarms), "history": len(p.History),
				"groups": len(p.Groups), "traces": len(p.Traces), "trail": len(p.Trail)}
			for _, events := range p.Events {
				want["events"] += len(events)
			}
			for _, trace := range p.Traces {
				want["spans"] += len(trace.Spans)
			}
			for _, m := range p.Metrics {
				want["points"] += len(m.Samples)
			}
			for key, n := range want { // the census below has no entry for what there is none of
				if n == 0 {
					delete(want, key)
				}
			}
			if diff := cmp.Diff(want, census(t, b, p, w.Range)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// census counts what the simulator tells of a place, each thing by its identity.
func census(t *testing.T, b bench, p *world.Place, within app.Range) map[string]int {
	t.Helper()
	cfg := b.config(p.Scope)
	seen := map[string]map[string]bool{}
	count := func(what, id string) {
		if seen[what] == nil {
			seen[what] = map[string]bool{}
		}
		if seen[what][id] {
			t.Fatalf("%s %s came twice", what, id)
		}
		seen[what][id] = true
	}
	countMetrics(t, cloudwatch.NewFromConfig(cfg), within, count)
	countAlarms(t, cloudwatch.NewFromConfig(cfg), count)
	logs := cloudwatchlogs.NewFromConfig(cfg)
	for pages := cloudwatchlogs.NewDescribeLogGroupsPaginator(logs,
		&cloudwatchlogs.DescribeLogGroupsInput{}); pages.HasMorePages(); {
		for _, g := range must[*cloudwatchlogs.DescribeLogGroupsOutput](t)(pages.NextPage(t.Context())).LogGroups {
			count("groups", *g.LogGroupName)
			events, _ := filtered(t, logs, cloudwatchlogs.FilterLogEventsInput{LogGroupName: g.LogGroupName})
			for _, e := range events {
				count("events", *g.LogGroupName+*e.EventId)
			}
		}
	}
	countTraces(t, xray.NewFromConfig(cfg), within, count)
	for pages := cloudtrail.NewLookupEventsPaginator(cloudtrail.NewFromConfig(cfg),
		&cloudtrail.LookupEventsInput{}); pages.HasMorePages(); {
		for _, e := range must[*cloudtrail.LookupEventsOutput](t)(pages.NextPage(t.Context())).Events {
			count("trail", *e.EventId)
		}
	}
	counts := map[string]int{}
	for what, ids := range seen {
		counts[what] = len(ids)
	}
	return counts
}

func countMetrics(t *testing.T, client *cloudwatch.Client, within app.Range, count func(what, id string)) {
	t.Helper()
	series := cloudwatch.GetMetricDataInput{StartTime: &within.From, EndTime: &within.To}
	for pages := cloudwatch.NewListMetricsPaginator(client, &cloudwatch.ListMetricsInput{}); pages.HasMorePages(); {
		for _, m := range must[*cloudwatch.ListMetricsOutput](t)(pages.NextPage(t.Context())).Metrics {
			identity := metric{Namespace: *m.Namespace, MetricName: *m.MetricName}
			for _, d := range m.Dimensions {
				identity.Dimensions = append(identity.Dimensions, dimension{*d.Name, *d.Value})
			}
			count("metrics", identity.identity().Key())
			id := "q" + time.Duration(len(series.MetricDataQueries)).String()
			series.MetricDataQueries = append(series.MetricDataQueries,
				cwtypes.MetricDataQuery{Id: &id,
					MetricStat: &cwtypes.MetricStat{Metric: &m, Stat: aws.String("Sum"), Period: aws.Int32(60)}})
		}
	}
	if len(series.MetricDataQueries) == 0 {
		return
	}
	for pages := cloudwatch.NewGetMetricDataPaginator(client, &series); pages.HasMorePages(); {
		for _, r := range must[*cloudwatch.GetMetricDataOutput](t)(pages.NextPage(t.Context())).MetricDataResults {
			for _, at := range r.Timestamps {
				count("points", *r.Id+at.String())
			}
		}
	}
}

func countAlarms(t *testing.T, client *cloudwatch.Client, count func(what, id string)) {
	t.Helper()
	all := cwtypes.AlarmType("").Values()
	for pages := cloudwatch.NewDescribeAlarmsPaginator(client,
		&cloudwatch.DescribeAlarmsInput{AlarmTypes: all}); pages.HasMorePages(); {
		out := must[*cloudwatch.DescribeAlarmsOutput](t)(pages.NextPage(t.Context()))
		for _, a := range out.MetricAlarms {
			count("alarms", *a.AlarmName)
		}
		for _, a := range out.CompositeAlarms {
			count("alarms", *a.AlarmName)
		}
		for _, a := range out.LogAlarms {
			count("alarms", *a.AlarmName)
		}
	}
	for pages := cloudwatch.NewDescribeAlarmHistoryPaginator(client,
		&cloudwatch.DescribeAlarmHistoryInput{AlarmTypes: all}); pages.HasMorePages(); {
		for _, h := range must[*cloudwatch.DescribeAlarmHistoryOutput](t)(pages.NextPage(t.Context())).AlarmHistoryItems {
			count("history", *h.AlarmName+h.Timestamp.String()+string(h.HistoryItemType)+*h.HistorySummary)
		}
	}
}

func countTraces(t *testing.T, client *xray.Client, within app.Range, count func(what, id string)) {
	t.Helper()
	var ids []string
	for _, window := range within.Align(time.Second).Split(traceWindow) {
		in := xray.GetTraceSummariesInput{StartTime: &window.From, EndTime: &window.To}
		for pages := xray.NewGetTraceSummariesPaginator(client, &in); pages.HasMorePages(); {
			for _, s := range must[*xray.GetTraceSummariesOutput](t)(pages.NextPage(t.Context())).TraceSummaries {
				count("traces", *s.Id)
				ids = append(ids, *s.Id)
			}
		}
	}
	for len(ids) > 0 {
		n := min(len(ids), traceIDs)
		batch := ids[:n:n]
		ids = ids[n:]
		for pages := xray.NewBatchGetTracesPaginator(client,
			&xray.BatchGetTracesInput{TraceIds: batch}); pages.HasMorePages(); {
			out := must[*xray.BatchGetTracesOutput](t)(pages.NextPage(t.Context()))
			ids = append(ids, out.UnprocessedTraceIds...)
			for _, trace := range out.Traces {
				for _, s := range trace.Segments {
					for id := range read(t, *s.Document) {
						count("spans", *trace.Id+id)
					}
				}
			}
		}
	}
}

package simulator

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

func TestListMetrics(t *testing.T) {
	client := open(t, Faults{}).metrics()
	dims := func(name, value string) []types.DimensionFilter {
		f := types.DimensionFilter{Name: aws.String(name)}
		if value != "" {
			f.Value = aws.String(value)
		}
		return []types.DimensionFilter{f}
	}
	for name, c := range map[string]struct {
		in    cloudwatch.ListMetricsInput
		want  int
		pages int
	}{
		"all":                    {cloudwatch.ListMetricsInput{}, manyMetrics, 2},
		"of a namespace":         {cloudwatch.ListMetricsInput{Namespace: aws.String("AWS/Lambda")}, manyMetrics, 2},
		"of a namespace without": {cloudwatch.ListMetricsInput{Namespace: aws.String("AWS/lambda")}, 0, 1},
		"by name":                {cloudwatch.ListMetricsInput{MetricName: aws.String("Errors")}, manyMetrics, 2},
		"by dimension": {cloudwatch.ListMetricsInput{Dimensions: dims("FunctionName", "")}, manyMetrics,
			2},
		"by dimension's value": {cloudwatch.ListMetricsInput{Dimensions: dims("FunctionName", "f017")}, 1, 1},
		"by another dimension": {cloudwatch.ListMetricsInput{Dimensions: dims("TableName", "")}, 0, 1},
		"that were active recently": {cloudwatch.ListMetricsInput{RecentlyActive: types.RecentlyActivePt3h},
			manyMetrics - 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			seen, pages := map[string]bool{}, 0
			for p := cloudwatch.NewListMetricsPaginator(client, &c.in); p.HasMorePages(); pages++ {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range out.Metrics {
					seen[*m.Dimensions[0].Value] = true
				}
			}
			if len(seen) != c.want || pages != c.pages {
				t.Errorf("%d metrics on %d pages, want %d on %d", len(seen), pages, c.want, c.pages)
			}
		})
	}
}

// query asks for the metric of function number n.
func query(n int, stat string, period int32) types.MetricDataQuery {
	return types.MetricDataQuery{Id: aws.String(fmt.Sprintf("q%d", n)), MetricStat: &types.MetricStat{
		Metric: &types.Metric{Namespace: aws.String("AWS/Lambda"), MetricName: aws.String("Errors"),
			Dimensions: []types.Dimension{{Name: aws.String("FunctionName"),
				Value: aws.String(fmt.Sprintf("f%03d", n))}}},
		Stat: aws.String(stat), Period: aws.Int32(period),
	}}
}

// TestGetMetricData asks for every metric in pages of several sizes and both orders, and wants the world's own points.
func TestGetMetricData(t *testing.T) {
	b := open(t, Faults{})
	within := app.Range{From: anchor.Add(-3 * time.Hour), To: anchor}
	for name, c := range map[string]struct {
		queries int
		stat    string
		period  int32
		order   types.ScanBy
		page    *int32
		pages   int
	}{
		"one page":              {500, "Sum", 60, types.ScanByTimestampAscending, nil, 1},
		"newest first":          {3, "Average", 60, types.ScanByTimestampDescending, nil, 1},
		"default order":         {3, "p90", 300, "", nil, 1},
		"small pages":           {5, "Maximum", 60, types.ScanByTimestampAscending, aws.Int32(100), 9},
		"small pages, newest":   {5, "SampleCount", 60, types.ScanByTimestampDescending, aws.Int32(100), 9},
		"pages of whole series": {4, "Minimum", 60, "", aws.Int32(177), 4},
		"one point a page":      {2, "Sum", 3600, types.ScanByTimestampAscending, aws.Int32(1), 6},
	} {
		t.Run(name, func(t *testing.T) {
			in := cloudwatch.GetMetricDataInput{StartTime: &within.From, EndTime: &within.To, ScanBy: c.order,
				MaxDatapoints: c.page}
			for i := range c.queries {
				in.MetricDataQueries = append(in.MetricDataQueries, query(i+2, c.stat, c.period)) // number 1 is silent
			}
			got, pages := readSeries(t, b, &in)
			want := map[string][]app.Point{}
			for i := range c.queries {
				m := b.server.world.Places[0].Metrics[i+2]
				points := m.Points(c.stat, time.Duration(c.period)*time.Second, within)
				if c.order != types.ScanByTimestampAscending {
					slices.Reverse(points)
				}
				want[fmt.Sprintf("q%d", i+2)] = points
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			if pages != c.pages {
				t.Errorf("%d pages, want %d", pages, c.pages)
			}
		})
	}
}

// readSeries reads all pages and checks that only an unfinished series says PartialData.
func readSeries(t *testing.T, b bench, in *cloudwatch.GetMetricDataInput) (map[string][]app.Point, int) {
	t.Helper()
	got, pages, done := map[string][]app.Point{}, 0, map[string]bool{}
	for p := cloudwatch.NewGetMetricDataPaginator(b.metrics(), in); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range out.MetricDataResults {
			if done[*r.Id] {
				t.Fatalf("%s goes on after it was complete", *r.Id)
			}
			done[*r.Id] = r.StatusCode == types.StatusCodeComplete
			for i, at := range r.Timestamps {
				got[*r.Id] = append(got[*r.Id], app.Point{At: at.UTC(), Value: r.Values[i]})
			}
			if _, ok := got[*r.Id]; !ok {
				got[*r.Id] = nil
			}
		}
	}
	for id, ok := range done {
		if !ok {
			t.Errorf("%s never became complete", id)
		}
	}
	return got, pages
}

func TestMetricDataRounding(t *testing.T) {
	b := open(t, Faults{})
	from, to := anchor.Add(-10*time.Minute).Add(30*time.Second), anchor.Add(-8*time.Minute)
	got, _ := readSeries(t, b, &cloudwatch.GetMetricDataInput{StartTime: &from, EndTime: &to,
		MetricDataQueries: []types.MetricDataQuery{query(0, "Sum", 60)}})
	var at []string
	for _, p := range got["q0"] {
		at = append(at, p.At.Format("15:04"))
	}
	if want := []string{"14:51", "14:50"}; !slices.Equal(at, want) {
		t.Errorf("points at %v, want %v: the start is rounded down and included, the end excluded", at, want)
	}
}

// TestMetricRetention checks that old points are told only in the periods in which AWS still has them.
func TestMetricRetention(t *testing.T) {
	for name, c := range map[string]struct {
		later  time.Duration
		period int32
		want   bool
	}{
		"a minute after a day":     {24 * time.Hour, 60, true},
		"a minute after 16 days":   {16 * 24 * time.Hour, 60, false},
		"5 minutes after 16 days":  {16 * 24 * time.Hour, 300, true},
		"5 minutes after 64 days":  {64 * 24 * time.Hour, 300, false},
		"an hour after 64 days":    {64 * 24 * time.Hour, 3600, true},
		"ten seconds after a day":  {24 * time.Hour, 10, false},
		"ten seconds at once":      {0, 10, true},
		"an hour after two years":  {730 * 24 * time.Hour, 3600, false},
		"five minutes after a day": {24 * time.Hour, 300, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, handMade(), Options{Clock: func() time.Time { return anchor.Add(c.later) }})
			from, to := anchor.Add(-2*time.Hour), anchor
			got, _ := readSeries(t, b, &cloudwatch.GetMetricDataInput{StartTime: &from, EndTime: &to,
				MetricDataQueries: []types.MetricDataQuery{query(0, "Sum", c.period)}})
			if (len(got["q0"]) > 0) != c.want {
				t.Errorf("%d points", len(got["q0"]))
			}
		})
	}
}

func TestDescribeAlarms(t *testing.T) {
	client := open(t, Faults{}).metrics()
	both := []types.AlarmType{types.AlarmTypeMetricAlarm, types.AlarmTypeCompositeAlarm}
	for name, c := range map[string]struct {
		in                cloudwatch.DescribeAlarmsInput
		metric, composite int
	}{
		"default: metric alarms only": {cloudwatch.DescribeAlarmsInput{}, manyAlarms - 1, 0},
		"both types":                  {cloudwatch.DescribeAlarmsInput{AlarmTypes: both}, manyAlarms - 1, 1},
		"large pages": {cloudwatch.DescribeAlarmsInput{AlarmTypes: both, MaxRecords: aws.Int32(100)},
			manyAlarms - 1, 1},
		"small pages": {cloudwatch.DescribeAlarmsInput{AlarmTypes: both, MaxRecords: aws.Int32(7)}, manyAlarms - 1, 1},
		"by names": {cloudwatch.DescribeAlarmsInput{AlarmNames: []string{"alarm-007", "alarm-004", "alarm-999"}}, 1,
			0},
		"by prefix": {cloudwatch.DescribeAlarmsInput{AlarmNamePrefix: aws.String("alarm-01")}, 10, 0},
		"by state":  {cloudwatch.DescribeAlarmsInput{StateValue: types.StateValueAlarm}, 1, 0},
		"by action": {cloudwatch.DescribeAlarmsInput{ActionPrefix: aws.String("arn:aws:lambda")}, 0, 0},
		"children":  {cloudwatch.DescribeAlarmsInput{ChildrenOfAlarmName: aws.String("alarm-004")}, 2, 0},
		"parents":   {cloudwatch.DescribeAlarmsInput{ParentsOfAlarmName: aws.String("alarm-002")}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			metric, composite := 0, 0
			for p := cloudwatch.NewDescribeAlarmsPaginator(client, &c.in); p.HasMorePages(); {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				metric, composite = metric+len(out.MetricAlarms), composite+len(out.CompositeAlarms)
			}
			if metric != c.metric || composite != c.composite {
				t.Errorf("%d metric and %d composite alarms, want %d and %d", metric, composite, c.metric, c.composite)
			}
		})
	}
}

// TestAlarmFields checks that an alarm arrives with every field, in each of its forms.
func TestAlarmFields(t *testing.T) {
	b := open(t, Faults{})
	out := must[*cloudwatch.DescribeAlarmsOutput](t)(b.metrics().DescribeAlarms(t.Context(),
		&cloudwatch.DescribeAlarmsInput{
			AlarmNames: []string{"alarm-000", "alarm-002", "alarm-003", "alarm-004"},
			AlarmTypes: []types.AlarmType{"MetricAlarm", "CompositeAlarm"},
		}))
	plain, tail, math, composite := out.MetricAlarms[0], out.MetricAlarms[1], out.MetricAlarms[2],
		out.CompositeAlarms[0]
	want := b.server.world.Places[0].Alarms[0]
	if !plain.StateTransitionedTimestamp.Equal(want.Since) ||
		!plain.AlarmConfigurationUpdatedTimestamp.Equal(want.Configured) {
		t.Errorf("times %v and %v, want %v and %v", plain.StateTransitionedTimestamp,
			plain.AlarmConfigurationUpdatedTimestamp, want.Since, want.Configured)
	}
	if *plain.AlarmArn != want.ARN || *plain.Period != 60 || plain.Statistic != "Sum" || *plain.Threshold != 5 ||
		*plain.DatapointsToAlarm != 2 ||
		*plain.Dimensions[0].Value != "f000" || plain.ComparisonOperator != "GreaterThanThreshold" ||
		*plain.TreatMissingData != "notBreaching" || !*plain.ActionsEnabled || len(plain.AlarmActions) != 1 {
		t.Errorf("metric alarm arrived as %+v", plain)
	}
	if tail.Statistic != "" || *tail.ExtendedStatistic != "p99.9" {
		t.Errorf("percentile arrived as %q and %v", tail.Statistic, tail.ExtendedStatistic)
	}
	if math.MetricName != nil || math.Period != nil || math.Statistic != "" || len(math.Metrics) != 3 {
		t.Fatalf("metric math arrived as %+v", math)
	}
	rate, input := math.Metrics[0], math.Metrics[2]
	if *rate.Id != "e1" || *rate.Label != "error rate" || *rate.Expression != "errors / invocations" ||
		!*rate.ReturnData || rate.MetricStat != nil {
		t.Errorf("the expression arrived as %+v", rate)
	}
	if *input.Id != "invocations" || *input.ReturnData || *input.MetricStat.Metric.Dimensions[0].Value != "f001" ||
		*input.MetricStat.Stat != "p99" || *input.MetricStat.Period != 60 {
		t.Errorf("its input arrived as %+v", input)
	}
	if *composite.AlarmRule != `ALARM("alarm-001") AND NOT OK("alarm-002")` || composite.StateValue != "OK" {
		t.Errorf("composite alarm arrived as %+v", composite)
	}
}

func TestDescribeAlarmHistory(t *testing.T) {
	b := open(t, Faults{})
	all := []types.AlarmType{"MetricAlarm", "CompositeAlarm"}
	at := func(i int) *time.Time { return &b.server.world.Places[0].History[i].At }
	for name, c := range map[string]struct {
		in   cloudwatch.DescribeAlarmHistoryInput
		want int
	}{
		"default: metric alarms only": {cloudwatch.DescribeAlarmHistoryInput{}, manyHistory * 4 / 5},
		"both types":                  {cloudwatch.DescribeAlarmHistoryInput{AlarmTypes: all}, manyHistory},
		"of one alarm": {cloudwatch.DescribeAlarmHistoryInput{AlarmName: aws.String("alarm-001")},
			manyHistory / 5},
		"of one type of item": {cloudwatch.DescribeAlarmHistoryInput{AlarmTypes: all,
			HistoryItemType: types.HistoryItemTypeStateUpdate}, manyHistory / 2},
		"from a date, to a date": {cloudwatch.DescribeAlarmHistoryInput{AlarmTypes: all, StartDate: at(10),
			EndDate: at(29)}, 20},
		"oldest first": {cloudwatch.DescribeAlarmHistoryInput{AlarmTypes: all, ScanBy: types.ScanByTimestampAscending,
			MaxRecords: aws.Int32(9)}, manyHistory},
	} {
		t.Run(name, func(t *testing.T) {
			var items []types.AlarmHistoryItem
			for p := cloudwatch.NewDescribeAlarmHistoryPaginator(b.metrics(), &c.in); p.HasMorePages(); {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				items = append(items, out.AlarmHistoryItems...)
			}
			if len(items) != c.want {
				t.Fatalf("%d items, want %d", len(items), c.want)
			}
			inOrder := func(a, b types.AlarmHistoryItem) int { return b.Timestamp.Compare(*a.Timestamp) }
			if c.in.ScanBy == types.ScanByTimestampAscending {
				inOrder = func(a, b types.AlarmHistoryItem) int { return a.Timestamp.Compare(*b.Timestamp) }
			}
			if !slices.IsSortedFunc(items, inOrder) {
				t.Error("not in the order asked for")
			}
		})
	}
}

// TestHistoryRetention checks that alarm history is gone after 30 days.
func TestHistoryRetention(t *testing.T) {
	b := serve(t, handMade(), Options{Clock: func() time.Time { return anchor.Add(30*24*time.Hour - time.Hour) }})
	out := must[*cloudwatch.DescribeAlarmHistoryOutput](t)(b.metrics().DescribeAlarmHistory(t.Context(),
		&cloudwatch.DescribeAlarmHistoryInput{
			AlarmTypes: []types.AlarmType{"MetricAlarm", "CompositeAlarm"}, MaxRecords: aws.Int32(100),
		}))
	if len(out.AlarmHistoryItems) != 60 {
		t.Errorf("%d items, want those of the last hour: 60", len(out.AlarmHistoryItems))
	}
}

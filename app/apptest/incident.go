// Package apptest is a made-up incident for the tests of other packages: a role changes the capacity of a table 47
// minutes ago, its writes are throttled, a stream grows old, and checkout turns slow and then fails.
// views/cachetest keeps it in a real cache.
package apptest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Where and when the incident happens.
var (
	Shop = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	Now  = time.Date(2026, 3, 14, 10, 12, 0, 0, time.UTC)
	Hour = app.Since(Now, time.Hour)
)

// Ago is so many minutes before Now.
func Ago(minutes float64) time.Time { return Now.Add(-time.Duration(minutes * float64(time.Minute))) }

// Presets are those of the services of the incident, as the files of assets have them.
var Presets = app.Presets{
	{Namespace: "AWS/ApiGateway", Title: "API Gateway", Metrics: []app.MetricPreset{
		{Name: "Count", Statistic: "Sum", Unit: "Count"}, {Name: "Latency", Statistic: "p50", Unit: "Milliseconds"},
		{Name: "5XXError", Statistic: "Sum", Unit: "Count"}}},
	{Namespace: "AWS/DynamoDB", Title: "DynamoDB", Metrics: []app.MetricPreset{
		{Name: "ConsumedWriteCapacityUnits", Statistic: "Sum", Unit: "Count", Short: "writes",
			Beside: "WriteThrottleEvents",
			Limit:  app.LimitPreset{Metric: "ProvisionedWriteCapacityUnits", PerSecond: true, Absent: "on demand"}},
		{Name: "ProvisionedWriteCapacityUnits", Statistic: "Average", Unit: "Count"},
		{Name: "WriteThrottleEvents", Statistic: "Sum", Unit: "Count", Short: "throttled writes"}}},
	{Namespace: "AWS/Kinesis", Title: "Kinesis", Metrics: []app.MetricPreset{
		{Name: "GetRecords.IteratorAgeMilliseconds", Statistic: "Maximum", Unit: "Milliseconds"},
	}},
	{Namespace: "CWAgent", Title: "CloudWatch agent", Metrics: []app.MetricPreset{
		{Name: "disk_used_percent", Statistic: "Maximum", Unit: "Percent"},
	}},
}

// Metric returns a metric with dimensions, each as its name and its value.
func Metric(namespace, name string, dims ...string) app.Metric {
	var all []app.Dimension
	for i := 0; i < len(dims); i += 2 {
		all = append(all, app.Dimension{Name: dims[i], Value: dims[i+1]})
	}
	return app.NewMetric(namespace, name, all...)
}

// The metrics of the incident.
var (
	Throttles = Metric("AWS/DynamoDB", "WriteThrottleEvents", "TableName", "orders")
	Units     = Metric("AWS/DynamoDB", "ProvisionedWriteCapacityUnits", "TableName", "orders")
	Writes    = Metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", "orders")
	Iterator  = Metric("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", "orders-stream")
	Latency   = Metric("AWS/ApiGateway", "Latency", "ApiName", "checkout", "Stage", "prod")
	Failures  = Metric("AWS/ApiGateway", "5XXError", "ApiName", "checkout", "Stage", "prod")
	Disk      = Metric("CWAgent", "disk_used_percent", "InstanceId", "i-0a1b2c3d4e5f60718", "path", "/var/lib/worker")
)

// AlarmOn returns an alarm on a metric, with "name > threshold".
func AlarmOn(name string, m app.Metric, statistic string, threshold float64) app.Alarm {
	return app.Alarm{
		Scope: Shop, Name: name, Kind: app.MetricAlarm, State: app.OK, Since: Ago(3000), Seen: Ago(0.3), Metric: &m,
		Statistic: statistic, Period: time.Minute,
		Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 3, DatapointsToAlarm: 3,
	}
}

// Turn is a change of an alarm's state so many minutes ago.
type Turn struct {
	Minutes float64
	To      app.AlarmState
}

// NewTurn returns the change to a state so many minutes ago.
func NewTurn(minutes float64, to app.AlarmState) Turn { return Turn{minutes, to} }

// Incident is what a cache would hold of the incident, beside the log volume, which is Volume.
type Incident struct {
	Alarms    []app.Alarm
	History   []app.AlarmHistoryItem
	Series    []app.Series
	Groups    []app.LogGroup
	Latencies []app.Latency
	Trail     []app.TrailEvent
	Covers    map[app.Signal][]app.Cover
}

// NewIncident returns the incident, which a test may change.
func NewIncident() *Incident {
	f := NewQuiet()
	f.addAlarms()
	f.addSeries()
	f.addTrail()
	f.addLatencies()
	for i := range 6 {
		f.Groups = append(f.Groups, app.LogGroup{Scope: Shop, Name: fmt.Sprintf("/aws/lambda/checkout-%d", i)})
	}
	f.Cover(app.Alarms, "", 300, 0.3)
	f.Cover(app.Metrics, "orders", 300, 0.5)
	f.Cover(app.Metrics, "checkout", 300, 45)
	f.Cover(app.Metrics, "checkout", 42, 0.5)
	f.Cover(app.Logs, "/aws/lambda/checkout-0", 300, 1)
	f.Cover(app.Traces, "", 300, 1)
	f.Cover(app.Trail, "", 300, 7)
	return f
}

// NewQuiet returns a cache that holds nothing yet.
func NewQuiet() *Incident { return &Incident{Covers: map[app.Signal][]app.Cover{}} }

// Cover says that a signal is known from one time to another, in minutes ago, and was asked for at its end.
func (f *Incident) Cover(s app.Signal, resource string, from, to float64) {
	f.Covers[s] = append(f.Covers[s], app.Cover{
		Scope: Shop, Signal: s, Resource: resource, Range: app.Range{From: Ago(from), To: Ago(to)}, AskedAt: Ago(to),
	})
}

func (f *Incident) addAlarms() {
	critical := app.Alarm{Scope: Shop, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.OK,
		Since: Ago(3000), Seen: Ago(0.3),
		Rule: `ALARM("checkout-5xx") OR ALARM("checkout-p99") OR ALARM("orders-iterator-age") OR ` +
			`ALARM("orders-throttles")`}
	f.Alarm(critical, Turn{13, app.InAlarm})
	f.Alarm(AlarmOn("checkout-5xx", Failures, "Sum", 50), Turn{16, app.InAlarm})
	f.Alarm(AlarmOn("checkout-p99", Latency, "p99", 1500), Turn{22, app.InAlarm})
	f.Alarm(AlarmOn("orders-iterator-age", Iterator, "Maximum", 180_000), Turn{27, app.InAlarm})
	f.Alarm(AlarmOn("orders-throttles", Throttles, "Sum", 100), Turn{31, app.InAlarm})
	f.Alarm(AlarmOn("worker-disk", Disk, "Maximum", 90),
		Turn{54, app.InAlarm}, Turn{51, app.OK}, Turn{41, app.InAlarm}, Turn{39, app.OK}, Turn{26, app.InAlarm},
		Turn{23, app.OK}, Turn{8, app.InAlarm}, Turn{6, app.OK})
	f.Alarm(AlarmOn(
		"canary-home", Metric("CloudWatchSynthetics", "SuccessPercent", "CanaryName", "home"), "Average", 90,
	), Turn{38, app.InsufficientData})
	for i := range 18 {
		f.Alarm(AlarmOn(fmt.Sprintf("queue-%02d-depth", i), Metric(
			"AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", fmt.Sprint("queue-", i),
		), "Maximum", 1000))
	}
}

// Alarm adds an alarm whose state changed so, first from OK.
func (f *Incident) Alarm(a app.Alarm, turns ...Turn) {
	from := app.OK
	for _, t := range turns {
		f.History = append(f.History, app.AlarmHistoryItem{Scope: Shop, Alarm: a.Name, At: Ago(t.Minutes),
			Kind:    app.StateUpdate,
			Summary: fmt.Sprintf("Alarm updated from %s to %s", from, t.To), From: from, To: t.To})
		a.State, a.Since, from = t.To, Ago(t.Minutes), t.To
	}
	f.Alarms = append(f.Alarms, a)
	slices.SortFunc(f.History, app.CompareHistory)
}

// climb rises from 0 to 1 between two times, in minutes ago, as an S.
func climb(minutes, from, to float64) float64 {
	x := min(max((from-minutes)/(from-to), 0), 1)
	return x * x * (3 - 2*x)
}

func (f *Incident) addSeries() {
	noise := rand.New(rand.NewPCG(1, 2))
	jitter := func(size float64) float64 { return (noise.Float64() - 0.5) * size }
	add := func(m app.Metric, statistic, unit string, gap bool, value func(minutes float64) float64) {
		s := app.Series{
			Scope: Shop, Reading: app.Reading{Metric: m, Statistic: statistic, Period: time.Minute}, Unit: unit,
		}
		for minute := 300.0; minute > 0.5; minute-- {
			if gap && minute <= 45 && minute > 42 {
				continue
			}
			s.Points = append(s.Points, app.Point{At: Ago(minute), Value: max(value(minute), 0)})
		}
		f.Series = append(f.Series, s)
	}
	add(Writes, "Sum", "Count", false, func(m float64) float64 { return 31_000 - 8000*climb(m, 36, 34) + jitter(1800) })
	add(Throttles, "Sum", "Count", false, func(m float64) float64 { return climb(m, 34, 30) * (231 + jitter(40)) })
	add(Units, "Average", "Count", false, func(float64) float64 { return 400 })
	provisioned := &f.Series[len(f.Series)-1].Points
	// on demand before
	*provisioned = slices.DeleteFunc(*provisioned, func(p app.Point) bool { return p.At.Before(Ago(47)) })
	add(Iterator, "Maximum", "Milliseconds", false, func(m float64) float64 {
		return 9000 + climb(m, 32, 2)*760_000 + jitter(6000)
	})
	add(Latency, "p99", "Milliseconds", true, func(m float64) float64 {
		return 410 + climb(m, 28, 16)*2450 + jitter(180)
	})
	add(Latency, "p50", "Milliseconds", true, func(m float64) float64 { return 92 + climb(m, 26, 10)*640 + jitter(30) })
	add(Failures, "Sum", "Count", false, func(m float64) float64 { return 1 + climb(m, 20, 11)*122 + jitter(10) })
	add(Disk, "Maximum", "Percent", false, func(m float64) float64 {
		return 80 + 6*math.Sin(m/4) + 7*(climb(m, 55, 53)-climb(m, 52, 50)+climb(m, 27, 25)-climb(m, 24, 22)) +
			jitter(1)
	})
}

// Volume is the log volume of the incident.
func Volume(within app.Range, bucket time.Duration) []app.LogCount {
	noise := rand.New(rand.NewPCG(3, 4))
	var counts []app.LogCount
	for at := within.From.Truncate(bucket); at.Before(within.To); at = at.Add(bucket) {
		minutes := Now.Sub(at).Minutes()
		part := bucket.Minutes()
		counts = append(counts,
			app.LogCount{At: at, Level: app.LevelInfo, Count: int(part * (400 + 60*noise.Float64()))},
			app.LogCount{At: at, Level: app.LevelWarn, Count: int(
				part * (6 + 20*noise.Float64() + 120*climb(minutes, 30, 15)),
			)},
			app.LogCount{At: at, Level: app.LevelError,
				Count: int(part * (18*noise.Float64() + 260*climb(minutes, 28, 8)))})
	}
	return counts
}

// Change returns a write so many minutes ago.
func Change(minutes float64, name, source, resource string, by app.Principal) app.TrailEvent {
	e := app.TrailEvent{
		Scope: Shop, ID: fmt.Sprintf("%s-%v", name, minutes), At: Ago(minutes), Name: name, Source: source,
		Principal: by,
	}
	if resource != "" {
		e.Resources = []app.TrailResource{{Name: resource}}
	}
	return e
}

// Who changes things.
var (
	Deploy  = app.Principal{Type: "AssumedRole", User: "deploy-role", Session: "pipeline-482"}
	Anna    = app.Principal{Type: "IAMUser", User: "anna"}
	Scaling = app.Principal{Type: "AWSService", InvokedBy: "autoscaling.amazonaws.com"}
)

func (f *Incident) addTrail() {
	f.Trail = []app.TrailEvent{
		Change(
			47, "UpdateTable", "dynamodb.amazonaws.com", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", Deploy,
		),
		Change(
			46, "TagResource", "dynamodb.amazonaws.com", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", Deploy,
		),
		Change(35.2, "UpdateService", "ecs.amazonaws.com", "worker", Deploy),
		Change(51, "PutDashboard", "monitoring.amazonaws.com", "shop", Anna),
	}
	for _, m := range []float64{56, 55.8, 55.5, 34, 9.2, 3.7} {
		f.Trail = append(f.Trail, Change(m, "CreateLogStream", "logs.amazonaws.com", "/aws/lambda/checkout", Scaling))
	}
	for m := 20.0; m < 32; m += 0.4 {
		f.Trail = append(f.Trail, Change(m, "SetDesiredCapacity", "autoscaling.amazonaws.com", "worker", Scaling))
	}
}

func (f *Incident) addLatencies() {
	noise := rand.New(rand.NewPCG(5, 6))
	for i := range 1904 {
		minutes := noise.Float64() * 60
		sick := climb(minutes, 26, 12)
		seconds := 0.03 * math.Exp(noise.NormFloat64()*0.4+sick*(2.4+1.1*noise.NormFloat64()))
		f.Latencies = append(f.Latencies, app.Latency{Scope: Shop, ID: app.TraceID(
			fmt.Sprintf("1-69b53ae0-%024x", i),
		), At: Ago(minutes),
			Response: time.Duration(seconds * 1e9), Fault: noise.Float64() < 0.3*sick})
	}
}

package timeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// The made-up incident that the tests look at: a role changes the capacity of a table 47 minutes ago, writes throttle,
// a stream grows old, checkout turns slow and then fails.

var (
	shop = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	now  = time.Date(2026, 3, 14, 10, 12, 0, 0, time.UTC)
	hour = app.Since(now, time.Hour)
)

func ago(minutes float64) time.Time { return now.Add(-time.Duration(minutes * float64(time.Minute))) }

// presets are those of the services of the incident, as the files of assets have them.
var presets = app.Presets{
	{Namespace: "AWS/ApiGateway", Title: "API Gateway", Metrics: []app.MetricPreset{
		{Name: "Count", Statistic: "Sum", Unit: "Count"}, {Name: "Latency", Statistic: "p50", Unit: "Milliseconds"}, {Name: "5XXError", Statistic: "Sum", Unit: "Count"}}},
	{Namespace: "AWS/DynamoDB", Title: "DynamoDB", Metrics: []app.MetricPreset{
		{Name: "ConsumedWriteCapacityUnits", Statistic: "Sum", Unit: "Count", Short: "writes", Beside: "WriteThrottleEvents",
			Limit: app.LimitPreset{Metric: "ProvisionedWriteCapacityUnits", PerSecond: true, Absent: "on demand"}},
		{Name: "ProvisionedWriteCapacityUnits", Statistic: "Average", Unit: "Count"},
		{Name: "WriteThrottleEvents", Statistic: "Sum", Unit: "Count", Short: "throttled writes"}}},
	{Namespace: "AWS/Kinesis", Title: "Kinesis", Metrics: []app.MetricPreset{{Name: "GetRecords.IteratorAgeMilliseconds", Statistic: "Maximum", Unit: "Milliseconds"}}},
	{Namespace: "CWAgent", Title: "CloudWatch agent", Metrics: []app.MetricPreset{{Name: "disk_used_percent", Statistic: "Maximum", Unit: "Percent"}}},
}

func metric(namespace, name string, dims ...string) app.Metric {
	var all []app.Dimension
	for i := 0; i < len(dims); i += 2 {
		all = append(all, app.Dimension{Name: dims[i], Value: dims[i+1]})
	}
	return app.NewMetric(namespace, name, all...)
}

var (
	throttles = metric("AWS/DynamoDB", "WriteThrottleEvents", "TableName", "orders")
	units     = metric("AWS/DynamoDB", "ProvisionedWriteCapacityUnits", "TableName", "orders")
	writes    = metric("AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", "orders")
	iterator  = metric("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", "orders-stream")
	latency   = metric("AWS/ApiGateway", "Latency", "ApiName", "checkout", "Stage", "prod")
	failures  = metric("AWS/ApiGateway", "5XXError", "ApiName", "checkout", "Stage", "prod")
	disk      = metric("CWAgent", "disk_used_percent", "InstanceId", "i-0a1b2c3d4e5f60718", "path", "/var/lib/worker")
)

// alarmOn returns an alarm on a metric, with "name > threshold".
func alarmOn(name string, m app.Metric, statistic string, threshold float64) app.Alarm {
	return app.Alarm{
		Scope: shop, Name: name, Kind: app.MetricAlarm, State: app.OK, Since: ago(3000), Seen: ago(0.3), Metric: &m, Statistic: statistic, Period: time.Minute,
		Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 3, DatapointsToAlarm: 3,
	}
}

// turn is a change of an alarm's state so many minutes ago.
type turn struct {
	minutes float64
	to      app.AlarmState
}

// fake is a cache that holds the incident. Its fields may be changed by a test before the screen reads.
type fake struct {
	places    []app.Scope
	alarms    []app.Alarm
	history   []app.AlarmHistoryItem
	series    []app.Series
	groups    []app.LogGroup
	volume    func(app.Range, time.Duration) []app.LogCount
	latencies []app.Latency
	trail     []app.TrailEvent
	covers    map[app.Signal][]app.Cover

	err   error
	fails map[string]error // reads that begin with the key
	mu    sync.Mutex
	asked []string // the reads, each strand's in order
}

func incident() *fake {
	f := &fake{places: []app.Scope{shop}, covers: map[app.Signal][]app.Cover{}, volume: incidentVolume}
	f.addAlarms()
	f.addSeries()
	f.addTrail()
	f.addLatencies()
	for i := range 6 {
		f.groups = append(f.groups, app.LogGroup{Scope: shop, Name: fmt.Sprintf("/aws/lambda/checkout-%d", i)})
	}
	f.cover(app.Alarms, "", 300, 0.3)
	f.cover(app.Metrics, "orders", 300, 0.5)
	f.cover(app.Metrics, "checkout", 300, 45)
	f.cover(app.Metrics, "checkout", 42, 0.5)
	f.cover(app.Logs, "/aws/lambda/checkout-0", 300, 1)
	f.cover(app.Traces, "", 300, 1)
	f.cover(app.Trail, "", 300, 7)
	return f
}

// cover says that a signal is known from one time to another, in minutes ago, and was asked for at its end.
func (f *fake) cover(s app.Signal, resource string, from, to float64) {
	f.covers[s] = append(f.covers[s], app.Cover{Scope: shop, Signal: s, Resource: resource, Range: app.Range{From: ago(from), To: ago(to)}, AskedAt: ago(to)})
}

func (f *fake) addAlarms() {
	critical := app.Alarm{Scope: shop, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.OK, Since: ago(3000), Seen: ago(0.3),
		Rule: `ALARM("checkout-5xx") OR ALARM("checkout-p99") OR ALARM("orders-iterator-age") OR ALARM("orders-throttles")`}
	f.alarm(critical, turn{13, app.InAlarm})
	f.alarm(alarmOn("checkout-5xx", failures, "Sum", 50), turn{16, app.InAlarm})
	f.alarm(alarmOn("checkout-p99", latency, "p99", 1500), turn{22, app.InAlarm})
	f.alarm(alarmOn("orders-iterator-age", iterator, "Maximum", 180_000), turn{27, app.InAlarm})
	f.alarm(alarmOn("orders-throttles", throttles, "Sum", 100), turn{31, app.InAlarm})
	f.alarm(alarmOn("worker-disk", disk, "Maximum", 90),
		turn{54, app.InAlarm}, turn{51, app.OK}, turn{41, app.InAlarm}, turn{39, app.OK}, turn{26, app.InAlarm}, turn{23, app.OK}, turn{8, app.InAlarm}, turn{6, app.OK})
	f.alarm(alarmOn("canary-home", metric("CloudWatchSynthetics", "SuccessPercent", "CanaryName", "home"), "Average", 90), turn{38, app.InsufficientData})
	for i := range 18 {
		f.alarm(alarmOn(fmt.Sprintf("queue-%02d-depth", i), metric("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", fmt.Sprint("queue-", i)), "Maximum", 1000))
	}
}

func (f *fake) alarm(a app.Alarm, turns ...turn) {
	from := app.OK
	for _, t := range turns {
		f.history = append(f.history, app.AlarmHistoryItem{Scope: shop, Alarm: a.Name, At: ago(t.minutes), Kind: app.StateUpdate,
			Summary: fmt.Sprintf("Alarm updated from %s to %s", from, t.to), From: from, To: t.to})
		a.State, a.Since, from = t.to, ago(t.minutes), t.to
	}
	f.alarms = append(f.alarms, a)
	slices.SortFunc(f.history, app.CompareHistory)
}

// climb rises from 0 to 1 between two times, in minutes ago, as an S.
func climb(minutes, from, to float64) float64 {
	x := min(max((from-minutes)/(from-to), 0), 1)
	return x * x * (3 - 2*x)
}

func (f *fake) addSeries() {
	noise := rand.New(rand.NewPCG(1, 2))
	jitter := func(size float64) float64 { return (noise.Float64() - 0.5) * size }
	add := func(m app.Metric, statistic, unit string, gap bool, value func(minutes float64) float64) {
		s := app.Series{Scope: shop, Reading: app.Reading{Metric: m, Statistic: statistic, Period: time.Minute}, Unit: unit}
		for minute := 300.0; minute > 0.5; minute-- {
			if gap && minute <= 45 && minute > 42 {
				continue
			}
			s.Points = append(s.Points, app.Point{At: ago(minute), Value: max(value(minute), 0)})
		}
		f.series = append(f.series, s)
	}
	add(writes, "Sum", "Count", false, func(m float64) float64 { return 31_000 - 8000*climb(m, 36, 34) + jitter(1800) })
	add(throttles, "Sum", "Count", false, func(m float64) float64 { return climb(m, 34, 30) * (231 + jitter(40)) })
	add(units, "Average", "Count", false, func(float64) float64 { return 400 })
	provisioned := &f.series[len(f.series)-1].Points
	*provisioned = slices.DeleteFunc(*provisioned, func(p app.Point) bool { return p.At.Before(ago(47)) }) // on demand before
	add(iterator, "Maximum", "Milliseconds", false, func(m float64) float64 { return 9000 + climb(m, 32, 2)*760_000 + jitter(6000) })
	add(latency, "p99", "Milliseconds", true, func(m float64) float64 { return 410 + climb(m, 28, 16)*2450 + jitter(180) })
	add(latency, "p50", "Milliseconds", true, func(m float64) float64 { return 92 + climb(m, 26, 10)*640 + jitter(30) })
	add(failures, "Sum", "Count", false, func(m float64) float64 { return 1 + climb(m, 20, 11)*122 + jitter(10) })
	add(disk, "Maximum", "Percent", false, func(m float64) float64 {
		return 80 + 6*math.Sin(m/4) + 7*(climb(m, 55, 53)-climb(m, 52, 50)+climb(m, 27, 25)-climb(m, 24, 22)) + jitter(1)
	})
}

func incidentVolume(within app.Range, bucket time.Duration) []app.LogCount {
	noise := rand.New(rand.NewPCG(3, 4))
	var counts []app.LogCount
	for at := within.From.Truncate(bucket); at.Before(within.To); at = at.Add(bucket) {
		minutes := now.Sub(at).Minutes()
		part := bucket.Minutes()
		counts = append(counts,
			app.LogCount{At: at, Level: app.LevelInfo, Count: int(part * (400 + 60*noise.Float64()))},
			app.LogCount{At: at, Level: app.LevelWarn, Count: int(part * (6 + 20*noise.Float64() + 120*climb(minutes, 30, 15)))},
			app.LogCount{At: at, Level: app.LevelError, Count: int(part * (18*noise.Float64() + 260*climb(minutes, 28, 8)))})
	}
	return counts
}

// change returns a write so many minutes ago.
func change(minutes float64, name, source, resource string, by app.Principal) app.TrailEvent {
	e := app.TrailEvent{Scope: shop, ID: fmt.Sprintf("%s-%v", name, minutes), At: ago(minutes), Name: name, Source: source, Principal: by}
	if resource != "" {
		e.Resources = []app.TrailResource{{Name: resource}}
	}
	return e
}

var (
	deploy  = app.Principal{Type: "AssumedRole", User: "deploy-role", Session: "pipeline-482"}
	anna    = app.Principal{Type: "IAMUser", User: "anna"}
	scaling = app.Principal{Type: "AWSService", InvokedBy: "autoscaling.amazonaws.com"}
)

func (f *fake) addTrail() {
	f.trail = []app.TrailEvent{
		change(47, "UpdateTable", "dynamodb.amazonaws.com", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", deploy),
		change(46, "TagResource", "dynamodb.amazonaws.com", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", deploy),
		change(35.2, "UpdateService", "ecs.amazonaws.com", "worker", deploy),
		change(51, "PutDashboard", "monitoring.amazonaws.com", "shop", anna),
	}
	for _, m := range []float64{56, 55.8, 55.5, 34, 9.2, 3.7} {
		f.trail = append(f.trail, change(m, "CreateLogStream", "logs.amazonaws.com", "/aws/lambda/checkout", scaling))
	}
	for m := 20.0; m < 32; m += 0.4 {
		f.trail = append(f.trail, change(m, "SetDesiredCapacity", "autoscaling.amazonaws.com", "worker", scaling))
	}
}

func (f *fake) addLatencies() {
	noise := rand.New(rand.NewPCG(5, 6))
	for i := range 1904 {
		minutes := noise.Float64() * 60
		sick := climb(minutes, 26, 12)
		seconds := 0.03 * math.Exp(noise.NormFloat64()*0.4+sick*(2.4+1.1*noise.NormFloat64()))
		f.latencies = append(f.latencies, app.Latency{Scope: shop, ID: app.TraceID(fmt.Sprintf("1-69b53ae0-%024x", i)), At: ago(minutes),
			Response: time.Duration(seconds * 1e9), Fault: noise.Float64() < 0.3*sick})
	}
}

func (f *fake) read(ctx context.Context, what string) error {
	f.mu.Lock()
	f.asked = append(f.asked, what)
	f.mu.Unlock()
	for part, err := range f.fails {
		if strings.HasPrefix(what, part) {
			return err
		}
	}
	return errors.Join(ctx.Err(), f.err)
}

func (f *fake) Scopes(ctx context.Context) ([]app.Scope, error) {
	return f.places, f.read(ctx, "scopes")
}

func (f *fake) Alarms(ctx context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	return f.alarms, f.read(ctx, "alarms")
}

func (f *fake) AlarmHistory(ctx context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return slices.DeleteFunc(slices.Clone(f.history), func(h app.AlarmHistoryItem) bool { return !q.Range.Contains(h.At) }), f.read(ctx, "history")
}

func (f *fake) Metrics(ctx context.Context, s app.Scope) ([]app.Metric, error) {
	var all []app.Metric
	for _, s := range f.series {
		all = append(all, s.Metric)
	}
	return all, f.read(ctx, "metrics")
}

func (f *fake) Series(ctx context.Context, q app.SeriesQuery) ([]app.Series, error) {
	var found []app.Series
	for _, s := range f.series {
		if !slices.Contains(q.Keys, s.Reading.Key()) {
			continue
		}
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), func(p app.Point) bool { return !q.Range.Contains(p.At) })
		if len(s.Points) > 0 {
			found = append(found, s)
		}
	}
	return found, f.read(ctx, "series")
}

func (f *fake) LogGroups(ctx context.Context, _ []app.Scope) ([]app.LogGroup, error) {
	return f.groups, f.read(ctx, "log groups")
}

func (f *fake) LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error) {
	var within app.Range
	if within = q.Range.Intersect(app.Since(now, 5*time.Hour)); within.Empty() || f.volume == nil {
		return nil, f.read(ctx, "log volume")
	}
	return f.volume(within, bucket), f.read(ctx, fmt.Sprintf("log volume by %v", bucket))
}

func (f *fake) Latencies(ctx context.Context, q app.TraceQuery) ([]app.Latency, error) {
	return slices.DeleteFunc(slices.Clone(f.latencies), func(l app.Latency) bool { return !q.Range.Contains(l.At) }), f.read(ctx, "latencies")
}

func (f *fake) TrailEvents(ctx context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	return func(yield func(app.TrailEvent, error) bool) {
		if err := f.read(ctx, "trail"); err != nil {
			yield(app.TrailEvent{}, err)
			return
		}
		for _, e := range f.trail {
			if q.Range.Contains(e.At) && (!q.Changes || e.Change()) && !yield(e, nil) {
				return
			}
		}
	}
}

func (f *fake) Coverage(ctx context.Context, q app.CoverQuery) ([]app.Cover, error) {
	return f.covers[q.Signal], f.read(ctx, "coverage of "+string(q.Signal))
}

// askedFor counts the reads that begin with what.
func (f *fake) askedFor(what string) int {
	n := 0
	for _, a := range f.asked {
		if strings.HasPrefix(a, what) {
			n++
		}
	}
	return n
}

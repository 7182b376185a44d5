package drawertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Slow and broken belong together, and to checkout.
var (
	Slow = app.Trace{Scope: Ireland, ID: "1-5fad4cc9-70259536495de84a2a6282cd", Start: Ago(10 * time.Minute),
		Response: 3400 * time.Millisecond,
		Duration: 3500 * time.Millisecond, Entry: "checkout", Method: "POST", URL: "https://shop.example/checkout",
		Status: 502, Fault: true,
		Spans: []app.Span{
			{ID: "1", Kind: app.Segment, Name: "checkout", Service: "checkout", Start: Now,
				End: Now.Add(3 * time.Second), Fault: true},
			{ID: "2", Parent: "1", Kind: app.Segment, Name: "orders", Service: "orders", Start: Now,
				End: Now.Add(2 * time.Second)},
			{ID: "4", Parent: "2", Kind: app.Subsegment, Name: "DynamoDB", Service: "orders", Start: Now,
				End: Now.Add(time.Second), Throttle: true,
				SpanDetail: app.SpanDetail{Exceptions: []app.Exception{{Type: "ThroughputExceeded",
					Message: "slow down"}}}},
		}}
	Broken = app.LogEvent{Scope: Ireland, Group: "/aws/lambda/checkout", Stream: "2026/03/14/[$LATEST]1", ID: "1",
		At:       Ago(time.Minute),
		LogFacts: app.LogFacts{Level: app.LevelError, TraceID: Slow.ID, RequestID: "8b5e-77"},
		Message: `{"level":"ERROR","message":"it broke","ApiName":"checkout","5XXError":1,` +
			`"_aws":{"CloudWatchMetrics":[{"Namespace":"AWS/ApiGateway",` +
			`"Dimensions":[["ApiName"]],"Metrics":[{"Name":"5XXError"}]}]}}`}
)

// JoinedCache is FullCache with a trace, log events, a log group and a service graph that belong to the alarm Checkout.
func JoinedCache() *Cache {
	s := FullCache()
	within := Broken
	within.ID, within.At, within.Level, within.Message = "0", Slow.Start.Add(time.Second/2), app.LevelInfo,
		"put the order"
	s.AllTraces, s.Events = []app.Trace{Slow}, []app.LogEvent{within, Broken}
	s.Groups = []app.LogGroup{{Scope: Ireland, Name: "/aws/lambda/checkout"}, {Scope: Ireland, Name: "/ecs/orders"},
		{Scope: Ireland, Name: "/ecs/mail"}}
	s.Graph = app.ServiceGraph{Nodes: []app.ServiceNode{{Name: "checkout"}, {Name: "orders"}},
		Edges: []app.ServiceEdge{{From: "checkout", To: "orders"}}}
	return s
}

// When and where the incident is.
var (
	Now       = time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	Cet       = time.FixedZone("CET", 3600)
	Ireland   = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	Frankfurt = app.Scope{Account: "111122223333", Region: "eu-central-1"}
	Data      = app.Scope{Account: "444455556666", Region: "eu-west-1"}
)

// Ago is an instant so long before Now.
func Ago(d time.Duration) time.Time { return Now.Add(-d) }

// Presets are those of the service of the incident.
var Presets = app.Presets{{Namespace: "AWS/ApiGateway", Title: "API Gateway", Metrics: []app.MetricPreset{
	{Name: "5XXError", Statistic: "Average", Unit: "Percent",
		Means: "The share of requests that ended in an error of the server."},
}}}

// Threshold returns a pointer to a value.
func Threshold(v float64) *float64 { return &v }

// ErrorsMetric is what the alarm Checkout watches.
var ErrorsMetric = app.NewMetric("AWS/ApiGateway", "5XXError", app.Dimension{Name: "ApiName", Value: "checkout"})

// Checkout is a metric alarm that went off 16 minutes ago.
var Checkout = app.Alarm{Scope: Ireland, Name: "checkout-5xx", Kind: app.MetricAlarm, State: app.InAlarm,
	Since: Ago(16 * time.Minute), Seen: Now,
	Metric: &ErrorsMetric, Statistic: "Average", Period: time.Minute, Comparison: "GreaterThanThreshold",
	Threshold:         Threshold(5),
	EvaluationPeriods: 3, DatapointsToAlarm: 3, ARN: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx",
	Reason: "Threshold Crossed: 3 datapoints [8.1, 7.4, 6.9] were greater than the threshold (5.0)."}

// Critical is a composite alarm over Checkout.
var Critical = app.Alarm{Scope: Ireland, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.InAlarm,
	Since: Ago(12 * time.Minute), Seen: Now,
	Rule: `ALARM("checkout-5xx") AND ALARM("checkout-p99")`}

// Went is a change of an alarm's state.
func Went(name string, at time.Time, from, to app.AlarmState) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: Ireland, Alarm: name, At: at, Kind: app.StateUpdate, From: from, To: to,
		Summary: "Alarm updated"}
}

// Update is the change before the incident: the capacity of a table.
var Update = app.TrailEvent{Scope: Ireland, ID: "e1", At: Ago(35 * time.Minute), Name: "UpdateTable",
	Source:    "dynamodb.amazonaws.com",
	Principal: app.Principal{Type: "AssumedRole", User: "deploy-role", Session: "pipeline-482"}, SourceIP: "10.0.4.7",
	UserAgent: "aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux",
	RequestID: "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG",
	Resources: []app.TrailResource{{Type: "AWS::DynamoDB::Table",
		Name: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}},
	Raw: json.RawMessage(`{"eventVersion":"1.09","eventName":"UpdateTable","requestParameters":{"tableName":"orders",` +
		`"billingMode":"PROVISIONED","provisionedThroughput":{"writeCapacityUnits":400}` +
		`},"userAgent":"aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux"}`)}

// FullCache holds the incident with its counts.
func FullCache() *Cache {
	s := &Cache{scopes: []app.Scope{Ireland, Frankfurt, Data},
		AllAlarms: []app.Alarm{Checkout, Critical,
			{Scope: Data, Name: "canary-home", Kind: app.MetricAlarm, State: app.InsufficientData,
				Since: Ago(time.Hour), Seen: Now}},
		Covers: []app.Cover{{Scope: Ireland, Signal: app.Alarms, Range: app.Since(Now, 20*24*time.Hour), AskedAt: Now}},
		History: []app.AlarmHistoryItem{
			Went("checkout-5xx", Ago(200*time.Hour), app.OK, app.InAlarm),
			Went("checkout-5xx", Ago(200*time.Hour-21*time.Minute), app.InAlarm, app.OK),
			Went("checkout-5xx", Ago(16*time.Minute), app.OK, app.InAlarm)},
		AllSeries: []app.Series{{Scope: Ireland,
			Reading: app.Reading{Metric: ErrorsMetric, Statistic: "Average", Period: time.Minute},
			Points:  []app.Point{{At: Ago(2 * time.Minute), Value: 7.2}, {At: Ago(time.Minute), Value: 8.1}}}},
		Trail: []app.TrailEvent{Update},
	}
	for i := range 28 { // $1.12 in all
		s.Requests = append(s.Requests, app.Request{At: Ago(time.Duration(i) * time.Hour), Scope: Ireland,
			Service: "monitoring", Operation: "GetMetricData", Outcome: app.Answered, Units: 4000,
			Cost: app.Dollar / 25})
	}
	s.addFaults()
	s.AllSeries[0].Points = nil
	for m := range 58 {
		value := 0.8 + float64(m%7)/10
		if m > 40 {
			value = min(1+float64(m-40)*0.7, 8.1)
		}
		s.AllSeries[0].Points = append(s.AllSeries[0].Points,
			app.Point{At: Ago(time.Duration(59-m) * time.Minute), Value: value})
	}
	for i, signal := range app.Signals[1:] {
		of := map[app.Signal]string{app.Metrics: s.AllSeries[0].Reading.Key()}[signal]
		for _, place := range s.scopes {
			asked := Ago(time.Duration(70+30*i) * time.Second)
			s.Covers = append(s.Covers, app.Cover{Scope: place, Signal: signal, Resource: of,
				Range: app.Since(Now, 24*time.Hour), AskedAt: asked})
		}
	}
	return s
}

// How many traces of checkout ended in a fault, and errors it logged, of late.
const (
	faults = 51
	logged = 239
)

func (s *Cache) addFaults() {
	for i := range faults {
		at := Ago(time.Duration(i+15) * 15 * time.Second)
		span := app.Span{ID: fmt.Sprintf("%016x", i), Kind: app.Segment, Name: "checkout", Service: "checkout",
			Start: at,
			End:   at.Add(time.Second), Fault: true}
		s.AllTraces = append(s.AllTraces, app.Trace{Scope: Ireland, Start: at, Duration: time.Second,
			Response: time.Second,
			ID:       app.TraceID(fmt.Sprintf("1-%08x-%024x", at.Unix(), i)),
			Entry:    "checkout", Status: 502, Fault: true, Spans: []app.Span{span}})
	}
	for i := range logged {
		s.Events = append(s.Events, app.LogEvent{Scope: Ireland, Group: "/aws/lambda/checkout",
			Stream: "2026/03/14/[$LATEST]0", ID: fmt.Sprintf("%056d", i),
			At:      Ago(time.Minute + time.Duration(i)*time.Second),
			Message: "ERROR no answer", LogFacts: app.LogFacts{Level: app.LevelError}})
	}
}

// Denied is what AWS answers without a permission.
var Denied = &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("AccessDeniedException")}

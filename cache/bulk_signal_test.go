package cache

import (
	"fmt"
	"iter"
	"math"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// What the large cache holds beside log events.
const (
	bulkSeriesCount = 500
	bulkTraceCount  = 20_000
	bulkTrailCount  = 100_000
)

// bulkSeries yields series of a datapoint a minute over the whole range, as many a page as GetMetricData returns:
// counts, durations, shares in percent, bytes, and some that are zero nearly always.
func bulkSeries(count int) iter.Seq[[]app.Series] {
	const minutes = bulkDays * 24 * 60
	return func(yield func([]app.Series) bool) {
		s := newScribe(1000)
		var page []app.Series
		for n := range count {
			page = append(page, bulkSeriesOf(s, n, minutes))
			if (len(page)+1)*minutes > app.MaxPoints || n == count-1 {
				if !yield(page) {
					return
				}
				page = nil
			}
		}
	}
}

// bulkMetrics are the kinds of series, each with how a value is drawn around its level.
func bulkMetrics() []struct {
	namespace, name, dimension, statistic, unit string
	value                                       func(s *scribe, level, weight float64) float64
} {
	return []struct {
		namespace, name, dimension, statistic, unit string
		value                                       func(s *scribe, level, weight float64) float64
	}{
		{"AWS/Lambda", "Invocations", "FunctionName", "Sum", "Count", func(s *scribe, level, w float64) float64 {
			return math.Round(max(0, level*w+math.Sqrt(level*w)*s.NormFloat64()))
		}},
		{"AWS/Lambda", "Duration", "FunctionName", "p99", "Milliseconds", func(s *scribe, level, w float64) float64 {
			return level * math.Exp(.3*s.NormFloat64()) * (.7 + .3*w)
		}},
		{"AWS/ECS", "CPUUtilization", "ServiceName", "Average", "Percent", func(s *scribe, level, w float64) float64 {
			return min(100, level/10*w*math.Exp(.1*s.NormFloat64()))
		}},
		{"AWS/Lambda", "Errors", "FunctionName", "Sum", "Count", func(s *scribe, _, _ float64) float64 {
			if !s.in(50) {
				return 0
			}
			return float64(1 + s.IntN(5))
		}},
		{"AWS/ApplicationELB", "ProcessedBytes", "LoadBalancer", "Sum", "Bytes",
			func(s *scribe, level, w float64) float64 {
				return math.Round(level * w * 4200 * math.Exp(.2*s.NormFloat64()))
			}},
	}
}

func bulkSeriesOf(s *scribe, n, minutes int) app.Series {
	metrics := bulkMetrics()
	kind, level := metrics[n%len(metrics)], 20*math.Exp(s.NormFloat64())
	series := app.Series{Scope: bulkPlace, Unit: kind.unit, Complete: true, Reading: app.Reading{
		Metric: app.NewMetric(kind.namespace, kind.name,
			app.Dimension{Name: kind.dimension, Value: fmt.Sprintf("service-%03d", n/len(metrics))}),
		Statistic: kind.statistic, Period: time.Minute}}
	series.Points = make([]app.Point, minutes)
	for m := range series.Points {
		series.Points[m] = app.Point{At: bulkStart.Add(time.Duration(m) * time.Minute),
			Value: kind.value(s, level, minuteWeight(m))}
	}
	return series
}

// bulkTraces yields traces of about twelve spans, oldest first, in pages of 100.
func bulkTraces(count int) iter.Seq[[]app.Trace] {
	return func(yield func([]app.Trace) bool) {
		s := newScribe(2000)
		var clock rhythm
		var page []app.Trace
		for n := range count {
			s.at = clock.at((float64(n) + .5) / float64(count))
			if page = append(page, bulkTrace(s)); len(page) == tracePage || n == count-1 {
				if !yield(page) {
					return
				}
				page = nil
			}
		}
	}
}

func bulkTrace(s *scribe) app.Trace {
	status := s.status()
	t := app.Trace{Scope: bulkPlace, ID: app.TraceID(s.xray()), Start: s.at,
		Response: time.Duration(s.millis()) * time.Millisecond, Entry: "shop-api",
		Method: s.method(), URL: "https://shop.example" + s.path(), Status: status, Revision: 2 + s.IntN(4),
		Fault: status >= 500, Error: status >= 400 && status < 500, Throttle: status == 429}
	t.Duration = t.Response
	parent := ""
	for i := range 8 + s.IntN(9) {
		span := bulkSpan(s, t, i)
		if span.Parent = parent; i == 0 || i%4 == 0 {
			parent = span.ID
		}
		t.Spans = append(t.Spans, span)
	}
	app.SortSpans(t.Spans)
	return t
}

func bulkSpan(s *scribe, t app.Trace, i int) app.Span {
	service := s.of("checkout", "inventory", "payments", "orders-api")
	start := t.Start.Add(time.Duration(s.IntN(1+int(t.Response/time.Microsecond))) * time.Microsecond)
	span := app.Span{ID: s.hex(16), Kind: app.Subsegment, Name: service, Service: service, Start: start,
		End: start.Add(time.Duration(s.IntN(80_000)) * time.Microsecond)}
	switch i % 4 {
	case 0:
		span.Kind, span.Origin = app.Segment, "AWS::ECS::Container"
		span.HTTP = &app.HTTP{Method: t.Method, URL: t.URL, Status: t.Status, Length: int64(s.bytes()),
			ClientIP: s.ip(), UserAgent: s.agent()}
		span.Annotations = map[string]any{"customer": s.user(), "attempt": float64(1 + s.IntN(3))}
	case 1:
		span.Name, span.Namespace, span.Resource = "DynamoDB", "aws", "orders"
		span.AWS = fmt.Appendf(nil, `{"operation":%q,"region":"eu-central-1","request_id":%q,"table_name":"orders"}`,
			s.of("GetItem", "UpdateItem", "Query"), s.hex(26))
		span.HTTP = &app.HTTP{Status: 200, Length: int64(s.IntN(4000))}
	case 2:
		span.Name, span.Namespace = "orders@orders-db", "remote"
		span.SQL = &app.SQL{URL: "jdbc:postgresql://orders-db:5432/orders", Database: "PostgreSQL", User: "orders",
			Query: s.of("SELECT * FROM orders WHERE id = ?", "UPDATE orders SET state = ? WHERE id = ?",
				"INSERT INTO items (order_id, sku, n) VALUES (?, ?, ?)")}
	}
	return span
}

// bulkTrail yields trail events of about 1.2 KB, oldest first, in pages of 50.
func bulkTrail(count int) iter.Seq[[]app.TrailEvent] {
	return func(yield func([]app.TrailEvent) bool) {
		s := newScribe(3000)
		var clock rhythm
		var page []app.TrailEvent
		for n := range count {
			s.at = clock.at((float64(n) + .5) / float64(count)).Truncate(time.Second)
			if page = append(page, bulkTrailEvent(s)); len(page) == trailPage || n == count-1 {
				if !yield(page) {
					return
				}
				page = nil
			}
		}
	}
}

func bulkTrailEvent(s *scribe) app.TrailEvent {
	role, session := s.of("deploy", "orders-task", "checkout-role", "AWSReservedSSO_Ops_0f3a", "readonly"),
		s.of("ci", s.hex(16), "ana@shop.example", "i-0"+s.hex(16))
	call := s.of("dynamodb DescribeTable", "dynamodb UpdateTable", "ec2 DescribeInstances", "sts AssumeRole",
		"kms Decrypt", "lambda UpdateFunctionCode20150331v2", "s3 GetBucketAcl", "logs CreateLogStream")
	var service, name string
	if _, err := fmt.Sscan(call, &service, &name); err != nil {
		panic(err)
	}
	e := app.TrailEvent{Scope: bulkPlace, ID: s.uuid(), At: s.at, Name: name, Source: service + ".amazonaws.com",
		Type: "AwsApiCall", Category: "Management",
		ReadOnly: !(name[0] == 'U' || name[0] == 'C'), SourceIP: s.ip(),
		UserAgent: "aws-sdk-go-v2/1.30." + s.of("1", "2", "3"), RequestID: s.uuid(),
		Principal: app.Principal{Type: "AssumedRole", Account: bulkPlace.Account, User: role, Session: session,
			AccessKey: "ASIA" + s.hex(16),
			ARN:       "arn:aws:sts::111122223333:assumed-role/" + role + "/" + session},
		Resources: []app.TrailResource{{Type: "AWS::DynamoDB::Table",
			Name: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders-" + s.hex(2)}}}
	if s.fails(100) {
		e.ErrorCode, e.ErrorMessage = "AccessDenied",
			"User: "+e.Principal.ARN+" is not authorized to perform: "+service+":"+name
	}
	e.Raw = fmt.Appendf(nil,
		`{"eventVersion":"1.10","userIdentity":{"type":"AssumedRole","principalId":"AROA%s:%s","arn":%q,`+
			`"accountId":"111122223333","accessKeyId":%q,"sessionContext":{"sessionIssuer":{"type":"Role",`+
			`"principalId":"AROA%s","arn":"arn:aws:iam::111122223333:role/%s",`+
			`"accountId":"111122223333","userName":%q},"attributes":{"creationDate":%q,`+
			`"mfaAuthenticated":"false"}}},"eventTime":%q,"eventSource":%q,"eventName":%q,"awsRegion":"eu-central-1",`+
			`"sourceIPAddress":%q,"userAgent":%q,"requestParameters":{"tableName":"orders",`+
			`"clientToken":%q},"responseElements":null,"requestID":%q,"eventID":%q,"readOnly":%t,`+
			`"resources":[{"accountId":"111122223333","type":"AWS::DynamoDB::Table","ARN":%q}`+
			`],"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333",`+
			`"eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3",`+
			`"cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"%s.eu-central-1.amazonaws.com"}}`,
		s.hex(17), session, e.Principal.ARN, e.Principal.AccessKey, s.hex(17), role, role, s.at.Format(time.RFC3339),
		s.at.Format(time.RFC3339), e.Source, name,
		e.SourceIP, e.UserAgent, s.uuid(), e.RequestID, e.ID, e.ReadOnly, e.Resources[0].Name, service)
	return e
}

func TestBulkSignals(t *testing.T) {
	series, traces, spans, trail, raw := 0, 0, 0, 0, 0
	for page := range bulkSeries(7) {
		for _, s := range page {
			series++
			if len(s.Points) != bulkDays*24*60 || !bulkRange.Contains(s.Points[len(s.Points)-1].At) {
				t.Errorf("%s has %d points", s.Reading.Key(), len(s.Points))
			}
		}
	}
	for page := range bulkTraces(250) {
		for _, r := range page {
			traces++
			spans += len(r.Spans)
		}
	}
	for page := range bulkTrail(120) {
		for _, e := range page {
			trail++
			raw += len(e.Raw)
		}
	}
	if series != 7 || traces != 250 || trail != 120 {
		t.Errorf("%d series, %d traces, %d trail events", series, traces, trail)
	}
	if spans < 11*traces || spans > 13*traces {
		t.Errorf("%d spans", spans)
	}
	if raw < 1150*trail || raw > 1500*trail {
		t.Errorf("a trail event has %d bytes", raw/trail)
	}
}

package cachetest

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// incidentTraces are 500 traces of the last hour, oldest first: an API that calls a function that writes to the table,
// slower and slower, until a third of them fail.
func incidentTraces() []app.Trace {
	noise := rand.New(rand.NewPCG(5, 6))
	all := make([]app.Trace, 500)
	for i := range all {
		minutes := 1 + noise.Float64()*59
		sick := climb(minutes, 26, 12)
		seconds := 0.03 * math.Exp(noise.NormFloat64()*0.4+sick*(2.4+1.1*noise.NormFloat64()))
		all[i] = trace(i, Ago(minutes), time.Duration(seconds*1e6)*time.Microsecond, noise.Float64() < 0.3*sick)
	}
	slices.SortFunc(all, app.CompareTraces)
	return all
}

func trace(n int, start time.Time, took time.Duration, fault bool) app.Trace {
	t := app.Trace{Scope: Shop(), ID: app.TraceID(fmt.Sprintf("1-%08x-%024x", start.Unix(), n+1)),
		Start: start, Duration: took, Response: took, Revision: 1,
		Entry: "checkout/prod", Method: "POST", URL: "https://shop.example/checkout", Status: 200}
	id := func(k int) string { return fmt.Sprintf("%016x", 16*(n+1)+k) }
	at := func(part float64) time.Time {
		return start.Add(time.Duration(part * float64(took))).Truncate(time.Microsecond)
	}
	t.Spans = []app.Span{
		{ID: id(1), Kind: app.Segment, Name: "checkout/prod", Service: "checkout/prod",
			Origin: "AWS::ApiGateway::Stage",
			Start:  at(0), End: at(1)},
		{ID: id(2), Parent: id(1), Kind: app.Segment, Name: "checkout", Service: "checkout",
			Origin: "AWS::Lambda::Function",
			Start:  at(0.05), End: at(0.95)},
		{ID: id(3), Parent: id(2), Kind: app.Subsegment, Name: "DynamoDB", Service: "checkout", Namespace: "aws",
			Resource: "orders", Start: at(0.2), End: at(0.9),
			SpanDetail: app.SpanDetail{AWS: json.RawMessage(`{"operation":"PutItem","table_name":"orders"}`)}},
	}
	if fault {
		t.Fault, t.Status = true, 502
		t.Spans[0].Fault, t.Spans[1].Fault, t.Spans[2].Error, t.Spans[2].Throttle = true, true, true, true
		t.Spans[1].Exceptions = []app.Exception{{ID: "e1", Type: "ProvisionedThroughputExceededException",
			Message: "The level of configured provisioned throughput for the table was exceeded.", Remote: true}}
	}
	return t
}

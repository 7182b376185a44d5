package simulator

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// post sends a signed request straight to the handler, so that a benchmark measures the simulator and not the SDK.
func (b bench) post(t testing.TB, path, target, service string, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	r.Header.Set("X-Amz-Target", target)
	r.Header.Set("Authorization",
		"AWS4-HMAC-SHA256 Credential=AKIA111122223333/20250314/eu-west-1/"+service+"/aws4_request, "+
			"SignedHeaders=host, Signature=0")
	w := httptest.NewRecorder()
	b.server.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatal(w.Code, w.Body)
	}
	return w
}

// BenchmarkFilterLogEvents answers with a full page of 10,000 events out of the middle of 25,000.
// Budget: 15 ms and 8 MB a page, so that the demo day's 150,000 events are told in a quarter of a second.
func BenchmarkFilterLogEvents(b *testing.B) {
	simulator := open(b, Faults{})
	from := simulator.server.world.Places[0].Events["/aws/lambda/f000"][10_000].At.UnixMilli()
	body := fmt.Appendf(nil, `{"logGroupName":"/aws/lambda/f000","startTime":%d}`, from)
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(simulator.post(b, "/", "Logs_20140328.FilterLogEvents", "logs", body).Body.Len()))
	}
}

// BenchmarkShortLogPage answers with the ten newest events: what lies before them must not cost.
// Budget: 60 µs and 20 kB, whatever the size of the group.
func BenchmarkShortLogPage(b *testing.B) {
	simulator := open(b, Faults{})
	events := simulator.server.world.Places[0].Events["/aws/lambda/f000"]
	body := fmt.Appendf(nil, `{"logGroupName":"/aws/lambda/f000","startTime":%d}`,
		events[len(events)-10].At.UnixMilli())
	b.ReportAllocs()
	for b.Loop() {
		simulator.post(b, "/", "Logs_20140328.FilterLogEvents", "logs", body)
	}
}

// BenchmarkGetMetricData answers with 500 metrics over three hours, 88,500 datapoints in one page.
// Budget: 50 ms and 25 MB a page.
func BenchmarkGetMetricData(b *testing.B) {
	simulator := open(b, Faults{})
	from, to := anchor.Add(-3*time.Hour), anchor
	in := metricDataInput{StartTime: &from, EndTime: &to}
	for i := range 500 {
		in.MetricDataQueries = append(in.MetricDataQueries,
			metricDataQuery{Id: fmt.Sprintf("q%d", i), MetricStat: &metricStat{
				Metric: metric{"AWS/Lambda", "Errors", []dimension{{"FunctionName", fmt.Sprintf("f%03d", i+2)}}},
				Period: 60, Stat: "Sum"}})
	}
	encode, err := cbor.EncOptions{Time: cbor.TimeUnixDynamic, TimeTag: cbor.EncTagRequired}.EncMode()
	if err != nil {
		b.Fatal(err)
	}
	body, err := encode.Marshal(in)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(simulator.post(b, "/service/GraniteServiceVersion20100801/operation/GetMetricData", "",
			"monitoring", body).Body.Len()))
	}
}

// BenchmarkBatchGetTraces answers with five ordinary traces of three spans.
// Budget: 350 µs and 80 kB, so that the demo day's 3,000 traces are told in a quarter of a second.
func BenchmarkBatchGetTraces(b *testing.B) {
	simulator := open(b, Faults{})
	var ids []string
	for _, trace := range simulator.server.world.Places[0].Traces[1:6] {
		ids = append(ids, string(trace.ID))
	}
	body := bytes.ReplaceAll(fmt.Appendf(nil, `{"TraceIds":%q}`, ids), []byte(`" "`), []byte(`","`))
	b.ReportAllocs()
	for b.Loop() {
		simulator.post(b, "/Traces", "", "xray", body)
	}
}

// BenchmarkBigTrace answers with the first page of a trace of 6,000 spans.
// Budget: 100 ms and 16 MB.
func BenchmarkBigTrace(b *testing.B) {
	simulator := open(b, Faults{})
	body := fmt.Appendf(nil, `{"TraceIds":[%q]}`, simulator.server.world.Places[0].Traces[0].ID)
	b.ReportAllocs()
	for b.Loop() {
		simulator.post(b, "/Traces", "", "xray", body)
	}
}

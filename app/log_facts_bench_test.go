package app_test

import (
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// The budget for reading facts is 1 us a message of 300 bytes: 150,000 events in 0.15 s.
func BenchmarkReadFacts(b *testing.B) {
	for _, m := range []struct{ name, message string }{
		{"Lambda text", "2026-03-14T09:07:30.123Z\t" + requestID + "\tINFO\t" +
			strings.Repeat("reserved 3 items for the order ", 8)},
		{"Lambda REPORT", "REPORT RequestId: " + requestID +
			"\tDuration: 102.25 ms\tBilled Duration: 103 ms\tMemory Size: 128 MB\t" +
			"Max Memory Used: 80 MB\t\nXRAY TraceId: 1-5fad4cc9-70259536495de84a2a6282cd\tSegmentId: " +
			"53995c3f42cd8ad8\tSampled: true\t\n"},
		{"JSON", `{"level":"INFO","requestId":"` + requestID + `","message":"` +
			strings.Repeat("reserved 3 items ", 12) + `"}`},
		{"JSON without facts", `{"time":"2026-03-14T09:07:30.123Z","msg":"` + strings.Repeat("reserved 3 items ", 8) +
			`","cart":{"items":[{"sku":"a-1","count":3},{"sku":"b-2","count":1}` +
			`],"total":31.4},"took_ms":12.5,"host":"10.0.3.17"}`},
		{"JSON of FireLens",
			`{"container_id":"149f0c","container_name":"/shop","source":"stdout","log":"{\"level\":\"ERROR\",` +
				`\"requestId\":\"` +
				requestID + `\",\"msg\":\"` + strings.Repeat("reserved 3 items ", 8) + `\"}"}`},
		{"key=value", "time=2026-03-14T09:07:30Z level=warn trace_id=5fad4cc970259536495de84a2a6282cd request_id=" +
			requestID +
			` msg="` + strings.Repeat("slow answer ", 12) + `"`},
		{"access log", `10.0.0.1 - - [14/Mar/2026:09:07:30 +0000] "GET /api/orders/1842?page=2 HTTP/1.1" 200 5316 ` +
			`"https://shop.example/cart" ` +
			`"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36" ` +
			`"-"`},
		{"stack trace", "2026-03-14 09:07:30,123 [main] ERROR com.shop.Checkout - no stock\njava.io.IOException: " +
			"closed\n" +
			strings.Repeat("\tat com.shop.Db.read(Db.java:17)\n", 20)},
	} {
		b.Run(m.name, func(b *testing.B) {
			b.SetBytes(int64(len(m.message)))
			b.ReportAllocs()
			for b.Loop() {
				app.ReadFacts(m.message)
			}
		})
	}
}

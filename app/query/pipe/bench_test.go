package pipe

import (
	"fmt"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// million are a million events of a day, newest first, of the length that services log: 240 bytes of JSON.
func million() []app.LogEvent {
	events := make([]app.LogEvent, 1_000_000)
	levels := []string{"INFO", "INFO", "INFO", "WARN", "ERROR"}
	for i := range events {
		message := fmt.Sprintf(`{"time":"2025-11-20T11:59:59.123Z","level":"%s","service":"checkout",`+
			`"request_id":"%08x",`+
			`"msg":"order placed","duration_ms":%d,"http":{"method":"POST","path":"/api/orders","status":200},`+
			`"user":{"id":"u-%d"}}`, levels[i%5], i, i%900, i%5000)
		events[i] = app.LogEvent{At: noon.Add(-time.Duration(i) * 86 * time.Millisecond), Message: message,
			LogFacts: app.LogFacts{Level: app.ParseLevel(levels[i%5])}}
	}
	return events
}

// BenchmarkMillion evaluates over a million events in memory on one core; what the cache takes to read them is
// measured there. Budgets: by bin(5m), @level 250 ms; by bin(5m), level, which is looked for in each message, 400 ms.
func BenchmarkMillion(b *testing.B) {
	events := million()
	for _, text := range []string{
		"stats count(*) by bin(5m), @level",
		"stats count(*) by bin(5m), level",
		"filter http.status = 200 | stats pct(duration_ms, 99), avg(duration_ms) by bin(1h)",
		"parse @message '\"id\":\"*\"' as user | stats count(*) as n by user | sort n desc | limit 10",
	} {
		q, err := Parse(text)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				run := q.Start(Options{})
				for i := range events {
					run.Add(&events[i])
				}
				if table := run.Table(); len(table.Rows) < 10 {
					b.Fatal(len(table.Rows))
				}
			}
		})
	}
}

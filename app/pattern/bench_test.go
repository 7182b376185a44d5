package pattern_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
)

// benchmarkEvents are events of a shop, each pattern with other values in every event.
func benchmarkEvents() (events []app.LogEvent) {
	for i := range 4096 {
		id := fmt.Sprintf("%08x-1d2e-4f3a-9b6c-0a1b2c3d4e5f", i*2654435761)
		for j, message := range []string{
			"2026-03-14T09:07:30.123Z\t" + id + "\tINFO\treserved 3 items for order ord-" + fmt.Sprint(i) + " in 12ms",
			"REPORT RequestId: " + id +
				"\tDuration: 102.25 ms\tBilled Duration: 103 ms\tMemory Size: 128 MB\tMax Memory Used: 80 MB",
			`{"level":"ERROR","requestId":"` + id +
				`","message":"store_order failed: throughput exceeded","order":"ord-1","attempt":` + fmt.Sprint(i%5) +
				`}`,
			fmt.Sprintf(`10.0.%d.%d - - [14/Mar/2026:09:07:30 +0000] "GET /cart/%d HTTP/1.1" 200 %d`, i%250, i%200, i,
				i*7),
		} {
			events = append(events, app.LogEvent{At: window.From.Add(time.Duration(i*4+j) * 200 * time.Millisecond),
				Message: message})
		}
	}
	return events
}

// The budget for events of known patterns is 3.3 us each: 300,000 a second on one core.
func BenchmarkKnownPatterns(b *testing.B) {
	events := benchmarkEvents()
	m := pattern.NewMiner(window, time.Minute)
	for _, e := range events {
		m.Add(e)
	}
	i := 0
	for b.Loop() {
		m.Add(events[i%len(events)])
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// The budget for events that have a pattern of their own, mined at the end, is 10 us each: 100,000 a second on one
// core.
func BenchmarkNewPatterns(b *testing.B) {
	var events []app.LogEvent
	letters := "abcdefghijklmnop"
	for i := range 100_000 {
		word := string([]byte{letters[i&15], letters[i>>4&15], letters[i>>8&15], letters[i>>12&15], letters[i>>16&15],
			'y'})
		events = append(events, app.LogEvent{At: window.From,
			Message: "the " + word + " of shop " + word + " was " + word[1:] + " and took 12 ms of 3 items"})
	}
	n := 0
	for b.Loop() {
		m := pattern.NewMiner(window, time.Minute)
		for _, e := range events {
			m.Add(e)
		}
		m.Mine(0)
		n += len(events)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "events/s")
}

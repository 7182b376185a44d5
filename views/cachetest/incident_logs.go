package cachetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// incidentGroups are the log groups of the shop, of which two and an archive are named after checkout.
func incidentGroups() []string {
	return []string{"/aws/lambda/checkout", "/aws/lambda/checkout-archive", "/aws/lambda/orders", "/ecs/checkout/app",
		"/ecs/worker", "API-Gateway-Execution-Logs_a1b2c3d4e5/prod"}
}

// incidentEvents are some 2,100 log events: in every minute the usual ones of each group, and what checkout writes when
// its table throttles. An error of the last hour names the trace that it happened in.
func incidentEvents(traces []app.Trace) []app.LogEvent {
	noise := rand.New(rand.NewPCG(3, 4))
	groups := incidentGroups()
	checkout, service := groups[0], groups[3]
	var all []app.LogEvent
	for minute := 300.0; minute > 1; minute-- {
		within := func() time.Time { return Ago(minute - noise.Float64()*0.99) }
		for _, g := range groups {
			all = append(all, usualEvent(len(all), g, within(), noise.Uint32(), 20+noise.IntN(80)))
		}
		for range int(0.3 + noise.Float64() + 6*climb(minute, 30, 15)) {
			all = append(all, slowWrite(len(all), service, within(), 400+noise.IntN(900)))
		}
		for range int(0.4*noise.Float64() + 9*climb(minute, 28, 8)) {
			at := within()
			all = append(all, throttledWrite(len(all), checkout, at, traceNear(traces, at)))
		}
	}
	slices.SortFunc(all, app.CompareLogEvents)
	return all
}

func usualEvent(n int, group string, at time.Time, request uint32, took int) app.LogEvent {
	id := fmt.Sprintf("%08x", request)
	message := fmt.Sprintf(`{"level":"INFO","msg":"done","requestId":"%s","took_ms":%d}`, id, took)
	return event(n, group, at, message, app.LogFacts{Level: app.LevelInfo, RequestID: id})
}

func slowWrite(n int, group string, at time.Time, took int) app.LogEvent {
	message := fmt.Sprintf(`{"level":"WARN","msg":"slow write to orders","took_ms":%d}`, took)
	return event(n, group, at, message, app.LogFacts{Level: app.LevelWarn})
}

func throttledWrite(n int, group string, at time.Time, trace app.TraceID) app.LogEvent {
	const format = `{"level":"ERROR","msg":"ProvisionedThroughputExceededException: orders","xray_trace_id":"%s"}`
	message := fmt.Sprintf(format, trace)
	return event(n, group, at, message, app.LogFacts{Level: app.LevelError, TraceID: trace})
}

// event takes the facts of its message, because reading them of all events takes 8 ms.
func event(n int, group string, at time.Time, message string, facts app.LogFacts) app.LogEvent {
	return app.LogEvent{Scope: Shop(), Group: group, Stream: "2026/03/14/[$LATEST]5c1ae0", ID: fmt.Sprintf("%056d", n),
		At: at, Ingested: at.Add(800 * time.Millisecond), Message: message, LogFacts: facts}
}

// traceNear returns the id of the last trace that began before an instant, of those in their order; of the first else.
func traceNear(traces []app.Trace, at time.Time) app.TraceID {
	i, _ := slices.BinarySearchFunc(traces, at, func(t app.Trace, at time.Time) int { return t.Start.Compare(at) })
	return traces[max(i-1, 0)].ID
}

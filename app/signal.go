package app

import "time"

// Signal names one of the five kinds of evidence, in the order in which screens show them.
type Signal string

// The five signals. Alarms covers both alarm states and their history.
const (
	Alarms  Signal = "alarms"
	Metrics Signal = "metrics"
	Logs    Signal = "logs"
	Traces  Signal = "traces"
	Trail   Signal = "trail"
)

// Signals lists the five in the order in which screens show them.
var Signals = []Signal{Alarms, Metrics, Logs, Traces, Trail}

// ParseSignal returns the signal of that name.
func ParseSignal(name string) (Signal, bool) {
	for _, s := range Signals {
		if string(s) == name {
			return s, true
		}
	}
	return "", false
}

// Lateness says how the answers about a signal become final. All three count from an item's own timestamp or from when
// it was last asked for, never from when AWS received it, which no API but Logs tells.
type Lateness struct {
	// Tail is the newest time, which most of what is late still falls into. What was asked while it was younger than
	// that is asked again by every pull.
	Tail time.Duration
	// Again is how long the rest of what is not final is left alone. After it, all of it is asked in one piece with the
	// tail, so that a pull each minute does not read hours again each minute.
	Again time.Duration
	// Settles is the age from which nothing is expected to appear or change: asked at that age or later, it is final.
	Settles time.Duration
}

// Lateness says how far back a signal is read again. This is the one place where that is decided:
//
//   - Alarms: history items are written with the transition.
//   - Metrics: the newest two periods are still revised (GetMetricData), and AWS's own metrics come by one or five
//     minutes; the third five are for their way. Longer periods are made of the same minutes and settle with them. A
//     request is billed by the metric whatever the range, so the tail costs nothing where the metric is asked anyway, but
//     each time that it is asked for nothing but the tail does: hence the short one. Points that their publisher stamps 3
//     to 24 hours back, which take up to 2 hours more (PutMetricData), are not waited for.
//   - Logs: agents deliver within seconds or minutes, and after a network's bad hour within two (as far as their buffers
//     reach; PutLogEvents would take events of 14 days). FilterLogEvents cannot select by ingestion, is free and may be
//     called five times a second in some Regions: ten minutes, which are one page of most groups, are read by each pull,
//     two hours every half hour, and they are final with ten more minutes for the agent's clock.
//   - Traces: segments are sent when they end, within about 30 seconds, and one request's work ends within the 15 minutes
//     that a Lambda function may run; then a queue's consumer may do the same. A trace that says itself that it is in
//     progress (Trace.Partial) is asked again for 7 days, which is how long X-Ray takes segments.
//   - Trail: about 5 minutes on average, 15 mostly, up to 85 have been seen, and in no order (CloudTrail user guide, "How
//     CloudTrail works", promises nothing). LookupEvents may be called twice a second for 50 events.
func (s Signal) Lateness() Lateness {
	const minute = time.Minute
	switch s {
	case Metrics:
		return Lateness{Tail: 15 * minute, Settles: 15 * minute}
	case Logs:
		return Lateness{Tail: 10 * minute, Again: 30 * minute, Settles: 130 * minute}
	case Traces:
		return Lateness{Tail: 5 * minute, Again: 10 * minute, Settles: 30 * minute}
	case Trail:
		return Lateness{Tail: 20 * minute, Again: 20 * minute, Settles: 120 * minute}
	default:
		return Lateness{Tail: 2 * minute, Settles: 2 * minute}
	}
}

// Settles says how long after its timestamp an item may still appear or change; see Lateness.
func (s Signal) Settles() time.Duration { return s.Lateness().Settles }

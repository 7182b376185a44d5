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

// Settles says how long after its timestamp an item of this signal may still appear or change at AWS, so that what
// was asked sooner than that is asked again.
//
//   - Metrics: the newest two periods still change (GetMetricData, "recently published data").
//   - Logs: an event may be 14 days old on arrival; in practice agents deliver within minutes. Nobody can afford to
//     ask 14 days again on each pull, so this is the tail that is re-read, not a guarantee.
//   - Traces: segments arrive within about 30 s; a trace in progress is asked again by its own flag (Trace.Partial).
//   - Trail: about 5 minutes on average, up to 85 minutes have been seen (CloudTrail user guide, "event history").
//   - Alarms: history items are written with the transition.
func (s Signal) Settles() time.Duration {
	switch s {
	case Metrics:
		return 5 * time.Minute
	case Logs:
		return 10 * time.Minute
	case Traces:
		return 5 * time.Minute
	case Trail:
		return 2 * time.Hour
	default:
		return 2 * time.Minute
	}
}

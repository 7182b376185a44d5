package phrase

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// SignalTitle returns a signal at the beginning of a line: Logs.
func SignalTitle(s app.Signal) string { return capital(string(s)) }

// itemsOf names what the signals consist of.
var itemsOf = map[app.Signal]string{
	app.Alarms: "alarms", app.Metrics: "datapoints", app.Logs: "log events", app.Traces: "traces",
	app.Trail: "trail events",
}

// SignalItems returns what a signal consists of, in a sentence: log events.
func SignalItems(s app.Signal) string { return itemsOf[s] }

// CountItems counts what a signal consists of: 1 log event, 2,000 trail events.
func CountItems[N int | int64](s app.Signal, n N) string {
	items := SignalItems(s)
	return Plural(n, strings.TrimSuffix(items, "s"), items)
}

// SignalResources returns what AWS is asked for one by one of a signal, "" for one that is asked for as a whole: log
// groups.
func SignalResources(s app.Signal) string {
	return map[app.Signal]string{app.Logs: "log groups", app.Metrics: seriesName}[s]
}

const seriesName = "series" // one and several

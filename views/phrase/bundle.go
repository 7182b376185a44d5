package phrase

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// BundleContents says what leaves this machine with a bundle, a line each.
func BundleContents(b app.BundleContents, zone *time.Location) (lines []string) {
	for _, r := range b.Ranges {
		lines = append(lines, "from "+Stamp(r.From, zone)+" to "+Stamp(r.To, zone)+" "+ZoneName(zone, r.From))
	}
	for _, p := range b.Places {
		lines = append(lines, "of account "+p.Account+" in "+p.Region)
	}
	lines = append(lines,
		Plural(b.Alarms, "alarm", "alarms")+" with "+Plural(b.Turns, "change", "changes"),
		Plural(b.Series, "metric", "metrics")+" with "+Plural(b.Points, "datapoint", "datapoints"),
		Plural(b.Events, "log event", "log events")+" of "+Plural(len(b.Groups), "log group", "log groups"),
		Plural(b.Traces, "trace", "traces")+" with "+Plural(b.Spans, "span", "spans"),
		Plural(b.Trail, "trail event", "trail events"))
	for _, g := range b.Groups {
		lines = append(lines, "log group "+g)
	}
	return lines
}

package phrase

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestSignalNames(t *testing.T) {
	for _, test := range []struct {
		signal                            app.Signal
		title, items, one, many, askedFor string
	}{
		{app.Alarms, "Alarms", "alarms", "1 alarm", "2,000 alarms", ""},
		{app.Metrics, "Metrics", "datapoints", "1 datapoint", "2,000 datapoints", "series"},
		{app.Logs, "Logs", "log events", "1 log event", "2,000 log events", "log groups"},
		{app.Traces, "Traces", "traces", "1 trace", "2,000 traces", ""},
		{app.Trail, "Trail", "trail events", "1 trail event", "2,000 trail events", ""},
	} {
		s := test.signal
		if got := SignalTitle(s); got != test.title {
			t.Errorf("SignalTitle(%s) = %q, want %q", s, got, test.title)
		}
		if got := SignalItems(s); got != test.items {
			t.Errorf("SignalItems(%s) = %q, want %q", s, got, test.items)
		}
		if got := CountItems(s, 1); got != test.one {
			t.Errorf("CountItems(%s, 1) = %q, want %q", s, got, test.one)
		}
		if got := CountItems(s, int64(2000)); got != test.many {
			t.Errorf("CountItems(%s, 2000) = %q, want %q", s, got, test.many)
		}
		if got := SignalResources(s); got != test.askedFor {
			t.Errorf("SignalResources(%s) = %q, want %q", s, got, test.askedFor)
		}
	}
	if len(itemsOf) != len(app.Signals) {
		t.Errorf("%d of %d signals have a name for their items", len(itemsOf), len(app.Signals))
	}
}

package terminal

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// watched returns a cache in which a trail was stopped, and started again by infrastructure as code.
func watched() *shelf {
	s := filled()
	event := func(ago time.Duration, id, name string) app.TrailEvent {
		return app.TrailEvent{Scope: prod, ID: id, At: noon.Add(-ago), Name: name, Source: "cloudtrail.amazonaws.com",
			Principal: app.Principal{Type: "IAMUser", User: "ada"}, SourceIP: "198.51.100.7",
			Raw: json.RawMessage(`{"requestParameters":{"name":"main"}}`)}
	}
	start := event(20*time.Minute, "t2", "StartLogging")
	start.UserAgent = "Terraform/1.9"
	s.trail = []app.TrailEvent{event(32*time.Minute, "t1", "StopLogging"), start}
	return s
}

func TestTriage(t *testing.T) {
	golden(t, "triage", run(t, watched(), "triage"))
	golden(t, "triage-json", run(t, watched(), "triage", "--json"))
	if r := run(t, filled(), "triage"); !strings.Contains(r.err, "Nothing stands out in ") {
		t.Errorf("of a trail without findings: %s", r.err)
	}
}

package terminal

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// TestDeniedIsToldApartFromMissing sees that what AWS refused is not taken for what was never pulled.
func TestDeniedIsToldApartFromMissing(t *testing.T) {
	cover := func(resource string, hours int, denied bool) app.Cover {
		return app.Cover{Scope: prod, Signal: app.Logs, Resource: resource, Range: app.Since(noon, time.Duration(hours)*time.Hour), AskedAt: noon, Denied: denied}
	}
	for want, covers := range map[string][]app.Cover{
		"AWS denied log events of /ecs/etl in " + prod.String() + " for 6h of the 1d asked for": {cover("/aws/lambda/checkout", 24, false), cover("/ecs/etl", 6, true)},
		"AWS denied log events of 2 of 3 log groups in " + prod.String() + " for 1d of the 1d":  {cover("a", 24, false), cover("b", 24, true), cover("c", 6, true)},
		"AWS denied log events in " + prod.String() + " for 1d of the 1d":                       {cover("", 24, true)},
	} {
		s := filled()
		s.covers = covers
		r := run(t, s, "search", "--json", "--region", "eu-west-1")
		if !strings.Contains(r.err, want) || !strings.Contains(r.err, "nephograph doctor tells which permission is missing") || strings.Contains(r.err, "Not in the cache") {
			t.Errorf("stderr %q, want %q", r.err, want)
		}
	}
}

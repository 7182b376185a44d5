package terminal

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// TestTheCacheShowsWhatWasDenied sees that a denied half is no known one, and that the column is there only if needed.
func TestTheCacheShowsWhatWasDenied(t *testing.T) {
	half := func(resource string, denied bool) app.Cover {
		return app.Cover{Scope: prod, Signal: app.Logs, Resource: resource, Range: app.Since(noon.Add(-12*time.Hour), 12*time.Hour), AskedAt: noon, Denied: denied}
	}
	for name, c := range map[string]struct {
		covers []app.Cover
		want   coverageLine
	}{
		"one of two groups":         {[]app.Cover{half("a", false), half("b", true)}, coverageLine{Settled: 0.5, Denied: 0.5}},
		"the listing, some time":    {[]app.Cover{half("", true), half("a", false)}, coverageLine{Settled: 1}},
		"the listing, all the time": {[]app.Cover{half("", true)}, coverageLine{Denied: 1}},
	} {
		s := filled()
		s.covers = c.covers
		if got := coverageOf(c.covers); got.Settled != c.want.Settled || got.Denied != c.want.Denied {
			t.Errorf("%s: %+v", name, got)
		}
		d := depsOf(s)
		d.OpenCache = func(context.Context, string) (*Store, error) { return &Store{Cache: s, CacheFile: &keeper{}}, nil }
		if r := runWith(t, t.Context(), d, "cache"); r.code != ExitOK || strings.Contains(r.out, "DENIED") != (c.want.Denied > 0) {
			t.Errorf("%s: %s%s", name, r.out, r.err)
		}
	}
}

// TestDeniedIsToldApartFromMissing sees that what AWS refused is not taken for what was never pulled.
func TestDeniedIsToldApartFromMissing(t *testing.T) {
	cover := func(resource string, hours int, denied bool) app.Cover {
		return app.Cover{Scope: prod, Signal: app.Logs, Resource: resource, Range: app.Since(noon, time.Duration(hours)*time.Hour), AskedAt: noon, Denied: denied}
	}
	for want, covers := range map[string][]app.Cover{
		"AWS denied log events of /ecs/etl in " + prod.String() + " for 6 h of the 1 d asked for": {cover("/aws/lambda/checkout", 24, false), cover("/ecs/etl", 6, true)},
		"AWS denied log events of 2 of 3 log groups in " + prod.String() + " for 1 d of the 1 d":  {cover("a", 24, false), cover("b", 24, true), cover("c", 6, true)},
		"AWS denied log events in " + prod.String() + " for 1 d of the 1 d":                       {cover("", 24, true)},
	} {
		s := filled()
		s.covers = covers
		r := run(t, s, "search", "--json", "--region", "eu-west-1")
		if !strings.Contains(r.err, want) || !strings.Contains(r.err, "nephograph doctor tells which permission is missing") || strings.Contains(r.err, "Not in the cache") {
			t.Errorf("stderr %q, want %q", r.err, want)
		}
	}
}

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
		return app.Cover{Scope: prod, Signal: app.Logs, Resource: resource,
			Range: app.Since(noon.Add(-12*time.Hour), 12*time.Hour), AskedAt: noon, Denied: denied}
	}
	for name, c := range map[string]struct {
		covers []app.Cover
		want   coverageLine
	}{
		"one of two groups": {[]app.Cover{half("a", false), half("b", true)},
			coverageLine{Settled: 0.5, Denied: 0.5}},
		"the listing, some time":    {[]app.Cover{half("", true), half("a", false)}, coverageLine{Settled: 1}},
		"the listing, all the time": {[]app.Cover{half("", true)}, coverageLine{Denied: 1}},
	} {
		s := filled()
		s.covers = c.covers
		if got := coverageOf(c.covers); got.Settled != c.want.Settled || got.Denied != c.want.Denied {
			t.Errorf("%s: %+v", name, got)
		}
		d := depsOf(t, s)
		d.OpenCache = func(context.Context, string) (*Store, error) {
			store := s.store(t)
			store.CacheFile = &keeper{Cache: s.cache}
			return store, nil
		}
		if r := runWith(t, t.Context(), d, "cache"); r.code != ExitOK ||
			strings.Contains(r.out, "DENIED") != (c.want.Denied > 0) {
			t.Errorf("%s: %s%s", name, r.out, r.err)
		}
	}
}

// TestDeniedIsToldApartFromMissing sees that what AWS refused is not taken for what was never pulled.
func TestDeniedIsToldApartFromMissing(t *testing.T) {
	cover := func(resource string, hours int, denied bool) app.Cover {
		return app.Cover{Scope: prod, Signal: app.Logs, Resource: resource,
			Range: app.Since(noon, time.Duration(hours)*time.Hour), AskedAt: noon, Denied: denied}
	}
	for want, covers := range map[string][]app.Cover{
		"Log events of /ecs/etl are not in the cache for 6 h of 1 d: AWS denies access.": {
			cover("/aws/lambda/checkout", 24, false),
			{Scope: prod, Signal: app.Logs, Resource: "/ecs/etl",
				Range: app.Since(noon.Add(-6*time.Hour), 18*time.Hour), AskedAt: noon}, cover("/ecs/etl", 6, true)},
		"Log events of 2 of 3 log groups are not in the cache for up to 1 d of 1 d: AWS denies access.": {
			cover("a", 24, false), cover("b", 24, true), cover("c", 24, true)},
		"Log events of " + prod.String() + " are not in the cache for 1 d of 1 d: AWS denies access.": {
			cover("", 24, true)},
	} {
		s := filled()
		s.covers = covers
		r := run(t, s, "search", "--json", "--region", "eu-west-1")
		if want += " nephograph doctor tells which permission is missing.\n"; r.err != want {
			t.Errorf("stderr %q, want %q", r.err, want)
		}
	}
}

// TestAGroupThatIsKnownForAnHourIsMissing holds that what is known of one log group says nothing of another, and that
// who asks for one group hears of no other.
func TestAGroupThatIsKnownForAnHourIsMissing(t *testing.T) {
	s := filled()
	s.covers = nil
	for group, hours := range map[string]int{"a": 24, "b": 1} {
		s.groups = append(s.groups, app.LogGroup{Scope: prod, Name: group})
		s.covers = append(s.covers, app.Cover{Scope: prod, Signal: app.Logs, Resource: group,
			Range: app.Since(noon, time.Duration(hours)*time.Hour), AskedAt: noon})
	}
	missing := "Log events of b are not in the cache for 23 h of 1 d. nephograph pull brings what is missing.\n"
	for args, want := range map[string]string{
		"": missing, "--group b": missing, "group:b": missing, "group:a": "", "--group a,b": missing, "--group a": "",
		"--since 1h": "",
	} {
		for _, command := range []string{"search", "patterns"} {
			if command == "patterns" && strings.Contains(args, "--group") {
				continue // which it does not have
			}
			r := run(t, s, append([]string{command, "--json", "--region", "eu-west-1"}, strings.Fields(args)...)...)
			if r.err != want {
				t.Errorf("%s %s: stderr %q, want %q", command, args, r.err, want)
			}
		}
	}
}

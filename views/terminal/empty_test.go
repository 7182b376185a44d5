package terminal

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// without returns deps of a machine where no cache was made yet; opening one fails the test's command.
func without(t testing.TB) Deps {
	d := depsOf(t, nil)
	d.CacheExists = func(string) (bool, error) { return false, nil }
	d.OpenCache = func(context.Context, string) (*Store, error) { return nil, errors.New("a cache was made") }
	return d
}

func TestReadingMakesNoCache(t *testing.T) {
	for _, args := range []string{"alarms", "alarms --history", "alarms --region eu-west-1", "metrics", "groups",
		"search", "patterns", "traces", "trail", "triage", "ledger", "ledger --sum"} {
		for _, json := range []string{"", " --json"} {
			r := runWith(t, t.Context(), without(t), strings.Fields(args+json)...)
			if r.code != ExitOK {
				t.Errorf("%s before the first pull: exit %d, %q", args+json, r.code, r.err)
			}
			told := strings.Contains(r.err, "have been pulled yet: nephograph pull brings them")
			if !told && !strings.HasPrefix(args, "ledger") && args+json != "groups --json" {
				t.Errorf("%s before the first pull says %q", args+json, r.err)
			}
		}
		r := runWith(t, t.Context(), without(t), append(strings.Fields(args), "--cache", "/typo.db")...)
		if r.code != ExitFailed || r.out != "" ||
			!strings.Contains(r.err, "There is no cache file /typo.db; nephograph pull --cache /typo.db fills it.") {
			t.Errorf("%s of a file that is not there: exit %d, %q", args, r.code, r.err)
		}
	}
}

func TestUnknownPlaceIsNotSaidToBeDeleted(t *testing.T) {
	for _, args := range []string{"alarms --account 999999999999", "search --region moon", "trail --profile nobody"} {
		r := run(t, filled(), strings.Fields(args)...)
		if r.code != ExitFailed || strings.Contains(r.err, "deleted") ||
			!strings.Contains(r.err, "The cache holds nothing of these places") {
			t.Errorf("%s: exit %d, %q", args, r.code, r.err)
		}
	}
}

func TestNameOfAPlace(t *testing.T) {
	tests := []struct {
		place pull.ScopeStatus
		want  string
	}{
		{pull.ScopeStatus{}, "the default credentials"},
		{pull.ScopeStatus{Scope: app.Scope{Region: "moon"}}, "the default credentials in moon"},
		{pull.ScopeStatus{Scope: prod, Who: app.Identity{Account: "111122223333"}},
			"shop-prod in eu-west-1 (111122223333)"},
	}
	for _, test := range tests {
		if got := placeName(test.place); got != test.want {
			t.Errorf("%+v is named %q; want %q", test.place, got, test.want)
		}
	}
}

func TestDoctorSaysThatThereWasNoCache(t *testing.T) {
	d := clinic(t, filled(), healthy())
	d.CacheExists = func(string) (bool, error) { return false, nil }
	if r := runWith(t, t.Context(), d, "doctor"); r.code != ExitOK || !strings.Contains(r.out, "there was none") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}

package related

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

var (
	now     = time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	ireland = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	data    = app.Scope{Account: "444455556666", Region: "eu-west-1"}
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func TestCompleteness(t *testing.T) {
	within := app.Since(now, time.Hour)
	cover := func(place app.Scope, group string, from, to time.Duration, cut bool) app.Cover {
		return app.Cover{Scope: place, Signal: app.Logs, Resource: group,
			Range: app.Range{From: ago(from), To: ago(to)}, AskedAt: now, Truncated: cut}
	}
	h, m := time.Hour, time.Minute
	for _, test := range []struct {
		name   string
		places []app.Scope
		covers []app.Cover
		want   Completeness
	}{
		{"never asked", []app.Scope{ireland}, nil, NotPulled},
		{"another time", []app.Scope{ireland}, []app.Cover{cover(ireland, "", 9*h, 5*h, false)}, NotPulled},
		{"another place", []app.Scope{ireland}, []app.Cover{cover(data, "", h, 0, false)}, NotPulled},
		{"all of it, settling", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 0, false)}, Complete},
		{"all but the last minutes", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 2*m, false)}, Complete},
		{"half of it", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 30*m, false)}, Partial},
		{"a limit was reached", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 0, true)}, Partial},
		{"one of two places", []app.Scope{ireland, data}, []app.Cover{cover(ireland, "", h, 0, false)}, Partial},
		{"its group, though not another", []app.Scope{ireland},
			[]app.Cover{cover(ireland, "/aws/lambda/checkout", h, 0, false),
				cover(ireland, "/aws/lambda/mail", h, 50*m, false)}, Complete},
		{"another group, though not its", []app.Scope{ireland},
			[]app.Cover{cover(ireland, "/aws/lambda/checkout", h, 50*m, false),
				cover(ireland, "/aws/lambda/mail", h, 0, false)}, Partial},
	} {
		if got := MissingOf(app.Logs, within, test.places, []string{"checkout"},
			test.covers).Completeness(); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

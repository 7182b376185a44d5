package explain

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

func TestPlanInWords(t *testing.T) {
	for _, c := range []struct {
		plan pull.Plan
		want string
	}{
		{pull.Plan{Requests: 1200, Cost: app.Dollar / 8, Known: true}, "1,200 requests for $0.12."},
		{pull.Plan{Requests: 44, Cost: app.Dollar / 50}, "At least 44 requests for at least $0.0200."},
		{pull.Plan{Requests: 44, Cost: app.Dollar / 50, Guessed: true}, "About 44 requests for about $0.0200."},
	} {
		if got := Plan(c.plan); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	for want, got := range map[string]string{"7": Estimate("7", true, true), "about 7": Estimate("7", false, true),
		"at least 7": Estimate("7", false, false)} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMonthAndKeepingInWords(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	const pace = "at the pace of the last 7 days it comes to "
	for want, got := range map[string]string{
		"This month: $1.00 of the $5.00 cap; " + pace + "$2.00 by 30 November.": Month(app.Dollar, 2*app.Dollar,
			5*app.Dollar, now),
		"This month: $1.00, with no cap; " + pace + "$9.00 by 30 November.": Month(app.Dollar, 9*app.Dollar, -1, now),
		"This month: $1.00 of the $5.00 cap; " + pace + "$9.00 by 30 November. " +
			"The cap will stop paid calls before that.": Month(app.Dollar, 9*app.Dollar, 5*app.Dollar, now),
		"It may grow without bound.": Keep(app.Retention{}),
		"It may grow to 2 GB. Kept are log events for 30 d.": Keep(app.Retention{Size: 2_000_000_000,
			Age: map[app.Signal]time.Duration{app.Logs: 30 * 24 * time.Hour}}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

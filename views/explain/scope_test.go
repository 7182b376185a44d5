package explain

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

func TestScope(t *testing.T) {
	for want, s := range map[string]pull.ScopeStatus{
		"waiting for its turn":               {},
		"asking AWS who I am":                {State: pull.Connecting},
		"asking AWS who I am; no answer yet": {State: pull.Connecting, Quiet: true},
		"waiting for another pull of it":     {State: pull.Claimed},
		"pulling":                            {State: pull.Pulling},
		"pulling, but AWS is slow to answer": {State: pull.Pulling, Quiet: true},
		"answers":                            {State: pull.Reached},
		"complete":                           {State: pull.Complete},
		"in part: not all of logs":           {State: pull.Partly, Short: []app.Signal{app.Logs}},
		"in part: not all of alarms, logs and trail": {State: pull.Partly,
			Short: []app.Signal{app.Alarms, app.Logs, app.Trail}},
		"stopped":           {State: pull.Stopped},
		"denied":            {State: pull.Denied},
		"signed out":        {State: pull.SignedOut},
		"no answer":         {State: pull.Offline},
		"cannot be reached": {State: pull.Failed},
	} {
		if got := Scope(s); got != want {
			t.Errorf("%v: %q, want %q", s.State, got, want)
		}
	}
}

func TestScopeName(t *testing.T) {
	for want, s := range map[string]app.Scope{
		"111122223333/eu-west-1":               {Account: "111122223333", Region: "eu-west-1", Profile: "shop"},
		"shop in eu-west-1":                    {Region: "eu-west-1", Profile: "shop"},
		"shop":                                 {Profile: "shop"},
		"the default credentials":              {},
		"the default credentials in eu-west-1": {Region: "eu-west-1"},
	} {
		if got := ScopeName(s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFollowCost(t *testing.T) {
	metrics := pull.FollowPart{Signal: app.Metrics, Every: 5 * time.Minute, Cost: 29 * app.Dollar / 10}
	traces := pull.FollowPart{Signal: app.Traces, Cost: app.Dollar / 5, Guessed: true}
	alarms := pull.FollowPart{Signal: app.Alarms, Cost: app.Dollar / 1000}
	logs := pull.FollowPart{Signal: app.Logs}
	unknown := pull.FollowPart{Signal: app.Traces, Unforeseen: true}
	for _, test := range []struct {
		places int
		parts  []pull.FollowPart
		cap    app.Money
		want   string
	}{
		{1, []pull.FollowPart{logs}, -1, "Following this place costs nothing: AWS does not bill what is asked."},
		{4, []pull.FollowPart{metrics, logs, traces}, -1,
			"Following these 4 places costs about $3.10 a month in list prices: metrics $2.90, traces $0.20. That of " +
				"traces is a guess from their newest hours."},
		{2, []pull.FollowPart{alarms, metrics, unknown}, 5 * app.Dollar,
			"Following these 2 places costs at least $2.90 a month in list prices: alarms under $0.01, metrics " +
				"$2.90, traces from $0.00. " +
				"What is not in the cache yet cannot be foreseen; pull once to know more."},
		{1, []pull.FollowPart{metrics}, app.Dollar,
			"Following this place costs about $2.90 a month in list prices: metrics $2.90. The cap of $1.00 a month " +
				"stops what AWS bills before that."},
	} {
		c := pull.FollowCost{Places: test.places, Parts: test.parts, Cap: test.cap}
		for _, p := range test.parts {
			c.Cost += p.Cost
		}
		if got := FollowCost(c); got != test.want {
			t.Errorf("got  %q\nwant %q", got, test.want)
		}
	}
}

package phrase_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/phrase"
)

func TestTriage(t *testing.T) {
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	on := func(name, arn string) app.TrailEvent {
		return app.TrailEvent{At: at, Name: name, Resources: []app.TrailResource{{Name: arn}}}
	}
	key := on("CreateAccessKey", "arn:aws:iam::111122223333:user/eve")
	for _, c := range []struct {
		finding              insight.Finding
		title, calls, reason string
	}{
		{insight.Finding{Effect: insight.Credentials, Events: []app.TrailEvent{
			on("CreateUser", "arn:aws:iam::111122223333:user/eve"), key, key, {Name: "AttachUserPolicy"}}, First: true},
			"New credentials or permissions", "CreateUser eve, CreateAccessKey eve and 1 more",
			"first time by this principal"},
		{insight.Finding{Effect: insight.Exposed,
			Events: []app.TrailEvent{{At: at, Name: "AuthorizeSecurityGroupIngress"}},
			Undone: at.Add(12 * time.Minute), Routine: true},
			"Opened to the internet", "AuthorizeSecurityGroupIngress",
			"undone after 12 min, by infrastructure as code"},
		{insight.Finding{Effect: insight.SecretsRead, Things: 20, Failed: true, Events: []app.TrailEvent{key}},
			"Failed: 20 secrets read", "CreateAccessKey eve", ""},
		{insight.Finding{Effect: insight.Shared, Outside: []string{"444455556666", "everyone"},
			Events: []app.TrailEvent{key}}, "Shared outside the account", "CreateAccessKey eve",
			"with 444455556666 and everyone"},
		{insight.Finding{Effect: insight.Stolen, Outside: []string{"198.51.100.7"}, Events: []app.TrailEvent{key}},
			"Instance credentials used elsewhere", "CreateAccessKey eve", "from 198.51.100.7"},
		{insight.Finding{Effect: insight.Refused, Things: 9, Failed: true, Events: []app.TrailEvent{key}},
			"9 different calls denied", "CreateAccessKey eve", ""},
		{insight.Finding{Effect: insight.SignIn,
			Events: []app.TrailEvent{{Name: "ConsoleLogin", Principal: app.Principal{Type: "Root"}}}},
			"Sign-in by root", "ConsoleLogin", ""},
	} {
		if got := phrase.TriageTitle(c.finding); got != c.title {
			t.Errorf("title %q, want %q", got, c.title)
		}
		if got := phrase.TriageCalls(c.finding); got != c.calls {
			t.Errorf("calls %q, want %q", got, c.calls)
		}
		if got := phrase.TriageReasons(c.finding); got != c.reason {
			t.Errorf("reasons %q, want %q", got, c.reason)
		}
	}
}

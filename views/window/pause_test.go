package window

import (
	"errors"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

var expired = &app.Error{Kind: app.SignedOut, Op: "logs:FilterLogEvents", Err: errors.New("ExpiredToken")}

// signedOutReport is of a pull in whose middle the credentials of a place ended.
func signedOutReport() pull.Report {
	return pull.Report{Scopes: []pull.ScopeStatus{{Scope: prod, State: pull.SignedOut, Err: expired},
		{Scope: data, State: pull.Complete}}}
}

func TestAPullPausesUntilCredentialsChange(t *testing.T) {
	b := newBench(t)
	var asked []string
	b.signIn = func(profile string) { asked = append(asked, profile) }
	b.engine.report = signedOutReport()
	b.start(app.Focus{}.Last(time.Hour))
	if !b.state.Now().Paused || len(asked) != 1 || asked[0] != "shop-prod" {
		t.Fatalf("paused %v, asked for %v", b.state.Now().Paused, asked)
	}
	b.credentialsChanged() // and are not accepted yet
	if len(b.engine.wanted) != 2 || !b.state.Now().Paused || len(asked) != 1 {
		t.Fatalf("pulled %d times, paused %v, asked for %v", len(b.engine.wanted), b.state.Now().Paused, asked)
	}
	b.engine.report = pull.Report{}
	b.credentialsChanged()
	if n := len(b.engine.wanted); n != 3 || b.state.Now().Paused ||
		!b.engine.wanted[0].Range.Equal(b.engine.wanted[2].Range) {
		t.Errorf("pulled %d times, paused %v, %v then %v", n, b.state.Now().Paused, b.engine.wanted[0].Range,
			b.engine.wanted[2].Range)
	}
	b.credentialsChanged()
	if len(b.engine.wanted) != 3 {
		t.Error("a pull that is done is begun again")
	}
}

// TestASignInDuringThePullIsNotMissed lets credentials change while the pull still runs in another place.
func TestASignInDuringThePullIsNotMissed(t *testing.T) {
	b := newBench(t)
	b.signIn = func(string) { t.Error("a sign-in is asked for that was done") }
	b.engine.runs = func(n int) {
		if n == 1 {
			b.credentialsChanged()
		}
	}
	b.engine.reportAt = func(n int) pull.Report {
		if n == 1 {
			return signedOutReport()
		}
		return pull.Report{}
	}
	b.start(app.Focus{}.Last(time.Hour))
	if len(b.engine.wanted) != 2 || b.state.Now().Paused {
		t.Errorf("pulled %d times, paused %v", len(b.engine.wanted), b.state.Now().Paused)
	}
}

func TestTheEarliestEndIsShown(t *testing.T) {
	who := app.Identity{Account: "1", ARN: "arn:aws:iam::1:user/ops"}
	got := whoOf([]pull.ScopeStatus{{Who: who, Until: noon.Add(time.Hour)}, {Who: who}, {Who: who, Until: noon}})
	if !got.Expires.Equal(noon) {
		t.Errorf("expires %v", got.Expires)
	}
}

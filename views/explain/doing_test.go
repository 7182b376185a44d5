package explain

import (
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

func TestDoing(t *testing.T) {
	ireland := app.Scope{Account: "111122223333", Region: "eu-west-1"}
	virginia := app.Scope{Account: "111122223333", Region: "us-east-1"}
	other := app.Scope{Account: "444455556666", Region: "eu-west-1"}
	in := func(s app.Scope, state pull.State) pull.ScopeStatus { return pull.ScopeStatus{Scope: s, State: state} }
	logs := []pull.Running{{Scope: ireland, Signal: app.Logs}}
	both := append(logs, pull.Running{Scope: other, Signal: app.Trail})
	for want, p := range map[string]pull.Progress{
		"Asking AWS who I am": {},
		"Asking AWS who I am · 0 of 2 places done": {
			Scopes: []pull.ScopeStatus{in(ireland, pull.Connecting), in(virginia, pull.Waiting)}},
		"Asking what there is": {Scopes: []pull.ScopeStatus{in(ireland, pull.Pulling)}},
		"Asking what there is · 1 of 2 places done": {
			Scopes: []pull.ScopeStatus{in(ireland, pull.Pulling), in(virginia, pull.Complete)}},
		"Logs of eu-west-1": {Running: logs,
			Scopes: []pull.ScopeStatus{in(ireland, pull.Pulling)}},
		"Logs of eu-west-1 · 1 of 2 places done": {Running: logs,
			Scopes: []pull.ScopeStatus{in(ireland, pull.Pulling), in(virginia, pull.Complete)}},
		"Logs of 111122223333/eu-west-1 and 1 more · 0 of 2 places done": {Running: both,
			Scopes: []pull.ScopeStatus{in(ireland, pull.Pulling), in(other, pull.Pulling)}},
		"Logs of eu-west-1 · 2 of 3 places done, 1 in trouble": {Running: logs,
			Scopes: []pull.ScopeStatus{in(ireland, pull.Pulling), in(virginia, pull.Offline),
				in(ireland, pull.Complete)}},
	} {
		if got := Doing(p); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

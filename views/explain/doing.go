package explain

import (
	"fmt"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

// Doing says what a pull is doing now, and of several places how many are done and in trouble: "Logs of eu-west-1 and 1
// more · 2 of 3 places done, 1 in trouble". The window and the terminal both show it.
func Doing(p pull.Progress) string {
	text := asking(p)
	if len(p.Scopes) < 2 {
		return text
	}
	done, trouble := 0, 0
	for _, s := range p.Scopes {
		if s.State.Ended() {
			done++
		}
		if !s.State.Well() {
			trouble++
		}
	}
	text += fmt.Sprintf(" · %s of %s places done", phrase.Count(done), phrase.Count(len(p.Scopes)))
	if trouble > 0 {
		text += fmt.Sprintf(", %s in trouble", phrase.Count(trouble))
	}
	return text
}

// asking says what AWS is asked: first who the caller is, then what there is, then for the signals of each place.
func asking(p pull.Progress) string {
	if len(p.Running) > 0 {
		first := p.Running[0]
		text := phrase.SignalTitle(first.Signal) + " of " + placeAmong(first.Scope, p.Scopes)
		if more := len(p.Running) - 1; more > 0 {
			text += fmt.Sprintf(" and %s more", phrase.Count(more))
		}
		return text
	}
	if slices.ContainsFunc(p.Scopes, func(s pull.ScopeStatus) bool { return s.State > pull.Claimed }) {
		return "Asking what there is"
	}
	return "Asking AWS who I am"
}

// placeAmong names a place by its Region, and by its account too where there are several accounts.
func placeAmong(s app.Scope, all []pull.ScopeStatus) string {
	other := func(o pull.ScopeStatus) bool { return o.Scope.Account != s.Account }
	if slices.ContainsFunc(all, other) {
		return ScopeName(s)
	}
	return s.Region
}

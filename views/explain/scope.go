package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

// Scope says in a few words how a pull stands in a scope. What to do about it, Explain says of the status's Err.
func Scope(s pull.ScopeStatus) string {
	switch s.State {
	case pull.Waiting:
		return "waiting for its turn"
	case pull.Connecting:
		if s.Quiet {
			return "asking AWS who I am; no answer yet"
		}
		return "asking AWS who I am"
	case pull.Claimed:
		return "waiting for another pull of it"
	case pull.Pulling:
		if s.Quiet {
			return "pulling, but AWS is slow to answer"
		}
		return "pulling"
	case pull.Reached:
		return "answers"
	case pull.Partly:
		return "in part: not all of " + phrase.SomeOf(signalNames(s.Short), len(s.Short))
	case pull.Denied:
		return "denied"
	case pull.SignedOut:
		return "signed out"
	case pull.Offline:
		return "no answer"
	case pull.Failed:
		return "cannot be reached"
	}
	return s.State.String()
}

func signalNames(list []app.Signal) []string {
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = string(s)
	}
	return names
}

// ScopeName says which scope is meant, also where AWS has not told its account yet.
func ScopeName(s app.Scope) string {
	switch {
	case s.Account != "":
		return s.String()
	case s.Profile == "" && s.Region == "":
		return "the default credentials"
	case s.Profile == "":
		return "the default credentials in " + s.Region
	case s.Region == "":
		return s.Profile
	}
	return s.Profile + " in " + s.Region
}

// FollowCost says what following costs in a month, by signal, and what is a guess about it.
func FollowCost(c pull.FollowCost) string {
	places := "this place"
	if c.Places != 1 {
		places = fmt.Sprintf("these %d places", c.Places)
	}
	if c.Cost == 0 && !c.Unforeseen() {
		return fmt.Sprintf("Following %s costs nothing: AWS does not bill what is asked.", places)
	}
	var parts []string
	for _, p := range c.Parts {
		switch {
		case p.Unforeseen:
			parts = append(parts, fmt.Sprintf("%s from %s", p.Signal, phrase.Cents(p.Cost)))
		case p.Cost > 0:
			parts = append(parts, fmt.Sprintf("%s %s", p.Signal, phrase.Cents(p.Cost)))
		}
	}
	about := "about"
	if c.Unforeseen() {
		about = "at least"
	}
	text := fmt.Sprintf("Following %s costs %s %s a month in list prices: %s.", places, about, phrase.Cents(c.Cost),
		strings.Join(parts, ", "))
	switch {
	case c.Unforeseen():
		text += " What is not in the cache yet cannot be foreseen; pull once to know more."
	case slices.ContainsFunc(c.Parts, func(p pull.FollowPart) bool { return p.Guessed && p.Cost > 0 }):
		text += " That of traces is a guess from their newest hours."
	}
	if c.Cap >= 0 && c.Cost > c.Cap {
		text += fmt.Sprintf(" The cap of %s a month stops what AWS bills before that.", phrase.Cents(c.Cap))
	}
	return text
}

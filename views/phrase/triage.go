package phrase

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
)

// TriageTitle says what trail events did: Opened to the internet, 20 secrets read.
func TriageTitle(f insight.Finding) string {
	if f.Failed && f.Effect != insight.Refused {
		return "Failed: " + uncapital(triageEffect(f))
	}
	return triageEffect(f)
}

func triageEffect(f insight.Finding) string {
	switch f.Effect {
	case insight.AuditWeakened:
		return "Logging or detection weakened"
	case insight.Shared:
		return "Shared outside the account"
	case insight.Exposed:
		return "Opened to the internet"
	case insight.Credentials:
		return "New credentials or permissions"
	case insight.SecretsRead:
		return Plural(f.Things, "secret", "secrets") + " read"
	case insight.Stolen:
		return "Instance credentials used elsewhere"
	case insight.CodeRun:
		return "Code or commands run"
	case insight.Destroyed:
		return "Data or keys deleted"
	case insight.Capacity:
		return "Costly instances started"
	case insight.SignIn:
		if f.Events[0].Principal.Type == "Root" {
			return "Sign-in by root"
		}
		return "Sign-in without MFA"
	case insight.Refused:
		return Plural(f.Things, "call", "different calls") + " denied"
	}
	return Plural(f.Things, "kind", "kinds") + " of resources listed"
}

func uncapital(text string) string { return strings.ToLower(text[:1]) + text[1:] }

// TriageCalls names the calls of a finding: CreateUser eve, CreateAccessKey and 2 more.
func TriageCalls(f insight.Finding) string {
	var names []string
	for _, e := range f.Events {
		if name := resource.Title(e); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return SomeOf(names, 2)
}

// TriageReasons says what else speaks for and against looking at a finding first: with 444455556666, first time by this
// principal, undone after 12 min. "": nothing does.
func TriageReasons(f insight.Finding) string {
	var all []string
	if len(f.Outside) > 0 {
		word := "with "
		if f.Effect == insight.Stolen {
			word = "from "
		}
		all = append(all, word+SomeOf(f.Outside, 2))
	}
	if f.First {
		all = append(all, "first time by this principal")
	}
	if f.Open() > 0 {
		all = append(all, "undone after "+Duration(f.Open()))
	}
	if f.Routine {
		all = append(all, routineWords(f.Events[0]))
	}
	return strings.Join(all, ", ")
}

func routineWords(e app.TrailEvent) string {
	if e.Principal.InvokedBy != "" || e.Principal.Type == "AWSService" {
		return "by an AWS service"
	}
	if strings.HasPrefix(e.Name, "UpdateFunction") {
		return "a deployment by a role"
	}
	return "by infrastructure as code"
}

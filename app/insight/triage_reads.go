package insight

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// What is out of the ordinary, in the time of a burst by one actor.
const (
	manySecrets  = 5 // different secrets read
	manyRefused  = 3 // different calls refused
	manySurveyed = 8 // different kinds of things listed or described
	manyServices = 3 // that these belong to
)

// longestSurvey is for how long somebody looks about, and surveyShare how much of the time that the events cover that
// may be. What goes on for longer is a program at its work.
const (
	longestSurvey = time.Hour
	surveyShare   = 0.5
)

// secret reports whether the call reads something that is kept secret: a secret's value, a password, the user data of
// an instance, in which passwords often stand.
func (c *call) secret() bool {
	switch c.noun {
	case "SecretValue", "PasswordData", "ParametersByPath", "Parameters", "Parameter", "GetSecretValue":
		return c.verb == "Get" || c.verb == "Batch"
	case "InstanceAttribute":
		return c.verb == "Describe"
	}
	return false
}

// ofUserData reports whether a DescribeInstanceAttribute asks for what is secret.
func (c *call) ofUserData() bool {
	return c.noun != "InstanceAttribute" || text(c.request["attribute"]) == "userData"
}

// findSecretReads returns who read many secrets. What an actor wrote itself it may read: Terraform reads back all it
// made.
func findSecretReads(calls []*call) (found []Finding) {
	own := map[actor]bool{}
	for _, c := range calls {
		if c.ErrorCode == "" && (c.verb == "Create" || c.verb == "Put") &&
			(c.noun == "Secret" || c.noun == "Parameter") {
			own[c.actor] = true
		}
	}
	reads := func(c *call) (any, bool) {
		return c.Service(), c.secret() && c.ofUserData() && !own[c.actor] && c.Principal.InvokedBy == ""
	}
	for _, g := range gather(calls, reads) {
		if n := secretsOf(g); n >= manySecrets {
			found = append(found, finding(SecretsRead, g, n))
		}
	}
	return found
}

// secretsOf counts the different things that calls read: one call may name ten parameters.
func secretsOf(calls []*call) int {
	seen := map[string]bool{}
	for _, c := range calls {
		many, _ := c.request["names"].([]any)
		for _, name := range many {
			seen[text(name)] = true
		}
		if len(many) == 0 {
			seen[c.target] = true
		}
	}
	return len(seen)
}

// findStolen returns the calls with an instance's credentials from an address that others use too, while the instance
// itself uses another.
func findStolen(calls []*call) (found []Finding) {
	addresses := map[string]map[string]bool{} // of instances
	others := map[string]bool{}               // that callers who are no instances use
	for _, c := range calls {
		switch {
		case !c.ofInstance():
			others[c.SourceIP] = true
		case addresses[c.Principal.Session] == nil:
			addresses[c.Principal.Session] = map[string]bool{c.SourceIP: true}
		default:
			addresses[c.Principal.Session][c.SourceIP] = true
		}
	}
	elsewhere := func(c *call) (any, bool) {
		return "", c.ofInstance() && others[c.SourceIP] && len(addresses[c.Principal.Session]) > 1 &&
			!strings.HasSuffix(c.SourceIP, ".amazonaws.com")
	}
	for _, g := range gather(withAnyTool(ofInstances(calls)), elsewhere) {
		f := finding(Stolen, g, different(g, func(c *call) string { return c.Name }))
		f.Outside = []string{g[0].SourceIP}
		found = append(found, f)
	}
	return found
}

// ofInstances returns the calls with credentials of EC2 instances.
func ofInstances(calls []*call) []*call {
	return slices.DeleteFunc(slices.Clone(calls), func(c *call) bool { return !c.ofInstance() })
}

// withAnyTool returns calls of which it does not matter with what they were made.
func withAnyTool(calls []*call) []*call {
	calls = slices.Clone(calls)
	for i, c := range calls {
		plain := *c
		plain.actor.agent = ""
		calls[i] = &plain
	}
	return calls
}

// findRefusals returns who was refused several different things, which is what a permission that is missing for one job
// does not look like, and somebody who tries does.
func findRefusals(calls []*call) (found []Finding) {
	refused := func(c *call) (any, bool) { return "", c.Denied() && c.effect == NoEffect && !c.secret() }
	for _, g := range gather(calls, refused) {
		if n := different(g, func(c *call) string { return c.Source + c.Name + "\n" + c.target }); n >= manyRefused {
			found = append(found, finding(Refused, g, n))
		}
	}
	return found
}

// findSurveys returns who listed and described many kinds of things of several services. The console does that for
// everybody who looks at it, and AWS's services for themselves.
func findSurveys(calls []*call) (found []Finding) {
	if len(calls) == 0 {
		return nil
	}
	longest := min(longestSurvey, time.Duration(surveyShare*float64(calls[len(calls)-1].At.Sub(calls[0].At))))
	surveys := func(c *call) (any, bool) {
		return "", has(c.verb, "List", "Describe", "Get") && c.ReadOnly && !c.secret() && !console(c.TrailEvent)
	}
	for _, g := range gather(calls, surveys) {
		n := different(g, func(c *call) string { return c.Source + c.Name })
		services := different(g, func(c *call) string { return c.Source })
		once := g[len(g)-1].At.Sub(g[0].At) <= longest // an exporter goes on all day
		if once && !routineCaller(g[0].TrailEvent) && n >= manySurveyed && services >= manyServices {
			found = append(found, finding(Surveyed, g, n))
		}
	}
	return found
}

// console reports whether the AWS Management Console made the call for the person who looks at it.
func console(e app.TrailEvent) bool {
	return slices.ContainsFunc([]string{"Mozilla", "aws-internal", "AWS Internal", "console"},
		func(part string) bool { return strings.Contains(e.UserAgent, part) })
}

package insight

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// call is a trail event as a triage looks at it.
type call struct {
	app.TrailEvent
	actor   actor
	verb    string // Create, of CreateAccessKey
	noun    string // AccessKey
	target  string // what it is about: the resources, else what the request names
	request map[string]any
	more    map[string]any // additionalEventData
	outside []string       // see Finding.Outside
	effect  Effect         // of a write by itself; NoEffect for most
}

// actor is who made calls, from where and with what.
type actor struct{ name, address, agent string }

// readCalls reads events for a triage.
func readCalls(events []app.TrailEvent) []*call {
	calls := make([]*call, 0, len(events))
	for _, e := range events {
		if e.Type == app.InsightEvent {
			continue // which tells of calls and is none
		}
		c := &call{TrailEvent: e, actor: actor{e.Principal.Name(), e.SourceIP, e.UserAgent}}
		c.verb, c.noun = cutVerb(e.Name)
		var record struct {
			Request map[string]any `json:"requestParameters"`
			More    map[string]any `json:"additionalEventData"`
		}
		if interesting(c) {
			_ = json.Unmarshal(e.Raw, &record) // what is of another type is left out
		}
		c.request, c.more = record.Request, record.More
		c.target = targetOf(c)
		c.judge()
		calls = append(calls, c)
	}
	return calls
}

// interesting reports whether a triage needs more of an event than its fields: of most reads it does not.
func interesting(c *call) bool { return !c.ReadOnly || c.secret() || c.SignIn() }

// version is what CloudTrail adds to names of Lambda's calls: UpdateFunctionCode20150331v2.
var version = regexp.MustCompile(`20\d{6}(v\d+)?$`)

// cutVerb cuts the name of a call into what it does and to what.
func cutVerb(name string) (verb, noun string) {
	name = version.ReplaceAllString(name, "")
	for i := 1; i < len(name); i++ {
		if 'A' <= name[i] && name[i] <= 'Z' {
			return name[:i], name[i:]
		}
	}
	return name, ""
}

// targetOf returns the resources of an event, or what the request names, as a text to compare.
func targetOf(c *call) string {
	var names []string
	for _, r := range c.Resources {
		names = append(names, r.Name)
	}
	if len(names) == 0 {
		for _, key := range slices.Sorted(maps.Keys(c.request)) {
			if text, ok := c.request[key].(string); ok && namesThing(key) {
				names = append(names, text)
			}
		}
	}
	return strings.Join(names, "\n")
}

// namesThing reports whether a parameter of a request names what it is about: secretId, instanceId, userName.
func namesThing(key string) bool {
	key = strings.ToLower(key)
	return strings.HasSuffix(key, "id") || strings.HasSuffix(key, "name") || strings.HasSuffix(key, "arn") ||
		key == "name" || key == "resource"
}

// values calls visit for every text and number in a value, with the name of the parameter that it is in.
func values(key string, value any, visit func(key, text string)) {
	switch value := value.(type) {
	case map[string]any:
		for k, v := range value {
			values(k, v, visit)
		}
	case []any:
		for _, v := range value {
			values(key, v, visit)
		}
	case string:
		visit(key, value)
	case float64, bool:
		text, _ := json.Marshal(value)
		visit(key, string(text))
	}
}

// tools are parts of user agents of infrastructure as code. CloudFormation calls by itself, see InvokedBy.
var tools = []string{"terraform", "opentofu", "pulumi", "cloudformation", "aws-cdk", "crossplane"}

// deploys reports whether an event is new code for a function by a role that no person took: a pipeline at its work.
func deploys(e app.TrailEvent) bool {
	return strings.HasPrefix(e.Name, "UpdateFunction") && e.Principal.Type == "AssumedRole" && !e.Principal.Person()
}

// routineCaller reports whether infrastructure as code or an AWS service made the call.
func routineCaller(e app.TrailEvent) bool {
	if e.Principal.Type == "AWSService" || e.Principal.InvokedBy != "" || e.Type == "AwsServiceEvent" {
		return true
	}
	agent := strings.ToLower(e.UserAgent)
	return slices.ContainsFunc(tools, func(tool string) bool { return strings.Contains(agent, tool) })
}

// instanceSession is what sessions of an EC2 instance's role are called.
var instanceSession = regexp.MustCompile(`^i-[0-9a-f]{8,17}$`)

// ofInstance reports whether the credentials of an EC2 instance were used.
func (c *call) ofInstance() bool { return instanceSession.MatchString(c.Principal.Session) }

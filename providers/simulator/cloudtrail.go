package simulator

import (
	"slices"
	"strconv"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Limits of LookupEvents (CloudTrail API reference, LookupEvents).
const (
	trailPage      = 50                  // events a page, at most and by default
	trailRate      = 2                   // requests a second
	trailRetention = 90 * 24 * time.Hour // of the event history
)

// trailService is AWS CloudTrail's event history.
func trailService() *service {
	return &service{
		prefix: "cloudtrail", signing: "cloudtrail", target: "CloudTrail_20131101", wire: jsonWire{},

		throttled:   refusal{status: 400, code: "ThrottlingException", outcome: outcomeThrottled},
		denied:      refusal{status: 400, code: "AccessDeniedException", outcome: outcomeDenied},
		expired:     refusal{status: 400, code: "ExpiredTokenException", outcome: outcomeExpired},
		unsigned:    refusal{status: 400, code: "MissingAuthenticationTokenException"},
		badlySigned: refusal{status: 400, code: "IncompleteSignatureException"},
		broken:      refusal{status: 500, code: "InternalFailure", outcome: outcomeFailed},
		unknown:     refusal{status: 400, code: "UnknownOperationException"},
		unreadable:  refusal{status: 400, code: "SerializationException"},
		invalid:     refusal{status: 400, code: "InvalidLookupAttributesException"},
		badToken: refusal{status: 400, code: "InvalidNextTokenException",
			message: "The NextToken is not valid, or was given for a request with other parameters."},

		operations: []operation{{name: "LookupEvents", rate: trailRate, answer: lookupEvents}},
	}
}

type lookupEventsInput struct {
	StartTime, EndTime *seconds
	EventCategory      string
	LookupAttributes   []lookupAttribute
	MaxResults         *int
	NextToken          string
}

type lookupAttribute struct{ AttributeKey, AttributeValue string }

type lookupEventsOutput struct {
	Events    []trailEvent
	NextToken string `json:",omitempty"`
}

type trailEvent struct {
	EventId, EventName, EventSource string
	ReadOnly                        string
	AccessKeyId                     string `json:",omitempty"`
	EventTime                       seconds
	Username                        string `json:",omitempty"`
	Resources                       []trailResource
	CloudTrailEvent                 string
}

type trailResource struct {
	ResourceType string `json:",omitempty"`
	ResourceName string `json:",omitempty"`
}

// lookupEvents lists the events of a range, newest first. Of several lookup attributes only the first counts: AWS
// ignores the others without a word.
func lookupEvents(c *call) (any, error) {
	var in lookupEventsInput
	keep, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := lookupEventsOutput{Events: []trailEvent{}, NextToken: t.detour}
	if t.detour != "" || in.EventCategory == "insight" { // nobody has Insights events here
		return out, nil
	}
	from, to := in.within(c.now)
	first, end := between(len(c.place.Trail), func(i int) time.Time { return c.place.Trail[i].At }, from, to)
	if t.A > 0 {
		end = min(end, int(t.A))
	}
	size := trailPage
	if in.MaxResults != nil {
		size = *in.MaxResults
	}
	for i := end - 1; i >= first; i-- {
		e := &c.place.Trail[i]
		if !c.sees(e.At, e.ID, trailDelays) || !keep(e) {
			continue
		}
		if len(out.Events) == size {
			out.NextToken = t.next(i+1, 0)
			break
		}
		out.Events = append(out.Events, wireTrailEvent(e))
	}
	return out, nil
}

// within is the range asked for as far as the event history reaches; both ends are inclusive, and in whole seconds.
func (in *lookupEventsInput) within(now time.Time) (from, to time.Time) {
	from, to = in.StartTime.or(now.Add(-trailRetention)), in.EndTime.or(endOfTime)
	if oldest := now.Add(-trailRetention); from.Before(oldest) {
		from = oldest
	}
	return from.Truncate(time.Second), to.Truncate(time.Second).Add(time.Second)
}

func (in *lookupEventsInput) token() *string { return &in.NextToken }

// check returns the test that an event has to pass, or what is wrong with the parameters.
func (in *lookupEventsInput) check(c *call) (func(*app.TrailEvent) bool, error) {
	if in.MaxResults != nil && (*in.MaxResults < 1 || *in.MaxResults > trailPage) {
		return nil, refusal{status: 400, code: "InvalidMaxResultsException"}.because(
			"Value '%d' at 'maxResults' is not between 1 and %d.", *in.MaxResults, trailPage)
	}
	if in.StartTime != nil && in.EndTime != nil && in.StartTime.or(c.now).After(in.EndTime.or(c.now)) {
		return nil, refusal{status: 400,
			code: "InvalidTimeRangeException"}.because("The start time is after the end time.")
	}
	if in.EventCategory != "" && in.EventCategory != "insight" {
		return nil, refusal{status: 400, code: "InvalidEventCategoryException"}.because("Unknown event category %q.",
			in.EventCategory)
	}
	if len(in.LookupAttributes) == 0 {
		return func(*app.TrailEvent) bool { return true }, nil
	}
	wanted := in.LookupAttributes[0]
	read, ok := trailAttributes[wanted.AttributeKey]
	if !ok || wanted.AttributeValue == "" {
		return nil, c.service.invalid.because("The lookup attribute %q with the value %q is not valid.",
			wanted.AttributeKey, wanted.AttributeValue)
	}
	return func(e *app.TrailEvent) bool { return slices.Contains(read(e), wanted.AttributeValue) }, nil
}

// trailAttributes are the attributes that LookupEvents can filter by, exactly and case-sensitively.
var trailAttributes = map[string]func(*app.TrailEvent) []string{
	"EventId":     func(e *app.TrailEvent) []string { return []string{e.ID} },
	"EventName":   func(e *app.TrailEvent) []string { return []string{e.Name} },
	"EventSource": func(e *app.TrailEvent) []string { return []string{e.Source} },
	"ReadOnly":    func(e *app.TrailEvent) []string { return []string{strconv.FormatBool(e.ReadOnly)} },
	"Username":    func(e *app.TrailEvent) []string { return []string{trailUser(e.Principal)} },
	"AccessKeyId": func(e *app.TrailEvent) []string { return []string{e.Principal.AccessKey} },
	"ResourceName": func(e *app.TrailEvent) (names []string) {
		for _, r := range e.Resources {
			names = append(names, r.Name)
		}
		return names
	},
	"ResourceType": func(e *app.TrailEvent) (types []string) {
		for _, r := range e.Resources {
			types = append(types, r.Type)
		}
		return types
	},
}

// trailUser is what LookupEvents calls the user: an IAM user's name, a role session's name, root.
func trailUser(p app.Principal) string {
	switch {
	case p.Type == "Root":
		return "root"
	case p.Session != "":
		return p.Session
	}
	return p.User
}

func wireTrailEvent(e *app.TrailEvent) trailEvent {
	resources := make([]trailResource, len(e.Resources))
	for i, r := range e.Resources {
		resources[i] = trailResource{r.Type, r.Name}
	}
	return trailEvent{
		EventId: e.ID, EventName: e.Name, EventSource: e.Source, ReadOnly: strconv.FormatBool(e.ReadOnly),
		AccessKeyId: e.Principal.AccessKey, EventTime: seconds(e.At), Username: trailUser(e.Principal),
		Resources: resources, CloudTrailEvent: string(e.Raw),
	}
}

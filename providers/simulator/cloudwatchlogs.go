package simulator

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Limits of CloudWatch Logs (CloudWatch Logs API reference and quotas).
const (
	logGroupPage  = 50      // DescribeLogGroups: groups a page, at most and by default
	logPage       = 10_000  // FilterLogEvents: events a page, at most and by default
	logPageBytes  = 1 << 20 // FilterLogEvents: 1 MB a page
	logEventBytes = 26      // that each event counts beside its message (PutLogEvents)
	logStreams    = 100     // names of streams a request
	// events looked at for one page: a rare pattern makes AWS answer with pages that are not full
	logScan = 4 * logPage
)

// filterLogEventsRate is the quota of FilterLogEvents in a Region.
func filterLogEventsRate(region string) float64 {
	switch region {
	case "us-east-1":
		return 25
	case "eu-central-1":
		return 5
	}
	return 10
}

// logsService is Amazon CloudWatch Logs.
func logsService() *service {
	return &service{
		prefix: "logs", signing: "logs", target: "Logs_20140328", wire: jsonWire{},

		throttled:   refusal{status: 400, code: "ThrottlingException", outcome: outcomeThrottled},
		denied:      refusal{status: 400, code: "AccessDeniedException", outcome: outcomeDenied},
		expired:     refusal{status: 400, code: "ExpiredTokenException", outcome: outcomeExpired},
		unsigned:    refusal{status: 400, code: "MissingAuthenticationTokenException"},
		badlySigned: refusal{status: 400, code: "IncompleteSignatureException"},
		broken:      refusal{status: 503, code: "ServiceUnavailableException", outcome: outcomeFailed},
		unknown:     refusal{status: 400, code: "UnknownOperationException"},
		unreadable:  refusal{status: 400, code: "SerializationException"},
		invalid:     refusal{status: 400, code: "InvalidParameterException"},
		badToken: refusal{status: 400, code: "InvalidParameterException",
			message: "The specified nextToken is invalid."},

		operations: []operation{
			{name: "DescribeLogGroups", rate: 10, answer: describeLogGroups},
			{name: "FilterLogEvents", resource: logGroupResource, answer: filterLogEvents}, // rate: filterLogEventsRate
			{name: "StartQuery", resource: queryResource, answer: startQuery},
			{name: "GetQueryResults", answer: getQueryResults},
			{name: "StopQuery", answer: stopQuery},
			{name: "DescribeQueries", answer: describeQueries},
			{name: "DescribeQueryDefinitions", answer: describeQueryDefinitions},
		},
	}
}

type describeLogGroupsInput struct {
	AccountIdentifiers    []string `json:"accountIdentifiers"`
	IncludeLinkedAccounts bool     `json:"includeLinkedAccounts"`
	Limit                 *int     `json:"limit"`
	LogGroupClass         string   `json:"logGroupClass"`
	LogGroupIdentifiers   []string `json:"logGroupIdentifiers"`
	LogGroupNamePattern   string   `json:"logGroupNamePattern"`
	LogGroupNamePrefix    string   `json:"logGroupNamePrefix"`
	NextToken             string   `json:"nextToken"`
}

type describeLogGroupsOutput struct {
	LogGroups []logGroup `json:"logGroups"`
	NextToken string     `json:"nextToken,omitempty"`
}

type logGroup struct {
	LogGroupName      string `json:"logGroupName"`
	CreationTime      int64  `json:"creationTime"`
	RetentionInDays   int    `json:"retentionInDays,omitempty"`
	MetricFilterCount *int   `json:"metricFilterCount,omitempty"`
	Arn               string `json:"arn"`
	StoredBytes       *int64 `json:"storedBytes,omitempty"`
	LogGroupClass     string `json:"logGroupClass,omitempty"`
	LogGroupArn       string `json:"logGroupArn,omitempty"`
}

// describeLogGroups lists log groups by name.
func describeLogGroups(c *call) (any, error) {
	var in describeLogGroupsInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := describeLogGroupsOutput{LogGroups: []logGroup{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	for i := int(t.A); i < len(c.place.Groups); i++ {
		g := &c.place.Groups[i]
		if !in.wants(g) {
			continue
		}
		if len(out.LogGroups) == size {
			out.NextToken = t.next(i, 0)
			break
		}
		out.LogGroups = append(out.LogGroups, wireLogGroup(g, in.LogGroupNamePattern != ""))
	}
	return out, nil
}

func (in *describeLogGroupsInput) token() *string { return &in.NextToken }

func (in *describeLogGroupsInput) check(c *call) (size int, err error) {
	if in.LogGroupNamePattern != "" && in.LogGroupNamePrefix != "" {
		return 0, c.service.invalid.because("LogGroup name prefix and LogGroup name pattern are mutually exclusive " +
			"parameters.")
	}
	if len(in.LogGroupIdentifiers) > 0 && (in.LogGroupNamePattern != "" || in.LogGroupNamePrefix != "" ||
		in.LogGroupClass != "") {
		return 0, c.service.invalid.because("LogGroup identifiers cannot be used together with a prefix, a pattern " +
			"or a class.")
	}
	if in.Limit == nil {
		return logGroupPage, nil
	}
	return c.limit("limit", *in.Limit, logGroupPage)
}

func (in *describeLogGroupsInput) wants(g *app.LogGroup) bool {
	if len(in.LogGroupIdentifiers) > 0 {
		return slices.Contains(in.LogGroupIdentifiers, g.Name) ||
			slices.Contains(in.LogGroupIdentifiers, strings.TrimSuffix(g.ARN, ":*"))
	}
	return strings.HasPrefix(g.Name, in.LogGroupNamePrefix) && strings.Contains(g.Name, in.LogGroupNamePattern) &&
		(in.LogGroupClass == "" || in.LogGroupClass == cmp.Or(g.Class, "STANDARD"))
}

// wireLogGroup returns the group as AWS tells it; in short for a search by pattern, as AWS does.
func wireLogGroup(g *app.LogGroup, short bool) logGroup {
	arn := strings.TrimSuffix(g.ARN, ":*")
	w := logGroup{LogGroupName: g.Name, CreationTime: g.Created.UnixMilli(), Arn: arn + ":*"}
	if !short {
		w.RetentionInDays, w.StoredBytes, w.LogGroupClass, w.LogGroupArn = g.Retention, &g.Stored, g.Class, arn
		w.MetricFilterCount = new(int)
	}
	return w
}

// limit checks a page size.
func (c *call) limit(name string, value, most int) (int, error) {
	switch {
	case value < 1:
		return 0, c.service.invalid.because("1 validation error detected: Value '%d' at '%s' failed to satisfy "+
			"constraint: Member must have value greater than or equal to 1", value, name)
	case value > most:
		return 0, c.service.invalid.because("1 validation error detected: Value '%d' at '%s' failed to satisfy "+
			"constraint: Member must have value less than or equal to %d", value, name, most)
	}
	return value, nil
}

type filterLogEventsInput struct {
	EndTime             *int64   `json:"endTime"`
	FilterPattern       string   `json:"filterPattern"`
	Interleaved         *bool    `json:"interleaved"` // ignored since 2019
	Limit               *int     `json:"limit"`
	LogGroupIdentifier  string   `json:"logGroupIdentifier"`
	LogGroupName        string   `json:"logGroupName"`
	LogStreamNamePrefix string   `json:"logStreamNamePrefix"`
	LogStreamNames      []string `json:"logStreamNames"`
	NextToken           string   `json:"nextToken"`
	StartFromHead       *bool    `json:"startFromHead"`
	StartTime           *int64   `json:"startTime"`
	Unmask              bool     `json:"unmask"`
}

type filterLogEventsOutput struct {
	Events             []logEvent `json:"events"`
	SearchedLogStreams []struct{} `json:"searchedLogStreams"` // always empty since 2020
	NextToken          string     `json:"nextToken,omitempty"`
}

type logEvent struct {
	LogStreamName string `json:"logStreamName"`
	Timestamp     int64  `json:"timestamp"`
	Message       string `json:"message"`
	IngestionTime int64  `json:"ingestionTime"`
	EventId       string `json:"eventId"`
}

// logGroupResource names the log group of a FilterLogEvents call, as far as its parameters can be read.
func logGroupResource(c *call) string {
	var in filterLogEventsInput
	_ = json.Unmarshal(c.body, &in)
	return "arn:aws:logs:" + c.scope.Region + ":" + c.scope.Account + ":log-group:" + in.group() + ":log-stream:"
}

// group returns the group's name, which a request may give as an ARN.
func (in *filterLogEventsInput) group() string {
	if _, name, ok := strings.Cut(in.LogGroupIdentifier, ":log-group:"); ok {
		return strings.TrimSuffix(name, ":*")
	}
	return cmp.Or(in.LogGroupName, in.LogGroupIdentifier)
}

// filterLogEvents lists the events of a log group by time.
func filterLogEvents(c *call) (any, error) {
	var in filterLogEventsInput
	if err := c.read(&in); err != nil {
		return nil, err
	}
	size, pattern, err := in.check(c)
	if err != nil {
		return nil, err
	}
	g := c.place.groups[in.group()]
	switch {
	case g == nil:
		return nil, refusal{status: 400, code: "ResourceNotFoundException"}.because(
			"The specified log group does not exist.")
	case !g.Filtered():
		return nil, refusal{status: 400, code: "InvalidOperationException"}.because(
			"The log group %s is of log-group-class %s. FilterLogEvents is not supported for this log class.",
			g.Name, g.Class)
	}
	token := in.NextToken
	in.NextToken, in.Interleaved = "", nil
	t, err := c.turn(token, in)
	if err != nil {
		return nil, err
	}
	out := filterLogEventsOutput{Events: []logEvent{}, SearchedLogStreams: []struct{}{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	scan := in.scan(c.place.Events[in.group()], t)
	out.NextToken = scan.page(t, size, func(e *app.LogEvent) bool {
		if !c.sees(e.Ingested, e.ID, logDelays) || !in.wantsStream(e.Stream) || !pattern.matches(e.Message) {
			return false
		}
		out.Events = append(out.Events, logEvent{e.Stream, e.At.UnixMilli(), e.Message, e.Ingested.UnixMilli(), e.ID})
		return true
	})
	return out, nil
}

func (in *filterLogEventsInput) check(c *call) (size int, p logPattern, err error) {
	refuse := c.service.invalid.because
	switch {
	case (in.LogGroupName == "") == (in.LogGroupIdentifier == ""):
		return 0, p, refuse("Exactly one of logGroupName and logGroupIdentifier must be given.")
	case len(in.LogStreamNames) > 0 && in.LogStreamNamePrefix != "":
		return 0, p, refuse("logStreamNames and logStreamNamePrefix cannot be used together.")
	case len(in.LogStreamNames) > logStreams:
		return 0, p, refuse("1 validation error detected: Value at 'logStreamNames' failed to satisfy constraint: "+
			"Member must have length less than or equal to %d", logStreams)
	case in.StartTime != nil && *in.StartTime < 0, in.EndTime != nil && *in.EndTime < 0:
		return 0, p, refuse("1 validation error detected: Value at 'startTime' or 'endTime' failed to satisfy " +
			"constraint: Member must have value greater than or equal to 0")
	case in.StartTime != nil && in.EndTime != nil && *in.StartTime > *in.EndTime:
		return 0, p, refuse("End time must be greater than or equal to start time.")
	case in.newestFirst() && (in.StartTime == nil || *in.StartTime < oldestBackwards):
		return 0, p, refuse("startFromHead can be false only with a startTime of 2024-01-01 or later.")
	}
	if p, err = readLogPattern(in.FilterPattern); err != nil {
		return 0, p, refuse("Invalid filter pattern: %v", err)
	}
	if in.Limit == nil {
		return logPage, p, nil
	}
	size, err = c.limit("limit", *in.Limit, logPage)
	return size, p, err
}

// oldestBackwards is 2024-01-01, before which FilterLogEvents does not read backwards.
const oldestBackwards = 1_704_067_200_000

func (in *filterLogEventsInput) newestFirst() bool {
	return in.StartFromHead != nil && !*in.StartFromHead
}

func (in *filterLogEventsInput) wantsStream(name string) bool {
	if len(in.LogStreamNames) > 0 {
		return slices.Contains(in.LogStreamNames, name)
	}
	return strings.HasPrefix(name, in.LogStreamNamePrefix)
}

// eventScan is a walk over the events of a group, forwards or backwards.
type eventScan struct {
	events []app.LogEvent
	at     int // the next index to look at
	end    int // the index to stop before; below at when walking backwards
	step   int
}

// scan returns the walk that the parameters and the token ask for. Both ends of the time range are inclusive.
func (in *filterLogEventsInput) scan(events []app.LogEvent, t turn) eventScan {
	from, to := time.UnixMilli(0), endOfTime
	if in.StartTime != nil {
		from = time.UnixMilli(*in.StartTime)
	}
	if in.EndTime != nil {
		to = time.UnixMilli(*in.EndTime + 1)
	}
	first, end := between(len(events), func(i int) time.Time { return events[i].At }, from, to)
	s := eventScan{events, first, end, 1}
	if in.newestFirst() {
		s = eventScan{events, end - 1, first - 1, -1}
	}
	if t.A > 0 {
		s.at = int(t.A) - 1
	}
	return s
}

// page walks until a page is full or enough has been looked at, and returns the token to go on with, "" at the end.
// take reports whether the event belongs to the page.
func (s eventScan) page(t turn, size int, take func(*app.LogEvent) bool) string {
	taken, bytes := 0, 0
	for looked := 0; (s.end-s.at)*s.step > 0; looked++ {
		e := &s.events[s.at]
		weight := len(e.Message) + logEventBytes
		if taken == size || looked == logScan || taken > 0 && bytes+weight > logPageBytes {
			return t.next(s.at+1, 0) // one more than the index: walking backwards may go to -1
		}
		if take(e) {
			taken++
			bytes += weight
		}
		s.at += s.step
	}
	return ""
}

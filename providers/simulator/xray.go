package simulator

import (
	"encoding/json"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Limits of X-Ray (X-Ray API reference; page sizes are not published).
const (
	traceWindow    = 6 * time.Hour       // GetTraceSummaries and GetServiceGraph: the longest range
	traceRetention = 30 * 24 * time.Hour // of traces
	traceIDs       = 5                   // BatchGetTraces: ids a request
	summaryPage    = 200                 // our own: summaries a page
	documentPage   = 1 << 20             // our own: bytes of segment documents a page
)

// tracingService is AWS X-Ray.
func tracingService() *service {
	invalid := refusal{status: 400, code: "InvalidRequestException"}
	badToken := invalid
	badToken.message = "Invalid NextToken"
	return &service{
		prefix: "xray", signing: "xray", wire: restWire{},

		throttled:   refusal{status: 429, code: "ThrottledException", outcome: outcomeThrottled},
		denied:      refusal{status: 403, code: "AccessDeniedException", outcome: outcomeDenied},
		expired:     refusal{status: 403, code: "ExpiredTokenException", outcome: outcomeExpired},
		unsigned:    refusal{status: 403, code: "MissingAuthenticationTokenException"},
		badlySigned: refusal{status: 403, code: "IncompleteSignatureException"},
		broken:      refusal{status: 500, code: "InternalFailure", outcome: outcomeFailed},
		unknown:     refusal{status: 404, code: "UnknownOperationException"},
		unreadable:  refusal{status: 400, code: "SerializationException"},
		invalid:     invalid,
		badToken:    badToken,

		operations: []operation{
			{name: "GetTraceSummaries", path: "/TraceSummaries", answer: traceSummaries},
			{name: "BatchGetTraces", path: "/Traces", answer: batchGetTraces},
			{name: "GetServiceGraph", path: "/ServiceGraph", answer: serviceGraph},
		},
	}
}

// traceRange checks a range as X-Ray does and widens it to whole seconds, which is what trace ids know.
func (c *call) traceRange(start, end *seconds) (app.Range, error) {
	if start == nil || end == nil {
		return app.Range{}, c.service.invalid.because("StartTime and EndTime are required.")
	}
	asked := app.Range{From: time.Time(*start), To: time.Time(*end)}
	switch {
	case asked.Empty():
		return app.Range{}, c.service.invalid.because("The start time must be before the end time.")
	case asked.Length() > traceWindow:
		return app.Range{}, c.service.invalid.because("The time range must not be longer than 6 hours.")
	}
	return asked.Align(time.Second).Intersect(app.Range{From: c.now.Add(-traceRetention), To: endOfTime}), nil
}

type traceSummariesInput struct {
	StartTime, EndTime *seconds
	FilterExpression   string
	NextToken          string
	Sampling           bool
	SamplingStrategy   json.RawMessage
	TimeRangeType      string
}

type traceSummariesOutput struct {
	TraceSummaries       []traceSummary
	ApproximateTime      seconds
	TracesProcessedCount int
	NextToken            string `json:",omitempty"`
}

type traceSummary struct {
	Id                              string
	StartTime                       seconds
	Duration, ResponseTime          json.Number
	HasFault, HasError, HasThrottle bool
	IsPartial                       bool
	Revision                        int
	Http                            *traceHTTP `json:",omitempty"`
	EntryPoint                      *serviceID `json:",omitempty"`
	MatchedEventTime                *seconds   `json:",omitempty"`
	ServiceIds                      []serviceID
	ResourceARNs                    []resourceARN
	Users                           []traceUser
	Annotations                     map[string][]annotation
}

type traceHTTP struct {
	HttpURL    string `json:",omitempty"`
	HttpStatus int    `json:",omitempty"`
	HttpMethod string `json:",omitempty"`
	UserAgent  string `json:",omitempty"`
	ClientIp   string `json:",omitempty"`
}

type serviceID struct {
	Name      string
	Names     []string
	AccountId string
	Type      string `json:",omitempty"`
}

type (
	resourceARN struct{ ARN string }
	traceUser   struct {
		UserName   string
		ServiceIds []serviceID
	}
	annotation struct {
		AnnotationValue map[string]any
		ServiceIds      []serviceID
	}
)

// traceSummaries lists traces, newest first: by the time in their id, by when they were active (Event), or by when
// they ended (Service).
func traceSummaries(c *call) (any, error) {
	var in traceSummariesInput
	within, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := traceSummariesOutput{TraceSummaries: []traceSummary{}, ApproximateTime: *in.EndTime, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	first, end := c.place.started(within, in.TimeRangeType != "" && in.TimeRangeType != "TraceId")
	if t.A > 0 {
		end = min(end, int(t.A))
	}
	for i := end - 1; i >= first; i-- {
		trace := c.traceNow(c.place.traces[i].trace)
		if trace == nil || !in.wants(trace, within) {
			continue
		}
		if len(out.TraceSummaries) == summaryPage {
			out.NextToken = t.next(i+1, 0)
			break
		}
		out.TraceSummaries = append(out.TraceSummaries, summarize(trace, in.TimeRangeType))
	}
	out.TracesProcessedCount = len(out.TraceSummaries)
	return out, nil
}

func (in *traceSummariesInput) token() *string { return &in.NextToken }

func (in *traceSummariesInput) check(c *call) (app.Range, error) {
	switch {
	case !slices.Contains([]string{"", "TraceId", "Event", "Service"}, in.TimeRangeType):
		return app.Range{}, c.service.invalid.because("TimeRangeType must be TraceId, Event or Service.")
	case strings.TrimSpace(in.FilterExpression) != "":
		return app.Range{}, c.service.invalid.because("Invalid filter expression: the simulator does not evaluate " +
			"filter expressions.")
	case in.Sampling || len(in.SamplingStrategy) > 0 && string(in.SamplingStrategy) != "null":
		return app.Range{}, c.service.invalid.because("The simulator lists all traces; it does not sample.")
	}
	return c.traceRange(in.StartTime, in.EndTime)
}

// started returns the indexes of the traces whose id tells a time in the range; with reach, also of those that started
// before it but may reach into it.
func (p *place) started(within app.Range, reach bool) (first, end int) {
	from := within.From
	if reach {
		from = from.Add(-p.longest - time.Second)
	}
	first = sort.Search(len(p.traces), func(i int) bool { return p.traces[i].second >= from.Unix() })
	return first, sort.Search(len(p.traces), func(i int) bool { return p.traces[i].second >= within.To.Unix() })
}

func (in *traceSummariesInput) wants(t *app.Trace, within app.Range) bool {
	end := t.Start.Add(t.Duration)
	switch in.TimeRangeType {
	case "Event":
		return t.Start.Before(within.To) && !end.Before(within.From)
	case "Service":
		return within.Contains(end)
	}
	return true
}

// summarize tells of a trace what a list needs.
func summarize(t *app.Trace, by string) traceSummary {
	s := traceSummary{
		Id: string(t.ID), StartTime: seconds(t.Start), Duration: number(t.Duration), ResponseTime: number(t.Response),
		HasFault: t.Fault, HasError: t.Error, HasThrottle: t.Throttle, IsPartial: t.Partial, Revision: t.Revision,
		ServiceIds: []serviceID{}, ResourceARNs: []resourceARN{}, Users: []traceUser{},
		Annotations: map[string][]annotation{},
	}
	if t.Method != "" || t.URL != "" || t.Status != 0 {
		s.Http = &traceHTTP{HttpURL: t.URL, HttpStatus: t.Status, HttpMethod: t.Method}
	}
	if by == "Event" || by == "Service" {
		end := seconds(t.Start.Add(t.Duration))
		s.MatchedEventTime = &end
	}
	for i := range t.Spans {
		s.add(t, &t.Spans[i])
	}
	if t.Entry != "" && s.EntryPoint == nil {
		s.EntryPoint = &serviceID{Name: t.Entry, Names: []string{t.Entry}, AccountId: t.Account}
	}
	return s
}

// add collects what a span contributes to the summary: each service, resource, user and annotation once.
func (s *traceSummary) add(t *app.Trace, span *app.Span) {
	id := serviceID{span.Service, []string{span.Service}, t.Account, span.Origin}
	if span.Kind == app.Segment {
		if !slices.ContainsFunc(s.ServiceIds,
			func(o serviceID) bool { return o.Name == id.Name && o.Type == id.Type }) {
			s.ServiceIds = append(s.ServiceIds, id)
		}
		if s.EntryPoint == nil && span.Name == t.Entry {
			s.EntryPoint = &id
		}
	}
	if strings.HasPrefix(span.Resource, "arn:") && !slices.Contains(s.ResourceARNs, resourceARN{span.Resource}) {
		s.ResourceARNs = append(s.ResourceARNs, resourceARN{span.Resource})
	}
	if span.User != "" && !slices.ContainsFunc(s.Users, func(u traceUser) bool { return u.UserName == span.User }) {
		s.Users = append(s.Users, traceUser{span.User, []serviceID{id}})
	}
	for key, value := range span.Annotations {
		s.Annotations[key] = append(s.Annotations[key], annotation{annotationValue(value), []serviceID{id}})
	}
}

func annotationValue(v any) map[string]any {
	switch v.(type) {
	case string:
		return map[string]any{"StringValue": v}
	case bool:
		return map[string]any{"BooleanValue": v}
	}
	return map[string]any{"NumberValue": v}
}

// number is a duration in seconds, exact to the microsecond.
func number(d time.Duration) json.Number {
	return json.Number(strconv.FormatFloat(d.Round(time.Microsecond).Seconds(), 'f', -1, 64))
}

type batchGetTracesInput struct {
	TraceIds  []string
	NextToken string
}

type batchGetTracesOutput struct {
	Traces              []wireTrace
	UnprocessedTraceIds []string
	NextToken           string `json:",omitempty"`
}

type wireTrace struct {
	Id            string
	Duration      json.Number
	LimitExceeded bool
	Segments      []wireSegment
}

type wireSegment struct {
	Id       string
	Document string
}

// batchGetTraces answers with the segment documents of up to five traces. A page ends after documentPage bytes, in the
// middle of a trace if need be, which goes on under the same id. Ids that X-Ray does not have come back unprocessed;
// a drill of empty pages leaves the last of several ids unprocessed.
func batchGetTraces(c *call) (any, error) {
	var in batchGetTracesInput
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if len(in.TraceIds) == 0 || len(in.TraceIds) > traceIDs {
		return nil, c.service.invalid.because("1 validation error detected: Value at 'traceIds' failed to satisfy "+
			"constraint: Member must have length between 1 and %d", traceIDs)
	}
	token, hold := in.NextToken, c.mishap.empty && len(in.TraceIds) > 1
	in.NextToken, c.mishap.empty = "", false
	t, err := c.turn(token, in)
	if err != nil {
		return nil, err
	}
	out := batchGetTracesOutput{Traces: []wireTrace{}, UnprocessedTraceIds: []string{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	room := documentPage
	for i := int(t.A); i < len(in.TraceIds) && out.NextToken == ""; i++ {
		skip := 0
		if i == int(t.A) {
			skip = int(t.B)
		}
		trace := c.place.visibleTrace(c, in.TraceIds[i])
		if trace == nil || hold && skip == 0 && i == len(in.TraceIds)-1 {
			out.UnprocessedTraceIds = append(out.UnprocessedTraceIds, in.TraceIds[i])
			continue
		}
		next, err := out.add(trace, skip, &room)
		if err != nil {
			return nil, err
		}
		if next >= 0 {
			out.NextToken = t.next(i, next)
		}
	}
	return out, nil
}

// add puts a trace's documents into the answer, from number skip on, as long as there is room. It returns the number of
// the first document that is left for the next page, -1 if none is.
func (out *batchGetTracesOutput) add(t *app.Trace, skip int, room *int) (next int, err error) {
	documents, err := segmentDocuments(t)
	if err != nil {
		return -1, err
	}
	next = -1
	wire := wireTrace{Id: string(t.ID), Duration: number(t.Duration), LimitExceeded: t.Limited,
		Segments: []wireSegment{}}
	for n := skip; n < len(documents); n++ {
		size := len(documents[n].Document)
		if size > *room && *room < documentPage { // a page holds one document, however large
			next = n
			break
		}
		*room -= size
		wire.Segments = append(wire.Segments, documents[n])
	}
	if len(wire.Segments) > 0 || len(documents) == 0 {
		out.Traces = append(out.Traces, wire)
	}
	return next, nil
}

// visibleTrace returns the trace of an id, nil if it is not there (yet, or any more).
func (p *place) visibleTrace(c *call, id string) *app.Trace {
	t := p.byID[app.TraceID(id)]
	if t == nil || t.Start.Before(c.now.Add(-traceRetention)) {
		return nil
	}
	return c.traceNow(t)
}

// secondOf is the time that a trace's id tells, in epoch seconds.
func secondOf(t *app.Trace) int64 {
	if w3c := t.ID.W3C(); len(w3c) >= 8 {
		if second, err := strconv.ParseInt(w3c[:8], 16, 64); err == nil {
			return second
		}
	}
	return t.Start.Unix()
}

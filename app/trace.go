package app

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TraceID identifies a trace, in X-Ray's form 1-5fad4cc9-70259536495de84a2a6282cd, in lower case.
type TraceID string

// ParseTraceID reads X-Ray's form, the W3C form of 32 hex digits, an X-Amzn-Trace-Id header (Root=...;Parent=...), a
// traceparent header, or an id with its entity as the X-Ray SDKs write it into logs (AWS-XRAY-TRACE-ID: ID@ENTITY). The
// forms are equal: X-Ray's first group is the first eight digits, the time in epoch seconds.
func ParseTraceID(s string) (TraceID, bool) {
	s = strings.TrimSpace(s)
	if i := strings.Index(s, "Root="); i >= 0 {
		s, _, _ = strings.Cut(s[i+len("Root="):], ";")
	} else {
		s = strings.TrimSpace(strings.TrimPrefix(s, "AWS-XRAY-TRACE-ID:"))
		s, _, _ = strings.Cut(s, ";")
		s, _, _ = strings.Cut(s, "@")
	}
	const parent = len("00-") + w3cIDLength + len("-53995c3f42cd8ad8-01")
	switch {
	case len(s) == xrayIDLength && isXRayID(s):
		s = s[2:10] + s[11:]
	case len(s) == parent && s[2] == '-' && s[35] == '-' && s[52] == '-' && isHexOnly(s[:2]+s[36:52]+s[53:]):
		s = s[3:35]
	}
	if len(s) == w3cIDLength && isHexOnly(s) && strings.Trim(s, "0") != "" { // all zeros is W3C's "no trace"
		return TraceID(strings.ToLower("1-" + s[:8] + "-" + s[8:])), true
	}
	return "", false
}

// Time returns the time in the id, in whole seconds: when the trace began (X-Ray developer guide, "Trace ID format");
// zero if the id has none.
func (id TraceID) Time() time.Time {
	digits := id.W3C()
	if len(digits) != w3cIDLength {
		return time.Time{}
	}
	seconds, err := strconv.ParseUint(digits[:8], 16, 32)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// W3C returns the 32 hex digits of the id.
func (id TraceID) W3C() string {
	return strings.ReplaceAll(strings.TrimPrefix(string(id), "1-"), "-", "")
}

// Trace is one request's way through services. Without spans it is what a summary says of it.
type Trace struct {
	Scope
	ID       TraceID       `json:"id"`
	Start    time.Time     `json:"start"`
	Duration time.Duration `json:"duration_ns"` // to the end of its last segment
	Response time.Duration `json:"response_ns"` // as the client saw it
	Entry    string        `json:"entry"`       // name of the service where it entered
	Method   string        `json:"method,omitempty"`
	URL      string        `json:"url,omitempty"`
	Status   int           `json:"status,omitempty"`
	Fault    bool          `json:"fault,omitempty"`    // 5xx
	Error    bool          `json:"error,omitempty"`    // 4xx
	Throttle bool          `json:"throttle,omitempty"` // 429
	Partial  bool          `json:"partial,omitempty"`  // segments are still in progress
	Revision int           `json:"revision"`           // grows as segments arrive
	// Limited says that AWS kept only a part of the trace, which was larger than its limit (LimitExceeded).
	Limited bool `json:"limited,omitempty"`
	// Spans are by start, then id. Nil: only the summary is known; empty: AWS has answered, and no segment can be read.
	Spans []Span `json:"spans,omitempty"`
}

// CompareTraces orders by start, then scope and id.
func CompareTraces(a, b Trace) int {
	return cmp.Or(a.Start.Compare(b.Start), CompareScopes(a.Scope, b.Scope), cmp.Compare(a.ID, b.ID))
}

// SpanKind tells a segment (one service's part of a trace) from a subsegment (work within it, or a call out of it).
type SpanKind string

// The kinds of span.
const (
	Segment    SpanKind = "segment"
	Subsegment SpanKind = "subsegment"
)

// Span is a segment or subsegment of a trace. ID identifies it within the trace.
// AWS describes the fields in the X-Ray developer guide, "X-Ray segment documents".
type Span struct {
	ID     string   `json:"id"`               // 16 hex digits
	Parent string   `json:"parent,omitempty"` // id of the span that called it; "" for the root
	Kind   SpanKind `json:"kind"`
	Name   string   `json:"name"`
	// Service is the name of the segment that the span belongs to.
	Service   string    `json:"service"`
	Origin    string    `json:"origin,omitempty"`    // AWS::Lambda::Function, of a segment
	Namespace string    `json:"namespace,omitempty"` // aws or remote, of a subsegment that calls out
	Resource  string    `json:"resource,omitempty"`  // ARN or name of the AWS resource, where the span says
	Start     time.Time `json:"start"`               // microseconds
	End       time.Time `json:"end,omitzero"`        // zero while in progress
	Fault     bool      `json:"fault,omitempty"`
	Error     bool      `json:"error,omitempty"`
	Throttle  bool      `json:"throttle,omitempty"`
	User      string    `json:"user,omitempty"`
	SpanDetail
}

// SpanDetail is the part of a span that a list does not need.
type SpanDetail struct {
	HTTP        *HTTP           `json:"http,omitempty"`
	SQL         *SQL            `json:"sql,omitempty"`
	AWS         json.RawMessage `json:"aws,omitempty"` // operation, request_id, table_name, ...
	Annotations map[string]any  `json:"annotations,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Exceptions  []Exception     `json:"exceptions,omitempty"`
	Links       []string        `json:"links,omitempty"` // trace ids of linked traces
}

// HTTP is the request that a span served or made.
type HTTP struct {
	Method    string `json:"method,omitempty"`
	URL       string `json:"url,omitempty"`
	Status    int    `json:"status,omitempty"`
	Length    int64  `json:"length,omitempty"` // of the response, in bytes
	ClientIP  string `json:"client_ip,omitempty"`
	UserAgent string `json:"user_agent,omitempty"`
}

// SQL is the query that a subsegment made.
type SQL struct {
	URL      string `json:"url,omitempty"`
	Database string `json:"database,omitempty"` // database_type
	User     string `json:"user,omitempty"`
	Query    string `json:"query,omitempty"` // sanitized_query
}

// Exception is an error that a span recorded.
type Exception struct {
	ID      string  `json:"id,omitempty"`
	Type    string  `json:"type,omitempty"`
	Message string  `json:"message,omitempty"`
	Remote  bool    `json:"remote,omitempty"` // thrown by a callee
	Cause   string  `json:"cause,omitempty"`  // id of the exception that caused it
	Stack   []Frame `json:"stack,omitempty"`
	Skipped int     `json:"skipped,omitempty"` // frames left out
}

// Frame is one line of a stack.
type Frame struct {
	Path  string `json:"path,omitempty"`
	Line  int    `json:"line,omitempty"`
	Label string `json:"label,omitempty"`
}

// SortSpans orders spans by start, then id, as Trace.Spans has them.
func SortSpans(spans []Span) {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID)) })
}

// Latency is one trace as a dot of the latency lane.
type Latency struct {
	Scope
	ID       TraceID
	At       time.Time
	Response time.Duration
	Fault    bool
	Error    bool
	Throttle bool
}

// ServiceGraph is who called whom in a range, in one scope, as X-Ray's service map draws it.
type ServiceGraph struct {
	Scope
	Range Range         `json:"range"`
	Nodes []ServiceNode `json:"nodes"` // by name, then type
	Edges []ServiceEdge `json:"edges"` // by caller, then callee
}

// ServiceNode is one service of the graph. Name and Type identify it.
type ServiceNode struct {
	Name  string    `json:"name"`
	Type  string    `json:"type,omitempty"` // AWS::DynamoDB::Table, client, remote
	Root  bool      `json:"root,omitempty"` // where requests enter
	Stats CallStats `json:"stats"`
}

// ServiceEdge is the calls from one service to another, by name and type.
type ServiceEdge struct {
	From     string    `json:"from"`
	FromType string    `json:"from_type,omitempty"`
	To       string    `json:"to"`
	ToType   string    `json:"to_type,omitempty"`
	Stats    CallStats `json:"stats"`
}

// CallStats counts calls and adds up their time.
type CallStats struct {
	Total    int64         `json:"total"`
	OK       int64         `json:"ok"`
	Error    int64         `json:"error"` // 4xx, throttles among them
	Throttle int64         `json:"throttle"`
	Fault    int64         `json:"fault"`
	Time     time.Duration `json:"time_ns"` // sum of response times
}

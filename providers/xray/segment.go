package xray

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
)

// document is a segment or subsegment as X-Ray writes it (X-Ray developer guide, "X-Ray segment documents"). Fields that
// the console does not use, such as precursor_ids, are left out.
type document struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Parent      string          `json:"parent_id"`
	Type        string          `json:"type"` // "subsegment", of one that was sent by itself
	Start       *float64        `json:"start_time"`
	End         *float64        `json:"end_time"`
	InProgress  bool            `json:"in_progress"`
	Origin      string          `json:"origin"`
	Namespace   string          `json:"namespace"`
	Resource    string          `json:"resource_arn"`
	User        string          `json:"user"`
	Fault       bool            `json:"fault"`
	Error       bool            `json:"error"`
	Throttle    bool            `json:"throttle"`
	HTTP        httpDocument    `json:"http"`
	SQL         sqlDocument     `json:"sql"`
	AWS         json.RawMessage `json:"aws"`
	Annotations map[string]any  `json:"annotations"`
	Metadata    json.RawMessage `json:"metadata"`
	Cause       causeDocument   `json:"cause"`
	Links       []linkDocument  `json:"links"`
	Subsegments []document      `json:"subsegments"`
}

type httpDocument struct {
	Request struct {
		Method    string `json:"method"`
		URL       string `json:"url"`
		ClientIP  string `json:"client_ip"`
		UserAgent string `json:"user_agent"`
	} `json:"request"`
	Response struct {
		Status float64 `json:"status"`
		Length float64 `json:"content_length"`
	} `json:"response"`
}

type sqlDocument struct {
	URL        string `json:"url"`
	Connection string `json:"connection_string"` // instead of a URL
	Database   string `json:"database_type"`
	User       string `json:"user"`
	Query      string `json:"sanitized_query"`
}

// linkDocument is a link to another trace, as an instrumentation of queues writes it.
type linkDocument struct {
	TraceID string `json:"trace_id"`
}

// ParseSegment reads one segment document and returns its spans: the segment, or a subsegment that was sent by itself,
// and after it the subsegments nested in it, each with its parent and the segment's name as its service. The service of
// a subsegment that was sent by itself is empty: another document has it. Times are rounded to the microsecond, X-Ray's
// own precision. An end that is missing says that the span is in progress.
//
// A document that does not parse is an error. A subsegment that lacks its id or start is left out and named in the
// error, and the spans around it are returned.
func ParseSegment(text string) ([]app.Span, error) {
	var d document
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return nil, fmt.Errorf("does not parse: %w", err)
	}
	kind, service := app.Segment, d.Name
	if d.Type == string(app.Subsegment) {
		kind, service = app.Subsegment, ""
	}
	var f flattening
	f.add(&d, kind, service, d.Parent)
	return f.spans, errors.Join(f.problems...)
}

// flattening collects the spans of nested documents, and what is wrong with some.
type flattening struct {
	spans    []app.Span
	problems []error
}

func (f *flattening) add(d *document, kind app.SpanKind, service, parent string) {
	if span, err := d.span(kind, service, parent); err != nil {
		f.problems = append(f.problems, err)
	} else {
		f.spans = append(f.spans, span)
	}
	for i := range d.Subsegments {
		sub := &d.Subsegments[i]
		f.add(sub, app.Subsegment, service, cmp.Or(sub.Parent, d.ID))
	}
}

func (d *document) span(kind app.SpanKind, service, parent string) (app.Span, error) {
	if d.ID == "" {
		return app.Span{}, fmt.Errorf("%s %q has no id", kind, d.Name)
	}
	start, err := instant(d.Start)
	if err != nil || start.IsZero() {
		return app.Span{}, fmt.Errorf("%s %s has no start that can be read", kind, d.ID)
	}
	end, err := instant(d.End)
	if err != nil {
		return app.Span{}, fmt.Errorf("%s %s: end: %w", kind, d.ID, err)
	}
	if d.InProgress {
		end = time.Time{}
	}
	return app.Span{
		ID:        d.ID,
		Parent:    parent,
		Kind:      kind,
		Name:      d.Name,
		Service:   service,
		Origin:    d.Origin,
		Namespace: d.Namespace,
		Resource:  cmp.Or(d.Resource, resourceOf(d.AWS)),
		Start:     start,
		End:       end,
		Fault:     d.Fault,
		Error:     d.Error,
		Throttle:  d.Throttle,
		User:      d.User,
		SpanDetail: app.SpanDetail{
			HTTP:        d.HTTP.value(),
			SQL:         d.SQL.value(),
			AWS:         compact(d.AWS),
			Annotations: d.annotations(),
			Metadata:    compact(d.Metadata),
			Exceptions:  d.Cause.exceptions,
			Links:       links(d.Links),
		},
	}, nil
}

// latest is the end of the years that JSON and SQL can write.
const latest = 253_402_300_799 // 9999-12-31T23:59:59Z

// instant reads a time, seconds since 1970 with a fraction; nil is the zero time. A float64 tells microseconds apart
// until the year 2255.
func instant(seconds *float64) (time.Time, error) {
	if seconds == nil {
		return time.Time{}, nil
	}
	if *seconds < 0 || *seconds > latest {
		return time.Time{}, fmt.Errorf("%g is no time", *seconds)
	}
	return time.UnixMicro(int64(math.Round(*seconds * 1e6))).UTC(), nil
}

func (h httpDocument) value() *app.HTTP {
	v := app.HTTP{
		Method:    h.Request.Method,
		URL:       h.Request.URL,
		Status:    int(h.Response.Status),
		Length:    max(0, int64(h.Response.Length)), // -1: not known
		ClientIP:  h.Request.ClientIP,
		UserAgent: h.Request.UserAgent,
	}
	if v == (app.HTTP{}) {
		return nil
	}
	return &v
}

func (s sqlDocument) value() *app.SQL {
	v := app.SQL{URL: cmp.Or(s.URL, s.Connection), Database: s.Database, User: s.User, Query: s.Query}
	if v == (app.SQL{}) {
		return nil
	}
	return &v
}

// annotations are strings, numbers and booleans; an empty object is none.
func (d *document) annotations() map[string]any {
	if len(d.Annotations) == 0 {
		return nil
	}
	return d.Annotations
}

func links(documents []linkDocument) []string {
	var ids []string
	for _, l := range documents {
		if l.TraceID != "" {
			ids = append(ids, string(idOf(l.TraceID)))
		}
	}
	return ids
}

// compact returns JSON without blanks, nil for null and {}.
func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if len(raw) == 0 || json.Compact(&b, raw) != nil || b.String() == "null" || b.String() == "{}" {
		return nil
	}
	return b.Bytes()
}

// resourceFields of an aws object that name the resource which a call was for, as the X-Ray SDKs write them, the most
// telling first.
type resourceFields struct {
	Names    []string `json:"resource_names"`
	Table    string   `json:"table_name"`
	QueueURL string   `json:"queue_url"`
	Topic    string   `json:"topic_arn"`
	Stream   string   `json:"stream_name"`
	Bucket   string   `json:"bucket_name"`
	Function string   `json:"function_name"`
	Lambda   string   `json:"function_arn"`
}

func resourceOf(raw json.RawMessage) string {
	var f resourceFields
	if len(raw) == 0 || json.Unmarshal(raw, &f) != nil {
		return ""
	}
	name := cmp.Or(f.Table, f.QueueURL, f.Topic, f.Stream, f.Bucket, f.Function, f.Lambda)
	if len(f.Names) > 0 {
		return cmp.Or(f.Names[0], name)
	}
	return name
}

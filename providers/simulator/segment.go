package simulator

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// documentBytes is the largest segment document (X-Ray developer guide, "X-Ray segment documents": 64 kB), with room
// for what a subsegment gains when it is sent by itself.
const documentBytes = 64_000 - 256

// segmentDocument is a segment or subsegment as X-Ray writes it (X-Ray developer guide, "X-Ray segment documents").
type segmentDocument struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	TraceID     app.TraceID        `json:"trace_id,omitempty"`
	Type        string             `json:"type,omitempty"` // subsegment, of one that stands by itself
	Parent      string             `json:"parent_id,omitempty"`
	Start       seconds            `json:"start_time"`
	End         *seconds           `json:"end_time,omitempty"`
	InProgress  bool               `json:"in_progress,omitempty"`
	Origin      string             `json:"origin,omitempty"`
	Namespace   string             `json:"namespace,omitempty"`
	Resource    string             `json:"resource_arn,omitempty"`
	User        string             `json:"user,omitempty"`
	Fault       bool               `json:"fault,omitempty"`
	Error       bool               `json:"error,omitempty"`
	Throttle    bool               `json:"throttle,omitempty"`
	HTTP        *documentHTTP      `json:"http,omitempty"`
	SQL         *documentSQL       `json:"sql,omitempty"`
	AWS         json.RawMessage    `json:"aws,omitempty"`
	Annotations map[string]any     `json:"annotations,omitempty"`
	Metadata    json.RawMessage    `json:"metadata,omitempty"`
	Cause       *documentCause     `json:"cause,omitempty"`
	Links       []documentLink     `json:"links,omitempty"`
	Subsegments []*segmentDocument `json:"subsegments,omitempty"`

	size int // in bytes, with its subsegments
}

type documentHTTP struct {
	Request  documentRequest  `json:"request,omitzero"`
	Response documentResponse `json:"response,omitzero"`
}

type documentRequest struct {
	Method    string `json:"method,omitempty"`
	URL       string `json:"url,omitempty"`
	UserAgent string `json:"user_agent,omitempty"`
	ClientIP  string `json:"client_ip,omitempty"`
}

type documentResponse struct {
	Status int   `json:"status,omitempty"`
	Length int64 `json:"content_length,omitempty"`
}

type documentSQL struct {
	URL      string `json:"url,omitempty"`
	Database string `json:"database_type,omitempty"`
	User     string `json:"user,omitempty"`
	Query    string `json:"sanitized_query,omitempty"`
}

type documentCause struct {
	Exceptions []documentException `json:"exceptions"`
}

type documentException struct {
	ID        string      `json:"id,omitempty"`
	Type      string      `json:"type,omitempty"`
	Message   string      `json:"message,omitempty"`
	Remote    bool        `json:"remote,omitempty"`
	Cause     string      `json:"cause,omitempty"`
	Truncated int         `json:"truncated,omitempty"` // frames left out
	Stack     []app.Frame `json:"stack,omitempty"`
}

type documentLink struct {
	TraceID string `json:"trace_id"`
}

// segmentDocuments returns a trace's documents: one for each segment with its subsegments nested in it, and one for
// each subsegment that does not fit into its segment's document, or whose parent is not in the trace.
func segmentDocuments(t *app.Trace) ([]wireSegment, error) {
	f := forest{trace: t, children: map[string][]int{}}
	present := make(map[string]bool, len(t.Spans))
	for i := range t.Spans {
		present[t.Spans[i].ID] = true
	}
	var roots []int
	for i := range t.Spans {
		s := &t.Spans[i]
		if s.Kind == app.Subsegment && present[s.Parent] {
			f.children[s.Parent] = append(f.children[s.Parent], i)
		} else {
			roots = append(roots, i)
		}
	}
	for _, i := range roots {
		d, err := f.grow(i)
		if err != nil {
			return nil, err
		}
		f.alone(d, t.Spans[i].Kind, t.Spans[i].Parent)
	}
	return f.write()
}

// forest is a trace on its way from spans to documents.
type forest struct {
	trace    *app.Trace
	children map[string][]int // indexes of the subsegments by the id of their parent
	roots    []*segmentDocument
}

// grow builds the document of a span with its subsegments. The largest of those that do not fit stand by themselves.
func (f *forest) grow(i int) (*segmentDocument, error) {
	d := documentOf(&f.trace.Spans[i])
	own, err := encode(d)
	if err != nil {
		return nil, err
	}
	d.size = len(own) + len(`,"subsegments":[]`)
	for _, child := range f.children[d.ID] {
		sub, err := f.grow(child)
		if err != nil {
			return nil, err
		}
		d.Subsegments = append(d.Subsegments, sub)
		d.size += sub.size + len(",")
	}
	f.prune(d)
	return d, nil
}

// prune cuts the largest subsegments off until the document fits.
func (f *forest) prune(d *segmentDocument) {
	if d.size <= documentBytes {
		return
	}
	largest := slices.Clone(d.Subsegments)
	slices.SortStableFunc(largest, func(a, b *segmentDocument) int { return cmp.Compare(b.size, a.size) })
	off := map[*segmentDocument]bool{}
	for _, sub := range largest {
		if d.size <= documentBytes {
			break
		}
		d.size -= sub.size + len(",")
		off[sub] = true
		f.alone(sub, app.Subsegment, d.ID)
	}
	d.Subsegments = slices.DeleteFunc(d.Subsegments, func(sub *segmentDocument) bool { return off[sub] })
}

// alone makes the document one of its own.
func (f *forest) alone(d *segmentDocument, kind app.SpanKind, parent string) {
	d.TraceID, d.Parent = f.trace.ID, parent
	if kind == app.Subsegment {
		d.Type = string(app.Subsegment)
	}
	f.roots = append(f.roots, d)
}

func (f *forest) write() ([]wireSegment, error) {
	segments := make([]wireSegment, len(f.roots))
	for i, d := range f.roots {
		text, err := encode(d)
		if err != nil {
			return nil, err
		}
		segments[i] = wireSegment{d.ID, string(text)}
	}
	return segments, nil
}

func encode(d *segmentDocument) ([]byte, error) {
	var b bytes.Buffer
	if err := writeJSON(&b, d); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// documentOf returns the span's own part of a document.
func documentOf(s *app.Span) *segmentDocument {
	d := &segmentDocument{
		ID: s.ID, Name: s.Name, Start: seconds(s.Start), InProgress: s.End.IsZero(), End: endOf(s.End),
		Origin: s.Origin, Namespace: s.Namespace, Resource: s.Resource, User: s.User,
		Fault: s.Fault, Error: s.Error, Throttle: s.Throttle,
		AWS: s.AWS, Annotations: s.Annotations, Metadata: s.Metadata,
	}
	if h := s.HTTP; h != nil {
		d.HTTP = &documentHTTP{documentRequest{h.Method, h.URL, h.UserAgent, h.ClientIP},
			documentResponse{h.Status, h.Length}}
	}
	if q := s.SQL; q != nil {
		d.SQL = &documentSQL{q.URL, q.Database, q.User, q.Query}
	}
	for _, e := range s.Exceptions {
		if d.Cause == nil {
			d.Cause = &documentCause{}
		}
		d.Cause.Exceptions = append(d.Cause.Exceptions,
			documentException{e.ID, e.Type, e.Message, e.Remote, e.Cause, e.Skipped, e.Stack})
	}
	for _, id := range s.Links {
		d.Links = append(d.Links, documentLink{id})
	}
	return d
}

func endOf(t time.Time) *seconds {
	if t.IsZero() {
		return nil
	}
	end := seconds(t)
	return &end
}

package xray

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// ParseSegment reads one segment document and returns its spans: the segment, or a subsegment that was sent by itself,
// and after it the subsegments nested in it, each with its parent and the segment's name as its service. The service of
// a subsegment that was sent by itself is empty: another document has it. Times are rounded to the microsecond, X-Ray's
// own precision. An end that is missing says that the span is in progress.
//
// A field of another type than AWS describes, which X-Ray takes and gives back, costs that field: it is named in the
// error, and the spans are returned. A document that does not parse is an error without spans. A subsegment that
// lacks its id or start is left out and named in the error, and the spans around it are returned.
func ParseSegment(text string) ([]app.Span, error) {
	var d document
	var f flattening
	err := json.Unmarshal([]byte(text), &d)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) { // all other fields have been read
		f.lose(wrong.Field, wrong.Value)
	} else if err != nil {
		return nil, fmt.Errorf("does not parse: %w", err)
	}
	kind, service := app.Segment, d.Name
	if d.Type == string(app.Subsegment) {
		kind, service = app.Subsegment, ""
	}
	f.add(&d, kind, service, d.Parent)
	return f.spans, errors.Join(append(f.lost, f.problems...)...)
}

// flattening collects the spans of nested documents, and what is wrong with some.
type flattening struct {
	spans    []app.Span
	problems []error
	lost     []error // fields, each once
}

// lose notes a field that cannot be read, by its path in the document.
func (f *flattening) lose(field, value string) {
	for strings.HasPrefix(field, "subsegments.") {
		field = strings.TrimPrefix(field, "subsegments.")
	}
	err := errLost{cmp.Or(field, "document"), value}
	if !slices.Contains(f.lost, error(err)) {
		f.lost = append(f.lost, err)
	}
}

// errLost is a field that cannot be read.
type errLost struct{ field, value string }

func (e errLost) Error() string { return fmt.Sprintf("%s cannot be read: it is %s", e.field, e.value) }

func (f *flattening) add(d *document, kind app.SpanKind, service, parent string) {
	for _, n := range []struct {
		name string
		of   number
	}{
		{"start_time", d.Start}, {"end_time", d.End}, {"http.response.status", d.HTTP.Response.Status},
		{"http.response.content_length", d.HTTP.Response.Length},
	} {
		if n.of.lost {
			f.lose(n.name, "no number")
		}
	}
	for _, field := range d.Cause.lost {
		f.lose("cause."+field, "of another type")
	}
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
		return app.Span{}, fmt.Errorf("a %s has no id", kind)
	}
	start, err := instant(d.Start)
	if err != nil || start.IsZero() {
		return app.Span{}, fmt.Errorf("a %s has no start that can be read", kind)
	}
	end, err := instant(d.End)
	if err != nil {
		return app.Span{}, fmt.Errorf("the end of a %s: %w", kind, err)
	}
	switch {
	case d.InProgress:
		end = time.Time{}
	case d.End.lost:
		end = start // it is not in progress, and is not asked again as if it were
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

// instant reads a time, seconds since 1970 with a fraction; one that is not told is the zero time. A float64 tells
// microseconds apart until the year 2255.
func instant(seconds number) (time.Time, error) {
	if !seconds.told {
		return time.Time{}, nil
	}
	if seconds.value < 0 || seconds.value > latest {
		return time.Time{}, fmt.Errorf("%g is no time", seconds.value)
	}
	return time.UnixMicro(int64(math.Round(seconds.value * 1e6))).UTC(), nil
}

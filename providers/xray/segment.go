package xray

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
)

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

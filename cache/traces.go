package cache

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"io"
	"iter"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// KeepTraces keeps traces and returns how many are new or changed. A summary of a higher revision replaces one of a
// lower; at the same revision one that came without spans never replaces one that came with them. Spans stay until
// spans of a higher revision come, or as many or more of the same: what AWS left out of an answer is not lost. Spans
// that are empty and not nil note that AWS has answered of that revision, and leave those that are kept.
func (d *DB) KeepTraces(ctx context.Context, traces []app.Trace, covers ...app.Cover) (int, error) {
	return d.write(ctx, "keep traces", func(w *writeTx) (int, error) {
		changed := 0
		for _, t := range traces {
			n, err := w.trace(t)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, w.cover(covers)
	})
}

// keptTrace is what KeepTraces has to know of a trace that is there.
type keptTrace struct {
	id             int64
	revision       int
	spans          int
	spansRevision  int
	spansDigest    []byte
	summaryChanged int
}

// trace keeps one trace and returns 1 if anything of it is new or changed.
func (w *writeTx) trace(t app.Trace) (int, error) {
	kept, err := w.summary(t)
	if err != nil {
		return 0, err
	}
	spansChanged, err := w.spans(t, kept)
	return max(kept.summaryChanged, spansChanged), err
}

func (w *writeTx) summary(t app.Trace) (keptTrace, error) {
	scope, err := w.scopeID(t.Scope)
	if err != nil {
		return keptTrace{}, err
	}
	summary := []any{t.Start.UnixMicro(), int64(t.Duration), int64(t.Response), t.Entry, t.Method, t.URL, t.Status,
		t.Fault, t.Error, t.Throttle, t.Partial, t.Revision, t.Limited}
	var k keptTrace
	found, err := w.one("traces_find", []any{&k.id, &k.revision, &k.spans, &k.spansRevision, &k.spansDigest}, scope,
		string(t.ID))
	if err != nil {
		return k, err
	}
	if !found {
		k = keptTrace{spansRevision: -1, summaryChanged: 1}
		_, err := w.one("traces_add", []any{&k.id}, append([]any{scope, string(t.ID)}, summary...)...)
		return k, err
	}
	if t.Revision < k.revision || t.Revision == k.revision && len(t.Spans) < k.spans {
		return k, nil
	}
	k.summaryChanged, err = w.exec("traces_summary_keep", append([]any{k.id}, summary...)...)
	return k, err
}

func (w *writeTx) spans(t app.Trace, kept keptTrace) (int, error) {
	if t.Spans != nil && len(t.Spans) == 0 && t.Revision > kept.spansRevision { // no segment of it can be read
		digest := append([]byte{}, kept.spansDigest...)
		return w.exec("traces_spans_keep", kept.spans, t.Revision, digest, kept.id)
	}
	if len(t.Spans) == 0 || t.Revision < kept.spansRevision ||
		t.Revision == kept.spansRevision && len(t.Spans) < kept.spans {
		return 0, nil
	}
	digest, err := digestOfSpans(t.Spans)
	if err != nil {
		return 0, err
	}
	if bytes.Equal(digest, kept.spansDigest) && t.Revision == kept.spansRevision {
		return 0, nil
	}
	for _, drop := range []statement{"traces_spans_drop", "traces_names_drop", "traces_links_drop"} {
		if _, err := w.exec(drop, kept.id); err != nil {
			return 0, err
		}
	}
	for n, s := range t.Spans {
		if err := w.span(kept.id, n, s); err != nil {
			return 0, err
		}
	}
	for _, name := range namesIn(t.Spans) {
		if _, err := w.exec("traces_name_add", kept.id, name); err != nil {
			return 0, err
		}
	}
	for _, s := range t.Spans {
		for _, linked := range s.Links {
			if _, err := w.exec("traces_link_add", linked, kept.id); err != nil {
				return 0, err
			}
		}
	}
	return w.exec("traces_spans_keep", len(t.Spans), t.Revision, digest, kept.id)
}

// digestOfSpans returns the SHA-256 of spans as one JSON array, span by span: the text of a trace of 200,000 spans has
// 44 MB.
func digestOfSpans(spans []app.Span) ([]byte, error) {
	sum, before := sha256.New(), "["
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	for i := range spans {
		text.Reset()
		if err := e.Encode(&spans[i]); err != nil {
			return nil, err
		}
		io.WriteString(sum, before) // a hash never fails
		sum.Write(bytes.TrimSuffix(text.Bytes(), []byte{'\n'}))
		before = ","
	}
	io.WriteString(sum, "]")
	return sum.Sum(nil), nil
}

func (w *writeTx) span(trace int64, n int, s app.Span) error {
	detail, err := encodeJSON(s.SpanDetail)
	if err != nil {
		return err
	}
	if detail == "{}" {
		detail = ""
	}
	var finish any
	if !s.End.IsZero() {
		finish = s.End.UnixMicro()
	}
	_, err = w.exec("traces_span_add", trace, n, s.ID, s.Parent, string(s.Kind), s.Name, s.Service, s.Origin,
		s.Namespace,
		s.Resource, s.Start.UnixMicro(), finish, s.Fault, s.Error, s.Throttle, s.User, nullIfEmpty(detail))
	return err
}

// namesIn returns the services and the resources that spans name, each once.
func namesIn(spans []app.Span) []string {
	var names []string
	for _, s := range spans {
		names = append(names, s.Service, s.Name, s.Resource)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > 0 && names[0] == "" {
		names = names[1:]
	}
	return names
}

// Traces streams the traces of a query as app.CompareTraces orders them, or the other way round if the newest are asked
// for first; with their spans if it says so. A trace is of a resource if its entry, a service, a span's name or a
// resource that a span calls means it, as resource.Name.Concerns has it. The context is looked at between traces.
func (d *DB) Traces(ctx context.Context, q app.TraceQuery) iter.Seq2[app.Trace, error] {
	return stream(ctx, d, "read traces", func(r *readTx, emit func(app.Trace) error) error {
		left := q.Limit
		return r.traces(q, func(id int64, t app.Trace) (err error) {
			if q.Spans {
				if t.Spans, err = r.spansOf(id); err != nil {
					return err
				}
			}
			if err := emit(t); err != nil {
				return err
			}
			if left--; left == 0 {
				return errStopped
			}
			return nil
		})
	})
}

// traces calls f on the traces of a query, without spans and without heed of its limit.
func (r *readTx) traces(q app.TraceQuery, f func(id int64, t app.Trace) error) error {
	scopes, err := r.scopesOf(q.Scopes)
	if err != nil {
		return err
	}
	args, err := traceArgs(q, scopes)
	if err != nil {
		return err
	}
	wanted := wantedNames(q)
	return r.each(traceStatement(q), func(rows *sql.Rows) error {
		var id, scope, start int64
		var t app.Trace
		var text string
		if err := rows.Scan(&id, &scope, &t.ID, &start, &t.Duration, &t.Response, &t.Entry, &t.Method, &t.URL,
			&t.Status,
			&t.Fault, &t.Error, &t.Throttle, &t.Partial, &t.Revision, &t.Limited, &text); err != nil {
			return err
		}
		if narrows(q) && !wanted(t.Entry) && !anyName(text, wanted) {
			return nil
		}
		t.Scope, t.Start = scopes.byID[scope], micro(start)
		return f(id, t)
	}, args...)
}

func traceStatement(q app.TraceQuery) statement {
	switch {
	case q.LinkedTo != "":
		return "traces_linked"
	case q.ID != "":
		return "traces_of_id"
	case q.Newest:
		return "traces_newest"
	}
	return "traces_oldest"
}

// narrows reports whether a query asks for the traces of some resources only.
func narrows(q app.TraceQuery) bool { return len(q.Resources) > 0 && !slices.Contains(q.Resources, "") }

// wantedNames returns a function that says whether a name of a service or a resource in a trace means one that a query
// asks for. It remembers what it said: traces of an hour have a few dozen names, many times each.
func wantedNames(q app.TraceQuery) func(string) bool {
	asked, known := resource.Names(q.Resources...), map[string]bool{}
	return func(name string) bool {
		is, ok := known[name]
		if !ok {
			of := resource.Read(name)
			is = slices.ContainsFunc(asked, func(n resource.Name) bool { return n.Concerns(of) })
			known[name] = is
		}
		return is
	}
}

// anyName reports whether one of the names of a trace, with a unit separator (ASCII 31) between them, is wanted.
func anyName(names string, wanted func(string) bool) bool {
	for name := range strings.SplitSeq(names, "\x1f") {
		if wanted(name) {
			return true
		}
	}
	return false
}

func traceArgs(q app.TraceQuery, scopes scopeSet) ([]any, error) {
	from, to := bounds(q.Range, time.Microsecond)
	slower := int64(q.Slower)
	if slower == 0 {
		slower = math.MinInt64 // does not narrow
	}
	var resources any // a JSON array; nil: whichever
	if narrows(q) {
		var err error
		if resources, err = partsOf(resource.Names(q.Resources...)); err != nil {
			return nil, err
		}
	}
	return []any{sql.Named("id", string(q.ID)), sql.Named("linked", string(q.LinkedTo)),
		sql.Named("from", from), sql.Named("to", to), sql.Named("scopes", scopes.ids),
		sql.Named("slower", slower), sql.Named("faults", q.Faults), sql.Named("failed", q.Failed),
		sql.Named("resources", resources),
		sql.Named("newest", q.Newest)}, nil
}

func (r *readTx) spansOf(trace int64) ([]app.Span, error) {
	var spans []app.Span
	err := r.each("traces_spans", func(rows *sql.Rows) error {
		var s app.Span
		var start int64
		var finish sql.NullInt64
		var detail sql.NullString
		if err := rows.Scan(&s.ID, &s.Parent, &s.Kind, &s.Name, &s.Service, &s.Origin, &s.Namespace, &s.Resource,
			&start, &finish, &s.Fault, &s.Error, &s.Throttle, &s.User, &detail); err != nil {
			return err
		}
		s.Start = micro(start)
		if finish.Valid {
			s.End = micro(finish.Int64)
		}
		spans = append(spans, s)
		if !detail.Valid {
			return nil
		}
		return readDetail(detail.String, &spans[len(spans)-1].SpanDetail)
	}, trace)
	return spans, err
}

// Latencies returns the traces of a query as dots, in the order of Traces. Without a resource or an id it reads an
// index only.
func (d *DB) Latencies(ctx context.Context, q app.TraceQuery) ([]app.Latency, error) {
	var dots []app.Latency
	err := d.read(ctx, "read latencies", func(r *readTx) error {
		if q.ID != "" || q.LinkedTo != "" || narrows(q) {
			return r.traces(q, func(_ int64, t app.Trace) error {
				dots = append(dots, app.Latency{Scope: t.Scope, ID: t.ID, At: t.Start, Response: t.Response,
					Fault: t.Fault, Error: t.Error, Throttle: t.Throttle})
				if len(dots) == q.Limit {
					return errStopped
				}
				return nil
			})
		}
		scopes, err := r.scopesOf(q.Scopes)
		if err != nil {
			return err
		}
		args, err := traceArgs(q, scopes)
		if err != nil {
			return err
		}
		return r.each("traces_latencies", func(rows *sql.Rows) error {
			var l app.Latency
			var scope, at int64
			if err := rows.Scan(&scope, &l.ID, &at, &l.Response, &l.Fault, &l.Error, &l.Throttle); err != nil {
				return err
			}
			l.Scope, l.At = scopes.byID[scope], micro(at)
			dots = append(dots, l)
			return nil
		}, args...)
	})
	slices.SortFunc(dots, compareLatencies)
	if q.Newest {
		slices.Reverse(dots)
	}
	if q.Limit > 0 && len(dots) > q.Limit {
		dots = dots[:q.Limit]
	}
	return dots, err
}

// compareLatencies orders as app.CompareTraces does.
func compareLatencies(a, b app.Latency) int {
	return cmp.Or(a.At.Compare(b.At), app.CompareScopes(a.Scope, b.Scope), cmp.Compare(a.ID, b.ID))
}

// TraceRevisions returns the traces that started in a range and are whole, with the revision of their spans: a trace of
// that revision need not be asked for again. Traces in progress and those without spans are not among them.
func (d *DB) TraceRevisions(ctx context.Context, s app.Scope, within app.Range) (map[app.TraceID]int, error) {
	revisions := map[app.TraceID]int{}
	err := d.read(ctx, "read trace revisions", func(r *readTx) error {
		scope, found, err := r.scopeID(s)
		if err != nil || !found {
			return err
		}
		from, to := bounds(within, time.Microsecond)
		return r.each("traces_revisions", func(rows *sql.Rows) error {
			var id app.TraceID
			var revision int
			err := rows.Scan(&id, &revision)
			revisions[id] = revision
			return err
		}, scope, from, to)
	})
	return revisions, err
}

// PartialTraces returns the traces that started at since or later and are not whole, oldest first: those in progress,
// and those whose summary is newer than their spans or came without.
func (d *DB) PartialTraces(ctx context.Context, s app.Scope, since time.Time) ([]app.TraceID, error) {
	var ids []app.TraceID
	err := d.read(ctx, "read partial traces", func(r *readTx) error {
		scope, found, err := r.scopeID(s)
		if err != nil || !found {
			return err
		}
		return r.each("traces_partial", func(rows *sql.Rows) error {
			var id app.TraceID
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		}, scope, ceiling(since, time.Microsecond))
	})
	return ids, err
}

package terminal

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

func (q *question) oneTrace(ctx context.Context, reader traceReader, query app.TraceQuery) error {
	id, ok := app.ParseTraceID(q.args[0])
	if !ok {
		return fmt.Errorf("%w: %q is not a trace id", errUsage, q.args[0])
	}
	query.ID, query.Spans = id, true
	if q.times == (timeRange{}) {
		query.Range = app.Range{}
	}
	found := 0
	for r, err := range reader.Traces(ctx, query) {
		if err != nil {
			return err
		}
		found++
		if q.json {
			if err := printLines(q.commandLine, []app.Trace{r}); err != nil {
				return err
			}
			continue
		}
		q.printTrace(r)
	}
	if found > 0 {
		return nil
	}
	q.note("No trace %s is cached; nephograph pull brings the traces of a time range.", id)
	return nil
}

// printTrace shows a trace as a tree of its spans, each with when it began and how long it took.
func (q *question) printTrace(r app.Trace) {
	fmt.Fprintf(q.Out, "%s  %s  %s  %s  %s\n\n", r.ID, q.at(r.Start), phrase.Duration(r.Response),
		statusCell(r).text, phrase.VisibleLine(r.Method+" "+r.URL))
	t := newTable("AFTER>", "TOOK>", "RESULT", "SPAN")
	rows := spanRows(r.Spans)
	for _, row := range first(rows, q.rows()) {
		s := row.span
		took := "running"
		if !s.End.IsZero() {
			took = phrase.Duration(s.End.Sub(s.Start))
		}
		t.add(phrase.Duration(s.Start.Sub(r.Start)), took, spanResult(s),
			strings.Repeat("  ", min(row.depth, maxIndent))+spanName(s))
	}
	q.show(t)
	q.noteCut(len(t.rows), len(rows))
	if r.Limited {
		q.note("AWS kept only a part of this trace: it was larger than its limit.")
	}
}

// maxIndent keeps a deep trace readable.
const maxIndent = 24

type spanRow struct {
	span  app.Span
	depth int
}

// spanRows orders spans as a tree: each below its parent, siblings by start. A span whose parent is not there stands at
// the top, as does one of a ring of parents, which only a damaged trace has.
func spanRows(spans []app.Span) []spanRow {
	known := make(map[string]bool, len(spans))
	for _, s := range spans {
		known[s.ID] = true
	}
	children := map[string][]app.Span{}
	for _, s := range spans {
		parent := s.Parent
		if !known[parent] || parent == s.ID {
			parent = ""
		}
		children[parent] = append(children[parent], s)
	}
	rows := make([]spanRow, 0, len(spans))
	seen := make(map[string]bool, len(spans))
	var walk func(parent string, depth int)
	walk = func(parent string, depth int) {
		for _, s := range children[parent] {
			if seen[s.ID] {
				continue
			}
			seen[s.ID] = true
			rows = append(rows, spanRow{s, depth})
			walk(s.ID, depth+1)
		}
	}
	walk("", 0)
	for _, s := range spans {
		if !seen[s.ID] {
			seen[s.ID] = true
			rows = append(rows, spanRow{s, 0})
			walk(s.ID, 1)
		}
	}
	return rows
}

func spanName(s app.Span) string {
	name := s.Name
	if s.Kind == app.Segment && s.Origin != "" {
		name += " (" + s.Origin + ")"
	}
	if s.HTTP != nil && s.HTTP.Status != 0 {
		name += " " + strconv.Itoa(s.HTTP.Status)
	}
	if len(s.Exceptions) > 0 {
		name += ": " + s.Exceptions[0].Type + " " + s.Exceptions[0].Message
	}
	return name
}

func spanResult(s app.Span) cell {
	switch {
	case s.Fault:
		return cell{"fault", red}
	case s.Throttle:
		return cell{"throttled", yellow}
	case s.Error:
		return cell{"error", yellow}
	}
	return cell{"ok", green}
}

package cache

import (
	"cmp"
	"context"
	"database/sql"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// KeepLogEvents keeps events and returns how many are new.
func (d *DB) KeepLogEvents(ctx context.Context, events []app.LogEvent, covers ...app.Cover) (int, error) {
	return d.write(ctx, "keep log events", func(w *writing) (int, error) {
		added, counts := 0, map[minute]int{}
		for i := range events {
			n, at, err := w.event(&events[i])
			if err != nil {
				return 0, err
			}
			if n > 0 {
				added++
				counts[at]++
			}
		}
		for at, n := range counts {
			if _, err := w.exec("logs_minute_add", at.at, at.group, int64(at.level), n); err != nil {
				return 0, err
			}
		}
		return added, w.cover(covers)
	})
}

func (w *writing) event(e *app.LogEvent) (n int, counted minute, err error) {
	group, err := w.group(e.Scope, e.Group)
	if err != nil {
		return 0, minute{}, err
	}
	stream, err := w.stream(group, e.Stream)
	if err != nil {
		return 0, minute{}, err
	}
	at := e.At.UnixMilli()
	n, err = w.exec("logs_event_keep", group, stream, e.ID, at, e.Ingested.UnixMilli(), int64(e.Level),
		optional(string(e.TraceID)), optional(e.RequestID), e.Message)
	return n, minute{roundDown(at, minuteMilli), group, e.Level}, err
}

// LogEvents streams the events of a query as app.CompareLogEvents orders them, or the other way round if the newest
// are asked for first. Words are found as parts of the message in any case of ASCII letters; a group is of a resource
// if its name holds it, likewise. The context is looked at between events.
func (d *DB) LogEvents(ctx context.Context, q app.LogQuery) iter.Seq2[app.LogEvent, error] {
	return stream(ctx, d, "read log events", func(r *reading, emit func(app.LogEvent) error) error {
		groups, err := r.groupsOf(q)
		if err != nil {
			return err
		}
		args, err := logArgs(q, groups.ids)
		if err != nil {
			return err
		}
		out := &sorter{newest: q.Newest && q.Trace == "" && q.Request == "", left: q.Limit, emit: emit}
		if q.Newest && !out.newest { // few, and read oldest first
			return r.eventsBackwards(q, groups, args, out)
		}
		if err := r.events(logStatement(q), groups, args, out.add); err != nil {
			return err
		}
		return out.flush()
	})
}

// eventsBackwards reads all events of a statement that has only one direction and hands them out newest first.
func (r *reading) eventsBackwards(q app.LogQuery, groups groups, args []any, out *sorter) error {
	var events []app.LogEvent
	err := r.events(logStatement(q), groups, args, func(e app.LogEvent) error {
		events = append(events, e)
		return nil
	})
	if err != nil {
		return err
	}
	out.newest = true
	slices.SortFunc(events, func(a, b app.LogEvent) int { return app.CompareLogEvents(b, a) })
	for _, e := range events {
		if err := out.add(e); err != nil {
			return err
		}
	}
	return out.flush()
}

func (r *reading) events(s statement, groups groups, args []any, f func(app.LogEvent) error) error {
	return r.each(s, func(rows *sql.Rows) error {
		var e app.LogEvent
		var group, at, ingested int64
		var trace, request sql.NullString
		if err := rows.Scan(&group, &e.Stream, &e.ID, &at, &ingested, &e.Level, &trace, &request, &e.Message); err != nil {
			return err
		}
		name := groups.byID[group]
		e.Scope, e.Group, e.At, e.Ingested = name.scope, name.name, milli(at), milli(ingested)
		e.TraceID, e.RequestID = app.TraceID(trace.String), request.String
		return f(e)
	}, args...)
}

func logStatement(q app.LogQuery) statement {
	switch {
	case q.Trace != "":
		return "logs_of_trace"
	case q.Request != "":
		return "logs_of_request"
	case q.Newest:
		return "logs_newest"
	}
	return "logs_oldest"
}

func logArgs(q app.LogQuery, groups any) ([]any, error) {
	from, to := bounds(q.Range, time.Millisecond)
	word, words, err := foldWords(q.Words)
	return []any{sql.Named("from", from), sql.Named("to", to), sql.Named("level", int64(q.Level)), sql.Named("groups", groups),
		sql.Named("word", word), sql.Named("words", words), sql.Named("trace", string(q.Trace)), sql.Named("request", q.Request)}, err
}

// foldWords returns the longest word, which is the rarest as a rule, and the others as a JSON array.
func foldWords(words []string) (word string, others any, err error) {
	var folded []string
	for _, w := range words {
		if w != "" {
			folded = append(folded, fold(w))
		}
	}
	if len(folded) == 0 {
		return "", nil, nil
	}
	slices.SortStableFunc(folded, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	others, err = list(folded[1:])
	return folded[0], others, err
}

// sorter hands out events that come by time, and puts those of one millisecond in their order.
type sorter struct {
	newest bool
	left   int // how many are still wanted; 0: all
	held   []app.LogEvent
	emit   func(app.LogEvent) error
}

func (s *sorter) add(e app.LogEvent) error {
	if len(s.held) > 0 && !s.held[0].At.Equal(e.At) {
		if err := s.flush(); err != nil {
			return err
		}
	}
	s.held = append(s.held, e)
	return nil
}

// flush hands out what is held. It returns errStopped when no more are wanted.
func (s *sorter) flush() error {
	slices.SortFunc(s.held, func(a, b app.LogEvent) int {
		if s.newest {
			a, b = b, a
		}
		return app.CompareLogEvents(a, b)
	})
	for _, e := range s.held {
		if err := s.emit(e); err != nil {
			return err
		}
		if s.left--; s.left == 0 {
			return errStopped
		}
	}
	s.held = s.held[:0]
	return nil
}

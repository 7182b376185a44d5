package cache

import (
	"cmp"
	"context"
	"database/sql"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// KeepLogGroups lists log groups of a scope and returns how many are new or changed. Groups that AWS no longer lists
// stay, with the events that are left of them.
func (d *DB) KeepLogGroups(ctx context.Context, s app.Scope, groups []app.LogGroup) (int, error) {
	return d.write(ctx, "keep log groups", func(w *writing) (int, error) {
		scope, err := w.scope(s)
		if err != nil {
			return 0, err
		}
		changed := 0
		for _, g := range groups {
			n, err := w.exec("logs_group_keep", scope, g.Name, g.ARN, g.Retention, g.Stored, g.Created.UnixMilli(), g.Class)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, nil
	})
}

// LogGroups returns the log groups that were listed in some scopes, in all for none, by scope and name.
func (d *DB) LogGroups(ctx context.Context, scopes []app.Scope) ([]app.LogGroup, error) {
	var groups []app.LogGroup
	err := d.read(ctx, "read log groups", func(r *reading) error {
		return r.eachGroup(scopes, func(_ int64, g app.LogGroup, listed bool) {
			if listed {
				groups = append(groups, g)
			}
		})
	})
	return groups, err
}

func (r *reading) eachGroup(scopes []app.Scope, f func(id int64, g app.LogGroup, listed bool)) error {
	places, err := r.places(scopes)
	if err != nil {
		return err
	}
	return r.each("logs_groups", func(rows *sql.Rows) error {
		var id, scope, created int64
		var g app.LogGroup
		var listed bool
		if err := rows.Scan(&id, &scope, &g.Name, &g.ARN, &g.Retention, &g.Stored, &created, &g.Class, &listed); err != nil {
			return err
		}
		g.Scope, g.Created = places.byID[scope], milli(created)
		f(id, g, listed)
		return nil
	}, sql.Named("scopes", places.ids))
}

// groupName and streamName are what the ids of a log group and of a log stream stand for.
type (
	groupName struct {
		scope app.Scope
		name  string
	}
	streamName struct {
		group int64
		name  string
	}
)

func (w *writing) group(s app.Scope, name string) (int64, error) {
	key := groupName{s.Place(), name}
	if id, ok := w.groups[key]; ok {
		return id, nil
	}
	scope, err := w.scope(s)
	if err != nil {
		return 0, err
	}
	id, err := w.id("logs_group_find", "logs_group_add", scope, name)
	w.groups[key] = id
	return id, err
}

func (w *writing) stream(group int64, name string) (int64, error) {
	key := streamName{group, name}
	if id, ok := w.streams[key]; ok {
		return id, nil
	}
	id, err := w.id("logs_stream_find", "logs_stream_add", group, name)
	w.streams[key] = id
	return id, err
}

// minute is a place in the count of events by minute.
type minute struct {
	at    int64
	group int64
	level app.Level
}

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

// minuteMilli is the grain of log_minute, in milliseconds.
const minuteMilli = int64(time.Minute / time.Millisecond)

// roundDown returns the multiple of step at or before n.
func roundDown(n, step int64) int64 {
	over := n % step
	if over < 0 {
		over += step
	}
	return n - over
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

// groups are the log groups of a query.
type groups struct {
	byID map[int64]groupName
	ids  any // those asked for, as a JSON array; nil if all are
}

func (r *reading) groupsOf(q app.LogQuery) (groups, error) {
	g := groups{byID: map[int64]groupName{}}
	ids := []int64{}
	err := r.eachGroup(q.Scopes, func(id int64, group app.LogGroup, _ bool) {
		if len(q.Groups) > 0 && !slices.Contains(q.Groups, group.Name) {
			return
		}
		if !strings.Contains(fold(group.Name), fold(q.Resource)) {
			return
		}
		g.byID[id] = groupName{group.Scope, group.Name}
		ids = append(ids, id)
	})
	if err == nil && (len(q.Scopes) > 0 || len(q.Groups) > 0 || q.Resource != "") {
		g.ids, err = document(ids)
	}
	return g, err
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

// LogVolume counts the events of a query by level in buckets of time, which lie on multiples of bucket since the Unix
// epoch; buckets without events are left out. By time, then level. Limit does not narrow. Whole minutes are counted
// already, unless the query looks into events.
func (d *DB) LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error) {
	bucket = max(bucket, time.Millisecond)
	if len(q.Words) > 0 || q.Trace != "" || q.Request != "" {
		return d.countEvents(ctx, q, bucket)
	}
	var counts []app.LogCount
	err := d.read(ctx, "count log events", func(r *reading) error {
		groups, err := r.groupsOf(q)
		if err != nil {
			return err
		}
		s, args := volumeStatement(q, bucket)
		return r.each(s, func(rows *sql.Rows) error {
			var c app.LogCount
			var at int64
			if err := rows.Scan(&at, &c.Level, &c.Count); err != nil {
				return err
			}
			c.At = milli(at)
			counts = append(counts, c)
			return nil
		}, append(args, sql.Named("level", int64(q.Level)), sql.Named("groups", groups.ids))...)
	})
	return counts, err
}

func volumeStatement(q app.LogQuery, bucket time.Duration) (statement, []any) {
	from, to := bounds(q.Range, time.Millisecond)
	args := []any{sql.Named("from", from), sql.Named("to", to), sql.Named("bucket", bucket.Milliseconds())}
	if bucket%time.Minute != 0 {
		return "logs_volume_fine", args
	}
	first, last := from, to
	if !q.Range.Equal(app.Range{}) {
		first, last = roundDown(from+minuteMilli-1, minuteMilli), roundDown(to, minuteMilli)
	}
	if first > last { // the range lies within one minute
		first, last = to, to
	}
	return "logs_volume", append(args, sql.Named("first", first), sql.Named("last", last))
}

// countEvents counts one event after the other.
func (d *DB) countEvents(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error) {
	q.Limit, q.Newest = 0, false
	counts := map[minute]int{}
	for e, err := range d.LogEvents(ctx, q) {
		if err != nil {
			return nil, err
		}
		counts[minute{at: roundDown(e.At.UnixMilli(), bucket.Milliseconds()), level: e.Level}]++
	}
	var sorted []app.LogCount
	for at, n := range counts {
		sorted = append(sorted, app.LogCount{At: milli(at.at), Level: at.level, Count: n})
	}
	slices.SortFunc(sorted, func(a, b app.LogCount) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Level, b.Level))
	})
	return sorted, nil
}

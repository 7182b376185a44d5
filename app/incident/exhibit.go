package incident

import (
	"context"
	"iter"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// Reader is what is asked of the cache; *cache.DB satisfies it. Every method may take its time and is called away from
// the UI goroutine.
type Reader interface {
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	Scopes(context.Context) ([]app.Scope, error)
	SearchLogs(context.Context, app.LogQuery) (app.LogResult, error)
	LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error]
	LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error)
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
}

// Exhibit is evidence with what the cache shows of it. Which fields are set follows from its kind; none is where the
// cache has nothing of it, which Found says.
type Exhibit struct {
	app.Evidence
	Found   bool  // the cache has it; always for notes
	Problem error // of reading it; Found is then false

	Of      *app.Alarm      // an alarm, or for a metric the one that evaluates it
	States  []app.StateSpan // of the alarm over the range
	Turns   []app.AlarmHistoryItem
	Series  app.Series // of a metric, or of what an alarm evaluates, where it is one
	Log     *app.LogEvent
	Request *app.Trace // a trace, with its spans
	Change  *app.TrailEvent
	Events  []app.LogEvent // the first that a query finds, oldest first, at most MostEvents
	Counted int            // how many events a query finds
	Volume  []app.LogCount // of a query, in buckets of Bucket
	Bucket  time.Duration
	Missing related.Missing // of what a query asked
}

// MostEvents is how many of a query's events are read: what a person reads of a report.
const MostEvents = 20

// Item is the exhibit as an item that the drawer shows; nil for a note, and where the cache does not have it.
func (x Exhibit) Item() app.Item {
	switch {
	case !x.Found:
		return nil
	case x.Kind == app.AlarmEvidence:
		return *x.Of
	case x.Log != nil:
		return *x.Log
	case x.Request != nil:
		return *x.Request
	case x.Change != nil:
		return *x.Change
	}
	return x.Evidence.Item()
}

// Facts are an incident with all that is read of it.
type Facts struct {
	app.Incident
	Times    app.IncidentTimes
	Exhibits []Exhibit // one for each piece of evidence, in its order
}

// Read reads all evidence of an incident. now decides which datapoints AWS still keeps. An exhibit that cannot be read
// carries its error; the error returned is that of the context.
func Read(ctx context.Context, r Reader, i app.Incident, now time.Time) (Facts, error) {
	f := Facts{Incident: i}
	var alarms []app.Alarm
	var turns []app.AlarmHistoryItem
	for _, e := range i.Evidence {
		x := read(ctx, reading{r, i, now}, e)
		f.Exhibits = append(f.Exhibits, x)
		if e.Kind == app.AlarmEvidence && x.Found {
			alarms, turns = append(alarms, *x.Of), append(turns, x.Turns...)
		}
		if err := ctx.Err(); err != nil {
			return f, err
		}
	}
	f.Times = i.Times(alarms, turns)
	return f, nil
}

// reading is what reading an exhibit needs.
type reading struct {
	Reader
	incident app.Incident
	now      time.Time
}

func read(ctx context.Context, r reading, e app.Evidence) Exhibit {
	x := Exhibit{Evidence: e}
	err := x.fill(ctx, r)
	if x.Problem = err; err != nil {
		x.Found = false
	}
	return x
}

func (x *Exhibit) fill(ctx context.Context, r reading) (err error) {
	switch x.Kind {
	case app.NoteEvidence:
		x.Found = true
	case app.AlarmEvidence:
		return x.alarm(ctx, r)
	case app.MetricEvidence:
		return x.metric(ctx, r)
	case app.LogEventEvidence:
		q := app.LogQuery{Scopes: []app.Scope{x.Scope}, Groups: []string{x.Group}, Range: x.Range}
		x.Log, err = first(r.LogEvents(ctx, q), func(e app.LogEvent) bool { return e.ID == x.Event })
		x.Found = x.Log != nil
	case app.TrailEvidence:
		q := app.TrailQuery{Scopes: []app.Scope{x.Scope}, Range: x.Range}
		x.Change, err = first(r.TrailEvents(ctx, q), func(e app.TrailEvent) bool { return e.ID == x.Event })
		x.Found = x.Change != nil
	case app.TraceEvidence:
		q := app.TraceQuery{Scopes: []app.Scope{x.Scope}, ID: x.Trace, Spans: true}
		x.Request, err = first(r.Traces(ctx, q), func(app.Trace) bool { return true })
		x.Found = x.Request != nil
	case app.QueryEvidence, app.PatternEvidence:
		return x.query(ctx, r)
	}
	return err
}

// first returns the first item that is wanted, nil if there is none.
func first[T any](items iter.Seq2[T, error], wanted func(T) bool) (*T, error) {
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		if wanted(item) {
			return &item, nil
		}
	}
	return nil, nil
}

func (x *Exhibit) alarm(ctx context.Context, r reading) error {
	q := app.AlarmQuery{Scopes: []app.Scope{x.Scope}, Name: x.Alarm, Gone: true}
	found, err := r.Alarms(ctx, q)
	if err != nil || len(found) == 0 {
		return err
	}
	a := found[0]
	x.Of, x.Found = &a, true
	q.Range = x.Range
	x.Turns, err = r.AlarmHistory(ctx, q)
	if err != nil {
		return err
	}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: q.Scopes, Signal: app.Alarms, Range: x.Range})
	if err != nil {
		return err
	}
	var known []app.Range
	for _, c := range covers {
		if c.Answered() {
			known = append(known, c.Range)
		}
	}
	x.States = app.StateSpans(x.Range, a, x.Turns, known)
	if reading, ok := a.Reading(); ok {
		x.Series, err = r.series(ctx, x.Scope, reading, x.Range)
	}
	return err
}

func (x *Exhibit) metric(ctx context.Context, r reading) (err error) {
	x.Series, err = r.series(ctx, x.Scope, x.Reading, x.Range)
	if err != nil {
		return err
	}
	x.Found = len(x.Series.Points) > 0
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{x.Scope}})
	for _, a := range alarms {
		if own, ok := a.Reading(); ok && own.Key() == x.Reading.Key() {
			x.Of = &a
			break
		}
	}
	return err
}

// series reads a series in a range, over the periods that AWS still keeps.
func (r reading) series(ctx context.Context, at app.Scope, of app.Reading, within app.Range) (app.Series, error) {
	found, err := related.ReadSeries(ctx, r, related.SeriesQuestion{Scopes: []app.Scope{at},
		Readings: []app.Reading{of}, Range: within, Now: r.now})
	for _, f := range found {
		return f.Series, err
	}
	return app.Series{Scope: at, Reading: of}, err
}

// buckets is about how many bars a volume has.
const buckets = 120

func (x *Exhibit) query(ctx context.Context, r reading) (err error) {
	q := x.Asked()
	x.Bucket = max((x.Range.Length() / buckets).Truncate(time.Second), time.Second)
	if x.Volume, err = r.LogVolume(ctx, q, x.Bucket); err != nil {
		return err
	}
	q.Limit = MostEvents
	found, err := r.SearchLogs(ctx, q)
	if err != nil {
		return err
	}
	x.Events, x.Counted = found.Events, found.Total
	if x.Missing, err = related.ReadMissing(ctx, r, app.Logs, q.Scopes, q.Groups, x.Range); err != nil {
		return err
	}
	x.Found = true // also where it finds nothing, which may be what it shows
	return nil
}

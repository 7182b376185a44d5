package timeline

import (
	"context"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

// Reader is what the timeline asks the cache.
type Reader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	Metrics(context.Context, app.Scope) ([]app.Metric, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	LogVolume(context.Context, app.LogQuery, time.Duration) ([]app.LogCount, error)
	Latencies(context.Context, app.TraceQuery) ([]app.Latency, error)
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error)
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
}

// question is what one load of the screen asks.
type question struct {
	axis     chart.Axis
	now      time.Time
	live     bool           // the window moves with what comes
	zone     *time.Location // in which times are told; nil: UTC
	scopes   []app.Scope    // of the focus; none: all
	resource string
	presets  app.Presets
	board    app.Board  // that is asked for; without lanes: what the evidence proposes
	proposal proposal   // what was proposed before
	earlier  []proposal // and before that
	revision int        // how often the cache had got other alarms or changes
	before   *snapshot  // what is shown, of which the parts stay that cannot be read; nil: nothing is
}

// snapshot is the answer: all that the lanes are made of.
type snapshot struct {
	question
	places    []app.Scope           // that the answer covers; none: the cache is empty
	alarms    []insight.AlarmWindow // every alarm with what it did, by scope and name
	every     bool                  // each of the alarms matters, however quiet it was
	series    []app.Series
	drawn     map[string]time.Duration // period by which a series is told that is longer than its own, by seriesKey
	plots     []lane.Plot              // which series share a lane, in the order of the lanes
	bucket    time.Duration
	volume    []app.LogCount
	groups    []app.LogGroup
	latencies []app.Latency
	graphs    []app.ServiceGraph // who calls whom, by place
	narrowed  map[string]part    // of logs and traces, by the key of the lane that shows no more
	changes   []app.TrailEvent   // oldest first
	covers    map[app.Signal][]app.Cover
	colors    map[string]int           // of series, by seriesKey; nil: from the first on
	known     map[app.Signal]app.Range // the windows of which each signal was read, coverage under ""; nil: all of this one
	old       []app.Signal             // what could not be read, and is as it was before
	turned    bool                     // the standing has another suspect than before
}

// part is what a lane of logs or of traces shows that is narrower than the question.
type part struct {
	volume    []app.LogCount
	latencies []app.Latency
}

// empty reports whether the window holds nothing that happened. Alarms keep their state without anything happening.
func (e snapshot) empty() bool {
	points := slices.ContainsFunc(e.series, func(s app.Series) bool {
		return slices.ContainsFunc(s.Points, func(p app.Point) bool { return e.axis.Range.Contains(p.At) })
	})
	turns := slices.ContainsFunc(e.alarms, func(w insight.AlarmWindow) bool { return w.Changed(e.axis.Range) })
	return !points && !turns && len(e.volume) == 0 && len(e.latencies) == 0 && len(e.changes) == 0
}

func (e *snapshot) readCovers(ctx context.Context, r Reader) (err error) {
	e.covers = map[app.Signal][]app.Cover{}
	for _, s := range app.Signals {
		asked := e.axis.Range
		if s == app.Alarms {
			asked = e.sinceThen()
		}
		if e.covers[s], err = r.Coverage(ctx, app.CoverQuery{Scopes: e.scopes, Signal: s, Range: asked}); err != nil {
			return err
		}
	}
	return nil
}

// sinceThen is the window and all that came after it: the next turn of an alarm tells the state it had before.
func (e *snapshot) sinceThen() app.Range {
	r := e.axis.Range
	if e.now.After(r.To) {
		r.To = e.now
	}
	return r
}

func (e *snapshot) readAlarms(ctx context.Context, r Reader) error {
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: e.scopes, Gone: true})
	if err != nil {
		return err
	}
	alarms = slices.DeleteFunc(alarms, func(a app.Alarm) bool { return a.GoneBy(e.axis.Range.From) })
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: e.scopes, Range: e.sinceThen()})
	if err != nil {
		return err
	}
	e.alarms = insight.AlarmWindows(e.axis.Range, e.now, narrow(alarms, e.resource), history, e.covers[app.Alarms])
	return nil
}

// readSeries reads what alarms watch, what the most important change concerns, and a default handful without either; or what
// a board asks for.
func (e *snapshot) readSeries(ctx context.Context, r Reader) error {
	if err := e.propose(ctx, r); err != nil {
		return err
	}
	if !e.board.Automatic() {
		e.plots = boardPlots(e.board, e.alarms)
	} else if err := e.proposePlots(ctx, r); err != nil {
		return err
	}
	return e.readPlots(ctx, r)
}

// metrics lists what can be read in all places.
func (e *snapshot) metrics(ctx context.Context, r Reader) ([]lane.PlacedMetric, error) {
	var all []lane.PlacedMetric
	for _, p := range e.places {
		of, err := r.Metrics(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, m := range of {
			all = append(all, lane.PlacedMetric{Scope: p, Metric: m})
		}
	}
	return all, nil
}

// suspect returns the index of the change that most likely matters, -1 for none.
func (e *snapshot) suspect() int {
	began, trouble := insight.TroubleBegan(e.axis.Range, e.alarms)
	return insight.Suspect(e.changes, began, trouble, insight.Watched(e.alarms))
}

// touched returns a lane for each metric of what the most important change concerns, and when it was made.
func (e *snapshot) touched(metrics []lane.PlacedMetric) ([]lane.Plot, time.Time) {
	c := e.proposal.suspect
	if c == nil {
		return nil, time.Time{}
	}
	return touchedPlots(*c, metrics, e.presets), c.At
}

func (e *snapshot) readLogs(ctx context.Context, r Reader) (err error) {
	e.bucket = lane.BucketFor(e.axis)
	if e.groups, err = r.LogGroups(ctx, e.scopes); err != nil {
		return err
	}
	whole := e.axis.Range.Align(e.bucket) // bars at the edges are whole ones too, of which the edge shows a part
	if e.volume, err = r.LogVolume(ctx, app.LogQuery{Scopes: e.scopes, Range: whole, Resource: e.resource}, e.bucket); err != nil {
		return err
	}
	return e.readNarrowed(func(l app.Lane) (p part, asked bool, err error) {
		if asked = l.Kind == app.LogLane && len(l.Groups) > 0; asked {
			p.volume, err = r.LogVolume(ctx, app.LogQuery{Scopes: e.scopes, Range: whole, Groups: l.Groups}, e.bucket)
		}
		return p, asked, err
	})
}

func (e *snapshot) readTraces(ctx context.Context, r Reader) (err error) {
	for _, p := range e.places {
		g, err := r.ServiceGraph(ctx, p, e.axis.Range)
		if err != nil {
			return err
		}
		e.graphs = append(e.graphs, g)
	}
	if e.latencies, err = r.Latencies(ctx, app.TraceQuery{Scopes: e.scopes, Range: e.axis.Range, Resources: []string{e.resource}}); err != nil {
		return err
	}
	return e.readNarrowed(func(l app.Lane) (p part, asked bool, err error) {
		if asked = l.Kind == app.TraceLane && len(l.Services) > 0; asked {
			p.latencies, err = r.Latencies(ctx, app.TraceQuery{Scopes: e.scopes, Range: e.axis.Range, Resources: l.Services})
		}
		return p, asked, err
	})
}

// readNarrowed reads the lanes of a board that show some log groups or services only.
func (e *snapshot) readNarrowed(read func(app.Lane) (p part, asked bool, err error)) error {
	for _, l := range e.board.Lanes {
		p, asked, err := read(l)
		if err != nil {
			return err
		}
		if asked {
			e.narrowed[l.Key()] = p
		}
	}
	return nil
}

func (e *snapshot) readTrail(ctx context.Context, r Reader) error {
	q := app.TrailQuery{Scopes: e.scopes, Range: e.axis.Range, Resource: e.resource, Changes: true}
	e.changes = nil
	for event, err := range r.TrailEvents(ctx, q) {
		if err != nil {
			return err
		}
		e.changes = append(e.changes, event)
	}
	slices.SortFunc(e.changes, app.CompareTrail)
	return nil
}

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
	zone     *time.Location // in which times are written; nil: UTC
	scopes   []app.Scope    // of the focus; none: all
	resource string
	presets  app.Presets
	board    app.Board  // that is asked for; without lanes: the one that is proposed
	proposal proposal   // what was proposed before
	earlier  []proposal // and before that
	revision int        // how often the cache had got other alarms or changes
	before   *snapshot  // what is shown, whose parts stay where they cannot be read; nil: nothing
}

// snapshot is the answer: what the cache has of a window, of which the lanes are made.
type snapshot struct {
	question
	places    []app.Scope           // that the answer covers; none: the cache is empty
	alarms    []insight.AlarmWindow // every alarm with what it did, by scope and name
	every     bool                  // each of the alarms is shown, also one that was OK all the time
	series    []app.Series
	drawn     map[string]time.Duration // by lane.SeriesKey, the period by which it is drawn if longer than its own
	cadence   map[string]time.Duration // likewise, how often there are datapoints if more rarely than its period
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
	known     map[app.Signal]app.Range // the window of which each signal was read; nil: all of this one
	old       []app.Signal             // what could not be read, and is as it was before
	turned    bool                     // the proposal has another suspect than before
}

// part is what a lane of logs or of traces shows that is narrower than the question.
type part struct {
	volume    []app.LogCount
	latencies []app.Latency
}

// empty reports whether the window holds nothing that happened. Alarms keep their state without anything happening.
func (snap snapshot) empty() bool {
	points := slices.ContainsFunc(snap.series, func(s app.Series) bool {
		return slices.ContainsFunc(s.Points, func(p app.Point) bool { return snap.axis.Range.Contains(p.At) })
	})
	turns := slices.ContainsFunc(snap.alarms, func(w insight.AlarmWindow) bool { return w.Changed(snap.axis.Range) })
	return !points && !turns && len(snap.volume) == 0 && len(snap.latencies) == 0 && len(snap.changes) == 0
}

func (snap *snapshot) readCovers(ctx context.Context, r Reader) (err error) {
	snap.covers = map[app.Signal][]app.Cover{}
	for _, s := range app.Signals {
		asked := snap.axis.Range
		if s == app.Alarms {
			asked = snap.sinceThen()
		}
		if snap.covers[s], err = r.Coverage(
			ctx, app.CoverQuery{Scopes: snap.scopes, Signal: s, Range: asked},
		); err != nil {
			return err
		}
	}
	return nil
}

// sinceThen is the window and all that came after it: the next state change of an alarm says which state it had before.
func (snap *snapshot) sinceThen() app.Range {
	r := snap.axis.Range
	if snap.now.After(r.To) {
		r.To = snap.now
	}
	return r
}

func (snap *snapshot) readAlarms(ctx context.Context, r Reader) error {
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: snap.scopes, Gone: true})
	if err != nil {
		return err
	}
	alarms = slices.DeleteFunc(alarms, func(a app.Alarm) bool { return a.GoneBy(snap.axis.Range.From) })
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: snap.scopes, Range: snap.sinceThen()})
	if err != nil {
		return err
	}
	snap.alarms = insight.AlarmWindows(
		snap.axis.Range, snap.now, narrow(alarms, snap.resource), history, snap.covers[app.Alarms],
	)
	return nil
}

// readSeries reads the metrics that alarms watch and the one that the most important change concerns, some usual ones
// where there are too few; or what a board asks for.
func (snap *snapshot) readSeries(ctx context.Context, r Reader) error {
	if err := snap.propose(ctx, r); err != nil {
		return err
	}
	if !snap.board.Automatic() {
		snap.plots = boardPlots(snap.board, snap.alarms)
	} else if err := snap.proposePlots(ctx, r); err != nil {
		return err
	}
	return snap.readPlots(ctx, r)
}

// metrics lists what can be read in all places.
func (snap *snapshot) metrics(ctx context.Context, r Reader) ([]lane.PlacedMetric, error) {
	var all []lane.PlacedMetric
	for _, p := range snap.places {
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
func (snap *snapshot) suspect() int {
	began, trouble := insight.TroubleBegan(snap.axis.Range, snap.alarms)
	return insight.SuspectChange(snap.changes, began, trouble, insight.Watched(snap.alarms))
}

// touched returns a lane for each metric of what the most important change concerns, and when it was made.
func (snap *snapshot) touched(metrics []lane.PlacedMetric) ([]lane.Plot, time.Time) {
	c := snap.proposal.suspect
	if c == nil {
		return nil, time.Time{}
	}
	return touchedPlots(*c, metrics, snap.presets), c.At
}

func (snap *snapshot) readLogs(ctx context.Context, r Reader) (err error) {
	snap.bucket = lane.BucketFor(snap.axis)
	if snap.groups, err = r.LogGroups(ctx, snap.scopes); err != nil {
		return err
	}
	whole := snap.axis.Range.Align(snap.bucket) // bars at the edges are counted whole, and shown in part
	if snap.volume, err = r.LogVolume(
		ctx, app.LogQuery{Scopes: snap.scopes, Range: whole, Resource: snap.resource}, snap.bucket,
	); err != nil {
		return err
	}
	return snap.readNarrowed(func(l app.Lane) (p part, asked bool, err error) {
		if asked = l.Kind == app.LogLane && len(l.Groups) > 0; asked {
			p.volume, err = r.LogVolume(
				ctx, app.LogQuery{Scopes: snap.scopes, Range: whole, Groups: l.Groups}, snap.bucket,
			)
		}
		return p, asked, err
	})
}

func (snap *snapshot) readTraces(ctx context.Context, r Reader) (err error) {
	for _, p := range snap.places {
		g, err := r.ServiceGraph(ctx, p, snap.axis.Range)
		if err != nil {
			return err
		}
		snap.graphs = append(snap.graphs, g)
	}
	if snap.latencies, err = r.Latencies(
		ctx, app.TraceQuery{Scopes: snap.scopes, Range: snap.axis.Range, Resources: []string{snap.resource}},
	); err != nil {
		return err
	}
	return snap.readNarrowed(func(l app.Lane) (p part, asked bool, err error) {
		if asked = l.Kind == app.TraceLane && len(l.Services) > 0; asked {
			p.latencies, err = r.Latencies(
				ctx, app.TraceQuery{Scopes: snap.scopes, Range: snap.axis.Range, Resources: l.Services},
			)
		}
		return p, asked, err
	})
}

// readNarrowed reads the lanes of a board that show some log groups or services only.
func (snap *snapshot) readNarrowed(read func(app.Lane) (p part, asked bool, err error)) error {
	for _, l := range snap.board.Lanes {
		p, asked, err := read(l)
		if err != nil {
			return err
		}
		if asked {
			snap.narrowed[l.Key()] = p
		}
	}
	return nil
}

func (snap *snapshot) readTrail(ctx context.Context, r Reader) error {
	q := app.TrailQuery{Scopes: snap.scopes, Range: snap.axis.Range, Changes: true}
	if snap.resource != "" {
		q.Concerning = []string{snap.resource}
	}
	snap.changes = nil
	for event, err := range r.TrailEvents(ctx, q) {
		if err != nil {
			return err
		}
		snap.changes = append(snap.changes, event)
	}
	slices.SortFunc(snap.changes, app.CompareTrail)
	return nil
}

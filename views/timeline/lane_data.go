package timeline

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// rowsOf makes the rows of a board, one for each of its lanes.
func rowsOf(e snapshot, b app.Board) []row {
	if e.colors == nil {
		e.colors = new(colors).assign(e.seriesOf(b))
	}
	rows := make([]row, len(b.Lanes))
	ui.Each(len(rows), func(i int) {
		l := b.Lanes[i]
		rows[i] = row{lane: e.laneOf(l), collapsed: l.Collapsed, pinned: l.Pinned}
		if !l.Collapsed {
			rows[i].fixed = l.Height
		}
		rows[i].of, rows[i].name = nameOf(l)
	})
	return rows
}

// nameOf is how a lane is called that shows a part of what others of its kind do; nothing for one that shows all.
func nameOf(l app.Lane) (of, name string) {
	switch {
	case l.Kind == app.ChangeLane && len(l.Resources) > 0:
		return groupWords(l.Resources), "changes"
	case l.Kind == app.LogLane && len(l.Groups) > 0:
		return groupWords(l.Groups), "logs"
	case l.Kind == app.TraceLane && len(l.Services) > 0:
		return groupWords(l.Services), "traces"
	}
	return "", ""
}

// laneOf makes one lane.
func (e snapshot) laneOf(l app.Lane) lane.Lane {
	switch l.Kind {
	case app.AlarmLane:
		return lane.NewAlarm(e.only(l).alarmData())
	case app.ChangeLane:
		return lane.NewTrail(e.only(l).trailData())
	case app.MetricLane:
		return lane.NewMetric(e.metricData(e.plotOf(l)))
	case app.LogLane:
		return lane.NewLog(e.logData(l))
	case app.TraceLane:
		return lane.NewTrace(e.traceData(l))
	}
	return lane.NewCoverage(lane.CoverageData{Past: e.past(), Places: e.places, Covers: e.covers})
}

// window is what a lane of a signal is drawn for, and what is known of the signal.
func (e snapshot) window(s app.Signal) lane.Window {
	return lane.Window{Axis: e.axis, Now: e.now, Zone: e.zone, Places: e.places, Covers: e.covers[s], Unread: e.unread(s)}
}

// past is the part of the window that is not ahead of now.
func (e snapshot) past() app.Range { return e.window("").Past() }

func (e snapshot) alarmData() lane.AlarmData {
	return lane.AlarmData{Window: e.window(app.Alarms), Rows: e.rows(), All: e.alarms, Resource: e.resource}
}

func (e snapshot) trailData() lane.TrailData {
	return lane.TrailData{Window: e.window(app.Trail), Changes: e.changes, Lead: e.leading()}
}

func (e snapshot) metricData(p lane.Plot) lane.MetricData {
	d := lane.MetricData{Window: e.window(app.Metrics), Plot: p, Presets: e.presets, Colors: e.colors, Series: map[string]app.Series{}}
	add := func(in app.Scope, r app.Reading) {
		if s, ok := e.find(in, r); ok {
			d.Series[lane.SeriesKey(in, r)] = s
		}
	}
	for _, r := range slices.Concat(p.Readings, p.Company(e.presets)) {
		add(p.Scope, r)
	}
	for _, m := range p.More {
		add(m.Scope, m.Reading)
	}
	return d
}

// find returns the series of a reading in a place, with the period by which it is drawn.
func (e snapshot) find(in app.Scope, r app.Reading) (app.Series, bool) {
	i := slices.IndexFunc(e.series, func(s app.Series) bool { return s.Place() == in.Place() && s.Reading.Key() == r.Key() })
	if i < 0 {
		return app.Series{}, false
	}
	s := e.series[i]
	s.Period = max(s.Period, e.drawn[lane.SeriesKey(s.Scope, r)])
	return s, true
}

// logData is that of a lane of some log groups, or of all. Bars of some groups count no more than these, whatever the
// timeline is narrowed to.
func (e snapshot) logData(l app.Lane) lane.LogData {
	d := lane.LogData{Window: e.window(app.Logs), Volume: e.volume, Bucket: e.bucket, Groups: len(e.groups),
		Query: app.LogQuery{Scopes: e.scopes, Resource: e.resource}}
	if len(l.Groups) == 0 {
		return d
	}
	d.Volume, d.Groups = e.narrowed[l.Key()].volume, 0
	for _, g := range e.groups {
		if slices.Contains(l.Groups, g.Name) {
			d.Groups++
		}
	}
	d.Query.Groups, d.Query.Resource = l.Groups, ""
	return d
}

func (e snapshot) traceData(l app.Lane) lane.TraceData {
	d := lane.TraceData{Window: e.window(app.Traces), Latencies: e.latencies, Service: e.resource}
	if len(l.Services) > 0 {
		d.Latencies = e.narrowed[l.Key()].latencies
	}
	return d
}

package timeline

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
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
	case l.Kind == app.TrailLane && len(l.Resources) > 0:
		return groupWords(l.Resources), "changes"
	case l.Kind == app.LogLane && len(l.Groups) > 0:
		return groupWords(l.Groups), "logs"
	case l.Kind == app.TraceLane && len(l.Services) > 0:
		return groupWords(l.Services), "traces"
	}
	return "", ""
}

// laneOf makes one lane.
func (snap snapshot) laneOf(l app.Lane) lane.Lane {
	switch l.Kind {
	case app.AlarmLane:
		return lane.NewAlarm(snap.only(l).alarmData())
	case app.TrailLane:
		return lane.NewTrail(snap.only(l).trailData())
	case app.MetricLane:
		return lane.NewMetric(snap.metricData(snap.plotOf(l)))
	case app.LogLane:
		return lane.NewLog(snap.logData(l))
	case app.TraceLane:
		return lane.NewTrace(snap.traceData(l))
	}
	return lane.NewCoverage(lane.CoverageData{Past: snap.past(), Places: snap.places, Covers: snap.covers})
}

// window is what a lane of a signal is drawn for, and what is known of the signal.
func (snap snapshot) window(s app.Signal) lane.Window {
	return lane.Window{
		Axis: snap.axis, Now: snap.now, Zone: snap.zone,
		Places: snap.places, Covers: snap.covers[s], Unread: snap.unread(s),
	}
}

// past is the part of the window that is not ahead of now.
func (snap snapshot) past() app.Range { return snap.window("").Past() }

func (snap snapshot) alarmData() lane.AlarmData {
	return lane.AlarmData{Window: snap.window(app.Alarms), Rows: snap.rows(), All: snap.alarms, Resource: snap.resource}
}

func (snap snapshot) trailData() lane.TrailData {
	return lane.TrailData{Window: snap.window(app.Trail), Changes: snap.changes, Lead: snap.leading()}
}

func (snap snapshot) metricData(p lane.Plot) lane.MetricData {
	d := lane.MetricData{
		Window: snap.window(app.Metrics), Plot: p, Presets: snap.presets,
		Colors: snap.colors, Series: map[string]app.Series{},
	}
	add := func(in app.Scope, r app.Reading) {
		if s, ok := snap.find(in, r); ok {
			d.Series[lane.SeriesKey(in, r)] = s
		}
	}
	for _, r := range slices.Concat(p.Readings, p.Company(snap.presets)) {
		add(p.Scope, r)
	}
	for _, m := range p.More {
		add(m.Scope, m.Reading)
	}
	return d
}

// find returns the series of a reading in a place, with the period by which it is drawn.
func (snap snapshot) find(in app.Scope, r app.Reading) (app.Series, bool) {
	i := slices.IndexFunc(
		snap.series, func(s app.Series) bool { return s.Place() == in.Place() && s.Reading.Key() == r.Key() },
	)
	if i < 0 {
		return app.Series{}, false
	}
	s := snap.series[i]
	key := lane.SeriesKey(s.Scope, r)
	s.Period = max(s.Period, snap.drawn[key], snap.cadence[key])
	return s, true
}

// logData is that of a lane of some log groups, or of all. Bars of some groups count no more than these, whatever the
// timeline is narrowed to.
func (snap snapshot) logData(l app.Lane) lane.LogData {
	d := lane.LogData{Window: snap.window(app.Logs), Volume: snap.volume, Bucket: snap.bucket, Groups: len(snap.groups),
		Query: app.LogQuery{Scopes: snap.scopes, Resource: snap.resource}}
	if len(l.Groups) == 0 {
		if snap.resource != "" {
			d.Groups = len(resource.Read(snap.resource).Groups(snap.groups))
		}
		return d
	}
	d.Volume, d.Groups = snap.narrowed[l.Key()].volume, 0
	for _, g := range snap.groups {
		if slices.Contains(l.Groups, g.Name) {
			d.Groups++
		}
	}
	d.Query.Groups, d.Query.Resource = l.Groups, ""
	return d
}

func (snap snapshot) traceData(l app.Lane) lane.TraceData {
	d := lane.TraceData{Window: snap.window(app.Traces), Latencies: snap.latencies, Service: snap.resource}
	if len(l.Services) > 0 {
		d.Latencies = snap.narrowed[l.Key()].latencies
	}
	return d
}

package timeline

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/lane"
)

// readPlots reads the series of all lanes.
func (snap *snapshot) readPlots(ctx context.Context, r Reader) (err error) {
	snap.drawn, snap.cadence = map[string]time.Duration{}, map[string]time.Duration{}
	if snap.series, err = snap.points(ctx, r, plotReadings(snap.plots, snap.presets)); err != nil {
		return err
	}
	for i, p := range snap.plots {
		for _, reading := range p.Readings {
			snap.plots[i].Period = max(snap.plots[i].Period, snap.drawn[lane.SeriesKey(p.Scope, reading)])
		}
		snap.plots[i].Alarms = fitting(snap.plots[i], snap.presets)
		for _, reading := range p.Readings { // which is no other way to count, so that thresholds fit
			snap.plots[i].Period = max(snap.plots[i].Period, snap.cadence[lane.SeriesKey(p.Scope, reading)])
		}
	}
	return nil
}

// fitting returns the alarms of a lane, without a threshold of counts of a shorter period than is shown: they cannot be
// compared, unless both are shown as a rate.
func fitting(p lane.Plot, presets app.Presets) []insight.AlarmWindow {
	watches := slices.Clone(p.Alarms)
	if p.PerSecond(presets) {
		return watches
	}
	for i, w := range watches {
		if !w.Compares(p.Period) {
			watches[i].Threshold = nil
		}
	}
	return watches
}

// points reads the series of these readings, by their keys. Their Reading is the one that was asked, by which the lanes
// find them, also where what the cache has is of a longer period.
func (snap *snapshot) points(ctx context.Context, r Reader, readings map[string]app.Reading) ([]app.Series, error) {
	read, err := related.ReadSeries(ctx, r, related.SeriesQuestion{Scopes: snap.scopes,
		Readings: slices.Collect(maps.Values(readings)), Range: snap.axis.Range, Edge: related.SeriesEdge,
		Now: snap.now})
	if err != nil {
		return nil, err
	}
	all := make([]app.Series, len(read))
	for i, s := range read {
		all[i] = s.Series
		if s.Series.Period > s.Asked.Period && snap.drawn != nil {
			snap.drawn[lane.SeriesKey(s.Series.Scope, s.Asked)] = s.Series.Period
		}
		if every := s.Series.Every(); every > s.Series.Period && snap.cadence != nil {
			snap.cadence[lane.SeriesKey(s.Series.Scope, s.Asked)] = every
		}
		all[i].Reading = s.Asked
	}
	return all, nil
}

// beyond is the range of which datapoints are read to draw a window.
func beyond(r app.Range) app.Range {
	return app.Range{From: r.From.Add(-related.SeriesEdge), To: r.To.Add(related.SeriesEdge)}
}

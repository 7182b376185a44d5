package timeline

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
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
		if p.Period > w.Period && (w.Statistic == "Sum" || w.Statistic == "SampleCount") {
			watches[i].Threshold = nil
		}
	}
	return watches
}

// points reads the series of these readings, by their keys, with an hour more on both sides, so that lines reach the
// edges at every usual period. What is older than AWS keeps of a reading's period is shown by a longer one.
func (snap *snapshot) points(ctx context.Context, r Reader, readings map[string]app.Reading) ([]app.Series, error) {
	if len(readings) == 0 {
		return nil, nil
	}
	wide := beyond(snap.axis.Range)
	asked := map[string]bool{}
	for key, reading := range readings {
		asked[key] = true
		for _, longer := range reading.Longer(snap.axis.Range.From, snap.now) {
			asked[longer.Key()] = true
		}
	}
	held, err := r.Series(ctx, app.SeriesQuery{Scopes: snap.scopes, Range: wide, Keys: slices.Sorted(maps.Keys(asked))})
	if err != nil {
		return nil, err
	}
	return snap.join(held, readings), nil
}

// beyond is the range of which datapoints are read to draw a window.
func beyond(r app.Range) app.Range {
	return app.Range{From: r.From.Add(-time.Hour), To: r.To.Add(time.Hour)}
}

// join returns the series of the readings, with what is held of them by longer periods.
func (snap *snapshot) join(held []app.Series, readings map[string]app.Reading) []app.Series {
	byKey := map[string]app.Series{}
	places := map[app.Scope]bool{}
	for _, s := range held {
		byKey[lane.SeriesKey(s.Scope, s.Reading)] = s
		places[s.Place()] = true
	}
	var joined []app.Series
	for place := range places {
		for _, reading := range readings {
			if s, ok := snap.joinOne(byKey, place, reading); ok {
				joined = append(joined, s)
			}
		}
	}
	slices.SortFunc(joined, app.CompareSeries)
	return joined
}

// joinOne joins what is held of a reading in a place; false if nothing is.
func (snap *snapshot) joinOne(held map[string]app.Series, place app.Scope, reading app.Reading) (app.Series, bool) {
	s, ok := held[lane.SeriesKey(place, reading)]
	if !ok {
		s = app.Series{Scope: place, Reading: reading}
	}
	var coarser []app.Series
	for _, longer := range reading.Longer(snap.axis.Range.From, snap.now) {
		if c, held := held[lane.SeriesKey(place, longer)]; held {
			coarser, ok = append(coarser, c), true
			s.Unit = cmp.Or(s.Unit, c.Unit)
		}
	}
	if !ok {
		return app.Series{}, false
	}
	s = s.Joined(snap.axis.Range, coarser...)
	if s.Period > reading.Period && snap.drawn != nil {
		snap.drawn[lane.SeriesKey(place, reading)] = s.Period
	}
	if every := s.Every(); every > s.Period && snap.cadence != nil {
		snap.cadence[lane.SeriesKey(place, reading)] = every
	}
	s.Reading = reading // by which the lanes find it
	return s, true
}

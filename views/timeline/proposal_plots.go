package timeline

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/lane"
)

// proposePlots says which metrics get a lane where there is no board: those of the proposal, and below them what the
// window proposes in addition.
func (snap *snapshot) proposePlots(ctx context.Context, r Reader) error {
	s := &snap.proposal
	plots := joinPlots(boardPlots(app.Board{Lanes: s.lanes}, nil), snap.unweighed())
	if !s.proposed || snap.turned {
		metrics, err := snap.metrics(ctx, r)
		if err != nil {
			return err
		}
		if !s.proposed {
			plots = choosePlots(snap.alarms, snap.presets, maxPlots)
		}
		touched, err := snap.moved(ctx, r, metrics, plots)
		if err != nil {
			return err
		}
		if s.proposed {
			plots = append(plots, touched...)
		} else {
			plots = append(touched, choosePlots(snap.alarms, snap.presets, maxPlots-len(touched))...)
			plots = addDefaults(plots, metrics, snap.resource, snap.presets)
		}
	}
	s.lanes, s.proposed = nil, true
	for _, p := range plots[:min(len(plots), mostPlots)] {
		s.lanes = append(s.lanes, app.Lane{Kind: app.MetricLane, Scope: p.Place(), Readings: p.Readings})
	}
	snap.plots = boardPlots(app.Board{Lanes: s.lanes}, snap.alarms)
	return nil
}

// unweighed returns lanes for the metrics of alarms that are new or newly in ALARM: a lane that was left out once for
// lack of room does not appear with the next read.
func (snap *snapshot) unweighed() []lane.Plot {
	return slices.DeleteFunc(choosePlots(snap.alarms, snap.presets, len(snap.alarms)), func(p lane.Plot) bool {
		key := p.PlacedKey()
		if slices.ContainsFunc(p.Alarms, func(w insight.AlarmWindow) bool { return w.Last() == app.InAlarm }) {
			key += " in alarm"
		}
		if slices.Contains(snap.proposal.weighed, key) {
			return true
		}
		snap.proposal.weighed = append(snap.proposal.weighed, key)
		return false
	})
}

// moved returns lanes for those metrics of what the suspect concerns that moved when it was made and have no lane yet.
func (snap *snapshot) moved(
	ctx context.Context, r Reader, metrics []lane.PlacedMetric, others []lane.Plot,
) ([]lane.Plot, error) {
	touched, at := snap.touched(metrics)
	read, err := snap.points(ctx, r, plotReadings(touched, snap.presets))
	if err != nil {
		return nil, err
	}
	return shifted(without(touched, others), read, at, snap.presets), nil
}

// joinPlots adds to lanes those that are not among them, and to the others their further readings.
func joinPlots(plots, others []lane.Plot) []lane.Plot {
	for _, o := range others {
		i := slices.IndexFunc(plots, func(p lane.Plot) bool { return p.PlacedKey() == o.PlacedKey() })
		if i < 0 {
			plots = append(plots, o)
			continue
		}
		for _, r := range o.Readings {
			plots[i].AddReading(r)
		}
	}
	return plots
}

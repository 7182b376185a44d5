package timeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/lane"
)

// boardOf returns the board that is shown of a snapshot: the one that was asked for, or the one that it proposes.
func boardOf(e snapshot) app.Board {
	switch {
	case !e.board.Automatic():
		return e.board
	case e.empty() && !e.proposal.proposed: // the alarms and the coverage remain
		return app.Board{Lanes: []app.Lane{{Kind: app.AlarmLane}, {Kind: app.CoverageLane}}}
	}
	lanes := []app.Lane{{Kind: app.AlarmLane}, {Kind: app.TrailLane}}
	for _, p := range e.plots {
		lanes = append(lanes, app.Lane{Kind: app.MetricLane, Scope: p.Place(), Readings: p.Readings})
	}
	return app.Board{Lanes: append(
		lanes, app.Lane{Kind: app.LogLane}, app.Lane{Kind: app.TraceLane}, app.Lane{Kind: app.CoverageLane},
	)}
}

// plotOf returns what was read for a lane of a metric. A lane that was just added has only its name.
func (snap snapshot) plotOf(l app.Lane) lane.Plot {
	metric := lane.PlacedMetric{Scope: l.Scope.Place(), Metric: l.Readings[0].Metric}
	p := lane.Plot{PlacedMetric: metric, Readings: l.Readings, More: l.More}
	if i := slices.IndexFunc(snap.plots, func(o lane.Plot) bool { return o.PlacedKey() == p.PlacedKey() }); i >= 0 {
		p = snap.plots[i]
		p.More = l.More
	}
	return p
}

// boardPlots returns what is to be read for the metrics of a board, with the alarms that watch them.
func boardPlots(b app.Board, alarms []insight.AlarmWindow) []lane.Plot {
	var plots []lane.Plot
	on := map[string][]insight.AlarmWindow{} // by what they watch
	for _, w := range alarms {
		if r, reads := w.Reading(); reads {
			key := lane.PlacedMetric{Scope: w.Place(), Metric: r.Metric}.PlacedKey()
			on[key] = append(on[key], w)
		}
	}
	for _, l := range b.Lanes {
		if l.Kind != app.MetricLane {
			continue
		}
		p := snapshot{}.plotOf(l)
		p.Alarms = on[p.PlacedKey()]
		plots = append(plots, p)
	}
	return plots
}

// groupWords is how log groups are called before the word logs: "orders" for /aws/lambda/orders alone, "orders +2" with
// two more. Services and resources are called likewise.
func groupWords(groups []string) string {
	words := groups[0]
	if rest, ok := strings.CutPrefix(words, "/aws/"); ok {
		if _, name, ok := strings.Cut(rest, "/"); ok {
			words = name
		}
	}
	if more := len(groups) - 1; more > 0 {
		words += fmt.Sprintf(" +%d", more)
	}
	return words
}

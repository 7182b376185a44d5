package timeline

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// boardOf returns the board that is shown of evidence: the one that was asked for, or what the evidence proposes.
func boardOf(e evidence) app.Board {
	switch {
	case !e.board.Automatic():
		return e.board
	case e.empty() && !e.standing.proposed: // what is watched and what is known remain
		return app.Board{Lanes: []app.Lane{{Kind: app.AlarmLane}, {Kind: app.CoverageLane}}}
	}
	lanes := []app.Lane{{Kind: app.AlarmLane}, {Kind: app.ChangeLane}}
	for _, p := range e.plots {
		lanes = append(lanes, app.Lane{Kind: app.MetricLane, Scope: p.Place(), Readings: p.readings})
	}
	return app.Board{Lanes: append(lanes, app.Lane{Kind: app.LogLane}, app.Lane{Kind: app.TraceLane}, app.Lane{Kind: app.CoverageLane})}
}

// lanesOf makes the rows of a board, one for each of its lanes.
func lanesOf(e evidence, b app.Board) []lane {
	if e.colors == nil {
		e.colors = new(colors).assign(e.seriesOf(b))
	}
	all := make([]lane, len(b.Lanes))
	ui.Each(len(all), func(i int) {
		all[i] = e.laneOf(b.Lanes[i])
		if b.Lanes[i].Collapsed {
			all[i] = collapsedLane{all[i]}
		}
	})
	return all
}

// laneOf makes one lane.
func (e evidence) laneOf(l app.Lane) lane {
	switch l.Kind {
	case app.AlarmLane:
		return newAlarmLane(e.only(l))
	case app.ChangeLane:
		if len(l.Resources) == 0 {
			return newChangeLane(e)
		}
		return namedLane{newChangeLane(e.only(l)), groupWords(l.Resources), "changes"}
	case app.MetricLane:
		return newMetricLane(e, e.plotOf(l))
	case app.LogLane:
		if len(l.Groups) == 0 {
			return newLogLane(e)
		}
		e.volume = e.narrowed[l.Key()].volume
		e.groups = slices.DeleteFunc(slices.Clone(e.groups), func(g app.LogGroup) bool { return !slices.Contains(l.Groups, g.Name) })
		made := newLogLane(e)
		for i := range made.bars { // which count no more than these groups, whatever is narrowed to
			made.bars[i].Groups, made.bars[i].Resource = l.Groups, ""
		}
		return namedLane{made, groupWords(l.Groups), "logs"}
	case app.TraceLane:
		if len(l.Services) == 0 {
			return newTraceLane(e)
		}
		e.latencies = e.narrowed[l.Key()].latencies
		return namedLane{newTraceLane(e), groupWords(l.Services), "traces"}
	}
	return newCoverageLane(e)
}

// plotOf returns what was read for a lane of a metric. One that was added a moment ago has nothing yet but its name.
func (e evidence) plotOf(l app.Lane) plot {
	p := plot{placed: placed{l.Scope.Place(), l.Readings[0].Metric}, readings: l.Readings, more: l.More}
	if i := slices.IndexFunc(e.plots, func(o plot) bool { return o.key() == p.key() }); i >= 0 {
		p = e.plots[i]
		p.more = l.More
	}
	return p
}

// boardPlots returns what is to be read for the metrics of a board, with the alarms that watch them.
func boardPlots(b app.Board, alarms []insight.AlarmWindow) []plot {
	var plots []plot
	on := map[string][]insight.AlarmWindow{} // by what they watch
	for _, w := range alarms {
		if r, reads := w.Reading(); reads {
			key := placed{w.Place(), r.Metric}.key()
			on[key] = append(on[key], w)
		}
	}
	for _, l := range b.Lanes {
		if l.Kind != app.MetricLane {
			continue
		}
		p := evidence{}.plotOf(l)
		p.watches = on[p.key()]
		plots = append(plots, p)
	}
	return plots
}

// namedLane is a lane that shows a part of what others of its kind do, and says which.
type namedLane struct {
	lane
	of, name string
}

// groupWords is how log groups are called before the word logs: "orders" for /aws/lambda/orders alone, "orders +2" with two
// more. Services and resources are called likewise.
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

func (l namedLane) head() head {
	h := l.lane.head()
	h.of, h.name = l.of, l.name
	return h
}

// collapsedLane is a lane of one line: its name, the gist of what stands beside it, and its readout.
type collapsedLane struct{ lane }

// collapsedHeight is that of one line of the label column.
const collapsedHeight = 2*nameMiddle - 2

func (l collapsedLane) head() head {
	h := l.lane.head()
	h.top, h.bottom, h.rows, h.keys = "", "", nil, nil
	if h.aside == "" && h.of == "" {
		h.aside, h.asideStyle = h.measures, ui.Note
		if room := ui.LabelColWidth - 2*nameLeft - ui.Head.Width(h.name) - 12; ui.Note.Width(h.aside) > room {
			h.aside, _, _ = strings.Cut(h.aside, " · ")
			h.aside = ui.Note.Fit(h.aside, room)
		}
	}
	h.measures = ""
	return h
}

func (l collapsedLane) height() (least, best float32) { return collapsedHeight, collapsedHeight }
func (l collapsedLane) paint(*chart.Picture)          {}
func (l collapsedLane) notes(float32) []note          { return nil }

// pick returns the uppermost thing that the lane shows at that instant when it is open.
func (l collapsedLane) pick(axis chart.Axis, _ float32, at fyne.Position) app.Item {
	if at.X < 0 {
		return nil
	}
	return uppermost(l.lane, axis, at.X)
}

// sizedLane is a lane that a person has made higher or lower.
type sizedLane struct {
	lane
	fixed float32
}

func (l sizedLane) height() (least, best float32) {
	least, _ = l.lane.height()
	return max(l.fixed, least), max(l.fixed, least)
}

// sized gives the lanes of a board the heights that it says.
func sized(list []lane, b app.Board) []lane {
	list = slices.Clone(list)
	for i, l := range b.Lanes {
		if l.Height > 0 && !l.Collapsed {
			list[i] = sizedLane{list[i], l.Height}
		}
	}
	return list
}

package timeline

import (
	"math"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// gapInk hatches what is missing.
var gapInk = ui.Ink{Name: ui.ColorFaint, Alpha: 120}

// breachInk shades the time that an alarm spent in ALARM; the design has it as faint as it can be seen.
var breachInk = ui.Ink{Name: ui.ColorAlarm, Alpha: 26}

// metricLane shows a metric, in one or several statistics, with the alarms that watch it.
type metricLane struct {
	of, what string // whose metric, and which
	how      string
	series   []app.Series
	colors   []fyne.ThemeColorName // of the series
	scale    ui.Scale
	unit     string
	rules    []rule
	breaches []app.Range
	answered app.Range // where a missing datapoint is a gap: not in the future, nor where it may still come
}

// rule is an alarm's threshold in the lane.
type rule struct {
	value float64
	text  string
}

func newMetricLane(e evidence, p plot, color int) *metricLane {
	l := &metricLane{of: p.resource(), what: metricWords(p.Name), how: p.measures(e.presets), answered: e.axis.Range}
	for _, r := range p.readings {
		i := slices.IndexFunc(e.series, func(s app.Series) bool {
			return s.Place() == p.Place() && s.Reading.Key() == r.Key()
		})
		if i < 0 {
			continue
		}
		l.series = append(l.series, e.series[i])
		l.colors = append(l.colors, ui.SeriesColors[(color+len(l.colors))%len(ui.SeriesColors)])
	}
	l.unit = unitOf(p, l.series, e.presets)
	for _, w := range p.watches {
		if w.Threshold != nil {
			l.rules = append(l.rules, rule{*w.Threshold, "alarm " + ui.AlarmRule(w.Alarm, e.presets)})
		}
		for _, s := range w.spans {
			if s.State == app.InAlarm {
				l.breaches = append(l.breaches, s.Range)
			}
		}
	}
	l.breaches = app.Union(l.breaches)
	l.scale = l.fit(e.axis.Range)
	if late := e.now.Add(-app.Metrics.Settles()); l.answered.To.After(late) {
		l.answered.To = late
	}
	return l
}

// unitOf returns the unit of a lane: as it is kept, as an alarm says, or as presets know it.
func unitOf(p plot, series []app.Series, presets app.Presets) string {
	for _, s := range series {
		if s.Unit != "" {
			return s.Unit
		}
	}
	for _, w := range p.watches {
		if w.Unit != "" {
			return w.Unit
		}
	}
	known, _ := presets.Of(p.Metric)
	return known.Unit
}

// fit returns a scale that holds all datapoints of the window and the thresholds.
func (l *metricLane) fit(within app.Range) ui.Scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range l.series {
		for _, p := range s.Points {
			if within.Contains(p.At) {
				low, high = min(low, p.Value), max(high, p.Value)
			}
		}
	}
	for _, r := range l.rules {
		low, high = min(low, r.value), max(high, r.value)
	}
	if low > high {
		low, high = 0, 0
	}
	return scaleOf(low, high, l.unit)
}

func (l *metricLane) head() head {
	return head{of: l.of, name: l.what, measures: l.how, top: scaleText(l.scale.Max, l.unit), bottom: scaleText(l.scale.Min, l.unit)}
}

func (l *metricLane) height() (least, best float32) { return 56, 78 }

func (l *metricLane) paint(p *ui.Picture) {
	band := bandOf(p.Height)
	for _, r := range l.breaches {
		p.Shade(r, band, breachInk)
	}
	for _, g := range l.gaps() {
		p.Hatch(g, band, gapInk)
	}
	for _, r := range l.rules {
		p.Rule(band.Y(l.scale.Part(r.value)), ui.Ink{Name: ui.ColorAlarm, Alpha: 150})
	}
	for i := len(l.series) - 1; i >= 0; i-- { // the first series lies on top
		p.Line(l.series[i].Points, l.series[i].Period, l.scale, band, ui.Solid(l.colors[i]))
	}
}

// gaps are the stretches for which no series has a datapoint.
func (l *metricLane) gaps() []app.Range {
	if len(l.series) == 0 {
		return []app.Range{l.answered}
	}
	var have []app.Range
	for _, s := range l.series {
		have = append(have, app.Subtract(l.answered, ui.Gaps(l.answered, s.Points, s.Period))...)
	}
	return app.Subtract(l.answered, have)
}

// ruleInset is how far the words of a threshold stand from the left edge.
const ruleInset = 14

// notes are the words of the thresholds: above the line, or below it where the lane ends.
func (l *metricLane) notes(height float32) []note {
	band := bandOf(height)
	var notes []note
	inset := float32(ruleInset)
	for _, r := range l.rules {
		n := note{inset: inset, text: r.text, style: ui.Note.In(ui.ColorAlarm), loose: true}
		n.style.Size = 11
		y := band.Y(l.scale.Part(r.value))
		if n.middle = y - 9; n.middle < lanePadding+5 {
			n.middle = y + 9
		}
		inset += n.style.Width(r.text) + 20
		notes = append(notes, n)
	}
	return notes
}

func (l *metricLane) readout(at time.Time, _ time.Duration) string {
	var said []string
	for _, s := range l.series {
		v, ok := valueAt(s, at)
		switch {
		case !ok:
		case len(l.series) == 1:
			said = append(said, ui.Amount(v, l.unit))
		default:
			said = append(said, s.Statistic+" "+ui.Amount(v, l.unit))
		}
	}
	if len(said) == 0 {
		return "no datapoint"
	}
	return strings.Join(said, " · ")
}

// valueAt returns the datapoint whose period holds an instant.
func valueAt(s app.Series, at time.Time) (float64, bool) {
	i, found := slices.BinarySearchFunc(s.Points, at, func(p app.Point, t time.Time) int { return p.At.Compare(t) })
	if !found {
		i--
	}
	if i < 0 || !at.Before(s.Points[i].At.Add(s.Period)) {
		return 0, false
	}
	return s.Points[i].Value, true
}

// pick returns the series whose line is the nearest at that instant, the first one where none has a datapoint.
func (l *metricLane) pick(axis ui.Axis, height float32, at fyne.Position) ui.Item {
	if len(l.series) == 0 {
		return nil
	}
	best, distance := 0, math.Inf(1)
	for i, s := range l.series {
		if v, ok := valueAt(s, axis.Time(at.X)); ok {
			if d := math.Abs(float64(bandOf(height).Y(l.scale.Part(v)) - at.Y)); d < distance {
				best, distance = i, d
			}
		}
	}
	return l.series[best]
}

package lane

import (
	"math"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// gapInk hatches what is missing.
var gapInk = chart.Ink{Name: ui.ColorFaint, Alpha: 120}

// breachInk shades the time that an alarm spent in ALARM, as faintly as it can still be seen.
var breachInk = chart.Ink{Name: ui.ColorAlarm, Alpha: 36}

// Metric shows a metric, in one or several statistics, with its limit, what is beside it, and the alarms that watch
// it.
type Metric struct {
	of, what   string // whose metric, and which: orders, writes
	how        string
	lines      []line
	beside     []line
	more       []line // of other metrics
	limit      limit
	scale      chart.Scale
	unit       string
	thresholds []threshold
	breaches   []app.Range
	beyond     []app.Range // where datapoints breach while the alarm is not in ALARM, before or after it
	answered   app.Range   // where there may be datapoints: up to now
	awaited    []app.Range // where a datapoint that is missing may still come
	emphasized int         // which series stands out, from 1; 0: none
	blanks     Blanks
	unasked    Blanks      // where datapoints were not pulled
	unknown    []app.Range // both
	axis       chart.Axis
	tracks     []track // of the lines, to keep words off them
}

// line is a series in a lane.
type line struct {
	drawn    app.Series // in the lane's unit
	cached   app.Series // as the cache has it
	item     app.Series // that is opened of it: the reading that was asked for
	ink      fyne.ThemeColorName
	word     string      // which one of several it is
	ownScale bool        // it has another unit than the lane, and a scale of its own
	unit     string      // of one that is apart
	scale    chart.Scale // the same
	unknown  []app.Range // where it is not known: not pulled, or ahead of now; no datapoint's period reaches into it
}

// threshold is an alarm's threshold in the lane.
type threshold struct {
	value float64
	text  string
}

// NewMetric returns a lane of a metric.
func NewMetric(d MetricData) *Metric {
	p := d.Plot
	l := &Metric{
		of: p.Resource(), what: p.Words(d.Presets), how: p.Measures(d.Presets), answered: d.Past(), axis: d.Axis,
	}
	l.blanks, l.unasked = d.unknown()
	l.unknown = slices.Concat(l.blanks.ranges(), l.unasked.ranges())
	for _, s := range app.Stretches(l.answered, d.here()) {
		if s.State == app.Settling {
			l.awaited = append(l.awaited, s.Range)
		}
	}
	rate := p.PerSecond(d.Presets)
	for _, r := range p.Readings {
		if s, ok := d.Series[SeriesKey(p.Scope, r)]; ok {
			l.lines = append(l.lines, l.newLine(s, r, d.ink(p.Scope, r), shortStatistic(s.Statistic), rate))
		}
	}
	l.unit = unitOf(p, l.lines, d.Presets)
	if rate {
		l.unit = app.RateUnit(strings.TrimSuffix(l.unit, "/Second"))
	}
	l.accompany(d, rate)
	l.watch(d, rate)
	l.join(d, rate)
	l.scale = l.fit(d.Axis.Range)
	l.tracks = l.track()
	return l
}

// newLine returns the line of a reading, of which s may be by a longer period.
func (l *Metric) newLine(s app.Series, asked app.Reading, ink fyne.ThemeColorName, word string, rate bool) line {
	item := related.SeriesOf{Asked: asked, Series: s}.Item()
	n := line{drawn: s, cached: s, item: item, ink: ink, word: word, unknown: unknownOf(s, l.unknown)}
	if rate {
		n.drawn = s.PerSecond()
	}
	return n
}

// unknownOf returns the unknown stretches in which a series has no datapoint. With a datapoint a stretch is known,
// whatever covers say.
func unknownOf(s app.Series, unknown []app.Range) []app.Range {
	return slices.DeleteFunc(slices.Clone(unknown), func(r app.Range) bool { return len(pointsIn(s, r)) > 0 })
}

// accompany adds the lane's limit and what is beside it.
func (l *Metric) accompany(d MetricData, rate bool) {
	known, _ := d.Presets.Of(d.Metric)
	for _, r := range d.Company(d.Presets) {
		s, ok := d.Series[SeriesKey(d.Scope, r)]
		switch {
		case r.Name == known.Limit.Metric:
			l.limit = newLimit(s.Points, l.known(), known.Limit.Absent)
		case ok:
			l.beside = append(l.beside, l.newLine(s, r, ui.ColorAlarm, phrase.Metric(r.Metric, d.Presets), rate))
		}
	}
}

// watch adds the alarms' thresholds, and the time that they spent in ALARM.
func (l *Metric) watch(d MetricData, rate bool) {
	for _, w := range d.Alarms {
		a := w.Alarm
		if a.Threshold != nil {
			if rate && a.Period > 0 {
				value := *a.Threshold / a.Period.Seconds()
				a.Threshold, a.Unit = &value, l.unit
			}
			r := threshold{*a.Threshold, "alarm " + phrase.AlarmRule(a, d.Presets)}
			if !slices.Contains(l.thresholds, r) { // as alarms of several stages have it
				l.thresholds = append(l.thresholds, r)
			}
		}
		for _, s := range w.Spans {
			if s.State == app.InAlarm {
				l.breaches = append(l.breaches, s.Range)
			}
		}
	}
	l.breaches = app.Union(l.breaches)
	l.beyond = l.breaching(d.Alarms)
}

// unitOf returns the unit of a lane: that of its series, of an alarm, or of its preset.
func unitOf(p Plot, lines []line, presets app.Presets) string {
	for _, l := range lines {
		if l.cached.Unit != "" {
			return l.cached.Unit
		}
	}
	for _, w := range p.Alarms {
		if w.Unit != "" {
			return w.Unit
		}
	}
	known, _ := presets.Of(p.Metric)
	return known.Unit
}

// all are the lane's lines and what is beside them.
func (l *Metric) all() []line { return slices.Concat(l.lines, l.beside, l.more) }

// fit returns a scale that holds all datapoints in force in the window, the limits and the thresholds.
func (l *Metric) fit(within app.Range) chart.Scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range l.all() {
		if s.ownScale {
			continue
		}
		for _, p := range inForce(s.drawn, within) {
			low, high = min(low, p.Value), max(high, p.Value)
		}
	}
	for _, s := range l.limit.steps {
		if s.Overlaps(within) {
			low, high = min(low, s.Value), max(high, s.Value)
		}
	}
	for _, r := range l.thresholds {
		low, high = min(low, r.value), max(high, r.value)
	}
	if low > high {
		low, high = 0, 0
	}
	return scaleOf(low, high, l.unit)
}

// Head names the metric, how it is read, and its series where there are several.
func (l *Metric) Head() Head {
	h := Head{
		Of: l.of, Name: l.what, Measures: l.measures(), Keys: l.keys(),
		Top: scaleText(l.scale.Max, l.unit), Bottom: scaleText(l.scale.Min, l.unit),
	}
	if l.denied() {
		h.Measures, h.Top, h.Bottom = Denied, "", ""
	}
	return h
}

// denied reports whether nothing is known of the window because AWS gave none of it.
func (l *Metric) denied() bool { return l.blanks.has(Denied) && len(l.known()) == 0 }

// Paint draws the lines, with the limit, the thresholds and the time in alarm behind them.
func (l *Metric) Paint(p *chart.Picture) {
	band := bandOf(p.Height)
	for _, r := range l.beyond {
		p.Shade(r, band, beyondInk)
	}
	for _, r := range l.breaches {
		p.Shade(r, band, breachInk)
	}
	for _, g := range l.Gaps() {
		p.Hatch(g, band, gapInk)
	}
	l.blanks.paint(p, band)
	for _, r := range l.thresholds {
		p.Rule(band.Y(l.scale.Part(r.value)), chart.Ink{Name: ui.ColorAlarm, Alpha: 150})
	}
	for _, r := range l.limit.absent {
		p.Dash(r, absentY(band), chart.Solid(ui.ColorWarning))
	}
	for _, s := range l.limit.steps {
		p.Dash(s.Range, band.Y(l.scale.Part(s.Value)), chart.Solid(ui.ColorWarning))
	}
	all := l.all()
	for i := len(all) - 1; i >= 0; i-- { // the first series lies on top
		p.Steps(
			all[i].drawn.Points, all[i].drawn.Period, all[i].unknown, l.scaled(all[i]),
			band, seriesInk(all[i].ink, i, l.emphasized),
		)
	}
	if i := l.emphasized - 1; i >= 0 && i < len(all) {
		p.Steps(all[i].drawn.Points, all[i].drawn.Period, all[i].unknown, l.scaled(all[i]), band,
			chart.Solid(all[i].ink))
	}
}

// known are the stretches for which at least one series has a datapoint.
func (l *Metric) known() []app.Range {
	var have []app.Range
	for _, s := range l.lines {
		lacks := slices.Concat(chart.Gaps(l.answered, s.drawn.Points, s.drawn.Period), s.unknown)
		have = append(have, app.Subtract(l.answered, lacks)...)
	}
	return have
}

// leastGap is the shortest gap, a period of the standard resolution: within less time, as between the last pull and
// now, no datapoint can be missing.
const leastGap = time.Minute

// usualWay is how long it takes until AWS has the datapoints of its own metrics: a minute for those of one minute, up
// to five for some of five.
const usualWay = 5 * time.Minute

// Gaps are the stretches for which no series has a datapoint and none is expected. A datapoint that is missing for
// longer than usualWay makes a gap too: most likely it never comes, and an empty lane would not say so.
func (l *Metric) Gaps() []app.Range {
	var all []app.Range
	for _, lacks := range app.Subtract(l.answered, slices.Concat(l.known(), l.blanks.ranges())) {
		short := slices.DeleteFunc(slices.Clone(l.awaited), func(r app.Range) bool {
			return r.Intersect(lacks).Length() >= usualWay+l.period()
		})
		all = append(all, app.Subtract(lacks, short)...)
	}
	return slices.DeleteFunc(all, func(r app.Range) bool {
		cut := r.From.Equal(l.answered.From) && l.unasked.overlaps(r) // the gap began before the window
		return r.Length() < leastGap && !cut
	})
}

// period is the longest of the lane's own series.
func (l *Metric) period() (longest time.Duration) {
	for _, s := range l.lines {
		longest = max(longest, s.drawn.Period)
	}
	return longest
}

// Readout is the value of each series at an instant.
func (l *Metric) Readout(at time.Time, _ time.Duration) string {
	var said []string
	for _, s := range l.lines {
		v, ok := s.value(at)
		switch {
		case !ok:
		case len(l.lines) == 1:
			said = append(said, phrase.Amount(v, l.unit)+l.limit.readout(at, l.unit))
		default:
			said = append(said, s.word+" "+phrase.Amount(v, l.unit))
		}
	}
	if len(said) == 0 {
		return l.blanks.readout(at, l.unasked.readout(at, "no datapoint"))
	}
	for _, s := range l.beside {
		if v, ok := s.value(at); ok {
			said = append(said, phrase.Amount(v, l.unit)+" "+s.word)
		}
	}
	return strings.Join(append(said, l.readMore(at)...), " · ")
}

// value returns the value of a line at an instant, false where that is not known.
func (l line) value(at time.Time) (float64, bool) {
	if slices.ContainsFunc(l.unknown, func(r app.Range) bool { return r.Contains(at) }) {
		return 0, false
	}
	return valueAt(l.drawn, at)
}

// valueAt returns the value of the datapoint whose period holds an instant.
func valueAt(s app.Series, at time.Time) (float64, bool) {
	p, ok := s.InForce(at)
	return p.Value, ok
}

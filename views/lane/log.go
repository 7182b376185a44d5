package lane

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// buckets are the widths of the bars of the log volume.
var buckets = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	24 * time.Hour, 2 * 24 * time.Hour, 7 * 24 * time.Hour,
}

// barWidth is the least width of a bar in pixels: the three levels of thinner ones cannot be told apart.
const barWidth = 9

// BucketFor returns the shortest bucket whose bar is wide enough on the axis.
func BucketFor(axis chart.Axis) time.Duration {
	least := axis.Wide(barWidth)
	for _, b := range buckets {
		if b >= least {
			return b
		}
	}
	return buckets[len(buckets)-1]
}

// LogData is what a lane of log events is made of.
type LogData struct {
	Window
	Volume []app.LogCount // the answer to Query
	Bucket time.Duration  // by which it is counted
	Query  app.LogQuery   // but for its range
	Groups int            // how many log groups that is
}

// Log shows how many log events there are, stacked by level.
type Log struct {
	bars   []app.LogBucket // oldest first
	part   []bool          // which of them may still grow: part of it is not pulled, or ahead of now
	top    float64
	total  int
	groups int
	past   app.Range // the part of the window that is not ahead of now
	blanks Blanks
}

// NewLog returns a lane of log events.
func NewLog(d LogData) *Log {
	l := &Log{groups: d.Groups, bars: barsOf(d.Volume, d.Bucket), past: d.Past(),
		blanks: d.blanks(app.Logs, d.names()...)}
	for i, b := range l.bars {
		l.bars[i].Scopes, l.bars[i].Groups, l.bars[i].Resource = d.Query.Scopes, d.Query.Groups, d.Query.Resource
		l.total += b.Total()
		l.top = max(l.top, float64(b.Total()))
		l.part = append(l.part, l.blanks.overlaps(b.Range) || !d.Now.IsZero() && b.Range.To.After(d.Now))
	}
	l.top = chart.Nice(l.top)
	return l
}

// names are those by which the log groups of the lane are found.
func (d LogData) names() []string { return append(slices.Clone(d.Query.Groups), d.Query.Resource) }

// barsOf gathers counts into bars, oldest first.
func barsOf(volume []app.LogCount, bucket time.Duration) []app.LogBucket {
	byTime := map[int64]*app.LogBucket{}
	for _, c := range volume {
		b := byTime[c.At.UnixNano()]
		if b == nil {
			b = &app.LogBucket{Range: app.Range{From: c.At, To: c.At.Add(bucket)}}
			byTime[c.At.UnixNano()] = b
		}
		b.Counts[c.Level] += c.Count
	}
	bars := make([]app.LogBucket, 0, len(byTime))
	for _, b := range byTime {
		bars = append(bars, *b)
	}
	slices.SortFunc(bars, func(a, b app.LogBucket) int { return a.Range.From.Compare(b.Range.From) })
	return bars
}

// Head counts the log groups and the events.
func (l *Log) Head() Head {
	h := Head{Name: phrase.SignalTitle(app.Logs),
		Measures: l.blanks.nothing(l.past, "no events", "no events are cached")}
	if l.total > 0 {
		groups := phrase.Plural(int64(l.groups), "group", "groups")
		h.Measures = groups + " · " + phrase.Plural(int64(l.total), "event", "events")
		h.Top, h.Bottom = phrase.Number(l.top), "0"
	}
	return h
}

// Height is that of bars with three levels that can be told apart.
func (l *Log) Height() (least, best float32) { return 52, 74 }

// The inks of a bar, from the bottom up.
var (
	plainInk = chart.Ink{Name: ui.ColorNoData, Alpha: 120}
	warnInk  = chart.Ink{Name: ui.ColorWarning, Alpha: 220}
	failInk  = chart.Solid(ui.ColorAlarm)
)

// partAlpha is the part of its opacity that a bar has that may still grow, since its height says less.
const partAlpha = 0.45

// leastErrors is the least height of a bar's errors, in pixels: one error among ten thousand events must be seen.
const leastErrors = 2.5

// Paint draws a bar for each bucket, its errors on top.
func (l *Log) Paint(p *chart.Picture) {
	band := bandOf(p.Height)
	l.blanks.paint(p, band)
	least := leastErrors / float64(band.Bottom-band.Top)
	for i, b := range l.bars {
		plain, warned, all := stack(b, l.top, least)
		for _, part := range []struct {
			low, high float64
			ink       chart.Ink
		}{{0, plain, plainInk}, {plain, warned, warnInk}, {warned, all, failInk}} {
			if l.part[i] {
				part.ink.Alpha = uint8(float64(part.ink.Alpha) * partAlpha)
			}
			if part.high > part.low {
				p.Bar(b.Range, part.low, part.high, band, part.ink)
			}
		}
	}
}

// stack returns up to where plain events, warnings and errors reach in a bar, in parts of top. Errors take at least the
// part least, at the cost of what is below them.
func stack(b app.LogBucket, top, least float64) (plain, warned, all float64) {
	fails, warns := b.Counts[app.LevelError], b.Counts[app.LevelWarn]
	all = float64(b.Total()) / top
	warned = all
	if fails > 0 {
		all = max(all, least)
		warned = min(float64(b.Total()-fails)/top, all-least)
	}
	return max(warned-float64(warns)/top, 0), warned, all
}

// Notes say what was denied or could not be read.
func (l *Log) Notes(height float32) []Note { return l.blanks.notes(height / 2) }

// Readout counts the events of the bar at an instant, and the errors or warnings among them.
func (l *Log) Readout(at time.Time, _ time.Duration) string {
	i := l.at(at)
	if i < 0 {
		return l.blanks.readout(at, "no events")
	}
	fails, warns := int64(l.bars[i].Counts[app.LevelError]), int64(l.bars[i].Counts[app.LevelWarn])
	said := phrase.Count(int64(l.bars[i].Total()))
	switch {
	case fails > 0:
		said += " · " + phrase.Plural(fails, "error", "errors")
	case warns > 0:
		said += " · " + phrase.Plural(warns, "warning", "warnings")
	}
	if l.part[i] {
		said += " so far"
	}
	return said
}

// at returns the index of the bar that holds an instant, -1 for none.
func (l *Log) at(t time.Time) int {
	i, found := slices.BinarySearchFunc(
		l.bars, t, func(b app.LogBucket, t time.Time) int { return b.Range.From.Compare(t) },
	)
	if !found {
		i--
	}
	if i < 0 || !l.bars[i].Range.Contains(t) {
		return -1
	}
	return i
}

// Pick returns the bar at a place.
func (l *Log) Pick(axis chart.Axis, _ float32, at fyne.Position) app.Item {
	i := l.at(axis.Time(at.X))
	if i < 0 {
		return nil
	}
	return l.bars[i]
}

// Blanks are the stretches of which no log events are known.
func (l *Log) Blanks() Blanks { return l.blanks }

// Steps are the bars with errors.
func (l *Log) Steps() []Place {
	var all []Place
	for _, b := range l.bars {
		if b.Counts[app.LevelError] > 0 {
			all = append(all, Place{Item: b, At: b.Range.From.Add(b.Range.Length() / 2)})
		}
	}
	return all
}

// Find returns the place of a bar.
func (l *Log) Find(item app.Item, height float32) (Spot, bool) {
	b, ok := item.(app.LogBucket)
	if !ok || !slices.ContainsFunc(l.bars, func(o app.LogBucket) bool { return o.Range.Equal(b.Range) }) {
		return Spot{}, false
	}
	band := bandOf(height)
	return Spot{Within: b.Range, Top: band.Top - ringAir, Bottom: band.Bottom + ringAir}, true
}

// Compare says how many events and errors there were at each of two instants.
func (l *Log) Compare(from, at time.Time, _ time.Duration) string {
	return differences(l.amounts(from), l.amounts(at))
}

func (l *Log) amounts(at time.Time) []amount {
	i := l.at(at)
	if i < 0 {
		return nil
	}
	return []amount{{"", float64(l.bars[i].Total()), ""}, {"errors", float64(l.bars[i].Counts[app.LevelError]), ""}}
}

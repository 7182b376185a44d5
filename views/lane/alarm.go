package lane

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of the alarm lane, as the design draws it.
const (
	alarmHead     = 34 // to the middle of the first strip
	RowHeight     = 17 // from strip to strip
	alarmStrip    = 11 // height of a strip
	alarmFoot     = 15 // from the middle of the last strip
	MostAlarmRows = 8  // as many fit beside the other lanes at 900 pixels; the rest are counted
)

// AlarmData is what a lane of alarms is made of.
type AlarmData struct {
	Window
	Rows     []insight.RankedAlarm // that are shown, in order
	All      []insight.AlarmWindow // that are counted
	Resource string                // to which they are narrowed; "": they are not
}

// Alarm shows the states of the alarms that matter.
type Alarm struct {
	all               []insight.RankedAlarm // that matter
	rows              []insight.RankedAlarm // of those, what there is room for
	more              int                   // alarms that matter and are not shown
	total, bad, known int                   // at the end of the window: alarms, those in alarm, those of a known state
	asOf              string                // when that is, where it is not now
	past              app.Range             // the part of the window that is not ahead of now
	blanks            Blanks                // where no state is known
	resource          string                // to which it is narrowed; "": it is not
	mutes             []muted               // of each of all
}

// muted is when mute rules hold the actions of an alarm back: read once, for a zone is a file.
type muted struct {
	times []app.Range
	atEnd bool // of the past part of the window
}

func (m muted) at(t time.Time) bool {
	return slices.ContainsFunc(m.times, func(r app.Range) bool { return r.Contains(t) })
}

// NewAlarm returns a lane of alarms.
func NewAlarm(d AlarmData) *Alarm {
	l := &Alarm{
		all: d.Rows, total: len(d.All), asOf: d.asOf(), past: d.Past(),
		blanks: d.blanks(app.Alarms), resource: d.Resource,
	}
	l.cut(MostAlarmRows)
	for _, r := range l.all {
		_, _, atEnd := r.MutedAt(l.past.To.Add(-time.Millisecond))
		l.mutes = append(l.mutes, muted{r.Muted(l.past), atEnd})
	}
	for _, w := range d.All {
		switch w.Last() {
		case app.InAlarm:
			l.bad++
			l.known++
		case app.OK, app.InsufficientData:
			l.known++
		}
		if w.Deleted() {
			l.total--
		}
	}
	return l
}

// Head names the lane, says how many alarms are in alarm, and names the alarm of each row.
func (l *Alarm) Head() Head {
	h := Head{Name: phrase.SignalTitle(app.Alarms)}
	switch {
	case l.total == 0 && l.resource != "":
		h.Measures = l.blanks.nothing(l.past, "none watch it", "none are cached")
	case l.total == 0:
		h.Measures = l.blanks.nothing(l.past, "there are none", "none are cached")
	case l.known == 0:
		h.Aside, h.AsideStyle = "states not known", ui.Note
	case l.bad > 0 && l.asOf != "":
		h.Aside, h.AsideStyle = fmt.Sprintf("%d in alarm %s", l.bad, l.asOf), ui.Small.In(ui.ColorAlarm)
	case l.asOf != "":
		h.Aside, h.AsideStyle = "none in alarm "+l.asOf, ui.Note
	case l.bad > 0:
		h.Aside, h.AsideStyle = fmt.Sprintf("%d of %d in alarm", l.bad, l.total), ui.Small.In(ui.ColorAlarm)
	default:
		h.Aside, h.AsideStyle = fmt.Sprintf("none of %d in alarm", l.total), ui.Note
	}
	for i, r := range l.rows {
		row := HeadRow{Name: r.Name, Depth: r.Depth, Middle: l.middle(i), Item: r.Alarm}
		switch {
		case r.Deleted():
			row.Aside = "deleted"
		case l.muteOf(r).atEnd:
			row.Aside = "muted"
		case r.Flapping:
			row.Aside = "flapping"
		case r.Kind == app.CompositeAlarm:
			row.Aside = "composite"
		}
		h.Rows = append(h.Rows, row)
	}
	if l.more > 0 {
		h.Rows = append(
			h.Rows, HeadRow{Name: fmt.Sprintf("+%d more", l.more), Middle: l.middle(len(l.rows)), Item: l.rest()},
		)
	}
	return h
}

// middle returns the height of the middle of a row.
func (l *Alarm) middle(row int) float32 { return alarmHead + float32(row)*RowHeight }

// Height is what the rows take.
func (l *Alarm) Height() (least, best float32) {
	rows := len(l.rows)
	if l.more > 0 {
		rows++
	}
	if rows == 0 {
		return 44, 44
	}
	h := l.middle(rows-1) + alarmFoot
	return h, h
}

// stripInks are pale where all is well, so that what is wrong stands out.
var stripInks = map[app.AlarmState]chart.Ink{
	app.OK:               {Name: ui.ColorOK, Alpha: 72},
	app.InAlarm:          chart.Solid(ui.ColorAlarm),
	app.InsufficientData: {Name: ui.ColorNoData, Alpha: 88},
}

func (l *Alarm) band(row int) chart.Band {
	m := l.middle(row)
	return chart.Band{Top: m - alarmStrip/2, Bottom: m + alarmStrip/2 + 1}
}

// muteInk and muteBand are of the line below a strip where a mute rule holds the actions of its alarm back.
var muteInk = chart.Ink{Name: ui.ColorText, Alpha: 150}

const muteLine = 2 // its height

func (l *Alarm) muteBand(row int) chart.Band {
	b := l.band(row)
	return chart.Band{Top: b.Bottom + 1, Bottom: b.Bottom + 1 + muteLine}
}

// muteOf returns when the alarm of a row is muted.
func (l *Alarm) muteOf(r insight.RankedAlarm) muted {
	if i := slices.IndexFunc(l.all, r.Is); i >= 0 {
		return l.mutes[i]
	}
	return muted{}
}

// Paint draws a strip for each alarm, in the colours of its states, and a line below it while it is muted.
func (l *Alarm) Paint(p *chart.Picture) {
	for _, b := range l.blanks {
		for i := range l.rows {
			if b.why == NotRead {
				p.Hatch(b.Range, l.band(i), gapInk)
			}
		}
	}
	for i, r := range l.rows {
		for _, s := range r.Spans {
			ink, known := stripInks[s.State]
			if r.GoneBy(s.Range.From) {
				continue // a deleted alarm has no state
			}
			if !known {
				p.Hatch(s.Range, l.band(i), gapInk)
				continue
			}
			p.Strip(s.Range, l.band(i), ink)
		}
		for _, m := range l.muteOf(r).times {
			p.Shade(m, l.muteBand(i), muteInk)
		}
	}
}

// Notes are the words in the strips, for those who do not see the colours.
func (l *Alarm) Notes(float32) []Note {
	notes := l.blanks.notes(NameMiddle)
	for i, r := range l.rows {
		for _, s := range r.Spans {
			n := Note{At: s.Range.From, Until: s.Range.To, Inset: 5, Middle: l.middle(i) + 0.5}
			switch s.State {
			case app.InAlarm:
				n.Text, n.Style = "ALARM", ui.Style{Color: ui.ColorOnFill, Size: 9, Bold: true}
			case app.InsufficientData:
				n.Text, n.Style = "INSUFFICIENT DATA", ui.Style{Color: ui.ColorText, Size: 9}
			default:
				continue
			}
			notes = append(notes, n)
		}
	}
	return notes
}

// Readout counts the states at an instant of all alarms that matter, including those without a row; where no state is
// known it says why.
func (l *Alarm) Readout(at time.Time, _ time.Duration) string {
	var alarm, insufficient, known, muted int
	for i, r := range l.all {
		switch r.StateAt(at) {
		case app.NotKnown:
			continue
		case app.InAlarm:
			alarm++
			if l.mutes[i].at(at) {
				muted++
			}
		case app.InsufficientData:
			insufficient++
		}
		known++
	}
	if known == 0 {
		return l.blanks.readout(at, "")
	}
	var said []string
	if alarm > 0 {
		said = append(said, fmt.Sprintf("%d in alarm", alarm))
	}
	if muted > 0 {
		said = append(said, fmt.Sprintf("%d muted", muted))
	}
	if insufficient > 0 {
		said = append(said, fmt.Sprintf("%d insufficient data", insufficient))
	}
	return strings.Join(said, " · ")
}

// Pick returns the alarm of the row that lies at a place, or those for which there is no room.
func (l *Alarm) Pick(_ chart.Axis, _ float32, at fyne.Position) app.Item {
	for i, r := range l.rows {
		if at.Y >= l.middle(i)-RowHeight/2 && at.Y < l.middle(i)+RowHeight/2+1 {
			return r.Alarm
		}
	}
	if l.more > 0 && at.Y >= l.middle(len(l.rows))-RowHeight/2 {
		return l.rest()
	}
	return nil
}

// Blanks are the stretches of which no states are known.
func (l *Alarm) Blanks() Blanks { return l.blanks }

// PickName returns the alarm of the row whose name lies at a place.
func (l *Alarm) PickName(axis chart.Axis, height float32, at fyne.Position) app.Item {
	return l.Pick(axis, height, at)
}

// ReadoutRows keep the readout off the strips.
func (l *Alarm) ReadoutRows() []float32 { return []float32{NameMiddle} }

// Compare says which states were counted at each of two instants.
func (l *Alarm) Compare(from, at time.Time, near time.Duration) string {
	was, said := l.Readout(from, near), l.Readout(at, near)
	if was == said || was == "" || said == "" {
		return ""
	}
	return was + "  →  " + said
}

// Things are the alarms of the rows.
func (l *Alarm) Things() []Place {
	all := make([]Place, len(l.rows))
	for i, r := range l.rows {
		all[i] = Place{Item: r.Alarm, Middle: l.middle(i)}
	}
	return all
}

// Steps are the rows, with the one that counts the rest.
func (l *Alarm) Steps() []Place {
	all := l.Things()
	if l.more > 0 {
		all = append(all, Place{Item: l.rest(), Middle: l.middle(len(l.rows))})
	}
	return all
}

// Find returns the strip of an alarm.
func (l *Alarm) Find(item app.Item, _ float32) (Spot, bool) {
	i := slices.IndexFunc(l.rows, func(r insight.RankedAlarm) bool { return app.SameItem(r.Alarm, item) })
	if i < 0 {
		return Spot{}, false
	}
	band := l.band(i)
	return Spot{Whole: true, Top: band.Top - ringAir, Bottom: band.Bottom + ringAir}, true
}

// asOf says up to when states of the window are known: "at 13:19", or the day; "" where that is now.
func (d AlarmData) asOf() string {
	var last time.Time
	for _, w := range d.All {
		for _, s := range w.Spans {
			if s.State != app.NotKnown && s.Range.To.After(last) {
				last = s.Range.To
			}
		}
	}
	if last.IsZero() || d.Now.Sub(last) <= phrase.Late {
		return ""
	}
	zone := cmp.Or(d.Zone, time.UTC)
	if last.In(zone).Format(time.DateOnly) != d.Now.In(zone).Format(time.DateOnly) {
		return last.In(zone).Format("2 Jan")
	}
	return "at " + phrase.ClockMinutes(last, zone)
}

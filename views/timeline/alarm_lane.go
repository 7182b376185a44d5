package timeline

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of the alarm lane, as the design draws it.
const (
	alarmHead   = 34 // to the middle of the first strip
	alarmRow    = 17 // from strip to strip
	alarmStrip  = 11 // height of a strip
	alarmFoot   = 15 // from the middle of the last strip
	alarmRows   = 8  // as many fit beside the other lanes at 900 pixels; the rest are counted
	readoutHalf = 9  // half the height of a readout
)

// alarmLane shows the states of the alarms that matter.
type alarmLane struct {
	all               []insight.RankedAlarm // that matter
	rows              []insight.RankedAlarm // of those, what there is room for
	more              int                   // alarms that matter and are not shown
	total, bad, known int                   // at the window's end
	asOf              string                // when that is, where it is not now
	past              app.Range             // the part of the window that is not ahead of now
	blanks            blanks                // that have no state either
	resource          string                // to which it is narrowed; "": it is not
}

func newAlarmLane(e evidence) *alarmLane {
	l := &alarmLane{all: e.rows(), total: len(e.alarms), asOf: e.alarmsAsOf(), past: e.past(), blanks: e.blanks(app.Alarms), resource: e.resource}
	l.cut(alarmRows)
	for _, w := range e.alarms {
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

func (l *alarmLane) head() head {
	h := head{name: "Alarms"}
	switch {
	case l.total == 0 && l.resource != "":
		h.measures = l.blanks.nothing(l.past, "none watch it", "none are cached")
	case l.total == 0:
		h.measures = l.blanks.nothing(l.past, "there are none", "none are cached")
	case l.known == 0:
		h.aside, h.asideStyle = "states not known", ui.Note
	case l.bad > 0 && l.asOf != "":
		h.aside, h.asideStyle = fmt.Sprintf("%d in alarm %s", l.bad, l.asOf), ui.Small.In(ui.ColorAlarm)
	case l.asOf != "":
		h.aside, h.asideStyle = "none in alarm "+l.asOf, ui.Note
	case l.bad > 0:
		h.aside, h.asideStyle = fmt.Sprintf("%d of %d in alarm", l.bad, l.total), ui.Small.In(ui.ColorAlarm)
	default:
		h.aside, h.asideStyle = fmt.Sprintf("none of %d in alarm", l.total), ui.Note
	}
	for i, r := range l.rows {
		row := headRow{name: r.Name, depth: r.Depth, middle: l.middle(i), item: r.Alarm}
		switch {
		case r.Deleted():
			row.aside = "deleted"
		case r.Flapping:
			row.aside = "flapping"
		case r.Kind == app.CompositeAlarm:
			row.aside = "composite"
		}
		h.rows = append(h.rows, row)
	}
	if l.more > 0 {
		h.rows = append(h.rows, headRow{name: fmt.Sprintf("+%d more", l.more), middle: l.middle(len(l.rows)), item: l.rest()})
	}
	return h
}

// middle returns the height of the middle of a row.
func (l *alarmLane) middle(row int) float32 { return alarmHead + float32(row)*alarmRow }

func (l *alarmLane) height() (least, best float32) {
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

// stripInks are muted where all is well: what is wrong shall stand out.
var stripInks = map[app.AlarmState]chart.Ink{
	app.OK:               {Name: ui.ColorOK, Alpha: 72},
	app.InAlarm:          chart.Solid(ui.ColorAlarm),
	app.InsufficientData: {Name: ui.ColorNoData, Alpha: 88},
}

func (l *alarmLane) band(row int) chart.Band {
	m := l.middle(row)
	return chart.Band{Top: m - alarmStrip/2, Bottom: m + alarmStrip/2 + 1}
}

func (l *alarmLane) paint(p *chart.Picture) {
	for _, b := range l.blanks {
		for i := range l.rows {
			if b.why == notRead {
				p.Hatch(b.Range, l.band(i), gapInk)
			}
		}
	}
	for i, r := range l.rows {
		for _, s := range r.Spans {
			ink, known := stripInks[s.State]
			if r.GoneBy(s.Range.From) {
				continue // there is nothing that could be known
			}
			if !known {
				p.Hatch(s.Range, l.band(i), gapInk)
				continue
			}
			p.Strip(s.Range, l.band(i), ink)
		}
	}
}

// notes are the words in the strips, for those who do not see the colours.
func (l *alarmLane) notes(float32) []note {
	notes := l.blanks.notes(nameMiddle)
	for i, r := range l.rows {
		for _, s := range r.Spans {
			n := note{at: s.Range.From, until: s.Range.To, inset: 5, middle: l.middle(i) + 0.5}
			switch s.State {
			case app.InAlarm:
				n.text, n.style = "ALARM", ui.Style{Color: ui.ColorOnFill, Size: 9, Bold: true}
			case app.InsufficientData:
				n.text, n.style = "NO DATA", ui.Style{Color: ui.ColorText, Size: 9}
			default:
				continue
			}
			notes = append(notes, n)
		}
	}
	return notes
}

// readout counts the states at an instant over the alarms that matter, those that it has no room for too; where none is known
// it says why.
func (l *alarmLane) readout(at time.Time, _ time.Duration) string {
	var alarm, noData, known int
	for _, r := range l.all {
		switch r.StateAt(at) {
		case app.NotKnown:
			continue
		case app.InAlarm:
			alarm++
		case app.InsufficientData:
			noData++
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
	if noData > 0 {
		said = append(said, fmt.Sprintf("%d no data", noData))
	}
	return strings.Join(said, " · ")
}

func (l *alarmLane) pick(_ chart.Axis, _ float32, at fyne.Position) app.Item {
	for i, r := range l.rows {
		if at.Y >= l.middle(i)-alarmRow/2 && at.Y < l.middle(i)+alarmRow/2+1 {
			return r.Alarm
		}
	}
	if l.more > 0 && at.Y >= l.middle(len(l.rows))-alarmRow/2 {
		return l.rest()
	}
	return nil
}

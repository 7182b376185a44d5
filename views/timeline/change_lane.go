package timeline

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// changeLane shows who changed what: one mark a change, or a change and its neighbours.
type changeLane struct {
	marks  []mark
	lead   int // index of the mark of the most important change, -1 for none
	people int
	total  int
	now    time.Time
	blanks blanks
}

// mark is one or several changes at one place, oldest first. It stands where the first of them does.
type mark struct{ events []app.TrailEvent }

func (m mark) at() time.Time { return m.events[0].At }

// markGap is the least distance of two marks in pixels: a circle with a count in it is 17 wide.
const markGap = 19

func newChangeLane(e evidence) *changeLane {
	l := &changeLane{lead: -1, total: len(e.changes), now: e.now, blanks: e.blanks(app.Trail)}
	for _, c := range e.changes {
		if c.Principal.Person() {
			l.people++
		}
	}
	rest, important := e.changes, e.leading()
	if important >= 0 {
		rest = slices.Delete(slices.Clone(e.changes), important, important+1)
	}
	l.marks = cluster(rest, e.axis)
	if important >= 0 {
		l.lead = len(l.marks)
		l.marks = append(l.marks, mark{[]app.TrailEvent{e.changes[important]}})
	}
	return l
}

// cluster joins changes, oldest first, that lie less than markGap behind the first of their mark.
func cluster(changes []app.TrailEvent, axis ui.Axis) []mark {
	var marks []mark
	for _, c := range changes {
		last := len(marks) - 1
		if last >= 0 && axis.X(c.At)-axis.X(marks[last].at()) < markGap {
			marks[last].events = append(marks[last].events, c)
			continue
		}
		marks = append(marks, mark{[]app.TrailEvent{c}})
	}
	return marks
}

func (l *changeLane) head() head {
	h := head{name: "Changes", measures: "none are cached"}
	if l.total > 0 {
		h.measures = fmt.Sprintf("%s by people, %s by automation", ui.Count(int64(l.people)), ui.Count(int64(l.total-l.people)))
	} else if l.blanks.has(denied) {
		h.measures = denied
	}
	return h
}

func (l *changeLane) height() (least, best float32) { return 54, 54 }

// The places in the lane: what the most important change is called stands above the marks, so that it never lies on one.
const (
	changeWords  = 14
	changeMiddle = 36
	leadInset    = -8 // the words begin where the diamond does
)

func (l *changeLane) paint(p *ui.Picture) {
	l.blanks.paint(p, bandOf(p.Height))
	for i, m := range l.marks {
		x := p.Axis.X(m.at())
		switch {
		case i == l.lead:
			shape := shapes[m.events[0].Touches()]
			shape.draw(p, x, 10, true, ui.Solid(ui.ColorBackground)) // a rim that sets it apart from what is below
			shape.draw(p, x, 8, true, ui.Solid(ui.ColorChange))
		case len(m.events) > 1:
			p.Ring(x, changeMiddle, 8, ui.Solid(ui.ColorChange))
		default:
			e := m.events[0]
			shapes[e.Touches()].draw(p, x, 5, e.Principal.Person(), ui.Ink{Name: ui.ColorChange, Alpha: 220})
		}
	}
}

// shape is the mark of a category: corners on a circle, from an angle on. Without corners it is the circle.
type shape struct {
	corners int
	from    float64
}

// shapes tell the categories apart. A mark is filled where a person made the change, and hollow where automation did.
var shapes = map[app.Category]shape{
	app.Configuration: {},
	app.Deploy:        {3, -math.Pi / 2}, // up it goes
	app.Scaling:       {4, 0},
	app.Network:       {4, math.Pi / 4},
	app.Security:      {3, math.Pi / 2},
	app.Data:          {6, 0},
}

// cornerGain makes shapes with few corners look as large as the circle that they lie in.
const cornerGain = 1.25

func (s shape) draw(p *ui.Picture, x, radius float32, filled bool, ink ui.Ink) {
	switch {
	case s.corners > 0:
		p.Polygon(x, changeMiddle, radius*cornerGain, s.corners, s.from, filled, ink)
	case filled:
		p.Disc(x, changeMiddle, radius, ink)
	default:
		p.Ring(x, changeMiddle, radius, ink)
	}
}

func (l *changeLane) notes(height float32) []note {
	notes := l.blanks.notes(height / 2)
	for i, m := range l.marks {
		if i == l.lead {
			notes = append(notes, l.leadNotes(m.events[0])...)
			continue
		}
		if n := len(m.events); n > 1 {
			text, style := strconv.Itoa(n), ui.Style{Color: ui.ColorChange, Size: 10, Bold: true}
			if n > 99 {
				text, style.Size = "99+", 8
			}
			notes = append(notes, note{at: m.at(), inset: -style.Width(text) / 2, middle: changeMiddle, text: text, style: style, loose: true})
		}
	}
	return notes
}

// leadNotes are the words of the most important change: what, and who when.
func (l *changeLane) leadNotes(e app.TrailEvent) []note {
	what := changeTitle(e)
	by := "by " + e.Principal.Name()
	if ago := l.now.Sub(e.At); ago > 0 {
		by += " · " + ui.Age(ago) + " ago"
	}
	whatWidth := ui.Strong.Width(what) + 8
	room := whatWidth + ui.Note.Width(by)
	return []note{
		{at: e.At, inset: leadInset, middle: changeWords, text: what, style: ui.Strong, loose: true, room: room},
		{at: e.At, inset: leadInset + whatWidth, middle: changeWords, text: by, style: ui.Note, loose: true, room: room},
	}
}

// changeTitle names a change and what it concerns: UpdateTable orders.
func changeTitle(e app.TrailEvent) string {
	if len(e.Resources) == 0 {
		return e.Name
	}
	return e.Name + " " + resourceWord(e.Resources[0].Name)
}

// resourceWord returns the last part of an ARN, or the name.
func resourceWord(name string) string {
	if strings.HasPrefix(name, "arn:") {
		name = name[strings.LastIndexAny(name, ":/")+1:]
	}
	return name
}

func (l *changeLane) readout(at time.Time, reach time.Duration) string {
	var near []app.TrailEvent
	for _, m := range l.marks {
		for _, e := range m.events {
			if e.At.Sub(at).Abs() <= reach {
				near = append(near, e)
			}
		}
	}
	switch len(near) {
	case 0:
		return l.blanks.readout(at, "")
	case 1:
		return changeTitle(near[0]) + " · " + near[0].Touches().String()
	}
	return ui.Plural(int64(len(near)), "change", "changes")
}

func (l *changeLane) pick(axis ui.Axis, _ float32, at fyne.Position) ui.Item {
	place := func(i int) fyne.Position { return fyne.NewPos(axis.X(l.marks[i].at()), changeMiddle) }
	i := nearest(len(l.marks), at, place)
	if l.lead >= 0 && nearest(1, at, func(int) fyne.Position { return place(l.lead) }) == 0 {
		i = l.lead // it lies above the others
	}
	switch {
	case i < 0:
		return nil
	case len(l.marks[i].events) == 1:
		return l.marks[i].events[0]
	}
	return ui.Changes(l.marks[i].events)
}

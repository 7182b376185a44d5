package timeline

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// changeLane shows who changed what: one mark a change, or a change and its neighbours.
type changeLane struct {
	marks  []mark
	lead   int // index of the mark of the most important change, -1 for none
	people int
	total  int
	now    time.Time
	past   app.Range // the part of the window that is not ahead of now
	blanks blanks
}

func newChangeLane(e evidence) *changeLane {
	l := &changeLane{lead: -1, total: len(e.changes), now: e.now, past: e.past(), blanks: e.blanks(app.Trail)}
	for _, c := range e.changes {
		if c.Principal.Person() {
			l.people++
		}
	}
	l.marks, l.lead = marksOf(e.changes, e.leading(), e.axis)
	return l
}

func (l *changeLane) head() head {
	h := head{name: "Changes", measures: l.blanks.nothing(l.past, "nothing changed", "none are cached")}
	if l.total > 0 {
		h.rows = []headRow{{name: "● person   ○ automation", middle: changeKey}}
		h.measures = fmt.Sprintf("%s by people, %s by automation", phrase.Count(int64(l.people)), phrase.Count(int64(l.total-l.people)))
	}
	return h
}

func (l *changeLane) height() (least, best float32) { return 54, 54 }

// The places in the lane: what the most important change is called stands above the marks, so that it never lies on one.
const (
	changeWords  = 14
	changeMiddle = 36
	changeKey    = 43        // what filled marks are, below the head
	leadInset    = -leadRing // the words begin where the ring does
)

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

func (s shape) draw(p *chart.Picture, x, y, radius float32, filled bool, ink chart.Ink) {
	switch {
	case s.corners > 0:
		p.Polygon(x, y, radius*cornerGain, s.corners, s.from, filled, ink)
	case filled:
		p.Disc(x, y, radius, ink)
	default:
		p.Ring(x, y, radius, ink)
	}
}

func (l *changeLane) notes(height float32) []note {
	notes := l.blanks.notes(height / 2)
	for i, m := range l.marks {
		if i == l.lead {
			notes = append(notes, l.leadNotes(m)...)
			continue
		}
		if n := len(m.events); n > 1 {
			text, style := strconv.Itoa(n), ui.Style{Color: ui.ColorChange, Size: 10, Bold: true}
			if n > 99 {
				text, style.Size = "99+", 8
			}
			notes = append(notes, note{at: m.at(), inset: -style.Width(text) / 2, middle: changeMiddle, text: text, style: style, loose: true, edge: markInset})
		}
	}
	return notes
}

// leadNotes are the words of the most important change: what, and who when.
func (l *changeLane) leadNotes(m mark) []note {
	e := m.events[m.leads]
	what := changeTitle(e)
	by := "by " + e.Principal.Name()
	if more := len(m.events) - 1; more > 0 {
		by += fmt.Sprintf(" · %d more beside it", more)
	}
	if ago := l.now.Sub(e.At); ago > 0 {
		by += " · " + phrase.Age(ago) + " ago"
	}
	whatWidth := ui.Strong.Width(what) + 8
	room := whatWidth // who made it may be cut off; what it is stays at its mark
	return []note{
		{at: e.At, inset: leadInset, middle: changeWords, text: what, style: ui.Strong, loose: true, room: room, edge: markInset},
		{at: e.At, inset: leadInset + whatWidth, middle: changeWords, text: by, style: ui.Note, loose: true, room: room, edge: markInset, cut: true},
	}
}

// changeTitle names a change and what it concerns: UpdateTable orders.
func changeTitle(e app.TrailEvent) string {
	if len(e.Resources) == 0 {
		return e.Name
	}
	return e.Name + " " + e.Resources[0].ShortName()
}

func (l *changeLane) pick(axis chart.Axis, _ float32, at fyne.Position) app.Item {
	place := func(i int) fyne.Position { return fyne.NewPos(markX(axis, l.marks[i].at()), changeMiddle) }
	i := nearest(len(l.marks), at, place)
	if l.lead >= 0 && nearest(1, at, func(int) fyne.Position { return place(l.lead) }) == 0 {
		i = l.lead // it lies above the others
	}
	if i < 0 {
		return nil
	}
	return l.marks[i].item()
}

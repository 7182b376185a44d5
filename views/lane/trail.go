package lane

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// TrailData is what a lane of changes is made of.
type TrailData struct {
	Window
	Changes []app.TrailEvent // oldest first
	Lead    int              // index of the one that most likely matters, which is put before the others; -1: none
}

// Trail shows who changed what: one mark for a change, or for a change and its neighbours.
type Trail struct {
	marks  []mark
	lead   int // index of the mark of the most important change, -1 for none
	people int
	total  int
	now    time.Time
	past   app.Range // the part of the window that is not ahead of now
	blanks Blanks
}

// NewTrail returns a lane of changes.
func NewTrail(d TrailData) *Trail {
	l := &Trail{total: len(d.Changes), now: d.Now, past: d.Past(), blanks: d.blanks(app.Trail)}
	for _, c := range d.Changes {
		if c.Principal.Person() {
			l.people++
		}
	}
	l.marks, l.lead = marksOf(d.Changes, d.Lead, d.Axis)
	return l
}

// Head counts the changes that people and automation made.
func (l *Trail) Head() Head {
	h := Head{Name: "Changes", Measures: l.blanks.nothing(l.past, "nothing changed", "none are cached")}
	if l.total > 0 {
		h.Rows = []HeadRow{{Name: "● person   ○ automation", Middle: changeKey}}
		h.Measures = fmt.Sprintf(
			"%s by people, %s by automation", phrase.Count(int64(l.people)), phrase.Count(int64(l.total-l.people)),
		)
	}
	return h
}

// Height is that of the marks with the words of the lead above them.
func (l *Trail) Height() (least, best float32) { return 54, 54 }

// The heights in the lane: the name of the most important change stands above the marks, and never lies on one.
const (
	changeWords  = 14
	changeMiddle = 36
	changeKey    = 43        // what filled marks are, below the head
	leadInset    = -leadRing // the words begin where the ring does
)

// shape is the mark of a category: so many corners on a circle, beginning at an angle. Without corners it is the
// circle.
type shape struct {
	corners int
	from    float64
}

// shapes tell the categories apart. A mark is filled where a person made the change, and hollow where automation did.
var shapes = map[app.Category]shape{
	app.Configuration: {},
	app.Deploy:        {3, -math.Pi / 2}, // pointing up
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

// Notes are the words of the lead, and how many changes the other marks stand for.
func (l *Trail) Notes(height float32) []Note {
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
			notes = append(notes, Note{
				At: m.at(), Inset: -style.Width(text) / 2, Middle: changeMiddle, Edge: markInset,
				Text: text, Style: style, Loose: true,
			})
		}
	}
	return notes
}

// leadNotes are the words of the most important change: what it was, who made it, and when.
func (l *Trail) leadNotes(m mark) []Note {
	e := m.events[m.leads]
	what := resource.Title(e)
	by := "by " + e.Principal.Name()
	if more := len(m.events) - 1; more > 0 {
		by += fmt.Sprintf(" · %d more beside it", more)
	}
	if ago := l.now.Sub(e.At); ago > 0 {
		by += " · " + phrase.Age(ago) + " ago"
	}
	whatWidth := ui.Strong.Width(what) + 8
	room := whatWidth // who made it may be cut off; what it was stays at its mark
	note := Note{At: e.At, Inset: leadInset, Middle: changeWords, Loose: true, Room: room, Edge: markInset}
	first, second := note, note
	first.Text, first.Style = what, ui.Strong
	second.Text, second.Style, second.Inset, second.Cut = by, ui.Note, leadInset+whatWidth, true
	return []Note{first, second}
}

// Pick returns the change or the changes of the mark nearest to a place; the lead lies above the others.
func (l *Trail) Pick(axis chart.Axis, _ float32, at fyne.Position) app.Item {
	place := func(i int) fyne.Position { return fyne.NewPos(MarkX(axis, l.marks[i].at()), changeMiddle) }
	i := nearest(len(l.marks), at, place)
	if l.lead >= 0 && nearest(1, at, func(int) fyne.Position { return place(l.lead) }) == 0 {
		i = l.lead // it lies above the others
	}
	if i < 0 {
		return nil
	}
	return l.marks[i].item()
}

// item is what the drawer shows of a mark.
func (m mark) item() app.Item {
	if len(m.events) == 1 {
		return m.events[0]
	}
	return app.Changes(m.events)
}

// Blanks are the stretches of which no changes are known.
func (l *Trail) Blanks() Blanks { return l.blanks }

// Things are the marks.
func (l *Trail) Things() []Place {
	all := make([]Place, len(l.marks))
	for i, m := range l.marks {
		all[i] = Place{Item: m.item(), At: m.at(), Middle: changeMiddle}
	}
	return all
}

// Steps are the marks.
func (l *Trail) Steps() []Place { return l.Things() }

// Find returns the mark that holds a change.
func (l *Trail) Find(item app.Item, _ float32) (Spot, bool) {
	is := func(e app.TrailEvent) bool { return app.SameItem(e, item) }
	for _, m := range l.marks {
		if app.SameItem(app.Changes(m.events), item) || slices.ContainsFunc(m.events, is) {
			return Spot{
				Within: app.Range{From: m.at()}, Edge: markInset,
				Top: changeMiddle - markRing, Bottom: changeMiddle + markRing,
			}, true
		}
	}
	return Spot{}, false
}

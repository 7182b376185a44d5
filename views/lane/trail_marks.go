package lane

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// mark is one or several changes at one place, oldest first. It stands where the first of them does, or where the most
// important change does, if that is among them.
type mark struct {
	events []app.TrailEvent
	leads  int // index of the one at whose instant it stands
}

func (m mark) at() time.Time { return m.events[m.leads].At }

// The distances of marks in pixels.
const (
	markGap   = 19 // least of two: a circle with a count in it is 17 wide
	leadGap   = 24 // of another from the most important one, which has a ring around it
	markInset = 12 // of a mark from the ends of the axis, so that it is not cut off
)

// marksOf puts changes, oldest first, into marks. What lies too near the most important one stands with it, so that it
// is not hidden below; lead is its index and then that of its mark, -1 for none.
func marksOf(changes []app.TrailEvent, lead int, axis chart.Axis) (marks []mark, leading int) {
	if lead < 0 {
		return cluster(changes, axis), -1
	}
	at := MarkX(axis, changes[lead].At)
	from, to := lead, lead+1
	for from > 0 && at-MarkX(axis, changes[from-1].At) < leadGap {
		from--
	}
	for to < len(changes) && MarkX(axis, changes[to].At)-at < leadGap {
		to++
	}
	marks = cluster(changes[:from], axis)
	leading = len(marks)
	marks = append(marks, mark{changes[from:to], lead - from})
	return append(marks, cluster(changes[to:], axis)...), leading
}

// cluster joins changes, oldest first, that lie less than markGap behind the first of their mark.
func cluster(changes []app.TrailEvent, axis chart.Axis) []mark {
	var marks []mark
	for _, c := range changes {
		last := len(marks) - 1
		if last >= 0 && MarkX(axis, c.At)-MarkX(axis, marks[last].at()) < markGap {
			marks[last].events = append(marks[last].events, c)
			continue
		}
		marks = append(marks, mark{events: []app.TrailEvent{c}})
	}
	return marks
}

// MarkX returns where a change stands: at its instant, but not so near to an end of the axis that its mark is cut off.
func MarkX(axis chart.Axis, at time.Time) float32 { return Inside(axis, axis.X(at), markInset) }

// Inside keeps x at least edge away from the ends of the axis, if it lies on it.
func Inside(axis chart.Axis, x, edge float32) float32 {
	if x < 0 || x > axis.Width || axis.Width < 2*edge {
		return x
	}
	return min(max(x, edge), axis.Width-edge)
}

// The sizes of marks, as radii.
const (
	markRadius    = 5
	clusterRadius = 8
	leadRadius    = 6
	leadRing      = 11
	badgeRadius   = 3
	peopleRadius  = 2.5
	badgeOff      = 8 // of a cluster's badges from its middle, in both directions
	rim           = 1.5
)

var (
	markInk = chart.Ink{Name: ui.ColorChange, Alpha: 220}
	rimInk  = chart.Solid(ui.ColorBackground)
)

// Paint draws the marks.
func (l *Trail) Paint(p *chart.Picture) {
	l.blanks.paint(p, bandOf(p.Height))
	for i, m := range l.marks {
		x, ink := MarkX(p.Axis, m.at()), chart.Solid(ui.ColorChange)
		e := m.events[m.leads]
		switch {
		case i == l.lead:
			p.Ring(x, changeMiddle, leadRing, ink)
			shapes[e.Touches()].draw(p, x, changeMiddle, leadRadius, e.Principal.Person(), ink)
		case len(m.events) > 1:
			p.Ring(x, changeMiddle, clusterRadius, ink)
			m.badges(p, x)
		default:
			shapes[e.Touches()].draw(p, x, changeMiddle, markRadius, e.Principal.Person(), markInk)
		}
	}
}

// badges say of a cluster what a single mark shows by itself: below it the shape, where all changes have the same, and
// above it a dot where people made some of them.
func (m mark) badges(p *chart.Picture, x float32) {
	if s, same := m.shape(); same && s.corners > 0 {
		p.Disc(x+badgeOff, changeMiddle+badgeOff, badgeRadius*cornerGain+rim, rimInk)
		s.draw(p, x+badgeOff, changeMiddle+badgeOff, badgeRadius, m.people() == len(m.events), markInk)
	}
	if m.people() > 0 {
		p.Disc(x+badgeOff, changeMiddle-badgeOff, peopleRadius+rim, rimInk)
		p.Disc(x+badgeOff, changeMiddle-badgeOff, peopleRadius, chart.Solid(ui.ColorChange))
	}
}

// shape returns the shape of the changes of a mark, and whether all have the same.
func (m mark) shape() (shape, bool) {
	first := m.events[0].Touches()
	same := !slices.ContainsFunc(m.events, func(e app.TrailEvent) bool { return e.Touches() != first })
	return shapes[first], same
}

// people counts the changes that a person made.
func (m mark) people() int {
	n := 0
	for _, e := range m.events {
		if e.Principal.Person() {
			n++
		}
	}
	return n
}

// changesWords say what was changed, of which kind, and by whom, where changes have that in common.
func changesWords(events []app.TrailEvent) string {
	first := events[0]
	if len(events) == 1 {
		what := shorten(resource.Title(first), titleLetters)
		return what + ", " + first.Touches().String() + ", by " + byWord(first.Principal)
	}
	said := phrase.Plural(int64(len(events)), "change", "changes")
	other := func(differs func(app.TrailEvent) bool) bool { return slices.ContainsFunc(events, differs) }
	if !other(func(e app.TrailEvent) bool { return e.Name != first.Name }) {
		said = fmt.Sprintf("%d × %s", len(events), shorten(first.Name, titleLetters))
	}
	if !other(func(e app.TrailEvent) bool { return e.Touches() != first.Touches() }) {
		said += ", " + first.Touches().String()
	}
	people := mark{events: events}.people()
	switch {
	case !other(func(e app.TrailEvent) bool { return e.Principal.Name() != first.Principal.Name() }):
		said += ", by " + byWord(first.Principal)
	case people > 0:
		said += fmt.Sprintf(", %d by people", people)
	default:
		said += ", by automation"
	}
	return said
}

// The lengths of words beside the crosshair, in letters: longer ones would cover the marks that they describe.
const (
	titleLetters = 30
	byLetters    = 24
)

// byWord names who made a change: autoscaling for autoscaling.amazonaws.com, and for IAM Identity Center the person
// without the role.
func byWord(p app.Principal) string {
	if strings.HasPrefix(p.User, "AWSReservedSSO_") && p.Session != "" {
		return shorten(p.Session, byLetters)
	}
	return shorten(strings.TrimSuffix(p.Name(), ".amazonaws.com"), byLetters)
}

// shorten cuts a text to so many letters, in its middle: names differ at their ends.
func shorten(text string, letters int) string {
	runes := []rune(text)
	if len(runes) <= letters {
		return text
	}
	half := letters / 2
	return string(runes[:letters-half-1]) + "…" + string(runes[len(runes)-half:])
}

// Readout says what was changed around an instant, of which kind, and by whom.
func (l *Trail) Readout(at time.Time, reach time.Duration) string {
	var near []app.TrailEvent
	for _, m := range l.marks {
		for _, e := range m.events {
			if e.At.Sub(at).Abs() <= reach {
				near = append(near, e)
			}
		}
	}
	if len(near) == 0 {
		return l.blanks.readout(at, "")
	}
	return changesWords(near)
}

// Obstacles are the places of the marks, with the rings around them.
func (l *Trail) Obstacles(axis chart.Axis) []Box {
	var all []Box
	for i, m := range l.marks {
		x, r := MarkX(axis, m.at()), float32(markRadius*cornerGain)
		switch {
		case i == l.lead:
			r = leadRing
		case len(m.events) > 1:
			r = badgeOff + badgeRadius*cornerGain
		}
		all = append(all, Box{x - r, changeMiddle - r, x + r, changeMiddle + r})
	}
	return all
}

// ReadoutRows are those of the marks and of the words.
func (l *Trail) ReadoutRows() []float32 { return []float32{changeMiddle, changeWords} }

// Shorter leaves only what was changed, and then only a part of that.
func (l *Trail) Shorter(said string) []string {
	what, _, _ := strings.Cut(said, ", ")
	return []string{what, shorten(what, titleLetters/2)}
}

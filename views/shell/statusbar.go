package shell

import (
	"cmp"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// statusBar says how fresh each signal is, what is the matter, what this month cost, who I am, and how big the cache
// is.
type statusBar struct {
	widget.BaseWidget
	ground  *ui.Surface
	marks   []*ui.Mark
	signals []*ui.Text
	ages    []string // what signals say in full
	stale   bool     // one of them is: how old it is must be seen
	problem *ui.Text
	whole   string     // what the problem says in full
	brief   string     // and where there is no room for that
	right   []*ui.Text // spend, who, size
	cap     app.Money
	onTap   func()
}

func newStatusBar(limit app.Money, tapped func()) *statusBar {
	b := &statusBar{cap: limit, ground: ui.NewSurface(ui.ColorSurface),
		problem: ui.NewShrinkingText("", ui.Bad).Right(), onTap: tapped}
	for range app.Signals {
		b.marks = append(b.marks, ui.NewMark(ui.Ring, ui.ColorNoData, 8))
		b.signals = append(b.signals, ui.NewText("", ui.Note))
	}
	for range 3 {
		b.right = append(b.right, ui.NewShrinkingText("", ui.Note))
	}
	b.ages = make([]string, len(app.Signals))
	b.ExtendBaseWidget(b)
	return b
}

// status is all that the bar shows.
type status struct {
	vitals   vitals
	who      Who
	progress Progress
	follows  Following
	failure  error // of reading the cache
	now      time.Time
	said     string // of what was done just now; "": nothing
}

// problems lists what is the matter, gravest first, each once: who I am and a pull may fail for one reason.
func (s status) problems() (list []error) {
	told := map[string]bool{}
	for _, err := range append([]error{s.failure, s.who.Problem}, s.progress.Problems...) {
		if err == nil {
			continue
		}
		if sentence, _ := explain.Explain(err); !told[sentence] {
			told[sentence] = true
			list = append(list, err)
		}
	}
	return list
}

// trouble tells the first problem in a sentence, and how many more there are; brief leaves its cause to the sheet.
func (s status) trouble() (whole, brief string) {
	list := s.problems()
	if len(list) == 0 {
		return "", ""
	}
	whole, _ = explain.Explain(list[0])
	brief = whole
	if what, _, caused := strings.Cut(whole, ": "); caused {
		brief = what + "."
	}
	if more := len(list) - 1; more > 0 {
		rest := " And " + phrase.Count(int64(more)) + " more."
		whole, brief = whole+rest, brief+rest
	}
	return whole, brief
}

// slow tells which call AWS slows down, and how many more.
func (s status) slow() string {
	list := s.progress.Slow
	text := explain.Slowdown(list[len(list)-1])
	if more := len(list) - 1; more > 0 {
		text += " And " + phrase.Count(int64(more)) + " more."
	}
	return text
}

func (b *statusBar) show(s status) {
	b.stale = false
	for i, signal := range app.Signals {
		fresh := s.vitals.freshness[signal]
		shape, color, text := signalStatus(signal, fresh, s.now)
		b.stale = b.stale || stale(fresh, s.now)
		b.marks[i].Set(shape, color)
		b.ages[i] = text
	}
	style := ui.Bad
	text, brief := s.trouble()
	switch {
	case s.said != "":
		text, brief, style = s.said, "", ui.Note
	case s.progress.Running && len(s.progress.Slow) > 0:
		text, brief, style = s.slow(), "", ui.Note
	case s.progress.Running:
		text, brief, style = s.progress.Doing, "", ui.Note
	case s.progress.Paused:
		text, brief = "The pull has paused: sign in, and it goes on. "+text,
			"The pull has paused: sign in, and it goes on."
	case text == "" && s.follows.On:
		text, style = "Following "+phrase.Plural(int64(s.follows.Places), "place", "places"), ui.Note
	}
	b.problem.SetStyle(style)
	b.whole, b.brief = text, cmp.Or(brief, text)
	b.problem.Set(text)
	spend := ""
	if s.vitals.known {
		spend = b.spent(s.vitals.spend.Cost)
		b.right[2].Set(phrase.Bytes(s.vitals.size))
	}
	b.right[0].Set(spend)
	b.right[1].Set(s.who.says(s.now))
	whoStyle := ui.Note
	if s.who.Problem != nil || s.who.expiresSoon(s.now) {
		whoStyle = ui.Note.In(ui.ColorWarning)
	}
	b.right[1].SetStyle(whoStyle)
	b.Refresh()
}

// spent says what this month's paid calls cost, of what they may.
func (b *statusBar) spent(cost app.Money) string {
	if b.cap < 0 {
		return cost.String() + " this month"
	}
	return cost.String() + " of " + b.cap.String() + " this month"
}

// Tapped shows all problems with what to do, and how it stands in each place.
func (b *statusBar) Tapped(*fyne.PointEvent) { b.onTap() }

// CreateRenderer draws the bar.
func (b *statusBar) CreateRenderer() fyne.WidgetRenderer {
	parts := []fyne.CanvasObject{b.ground}
	for i := range b.marks {
		parts = append(parts, b.marks[i], b.signals[i])
	}
	parts = append(parts, b.problem)
	for _, t := range b.right {
		parts = append(parts, t)
	}
	return &ui.Face{Widget: b, Parts: parts, Place: b.place,
		Min: func() fyne.Size { return fyne.NewSize(600, ui.StatusHeight) }}
}

const (
	statusInset = 12
	statusGap   = 18
)

// The room below which a problem says nothing: the rest makes way for it, ages that are not fresh only for its first
// words.
const (
	leastProblem = 240
	firstWords   = 120
)

// leastWho is what who I am keeps of its room beside a problem, where it must end in an ellipsis.
const leastWho = 90

// What the bar leaves out, one after the other, until the rest has room. Problems and who I am stay.
const (
	allShown = iota
	noSize
	noSpend
	agesOnly  // nothing after an age: the marks tell it too
	namesOnly // no ages
)

// place puts the signals at the left, the rest at the right, and the problem into what is between them.
func (b *statusBar) place(s fyne.Size) {
	b.ground.Resize(s)
	most, least := namesOnly, float32(leastProblem)
	if b.stale {
		most, least = agesOnly, firstWords
	}
	for last := agesOnly; last <= most; last++ {
		for _, says := range []string{b.whole, b.brief} {
			if b.placeWith(s, says, ui.Bad.Width(says), last) {
				return
			}
		}
	}
	least = min(least, ui.Bad.Width(b.brief)) // it ends in an ellipsis, and so may who I am
	for short := most; short <= namesOnly; short++ {
		b.shorten(short)
		b.placeAll(s, least)
		if b.problem.Size().Width >= least {
			return
		}
	}
}

// placeWith leaves out as little as it can until a problem has the room that it needs, and reports whether it has.
func (b *statusBar) placeWith(s fyne.Size, says string, need float32, last int) bool {
	b.problem.Set(says)
	for short := allShown; short <= last; short++ {
		b.shorten(short)
		if b.placeAll(s, need) >= need {
			return true
		}
	}
	return false
}

// shorten leaves out what there is no room for.
func (b *statusBar) shorten(short int) {
	for i, text := range b.ages {
		switch {
		case short >= namesOnly:
			text, _, _ = strings.Cut(text, " ")
		case short >= agesOnly:
			text, _, _ = strings.Cut(text, ",")
		}
		b.signals[i].Set(text)
	}
	ui.SetShown(b.right[0], short < noSpend)
	ui.SetShown(b.right[2], short < noSize)
}

// placeAll places what is shown and returns how much room the problem has, less than it needs if the rest has too
// little.
func (b *statusBar) placeAll(s fyne.Size, need float32) float32 {
	x := float32(statusInset)
	for i, mark := range b.marks {
		mark.Resize(fyne.NewSquareSize(8))
		mark.Move(fyne.NewPos(x, (s.Height-8)/2))
		width := b.signals[i].MinSize().Width
		b.signals[i].Resize(fyne.NewSize(width, s.Height))
		b.signals[i].Move(fyne.NewPos(x+13, 0))
		x += 13 + width + statusGap
	}
	right, room := s.Width-statusInset, s.Width-statusInset-x
	for i := len(b.right) - 1; i >= 0; i-- {
		t := b.right[i]
		width := ui.Note.Width(t.Now())
		if !t.Visible() {
			continue
		}
		if width > 0 {
			room -= width + statusGap
		}
		width = min(width, max(right-x-need-statusGap, min(leastWho, right-x), 0)) // it ends in an ellipsis
		t.Resize(fyne.NewSize(width, s.Height))
		t.Move(fyne.NewPos(right-width, 0))
		if width > 0 {
			right -= width + statusGap
		}
	}
	b.problem.Resize(fyne.NewSize(max(right-x, 0), s.Height))
	b.problem.Move(fyne.NewPos(x, 0))
	return room
}

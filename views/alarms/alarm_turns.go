package alarms

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// turn is a change of an alarm's state.
type turn struct {
	app.AlarmHistoryItem
	stayed time.Duration // in the state that it turned to; 0 where the cache does not know
	lasts  bool          // it is still in it
	late   bool          // it was when it was last seen
}

// turnsOf returns the turns of an alarm, newest first. history is its own, oldest first.
func turnsOf(a app.Alarm, history []app.AlarmHistoryItem, now time.Time) []turn {
	var turns []turn
	until := a.Since // what DescribeAlarms says is newer than any history
	after := a.State
	for _, h := range slices.Backward(history) {
		if h.Kind != app.StateUpdate {
			continue
		}
		t := turn{AlarmHistoryItem: h}
		switch {
		// their clocks differ by milliseconds
		case len(turns) == 0 && h.To == a.State && a.Since.Sub(h.At) < time.Second:
			t.stayed, t.late = phrase.AsOf(a, now).Sub(h.At), phrase.SeenLate(a, now)
			t.lasts = a.Gone.IsZero() && !t.late
		case len(turns) > 0 && h.To == after, len(turns) == 0 && h.To != a.State:
			t.stayed = until.Sub(h.At)
		}
		turns = append(turns, t)
		until, after = h.At, h.From
	}
	return turns
}

// says is how long a turn's state stayed, in words.
func (t turn) says() string {
	switch {
	case t.stayed <= 0:
		return ""
	case t.late:
		return phrase.Lasting(t.stayed) + " or more"
	case t.lasts:
		return phrase.Lasting(t.stayed) + " so far"
	}
	return phrase.Lasting(t.stayed)
}

// turnsShown is how many changes of state the drawer lists of an alarm; all of them are a detail of their own.
const turnsShown = 10

// turns lists when the alarm changed from which state to which, for how long and why, the newest first.
func (d alarmDetail) turns(p *drawer.Page, k drawer.PageContext) {
	turns := turnsOf(d.alarm, d.facts.history, k.Session.Now())
	if len(turns) == 0 {
		return
	}
	p.Section("State history")
	addTurns(p, k, d.alarm, turns[:min(len(turns), turnsShown)])
	if len(turns) > turnsShown {
		p.Pivot("Show all", "s", phrase.Count(int64(len(turns))), func() { k.Open(allTurns{d.alarm}) })
	}
}

// turns lists turns under the day of each, which goes without saying for today.
func addTurns(p *drawer.Page, k drawer.PageContext, a app.Alarm, turns []turn) {
	const today = "Today"
	day := today
	for _, t := range turns {
		if of := phrase.Day(t.At, k.Session.Now(), k.Session.Zone.Now()); of != day {
			day = of
			p.Text(day, ui.Note)
			p.Room(2)
		}
		p.Add(newTurnLine(t, k.Clock(t.At)))
		if why := phrase.TurnReason(a, t.AlarmHistoryItem, k.Presets, k.Clock); why != "" {
			p.Add(drawer.Inset(turnInset, ui.NewParagraph(why, ui.Note, drawer.PageWidth-turnInset)))
		}
		p.Room(6)
	}
}

// turnLine is one turn: the mark of what it turned to, when, from which state to which, and for how long.
type turnLine struct {
	widget.BaseWidget
	mark             *ui.Mark
	at, turn, stayed *ui.Text
}

// The measures of a turn.
const (
	turnInset  = 16 // of its words, beside the mark
	turnTime   = 44 // for the time of day
	turnHeight = 18
)

func newTurnLine(t turn, at string) *turnLine {
	shape, color, to := ui.OfState(t.To)
	_, _, from := ui.OfState(t.From)
	l := &turnLine{mark: ui.NewMark(shape, color, drawer.PivotMark), at: ui.NewText(at, ui.Note),
		turn: ui.NewShrinkingText(from+" → "+to, ui.Small), stayed: ui.NewText(t.says(), ui.Note).Right()}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the line.
func (l *turnLine) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{Widget: l, Parts: []fyne.CanvasObject{l.mark, l.at, l.turn, l.stayed}, Place: l.place,
		Min: func() fyne.Size { return fyne.NewSize(100, turnHeight) }}
}

func (l *turnLine) place(s fyne.Size) {
	put := func(o fyne.CanvasObject, x, width float32) {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, s.Height))
	}
	stayed := ui.Note.Width(l.stayed.Now()) + 1
	const turn = turnInset + turnTime
	put(l.mark, 0, drawer.PivotMark)
	put(l.at, turnInset, turnTime)
	put(l.turn, turn, s.Width-turn-stayed-4)
	put(l.stayed, s.Width-stayed, stayed)
}

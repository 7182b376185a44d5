package shell

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// turnsShown is how many changes of state the drawer lists.
const turnsShown = 20

// turns lists when the alarm changed from which state to which, the newest first.
func (d alarmDetail) turns(p *page, k desk) {
	var turns []app.AlarmHistoryItem
	for _, h := range slices.Backward(d.facts.history) {
		if h.Kind == app.StateUpdate {
			turns = append(turns, h)
		}
	}
	if len(turns) == 0 {
		return
	}
	p.section("State history")
	for _, h := range turns[:min(len(turns), turnsShown)] {
		_, _, from := ui.OfState(h.From)
		_, _, to := ui.OfState(h.To)
		p.text(k.moment(h.At)+" · "+from+" → "+to, ui.Quiet)
	}
	if more := len(turns) - turnsShown; more > 0 {
		p.text("And "+ui.Count(int64(more))+" more.", ui.Note)
	}
}

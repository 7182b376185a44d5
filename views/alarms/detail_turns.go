package alarms

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// allTurns is the item of all turns of an alarm.
type allTurns struct{ alarm app.Alarm }

// turnsDetail lists all turns of an alarm.
type turnsDetail struct {
	alarm app.Alarm
	turns []turn
	known bool // they were read
}

// turnsMost is how many of them are drawn: a page's places are float32, and 200 turns of a dozen objects take 20 ms to
// lay out.
const turnsMost = 200

func (d turnsDetail) Read(ctx context.Context, r DetailReader, o drawer.ReadContext) (drawer.Detail[DetailReader],
	error) {
	history, err := r.AlarmHistory(ctx, app.AlarmQuery{Scopes: []app.Scope{d.alarm.Scope}, Name: d.alarm.Name})
	slices.SortFunc(history, app.CompareHistory)
	var again error
	d.alarm, again = readAgain(ctx, r, d.alarm)
	d.turns, d.known = turnsOf(d.alarm, history, o.Now), true
	return d, errors.Join(err, again)
}

func (d turnsDetail) Page(k drawer.PageContext) *drawer.Page {
	n := len(d.turns)
	said := "…"
	if d.known && n > 0 {
		said = fmt.Sprintf("%s · %s – %s", phrase.Plural(int64(n), "turn", "turns"), k.Moment(d.turns[n-1].At),
			k.Moment(d.turns[0].At))
	}
	p := drawer.NewPage("State history", d.alarm.Name, nil, said)
	addTurns(p, k, d.alarm, d.turns[:min(n, turnsMost)])
	if n > turnsMost {
		p.Gap(8)
		days := int(k.Session.Now().Sub(d.turns[n-1].At)/(24*time.Hour)) + 1
		p.Text("And "+phrase.Count(int64(n-turnsMost))+" more. This lists them all:", ui.Note)
		p.Text(fmt.Sprintf("nephograph alarms --history --limit 0 --since %dd --name %q", days, d.alarm.Name),
			formulaStyle)
	}
	return p
}

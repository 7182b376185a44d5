package alarms

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// wentOften is a shelf whose checkout-5xx went off and back n times, an hour each, the last of them being its newest
// turn.
func wentOften(n int) *drawertest.Cache {
	s := drawertest.FullCache()
	s.History = []app.AlarmHistoryItem{drawertest.Went("checkout-5xx", drawertest.Checkout.Since, app.OK, app.InAlarm)}
	for i := range n {
		off := drawertest.Checkout.Since.Add(-time.Duration(2*i+2) * time.Hour)
		s.History = append(s.History, drawertest.Because(drawertest.Went("checkout-5xx", off, app.OK, app.InAlarm), "",
			drawertest.Breaking().ReasonData),
			drawertest.Went("checkout-5xx", off.Add(time.Hour), app.InAlarm, app.OK))
	}
	return s
}

func TestStateHistoryOfAnAlarm(t *testing.T) {
	shelf := wentOften(11)
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(drawertest.Checkout)
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	if n := strings.Count(said, " → "); n != turnsShown {
		t.Errorf("it lists %d changes of state, want %d: %s", n, turnsShown, said)
	}
	for _, want := range []string{"STATE HISTORY 09:56 OK → In alarm 16 min so far 08:56 In alarm → OK 1 h 07:56 OK " +
		"→ In alarm 1 h 2 of 3 datapoints above 5 %, 09:53–09:55, 1 missing.",
		"Show all 23 s"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}

func TestAllTurnsOfAnAlarm(t *testing.T) {
	shelf := wentOften(turnsMost/2 + 10)
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(drawertest.Checkout)
	s.Rune('s')
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	if n := strings.Count(said, " → "); n != turnsMost {
		t.Errorf("it lists %d changes of state, want %d", n, turnsMost)
	}
	for _, want := range []string{"State history checkout-5xx 221 turns · ",
		"And 21 more. This lists them all: nephograph alarms --history --limit 0 --since", `d --name "checkout-5xx"`} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

func TestTurns(t *testing.T) {
	minutes := func(m int) time.Time { return drawertest.Now.Add(time.Duration(m-100) * time.Minute) }
	turned := func(m int, from, to app.AlarmState) app.AlarmHistoryItem {
		return drawertest.Went("a", minutes(m), from, to)
	}
	const ok, off, none = app.OK, app.InAlarm, app.InsufficientData
	acted := app.AlarmHistoryItem{At: minutes(40), Kind: app.ActionTaken}
	for name, c := range map[string]struct {
		state   app.AlarmState
		since   int
		gone    int // minute; 0: it is still there
		seen    int // minute; 0: now
		history []app.AlarmHistoryItem
		want    string
	}{
		"none": {ok, 0, 0, 0, nil, "[]"},
		"still so": {off, 40, 0, 0,
			[]app.AlarmHistoryItem{turned(10, ok, off), turned(25, off, ok), turned(40, ok, off), acted},
			"[ALARM 1h0m0s+ OK 15m0s ALARM 15m0s]"},
		"a turn is lacking": {off, 40, 0, 0, []app.AlarmHistoryItem{turned(10, ok, off), turned(40, ok, off)},
			"[ALARM 1h0m0s+ ALARM ?]"},
		"turned since":     {ok, 70, 0, 0, []app.AlarmHistoryItem{turned(40, ok, off)}, "[ALARM 30m0s]"},
		"the same since":   {off, 70, 0, 0, []app.AlarmHistoryItem{turned(40, ok, off)}, "[ALARM ?]"},
		"an older listing": {ok, 20, 0, 0, []app.AlarmHistoryItem{turned(40, ok, off)}, "[ALARM ?]"},
		"lost its data": {none, 40, 0, 0, []app.AlarmHistoryItem{turned(40, ok, none)},
			"[INSUFFICIENT_DATA 1h0m0s+]"},
		"deleted":       {off, 40, 90, 0, []app.AlarmHistoryItem{turned(40, ok, off)}, "[ALARM 50m0s]"},
		"seen long ago": {off, 40, 0, 60, []app.AlarmHistoryItem{turned(40, ok, off)}, "[ALARM 20m0s or more]"},
		"clocks that differ": {off, 40, 0, 0,
			[]app.AlarmHistoryItem{{Alarm: "a", Kind: app.StateUpdate, At: minutes(40).Add(-300 * time.Millisecond),
				From: ok, To: off}}, "[ALARM 1h0m0.3s+]"},
	} {
		a := app.Alarm{Name: "a", State: c.state, Since: minutes(c.since), Seen: drawertest.Now}
		if c.gone > 0 {
			a.Gone = minutes(c.gone)
		}
		if c.seen > 0 {
			a.Seen = minutes(c.seen)
		}
		var said []string
		for _, turn := range turnsOf(a, c.history, drawertest.Now) {
			stayed := "?"
			if turn.stayed > 0 {
				stayed = turn.stayed.String()
			}
			if turn.lasts {
				stayed += "+"
			}
			if turn.late {
				stayed += " or more"
			}
			said = append(said, fmt.Sprint(turn.To, " ", stayed))
		}
		if got := fmt.Sprint(said); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

package alarms

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/phrase"
)

func TestRecordOfAnAlarm(t *testing.T) {
	drawertest.Check(t, "recovered once", saidOf(t, drawertest.FullCache(), drawertest.Checkout),
		"RECORD, 20 D KNOWN Went off twice In alarm 37 min in all Recovers after 21 min in the mean Longest 21 min "+
			"STATE HISTORY")
	drawertest.Check(t, "flapping", saidOf(t, wentOften(40), drawertest.Checkout), "Went off 41 times: it flaps",
		"Longest 1 h STATE HISTORY")

	once := drawertest.FullCache()
	once.History = once.History[2:]
	drawertest.Check(t, "went off for the first time", saidOf(t, once, drawertest.Checkout), "Went off once in 20 d.",
		"RECORD, 20 D KNOWN Went off once In alarm 16 min in all Longest 16 min, and lasts")

	none := &drawertest.Cache{}
	drawertest.Check(t, "nothing is known", saidOf(t, none, drawertest.Checkout), "!RECORD", "!Went off",
		"STATE, 1 D Where it is hatched the cache does not know the state.")

	always := drawertest.Checkout
	always.Since = drawertest.Ago(60 * 24 * time.Hour)
	drawertest.Check(t, "in alarm for longer than anything is known",
		saidOf(t, &drawertest.Cache{Covers: once.Covers}, always), "STATE, 60 D", "!RECORD", "!does not know",
		"!AWS forgets")

	ok := drawertest.Checkout
	ok.State, ok.Since = app.OK, drawertest.Ago(time.Hour)
	lost := &drawertest.Cache{Covers: once.Covers,
		History: []app.AlarmHistoryItem{drawertest.Went("checkout-5xx", ok.Since, app.InsufficientData, app.OK)}}
	drawertest.Check(t, "never off", saidOf(t, lost, ok), "RECORD, 20 D KNOWN Not once in alarm.", "!In alarm ")
}

func TestHistoryThatAWSHasForgottenIsToldAsSuch(t *testing.T) {
	s := drawertest.FullCache()
	s.Covers[0].Range = app.Since(drawertest.Now, 100*24*time.Hour)
	drawertest.Check(t, "kept here", saidOf(t, s, drawertest.Checkout), "STATE, 100 D",
		"AWS forgets after 30 days; this is kept here.")
}

func TestRoughly(t *testing.T) {
	for d, want := range map[time.Duration]string{
		20 * time.Minute: "20 min", 23*time.Hour + 40*time.Minute: "1 d", 29*time.Hour + 10*time.Minute: "1 d 5 h",
		20*24*time.Hour + time.Hour: "20 d", 400 * 24 * time.Hour: "400 d",
	} {
		if got := roughly(d); got != want {
			t.Errorf("%v is roughly %q, want %q", d, got, want)
		}
	}
}

// TestWhatWasSeenLongAgoIsToldAsOfThen asks AWS for the last time three days ago, when checkout had been in alarm for
// 20 minutes.
func TestWhatWasSeenLongAgoIsToldAsOfThen(t *testing.T) {
	seen := drawertest.Ago(72 * time.Hour)
	a := drawertest.Checkout
	a.Since, a.Seen = seen.Add(-20*time.Minute), seen
	s := &drawertest.Cache{Covers: []app.Cover{{Scope: drawertest.Ireland, Signal: app.Alarms,
		Range: app.Since(seen, 24*time.Hour), AskedAt: seen}},
		History: []app.AlarmHistoryItem{drawertest.Went("checkout-5xx", a.Since, app.OK, app.InAlarm)}}
	drawertest.Check(t, "in alarm", saidOf(t, s, a), "IN ALARM as of 11 Mar 10:12, for 20 min", "Went off once in 1 d.",
		"STATE, 4 D Where it is",
		"RECORD, 1 D KNOWN Went off once In alarm 20 min in all Longest 20 min or more", "OK → In alarm 20 min or more",
		"!for 3 d", "!In alarm 3 d")

	fresh := a
	fresh.Seen = drawertest.Ago(phrase.Late) // and has not turned
	drawertest.Check(t, "seen lately", saidOf(t, s, fresh), "IN ALARM for 3 d, since 11 Mar 09:52",
		"In alarm 3 d in all Longest 3 d, and lasts", "3 d so far")

	open := drawertest.New(t, s, 900, Details(s))
	s.Keep(fresh)
	open.Session.Selected.Set(a) // as it was when it was found
	drawertest.Check(t, "opened before it was seen again", drawertest.Words(open.Drawer), "for 3 d")
}

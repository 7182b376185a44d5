package shell

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

func TestRecordOfAnAlarm(t *testing.T) {
	check(t, "recovered once", saidOf(t, fullShelf(), checkout),
		"RECORD, 20 D KNOWN Went off twice In alarm 37 min in all Recovers after 21 min in the mean Longest 21 min STATE HISTORY")
	check(t, "flapping", saidOf(t, wentOften(40), checkout), "Went off 41 times: it flaps", "Longest 1 h STATE HISTORY")

	once := fullShelf()
	once.history = once.history[2:]
	check(t, "went off for the first time", saidOf(t, once, checkout), "Went off once in 20 d.", "RECORD, 20 D KNOWN Went off once In alarm 16 min in all Longest 16 min, and lasts")

	none := &shelf{}
	check(t, "nothing is known", saidOf(t, none, checkout), "!RECORD", "!Went off", "STATE, 1 D Where it is hatched the cache does not know the state.")

	always := checkout
	always.Since = ago(60 * 24 * time.Hour)
	check(t, "in alarm for longer than anything is known", saidOf(t, &shelf{covers: once.covers}, always), "STATE, 60 D", "!RECORD", "!does not know", "!AWS forgets")

	ok := checkout
	ok.State, ok.Since = app.OK, ago(time.Hour)
	lost := &shelf{covers: once.covers, history: []app.AlarmHistoryItem{went("checkout-5xx", ok.Since, app.InsufficientData, app.OK)}}
	check(t, "never off", saidOf(t, lost, ok), "RECORD, 20 D KNOWN Not once in alarm.", "!In alarm ")
}

func TestHistoryThatAWSHasForgottenIsToldAsSuch(t *testing.T) {
	s := fullShelf()
	s.covers[0].Range = app.Since(now, 100*24*time.Hour)
	check(t, "kept here", saidOf(t, s, checkout), "STATE, 100 D", "AWS forgets after 30 days; this is kept here.")
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

// TestWhatWasSeenLongAgoIsToldAsOfThen asks AWS for the last time three days ago, when checkout had been in alarm for 20 minutes.
func TestWhatWasSeenLongAgoIsToldAsOfThen(t *testing.T) {
	seen := ago(72 * time.Hour)
	a := checkout
	a.Since, a.Seen = seen.Add(-20*time.Minute), seen
	s := &shelf{covers: []app.Cover{{Scope: ireland, Signal: app.Alarms, Range: app.Since(seen, 24*time.Hour), AskedAt: seen}},
		history: []app.AlarmHistoryItem{went("checkout-5xx", a.Since, app.OK, app.InAlarm)}}
	check(t, "in alarm", saidOf(t, s, a), "IN ALARM as of 11 Mar 10:12, for 20 min", "Went off once in 1 d.", "STATE, 4 D Where it is",
		"RECORD, 1 D KNOWN Went off once In alarm 20 min in all Longest 20 min or more", "OK → In alarm 20 min or more", "!for 3 d", "!In alarm 3 d")

	fresh := a
	fresh.Seen = ago(phrase.Late) // and has not turned
	check(t, "seen lately", saidOf(t, s, fresh), "IN ALARM for 3 d, since 11 Mar 09:52", "In alarm 3 d in all Longest 3 d, and lasts", "3 d so far")

	open := newDrawerStage(t, s, 900, alarmDetails(s))
	s.keep(fresh)
	open.session.Selected.Set(a) // as it was when it was found
	check(t, "opened before it was seen again", words(open.drawer), "for 3 d")
}

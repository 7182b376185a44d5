package shell

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestRecordOfAnAlarm(t *testing.T) {
	check(t, "recovered once", saidOf(t, fullShelf(), checkout),
		"RECORD, 20 D KNOWN Went off twice In alarm 37 min in all Recovers after 21 min in the mean Longest 21 min STATE HISTORY")
	check(t, "flapping", saidOf(t, wentOften(40), checkout), "Went off 41 times: it flaps", "Longest 1 h STATE HISTORY")

	once := fullShelf()
	once.history = once.history[2:]
	check(t, "went off for the first time", saidOf(t, once, checkout), "Went off once in 20 d.", "RECORD, 20 D KNOWN Went off once In alarm 16 min in all Longest 16 min, and lasts")

	none := &shelf{}
	check(t, "nothing is known", saidOf(t, none, checkout), "!RECORD", "!Went off", "STATE, 1 D Where it is empty the cache does not know the state.")

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

package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
)

func TestIncidentID(t *testing.T) {
	at := time.Date(2026, 5, 3, 23, 0, 0, 0, time.UTC)
	for title, want := range map[string]string{
		"checkout 5xx":             "2026-05-03-checkout-5xx",
		"  ../../etc/passwd":       "2026-05-03-etc-passwd",
		"Größe: äußerst „wichtig“": "2026-05-03-gr-e-u-erst-wichtig",
		"":                         "2026-05-03",
	} {
		if got := app.IncidentID(title, at, nil); got != want || !app.ValidIncidentID(got) {
			t.Errorf("%q is %q; want %q", title, got, want)
		}
	}
	taken := []string{"2026-05-03-a", "2026-05-03-a-2"}
	if got := app.IncidentID("a", at, taken); got != "2026-05-03-a-3" {
		t.Errorf("the third is %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		if id := app.IncidentID(rapid.String().Draw(t, "title"), at, nil); !app.ValidIncidentID(id) {
			t.Errorf("%q may not name an incident", id)
		}
	})
}

// item draws one of the items that can be pinned.
func item(t *rapid.T) app.Item {
	n := rapid.IntRange(0, 3).Draw(t, "n")
	id := string(rune('a' + n))
	at := apptest.Ago(float64(n))
	return rapid.SampledFrom([]app.Item{
		app.Alarm{Scope: apptest.Shop, Name: id},
		app.LogEvent{Scope: apptest.Shop, Group: "g", ID: id, At: at, Message: id},
		app.TrailEvent{Scope: apptest.Shop, ID: id, At: at, Name: id},
		app.Trace{Scope: apptest.Shop, ID: app.TraceID("1-68164a00-0123456789abcdef0123456" + id), Start: at},
		app.LogList{Title: id, Query: app.LogQuery{Groups: []string{id}}},
		app.LogPattern{Template: id},
	}).Draw(t, "item")
}

func TestEditsOfAnIncident(t *testing.T) {
	window := app.Since(apptest.Now, time.Hour)
	rapid.Check(t, func(t *rapid.T) {
		i := app.NewIncident("a", window, apptest.Now, nil)
		for range rapid.IntRange(0, 30).Draw(t, "edits") {
			before := slices.Clone(i.Evidence)
			at, to := rapid.IntRange(-1, 6).Draw(t, "at"), rapid.IntRange(-1, 6).Draw(t, "to")
			now := i
			switch rapid.IntRange(0, 4).Draw(t, "edit") {
			case 0, 1:
				e, ok := app.EvidenceOf(item(t), window, apptest.Now)
				if !ok {
					t.Fatal("an item of the list cannot be pinned")
				}
				now = i.Pin(e, apptest.Now)
				if again := now.Pin(e, apptest.Now); len(again.Evidence) != len(now.Evidence) {
					t.Fatalf("pinned twice: %v", again.Evidence)
				}
			case 2:
				now = i.Move(at, to, apptest.Now)
				if len(now.Evidence) != len(i.Evidence) {
					t.Fatalf("a move has left %d of %d", len(now.Evidence), len(i.Evidence))
				}
			case 3:
				now = i.Remove(at, apptest.Now)
				if at >= 0 && at < len(i.Evidence) { // undone
					back := now.Insert(at, i.Evidence[at], apptest.Now)
					if !slices.EqualFunc(back.Evidence, i.Evidence, sameEvidence) {
						t.Fatalf("undone it is %v, and was %v", back.Evidence, i.Evidence)
					}
				}
			case 4:
				now = i.Caption(at, "why", apptest.Now)
			}
			if !slices.EqualFunc(before, i.Evidence, sameEvidence) {
				t.Fatal("an edit has changed the incident that it was made from")
			}
			seen := map[string]bool{}
			for _, e := range now.Evidence {
				if e.ID == "" || seen[e.ID] {
					t.Fatalf("the id %q is missing or there twice", e.ID)
				}
				seen[e.ID] = true
			}
			i = now
		}
	})
}

func sameEvidence(a, b app.Evidence) bool { return a.ID == b.ID && a.Caption == b.Caption }

func TestEvidenceOf(t *testing.T) {
	window := app.Since(apptest.Now, time.Hour)
	long := strings.Repeat("ä", 5000) + "\nsecond line"
	e, ok := app.EvidenceOf(app.LogList{Title: long}, window, apptest.Now)
	if n := len([]rune(e.Title)); !ok || n != 161 {
		t.Errorf("a long title has %d characters", n)
	}
	long = `{"level":"ERROR","msg":"` + strings.Repeat("x", 5000) + `"}`
	e, ok = app.EvidenceOf(app.LogEvent{Scope: apptest.Shop, At: apptest.Now, ID: "1", Group: "g", Message: long},
		window, apptest.Now)
	n := len([]rune(e.Title))
	if !ok || n != 161 || e.Title[0] != 'x' || e.Range.Length() != time.Millisecond {
		t.Errorf("a long message has a title of %d characters, %.9q, over %v", n, e.Title, e.Range.Length())
	}
	e, ok = app.EvidenceOf(app.SeriesAt{Series: app.Series{Scope: apptest.Shop}, At: apptest.Now}, window, apptest.Now)
	if !ok || e.Kind != app.MetricEvidence || !e.Range.Equal(window) {
		t.Errorf("a series that was clicked is %+v, %v", e, ok)
	}
	for _, item := range []app.Item{nil, app.Changes{}, app.Service{}, app.Coverage{}, "text"} {
		if e, ok := app.EvidenceOf(item, window, apptest.Now); ok {
			t.Errorf("%T became %+v", item, e)
		}
	}
}

func TestPinsOfAnIncident(t *testing.T) {
	window := app.Since(apptest.Now, time.Hour)
	i := app.NewIncident("a", window, apptest.Now, nil)
	for _, at := range []time.Time{apptest.Ago(5), apptest.Ago(600)} {
		e, _ := app.EvidenceOf(app.TrailEvent{Scope: apptest.Shop, ID: at.String(), At: at}, window, apptest.Now)
		i = i.Pin(e, apptest.Now)
	}
	i = i.Pin(app.Note("why", apptest.Now), apptest.Now)
	pins := i.Pins()
	if len(pins) != 2 || !pins[0].Range.Equal(window) || pins[0].Scope != (app.Scope{}) ||
		pins[1].Scope != apptest.Shop.Place() || !pins[1].Range.Contains(apptest.Ago(600)) {
		t.Errorf("the pins are %+v", pins)
	}
	name, prefix := i.PinNames()
	if pins[0].Name != name || !strings.HasPrefix(pins[1].Name, prefix) {
		t.Errorf("the pins are named %q and %q", pins[0].Name, pins[1].Name)
	}
}

func TestTimesOfAnIncident(t *testing.T) {
	window := app.Since(apptest.Now, time.Hour)
	turn := func(name string, minutes float64, to app.AlarmState) app.AlarmHistoryItem {
		return app.AlarmHistoryItem{Scope: apptest.Shop, Alarm: name, At: apptest.Ago(minutes), Kind: app.StateUpdate,
			To: to}
	}
	a, b := app.Alarm{Scope: apptest.Shop, Name: "a"}, app.Alarm{Scope: apptest.Shop, Name: "b"}
	for name, c := range map[string]struct {
		history  []app.AlarmHistoryItem
		detected float64
		ended    float64 // minutes ago; 0: not known
	}{
		"nothing":    {},
		"one, over":  {[]app.AlarmHistoryItem{turn("a", 30, app.InAlarm), turn("a", 10, app.OK)}, 30, 10},
		"one, lasts": {[]app.AlarmHistoryItem{turn("a", 30, app.InAlarm)}, 30, 0},
		"again": {[]app.AlarmHistoryItem{turn("a", 30, app.InAlarm), turn("a", 20, app.OK),
			turn("a", 9, app.InAlarm)}, 30, 0},
		"flapped": {[]app.AlarmHistoryItem{turn("a", 30, app.InAlarm), turn("a", 20, app.OK),
			turn("a", 9, app.InAlarm), turn("a", 4, app.OK)}, 30, 4},
		"both": {[]app.AlarmHistoryItem{turn("b", 40, app.InAlarm), turn("a", 30, app.InAlarm),
			turn("a", 10, app.OK), turn("b", 8, app.OK)}, 40, 8},
		"one is left": {[]app.AlarmHistoryItem{turn("b", 40, app.InAlarm), turn("a", 30, app.InAlarm),
			turn("a", 10, app.OK)}, 40, 0},
		"before":    {[]app.AlarmHistoryItem{turn("a", 90, app.InAlarm), turn("a", 70, app.OK)}, 0, 0},
		"no data":   {[]app.AlarmHistoryItem{turn("a", 30, app.InAlarm), turn("a", 10, app.InsufficientData)}, 30, 0},
		"another's": {[]app.AlarmHistoryItem{turn("c", 30, app.InAlarm)}, 0, 0},
	} {
		i := app.Incident{Range: window, Acknowledged: apptest.Ago(25)}
		got := i.Times([]app.Alarm{a, b}, c.history)
		if ago(got.Detected) != c.detected || ago(got.Recovered) != c.ended || !got.Began.IsZero() {
			t.Errorf("%s: detected %v and recovered %v minutes ago, begun %v", name, ago(got.Detected),
				ago(got.Recovered), got.Began)
		}
		if d, ok := got.ToRecover(); ok != (c.ended > 0) || ok && d.Minutes() != c.detected-c.ended {
			t.Errorf("%s: recovered in %v, %v", name, d, ok)
		}
	}
}

func ago(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return apptest.Now.Sub(t).Minutes()
}

func TestTroubleBeganWithTheFirstBreachingDatapoint(t *testing.T) {
	five := 5.0
	a := app.Alarm{Scope: apptest.Shop, Name: "a", Kind: app.MetricAlarm, Threshold: &five, Period: time.Minute,
		Comparison: "GreaterThanThreshold", EvaluationPeriods: 3, DatapointsToAlarm: 2}
	went := app.AlarmHistoryItem{Scope: apptest.Shop, Alarm: "a", Kind: app.StateUpdate, To: app.InAlarm,
		At: time.Date(2026, 3, 1, 10, 5, 30, 0, time.UTC),
		Data: `{"newState":{"stateReason":"Threshold Crossed","stateReasonData":{"threshold":5,"evaluatedDatapoints":[
			{"timestamp":"2026-03-01T10:04:00.000+0000","value":9},
			{"timestamp":"2026-03-01T10:03:00.000+0000","value":8},
			{"timestamp":"2026-03-01T10:02:00.000+0000","value":1}]}}}`}
	i := app.Incident{Range: app.Since(went.At.Add(time.Hour), 2*time.Hour)}
	times := i.Times([]app.Alarm{a}, []app.AlarmHistoryItem{went})
	if want := time.Date(2026, 3, 1, 10, 3, 0, 0, time.UTC); !times.Began.Equal(want) {
		t.Errorf("began %v; want %v", times.Began, want)
	}
	if d, ok := times.ToDetect(); !ok || d != 150*time.Second {
		t.Errorf("detected after %v, %v", d, ok)
	}
}

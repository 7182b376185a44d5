package shell

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

func TestDrawerTellsEveryItem(t *testing.T) {
	failed := update
	failed.ErrorCode, failed.ErrorMessage, failed.ReadOnly = "AccessDenied", "not authorized", false
	trace := app.Trace{Scope: ireland, ID: "1-5fad4cc9-70259536495de84a2a6282cd", Start: ago(10 * time.Minute), Response: 3400 * time.Millisecond,
		Duration: 3500 * time.Millisecond, Entry: "checkout", Method: "POST", URL: "https://shop.example/checkout", Status: 502, Fault: true,
		Spans: []app.Span{
			{ID: "1", Kind: app.Segment, Name: "checkout", Start: now, End: now.Add(3 * time.Second), Fault: true},
			{ID: "2", Kind: app.Segment, Name: "orders", Start: now, End: now.Add(2 * time.Second)},
			{ID: "3", Kind: app.Segment, Name: "orders", Start: now, End: now.Add(time.Second)},
			{ID: "4", Kind: app.Subsegment, Name: "DynamoDB", Start: now, End: now.Add(time.Second), SpanDetail: app.SpanDetail{Exceptions: []app.Exception{{Type: "ThroughputExceeded", Message: "slow down"}}}},
		}}
	shelf := fullShelf()
	shelf.traces = []app.Trace{trace}
	shelf.events = []app.LogEvent{
		{Scope: ireland, Group: "/aws/lambda/checkout", At: ago(time.Minute), Message: "all is well", LogFacts: app.LogFacts{Level: app.LevelInfo}},
		{Scope: ireland, Group: "/aws/lambda/checkout", At: ago(time.Minute), Message: "ERROR it broke", LogFacts: app.LogFacts{Level: app.LevelError}},
	}
	series := shelf.series[0]
	for _, item := range []struct {
		name string
		item ui.Item
		want []string
	}{
		{"alarm", checkout, []string{"Alarm · eu-west-1 · 111122223333", "checkout-5xx", "IN ALARM", "for 16 min, since 09:56",
			"5XXError of checkout above 5 % in 3 of 3 one-minute periods; last 8.1 %. Went off twice in 20 d, mean time to recover 21 min.",
			"511", "2,390", "STATE, 20 D"}},
		{"composite", critical, []string{"Goes off by a rule over checkout-5xx, checkout-p99.", "Alarms in alarm with it"}},
		{"change", update, []string{"UpdateTable orders", "CHANGE", "2026-03-14 09:37:00", "deploy-role/pipeline-482", "10.0.4.7", "DynamoDB Table", `"writeCapacityUnits": 400`,
			"WHAT", "billingMode PROVISIONED", "provisionedThroughput.writeCapacityUnits 400", "What names orders"}},
		{"denied", failed, []string{"DENIED", "AccessDenied: not authorized"}},
		{"cluster", ui.Changes{update, failed}, []string{"2 changes", "UpdateTable orders", "09:37:00"}},
		{"slice", []app.TrailEvent{update}, []string{"1 change"}},
		{"series", series, []string{"5XXError", "API Gateway · Average, 1 min", "The share of requests", "8.1 %", "0.8 %", "What names checkout"}},
		{"trace", trace, []string{"checkout 3.4 s", "FAULT", "502", "2 SERVICES, 4 SPANS", "orders × 2", "1 failed · 3 s", "ThroughputExceeded: slow down", "2,390"}},
		{"latency", app.Latency{Scope: ireland, ID: trace.ID, At: trace.Start, Response: trace.Response, Fault: true}, []string{"checkout 3.4 s", "POST https://shop.example/checkout"}},
		{"bucket", ui.LogBucket{Range: app.Since(now, time.Minute), Counts: [5]int{app.LevelError: 19, app.LevelInfo: 593}},
			[]string{"612 events", "Errors", "19", "FIRST OF ITS ERRORS", "ERROR it broke"}},
	} {
		t.Run(item.name, func(t *testing.T) {
			s := newStage(t, shelf, 1440, 900, false)
			s.session.Selected.Set(item.item)
			said := strings.ReplaceAll(words(s.drawer), "\n", " ")
			for _, want := range item.want {
				if !strings.Contains(said, want) {
					t.Errorf("does not say %q: %s", want, said)
				}
			}
			s.rune('y')
			if s.drawer.detail.page(s.drawer.desk).copy != s.app.Clipboard().Content() {
				t.Errorf("copied %q", s.app.Clipboard().Content())
			}
		})
	}
}

func TestAlarmPivots(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 900, false)
	s.Visit(1)
	for _, step := range []struct {
		key      rune
		screen   int
		resource string
		from, to time.Duration // before now
	}{
		{'m', 0, "checkout", 16*time.Minute + 2*time.Hour, 0},
		{'t', 0, "checkout", 16*time.Minute + 2*time.Hour, 0},
		{'l', 0, "checkout", 16*time.Minute + 2*time.Hour, 0},
		{'c', 0, "", 16*time.Minute + 2*time.Hour, time.Minute},
		{'a', 1, "", 16*time.Minute + 2*time.Hour, time.Minute}, // the focus stays
	} {
		s.session.Selected.Set(checkout)
		s.rune(step.key)
		f := s.session.Focus.Now()
		if s.current != step.screen || f.Resource != step.resource || !f.Range.From.Equal(ago(step.from)) || !f.Range.To.Equal(ago(step.to)) {
			t.Errorf("%c leads to screen %d with %+v", step.key, s.current, f)
		}
		if s.session.Selected.Now() == nil {
			t.Errorf("%c closed the drawer", step.key)
		}
	}
	if shown := s.shelf.asked[len(s.shelf.asked)-1]; !shown.Equal(around(checkout, now)) {
		t.Errorf("errors were counted in %v, but the pivot shows %v", shown, around(checkout, now))
	}
}

func TestATrailEventLeadsToWhatNamesItsResource(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 900, false)
	before := s.session.Range()
	s.session.Selected.Set(update)
	s.rune('n')
	if f := s.session.Focus.Now(); f.Resource != "orders" || !s.session.Range().Equal(before) {
		t.Errorf("n leads to %+v", f)
	}
}

func TestDrawerDropsWhatIsLate(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 900, true)
	s.release()
	s.session.Selected.Set(checkout)
	s.session.Selected.Set(update)
	if said := words(s.drawer); !strings.Contains(said, "UpdateTable") || strings.Contains(said, "eventVersion") {
		t.Errorf("before reading it says %q", said)
	}
	s.release()
	if said := words(s.drawer); !strings.Contains(said, "eventVersion") || strings.Contains(said, "checkout-5xx") {
		t.Errorf("after reading it says %q", said)
	}
}

func TestDrawerGoesBackToTheCluster(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 900, false)
	other := update
	other.ID, other.Name = "e2", "DeleteAlarm"
	s.session.Selected.Set(ui.Changes{update, other})
	s.session.Selected.Set(other)
	if said := words(s.drawer); !strings.Contains(said, "2 changes") {
		t.Errorf("one of a cluster says %q", said)
	}
	s.session.Selected.Set(checkout)
	s.session.Selected.Set(other)
	if said := words(s.drawer); strings.Contains(said, "2 changes") {
		t.Error("the cluster is remembered for too long")
	}
}

func TestDrawerKeepsWhatItHasWhenReadingFails(t *testing.T) {
	shelf := fullShelf()
	shelf.failure = denied
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(checkout)
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"checkout-5xx", "GO TO", "AWS does not allow logs:FilterLogEvents"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q: %s", want, said)
		}
	}
}

func TestZoneTellsTheDrawer(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 900, false)
	s.session.Selected.Set(update)
	s.choose(t, "UTC or local time")
	if said := words(s.drawer); !strings.Contains(said, "2026-03-14 08:37:00") {
		t.Errorf("in UTC it says %q", said)
	}
}

func TestRecovery(t *testing.T) {
	h := func(m int, to app.AlarmState) app.AlarmHistoryItem {
		return app.AlarmHistoryItem{At: ago(time.Duration(-m) * time.Minute), Kind: app.StateUpdate, To: to}
	}
	action := app.AlarmHistoryItem{At: now, Kind: app.ActionTaken, To: app.OK}
	for _, test := range []struct {
		history []app.AlarmHistoryItem
		mean    time.Duration
		ok      bool
	}{
		{nil, 0, false},
		{[]app.AlarmHistoryItem{h(0, app.OK), h(5, app.InAlarm)}, 0, false}, // it still is
		{[]app.AlarmHistoryItem{h(0, app.InAlarm), h(10, app.OK), h(20, app.InAlarm), h(40, app.OK)}, 15 * time.Minute, true},
		{[]app.AlarmHistoryItem{h(0, app.InAlarm), action, h(4, app.InsufficientData), h(6, app.InAlarm), h(10, app.OK)}, 10 * time.Minute, true},
	} {
		if mean, ok := recovery(test.history); mean != test.mean || ok != test.ok {
			t.Errorf("recovery(%v) = %v, %v; want %v, %v", test.history, mean, ok, test.mean, test.ok)
		}
	}
}

func TestIndentedIsBounded(t *testing.T) {
	if got := indented(json.RawMessage(`{"a":[1]}`)); got != "{\n  \"a\": [\n    1\n  ]\n}" {
		t.Errorf("got %q", got)
	}
	if got := indented(json.RawMessage(`no json`)); got != "no json" {
		t.Errorf("got %q", got)
	}
	if got := indented(json.RawMessage(`"` + strings.Repeat("ä", maxRaw) + `"`)); len(got) > maxRaw+8 || !strings.HasSuffix(got, "\n…") {
		t.Errorf("%d bytes, ending in %q", len(got), got[len(got)-8:])
	}
}

func TestBreaches(t *testing.T) {
	points := func(values ...float64) app.Series {
		s := app.Series{Reading: app.Reading{Period: time.Minute}}
		for i, v := range values {
			s.Points = append(s.Points, app.Point{At: now.Add(time.Duration(i) * time.Minute), Value: v})
		}
		return s
	}
	stretch := func(from, to int) app.Range {
		return app.Range{From: now.Add(time.Duration(from) * time.Minute), To: now.Add(time.Duration(to) * time.Minute)}
	}
	for _, test := range []struct {
		series app.Series
		want   []app.Range
	}{
		{points(), nil}, {points(5, 5, 5), nil}, {points(1, 6, 7, 2, 9), []app.Range{stretch(1, 3), stretch(4, 5)}},
	} {
		got := breaches(checkout, test.series)
		if len(got) != len(test.want) {
			t.Fatalf("got %v, want %v", got, test.want)
		}
		for i := range got {
			if !got[i].Equal(test.want[i]) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		}
	}
}

func TestDrawerFollowsTheFocus(t *testing.T) {
	s := newStage(t, fullShelf(), 1440, 900, false)
	s.session.Selected.Set(checkout)
	s.shelf.series = nil
	s.session.Go(s.session.Focus.Now().Last(15 * time.Minute))
	if said := strings.ReplaceAll(words(s.drawer), "\n", " "); !strings.Contains(said, "no datapoints of its metric in this window") {
		t.Errorf("in another window it says %q", said)
	}
}

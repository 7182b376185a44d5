package shell

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/trail"
	"github.com/nephograph/nephograph/views/ui"
)

func TestDrawerTellsEveryItem(t *testing.T) {
	failed := drawertest.Update
	failed.ErrorCode, failed.ErrorMessage, failed.ReadOnly = "AccessDenied", "not authorized", false
	trace := drawertest.Slow
	shelf := drawertest.FullCache()
	well := trace
	well.ID, well.Fault, well.Start = "1-5fad4cc9-000000000000000000000001", false, drawertest.Ago(50*time.Minute)
	shelf.AllTraces = append(shelf.AllTraces, trace, well)
	second := drawertest.Update
	second.ID, second.At = "e2", second.At.Add(time.Minute)
	shelf.Trail = append(shelf.Trail, second)
	shelf.Events = []app.LogEvent{
		{Scope: drawertest.Ireland, Group: "/aws/lambda/checkout", At: drawertest.Ago(time.Minute),
			Message: "all is well", LogFacts: app.LogFacts{Level: app.LevelInfo}},
		{Scope: drawertest.Ireland, Group: "/aws/lambda/checkout", At: drawertest.Ago(time.Minute),
			Message: "ERROR it broke", LogFacts: app.LogFacts{Level: app.LevelError}},
		{Scope: drawertest.Ireland, Group: "/aws/lambda/checkout", At: trace.Start.Add(time.Second),
			Message: "within the trace", LogFacts: app.LogFacts{TraceID: trace.ID}},
	}
	series := shelf.AllSeries[0]
	shelf.Graph = app.ServiceGraph{Nodes: []app.ServiceNode{
		{Name: "checkout", Stats: app.CallStats{Total: 200, Fault: 50, Time: 100 * time.Second}}},
		Edges: []app.ServiceEdge{{From: "checkout", To: "orders", Stats: app.CallStats{Total: 100, Fault: 20}},
			{From: "shop", To: "checkout", Stats: app.CallStats{Total: 200}},
			{From: "me", FromType: app.ClientType, To: "checkout"}}}
	for _, item := range []struct {
		name string
		item app.Item
		want []string
	}{
		{"alarm", drawertest.Checkout, []string{"Alarm · eu-west-1 · 111122223333", "checkout-5xx", "IN ALARM",
			"for 16 min, since 09:56",
			"5XXError of checkout > 5 %, 3 of 3; last 8.1 %. Went off twice in 20 d, mean time to recover 21 min.",
			"52", "1", "STATE, 20 D"}},
		{"composite", drawertest.Critical, []string{"Goes off by a rule over 2 alarms.", "Alarms in alarm with it",
			"ITS RULE", "1 of 2 holds", "Not in the cache"}},
		{"change", drawertest.Update, []string{"UpdateTable orders", "CHANGE", "2026-03-14 09:37:00",
			"deploy-role/pipeline-482", "10.0.4.7", "DynamoDB Table", `"writeCapacityUnits": 400`,
			"WHAT", "billingMode PROVISIONED", "provisionedThroughput.writeCapacityUnits 400",
			"Narrow everything to orders"}},
		{"denied", failed, []string{"DENIED", "AccessDenied: not authorized"}},
		{"cluster", app.Changes{drawertest.Update, failed}, []string{"2 changes", "UpdateTable orders", "09:37:00"}},
		{"slice", []app.TrailEvent{drawertest.Update}, []string{"1 change"}},
		{"series", series, []string{"5XXError", "API Gateway · Average, 1 min", "The share of requests",
			"8.1 % at 2026-03-14 10:", "0.8 %", "Alarms on this metric 1 a", "Traces with faults 52 t",
			"Errors in its logs 1 l",
			"Changes to checkout, 2 h before 0 c", "Every change, 2 h before 2 v", "Narrow everything to checkout",
			"ApiName checkout"}},
		{"trace", trace, []string{"checkout 3.4 s", "FAULT", "502", "3 SPANS", "✕ checkout 3 s", "orders 2 s",
			"✕ DynamoDB 1 s", "ThroughputExceeded: slow down", "Log events of this trace 1 l"}},
		{"latency", app.Latency{Scope: drawertest.Ireland, ID: trace.ID, At: trace.Start, Response: trace.Response,
			Fault: true}, []string{"checkout 3.4 s", "POST https://shop.example/checkout"}},
		{"log event", drawertest.Broken, []string{"ERROR", "message it broke",
			"Namespace AWS/ApiGateway", "2026/03/14/[$LATEST]1", "Its trace fault · 3.4 s t",
			"Log events of its request", "It published 5XXError 30 points m",
			"Changes to checkout, 2 h before 0 c"}},
		{"log list", app.LogList{Title: "Errors", Query: app.LogQuery{Range: app.Since(drawertest.Now, time.Hour)}},
			[]string{"Errors", "3 events", "checkout", "it broke", "all is well"}},
		{"trace list", app.TraceList{Title: "Faults",
			Query: app.TraceQuery{Range: app.Since(drawertest.Now, time.Hour)}},
			[]string{"Faults", "53 traces", "10:02:00  checkout", "fault · 3.4 s", "And 3 more."}},
		{"change list", app.ChangeList{Title: "Changes",
			Query: app.TrailQuery{Range: app.Since(drawertest.Now, time.Hour)}},
			[]string{"2 events", "UpdateTable orders", "deploy-role/pipeline-482"}},
		{"alarm list", app.AlarmList{Title: "With it", Alarms: []app.Alarm{drawertest.Checkout}},
			[]string{"1 alarm", "checkout-5xx", "In alarm for 16 min"}},
		{"group", app.LogGroup{Scope: drawertest.Ireland, Name: "/aws/lambda/checkout", Retention: 14,
			Stored: 12_000_000}, []string{"Log group · eu-west-1", "3 events in 1 h", "Errors 1",
			"All, the newest first 3 l", "Errors 1 e", "Traces of checkout 53 t", "Alarms on checkout 1 a",
			"Changes to checkout, 2 h before 0 c", "Kept for 14 d", "NEWEST EVENTS", "it broke"}},
		{"service", app.Service{Scope: drawertest.Ireland, Name: "checkout"},
			[]string{"Service · eu-west-1", "Requests 200", "Faults 50, 25 %", "Mean time 500 ms",
				"Traces with faults 52 t", "All its traces 53 s",
				"Errors in its logs 1 l", "Alarms on checkout 1 a", "CALLS orders 20 % faults · 100 1",
				"IS CALLED BY shop 200 2"}},
		{"bucket", app.LogBucket{Range: app.Since(drawertest.Now, time.Minute),
			Counts: [5]int{app.LevelError: 19, app.LevelInfo: 593}},
			[]string{"A stretch of logs · 1 min", "2 events", "Errors 1", "GROUPS /aws/lambda/checkout 1 error · 2",
				"Traces in it 0 t", "Changes in the 2 h before 2 c",
				"EVENTS, GRAVEST FIRST", "it broke", "all is well"}},
	} {
		t.Run(item.name, func(t *testing.T) {
			s := newStage(t, shelf, 1440, 900, false)
			s.session.Selected.Set(item.item)
			said := strings.ReplaceAll(drawertest.Words(s.drawer), "\n", " ")
			for _, want := range item.want {
				if !strings.Contains(said, want) {
					t.Errorf("does not say %q: %s", want, said)
				}
			}
			s.rune('y')
			if copied := s.app.Clipboard().Content(); (copied != "") != s.drawer.Bindings().Has(ui.Press{Rune: 'y'}) {
				t.Errorf("copied %q", copied)
			}
		})
	}
}

func TestPivotsKeepTheFocusAndLeadBack(t *testing.T) {
	for _, test := range []struct {
		name  string
		item  app.Item
		key   rune
		opens string
	}{
		{"faults of an alarm", drawertest.Checkout, 't', "Traces with faults, checkout"},
		{"errors of an alarm", drawertest.Checkout, 'l', "Errors in the logs of checkout"},
		{"changes before an alarm", drawertest.Checkout, 'c', "Changes before checkout-5xx"},
		{"metric of an alarm", drawertest.Checkout, 'm', "5XXError"},
		{"alarms with an alarm", drawertest.Checkout, 'a', "In alarm with checkout-5xx"},
		{"logs of a trace", drawertest.Slow, 'l', "Logs of the trace at 10:02:00"},
		{"changes to a trace's services", drawertest.Slow, 'c', "Changes to its services"},
		{"changes before a trace", drawertest.Slow, 'v', "Changes before the trace"},
		{"alarms on a trace's services", drawertest.Slow, 'a', "Alarms on its services"},
		{"trace of an event", drawertest.Broken, 't', "checkout 3.4 s"},
		{"request of an event", drawertest.Broken, 'e', "Request 8b5e-77"},
		{"what is around an event", drawertest.Broken, 'l', "Around 10:11:00"},
		{"changes before an event", drawertest.Broken, 'c', "Changes to checkout"},
		{"metric of an event", drawertest.Broken, 'm', "5XXError"},
		{"alarms on a metric", drawertest.FullCache().AllSeries[0], 'a', "Alarms on 5XXError"},
		{"faults of a metric's resource", drawertest.FullCache().AllSeries[0], 't', "Traces with faults, checkout"},
		{"errors of a metric's resource", drawertest.FullCache().AllSeries[0], 'l', "Errors in the logs of checkout"},
		{"changes to a metric's resource", drawertest.FullCache().AllSeries[0], 'c', "Changes to checkout"},
		{"changes before the end of a metric's window", drawertest.FullCache().AllSeries[0], 'v',
			"Changes before 10:12"},
		{"alarms after a change", drawertest.Update, 'a', "Went off after UpdateTable"},
		{"alarms on what changed", drawertest.Update, 'w', "Alarms on orders"},
		{"changes of the same", drawertest.Update, 'c', "Changes to orders"},
		{"what somebody did", drawertest.Update, 'd', "By deploy-role/pipeline-482"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, drawertest.JoinedCache(), 1440, 900, false)
			before := s.session.Focus.Now()
			s.session.Selected.Set(test.item)
			from := s.drawer.Title()
			s.rune(test.key)
			if s.drawer.Title() != test.opens {
				t.Errorf("it opens %q, want %q", s.drawer.Title(), test.opens)
			}
			if !s.session.Focus.Now().Equal(before) || s.current != 0 {
				t.Errorf("it moves to screen %d, %+v", s.current, s.session.Focus.Now())
			}
			s.key(fyne.KeyBackspace)
			if s.drawer.Title() != from {
				t.Errorf("back leads to %q, want %q", s.drawer.Title(), from)
			}
			s.key(fyne.KeyBackspace)
			if s.drawer.Title() != from {
				t.Errorf("back from the start leads to %q", s.drawer.Title())
			}
		})
	}
}

func TestErrorsOfAnAlarmAreThoseOfWhatItsResourceCalls(t *testing.T) {
	s := newStage(t, drawertest.JoinedCache(), 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	asked := cachetest.QueriesOf[app.LogQuery](s.shelf.Cache, "LogVolume")
	q := asked[len(asked)-1]
	if want := []string{"/aws/lambda/checkout", "/ecs/orders"}; !slices.Equal(q.Groups, want) ||
		!q.Range.Equal(drawertest.Checkout.Around(drawertest.Now)) {
		t.Errorf("errors are counted in %v of %v, want %v", q.Groups, q.Range, want)
	}
}

// Days later there is no more to see than at the end of what is cached: the incident fills the picture.
func TestAnAlarmOnTheTimelineEndsWithWhatIsCached(t *testing.T) {
	shelf, since := drawertest.FullCache(), drawertest.Ago(72*time.Hour)
	shelf.Covers = []app.Cover{{Scope: drawertest.Ireland, Signal: app.Metrics, AskedAt: drawertest.Now,
		Range: app.Range{From: since.Add(-time.Hour), To: since.Add(20 * time.Minute)}}}
	old := drawertest.Checkout
	old.Since, old.Seen = since, since.Add(21*time.Minute)
	shelf.AllAlarms = []app.Alarm{old}
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(old)
	s.typedRune('h')
	if got, want := s.session.Range(), (app.Range{From: since.Add(-2 * time.Hour),
		To: since.Add(20 * time.Minute)}); !got.Equal(want) {
		t.Errorf("it looks at %v, want %v", got, want)
	}
	if narrowed := s.session.Focus.Now().Resource; narrowed != "" {
		t.Errorf("all but %q is left out, and with it the cause", narrowed)
	}
}

func TestEntriesOpenByFigures(t *testing.T) {
	s := newStage(t, drawertest.JoinedCache(), 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	for _, step := range []struct {
		key   rune
		title string
	}{{'t', "Traces with faults, checkout"}, {'1', "checkout 3.4 s"}, {'l', "Logs of the trace at 10:02:00"},
		{'1', "checkout"}} {
		s.rune(step.key)
		if s.drawer.Title() != step.title {
			t.Fatalf("%c opens %q, want %q", step.key, s.drawer.Title(), step.title)
		}
	}
	for _, title := range []string{"Logs of the trace at 10:02:00", "checkout 3.4 s", "Traces with faults, checkout",
		"checkout-5xx"} {
		s.key(fyne.KeyBackspace)
		if s.drawer.Title() != title {
			t.Fatalf("back leads to %q, want %q", s.drawer.Title(), title)
		}
	}
}

func TestWhatAScreenSelectsBeginsAnew(t *testing.T) {
	s := newStage(t, drawertest.JoinedCache(), 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	s.rune('c')
	s.session.Selected.Set(drawertest.Slow)
	s.key(fyne.KeyBackspace)
	if s.drawer.Title() != "checkout 3.4 s" {
		t.Errorf("back from what a screen selected leads to %q", s.drawer.Title())
	}
	s.session.Selected.Set(drawertest.Checkout)
	s.rune('c')
	s.key(fyne.KeyBackspace)
	turned := drawertest.Checkout
	turned.State = app.OK
	s.rune('c')
	s.rune('1')
	s.key(fyne.KeyBackspace)
	s.key(fyne.KeyBackspace)
	s.session.Selected.Set(turned) // as the Alarms screen does when it has turned
	if !strings.Contains(drawertest.Words(s.drawer), "OK") {
		t.Error("the drawer shows the alarm as it was")
	}
}

func TestNothingPulledIsSaid(t *testing.T) {
	shelf := drawertest.JoinedCache()
	shelf.Covers, shelf.Events, shelf.Trail, shelf.AllTraces = nil, nil, nil, nil
	hour := app.Since(drawertest.Now, time.Hour)
	for name, item := range map[string]app.Item{"log events": app.LogList{Title: "Errors",
		Query: app.LogQuery{Range: hour}},
		"traces":       app.TraceList{Title: "Faults", Query: app.TraceQuery{Range: hour}},
		"trail events": app.ChangeList{Title: "Changes", Query: app.TrailQuery{Range: hour}}} {
		s := newStage(t, shelf, 1440, 900, false)
		s.session.Selected.Set(item)
		said := strings.ReplaceAll(drawertest.Words(s.drawer), "\n", " ")
		if want := "The " + name + " of this time have not been pulled. Pull them with F5."; !strings.Contains(said,
			want) || strings.Contains(said, " 0 ") {
			t.Errorf("%s: it says %q", name, said)
		}
	}
}

func TestATraceThatIsNotCachedSaysSo(t *testing.T) {
	shelf := drawertest.JoinedCache()
	shelf.AllTraces = nil
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(drawertest.Broken)
	s.rune('t')
	if said := strings.ReplaceAll(drawertest.Words(s.drawer), "\n", " "); !strings.Contains(said,
		"The cache does not hold this trace") {
		t.Errorf("it says %q", said)
	}
}

func TestATrailEventLeadsToWhatNamesItsResource(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	before := s.session.Range()
	s.session.Selected.Set(drawertest.Update)
	s.rune('n')
	if f := s.session.Focus.Now(); f.Resource != drawertest.Update.Resources[0].Name ||
		!s.session.Range().Equal(before) {
		t.Errorf("n leads to %+v", f)
	}
}

func TestDrawerDropsWhatIsLate(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, true)
	s.release()
	s.session.Selected.Set(drawertest.Checkout)
	s.session.Selected.Set(drawertest.Update)
	if said := drawertest.Words(s.drawer); !strings.Contains(said, "UpdateTable") ||
		strings.Contains(said, "eventVersion") {
		t.Errorf("before reading it says %q", said)
	}
	s.release()
	if said := drawertest.Words(s.drawer); !strings.Contains(said, "eventVersion") ||
		strings.Contains(said, "checkout-5xx") {
		t.Errorf("after reading it says %q", said)
	}
}

func TestDrawerGoesBackToTheCluster(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	other := drawertest.Update
	other.ID, other.Name = "e2", "DeleteAlarm"
	s.session.Selected.Set(app.Changes{drawertest.Update, other})
	s.rune('2')
	if said := drawertest.Words(s.drawer); !strings.Contains(said, "2 changes") ||
		!strings.Contains(said, "DeleteAlarm") {
		t.Errorf("one of a cluster says %q", said)
	}
	s.key(fyne.KeyBackspace)
	if said := drawertest.Words(s.drawer); !strings.Contains(said, "Changes close together") {
		t.Errorf("back leads to %q", said)
	}
}

func TestDrawerKeepsWhatItHasWhenReadingFails(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.Failure = drawertest.Denied
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	said := strings.ReplaceAll(drawertest.Words(s.drawer), "\n", " ")
	for _, want := range []string{"checkout-5xx", "GO TO", "AWS does not allow logs:FilterLogEvents"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q: %s", want, said)
		}
	}
}

func TestZoneTellsTheDrawer(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.session.Selected.Set(drawertest.Update)
	s.choose(t, "UTC or local time")
	if said := drawertest.Words(s.drawer); !strings.Contains(said, "2026-03-14 08:37:00") {
		t.Errorf("in UTC it says %q", said)
	}
}

func TestIndentedIsBounded(t *testing.T) {
	if got := trail.Indented(json.RawMessage(`{"a":[1]}`)); got != "{\n  \"a\": [\n    1\n  ]\n}" {
		t.Errorf("got %q", got)
	}
	if got := trail.Indented(json.RawMessage(`no json`)); got != "no json" {
		t.Errorf("got %q", got)
	}
	if got := trail.Indented(json.RawMessage(`"` + strings.Repeat("ä", trail.MaxRaw) + `"`)); len(got) > trail.MaxRaw+
		8 || !strings.HasSuffix(got, "\n…") {
		t.Errorf("%d bytes, ending in %q", len(got), got[len(got)-8:])
	}
}

func TestDrawerFollowsTheFocus(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.session.Selected.Set(drawertest.Checkout)
	s.session.Go(s.session.Focus.Now().On(app.Since(drawertest.Ago(9*time.Hour), time.Hour)))
	if said := strings.ReplaceAll(drawertest.Words(s.drawer), "\n", " "); strings.Contains(said, "last 8.1 %") {
		t.Errorf("in a window without datapoints it says %q", said)
	}
}

func TestTheWindowsTitleSaysWhatIsLookedAt(t *testing.T) {
	s := newStage(t, drawertest.JoinedCache(), 1440, 900, false)
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, "Timeline – Nephograph"},
		{func() { s.session.Selected.Set(drawertest.Checkout) }, "checkout-5xx – Timeline – Nephograph"},
		{func() { s.rune('c') }, "Changes before checkout-5xx – Timeline – Nephograph"},
		{func() { s.Visit(1) }, "Changes before checkout-5xx – Alarms – Nephograph"},
		{func() { s.key(fyne.KeyEscape) }, "Alarms – Nephograph"},
	} {
		if step.do(); s.window.Title() != step.want {
			t.Errorf("the title is %q, want %q", s.window.Title(), step.want)
		}
	}
}

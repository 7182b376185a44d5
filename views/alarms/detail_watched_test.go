package alarms

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// watching is an alarm on the errors of a function.
func watching(function string, state app.AlarmState) app.Alarm {
	m := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: function})
	return app.Alarm{Scope: drawertest.Ireland, Name: function + "-errors", Kind: app.MetricAlarm, State: state,
		Since: drawertest.Ago(time.Hour), Seen: drawertest.Now, Metric: &m, Statistic: "Sum", Period: time.Minute}
}

// anyOf is a composite alarm over alarms.
func anyOf(name string, alarms ...app.Alarm) app.Alarm {
	a := drawertest.Critical
	a.Name = name
	var parts []string
	for _, child := range alarms {
		parts = append(parts, fmt.Sprintf("ALARM(%q)", child.Name))
	}
	a.Rule = strings.Join(parts, " OR ")
	return a
}

// hundred are as many alarms, some of them in alarm.
func hundred(alarming int) (all []app.Alarm) {
	for i := range 100 {
		state := app.OK
		if i >= 100-alarming {
			state = app.InAlarm
		}
		all = append(all, watching(fmt.Sprintf("fn-%02d", i), state))
	}
	return all
}

func TestWhatACompositeAlarmWatches(t *testing.T) {
	one, two, other := watching("checkout", app.InAlarm), watching("orders", app.InAlarm), watching("mail", app.OK)
	for _, c := range []struct {
		name   string
		causes []app.Alarm
		kind   app.AlarmKind
		names  int
		says   string
	}{
		{"nothing", nil, app.CompositeAlarm, 0, ""},
		{"a metric", []app.Alarm{one}, app.MetricAlarm, 1, ""},
		{"a formula", []app.Alarm{one, other}, app.MetricAlarm, 1, ""},
		{"one in alarm", []app.Alarm{one, other}, app.CompositeAlarm, 1,
			"Its traces, logs and changes are those of checkout, where alarms below it are in alarm."},
		{"two in alarm", []app.Alarm{one, two, other}, app.CompositeAlarm, 2,
			"Its traces, logs and changes are those of checkout and orders, where alarms below it are in alarm."},
		{"none in alarm", []app.Alarm{other}, app.CompositeAlarm, 1,
			"Its traces, logs and changes are those of mail, which the alarms below it watch. None is in alarm."},
		{"a few of many", hundred(7), app.CompositeAlarm, 7,
			"Its traces, logs and changes are those of fn-93, fn-94, fn-95, fn-96 and 3 more, where alarms below it " +
				"are in alarm."},
		{"too many", hundred(0), app.CompositeAlarm, 20,
			"Its traces, logs and changes are those of fn-00, fn-01, fn-02, fn-03 and 16 more, which the alarms " +
				"below it watch. None is in alarm." +
				" 80 more are left out: 20 are counted at most."},
	} {
		if w := related.WatchedBy(c.causes); len(w.Names) != c.names || watchedText(w, c.kind) != c.says {
			t.Errorf("%s: %v, %q", c.name, w.Names, watchedText(w, c.kind))
		}
	}
}

func last[T any](all []T) T { return all[len(all)-1] }

// nested has a composite alarm over another one.
func nested(states ...app.AlarmState) (*drawertest.Cache, app.Alarm) {
	s := drawertest.JoinedCache()
	one, two, three := watching("checkout", states[0]), watching("mail", states[1]), watching("mail", states[2])
	three.Name = "mail-slow"
	inner := anyOf("mail-health", two, three)
	outer := anyOf("shop-health", one, inner)
	s.AllAlarms = []app.Alarm{one, two, three, inner, outer}
	return s, outer
}

func TestACompositeAlarmLeadsOnLikeThoseBelowIt(t *testing.T) {
	s, outer := nested(app.InAlarm, app.InAlarm, app.OK)
	stage := drawertest.New(t, s, 900, Details(s))
	stage.Session.Selected.Set(outer)
	if q := last(cachetest.QueriesOf[app.TraceQuery](s.Cache, "Latencies")); !slices.Equal(q.Resources,
		[]string{"checkout", "mail"}) || !q.Faults || !q.Range.Equal(outer.Around(drawertest.Now)) {
		t.Errorf("traces are counted by %+v", q)
	}
	if q := last(cachetest.QueriesOf[app.LogQuery](s.Cache, "LogVolume")); !slices.Equal(q.Groups,
		[]string{"/aws/lambda/checkout", "/ecs/orders", "/ecs/mail"}) || q.Level != app.LevelError || q.Resource != "" {
		t.Errorf("errors are counted by %+v", q)
	}
	for key, title := range map[rune]string{'t': "Traces with faults, checkout and mail",
		'l': "Errors in the logs of checkout and mail", 'c': "Changes before shop-health"} {
		stage.Session.Selected.Set(nil)
		stage.Session.Selected.Set(outer)
		if stage.Rune(key); stage.Drawer.Title() != title {
			t.Errorf("%c opens %q, want %q", key, stage.Drawer.Title(), title)
		}
	}
}

func TestOnlyWhatIsInAlarmBelowACompositeAlarmIsCounted(t *testing.T) {
	for name, c := range map[string]struct {
		states []app.AlarmState
		want   []string
	}{"one is": {[]app.AlarmState{app.OK, app.OK, app.InAlarm}, []string{"mail"}},
		"none is": {[]app.AlarmState{app.OK, app.InsufficientData, app.OK}, []string{"checkout", "mail"}}} {
		s, outer := nested(c.states...)
		drawertest.New(t, s, 900, Details(s)).Session.Selected.Set(outer)
		if q := last(cachetest.QueriesOf[app.TraceQuery](s.Cache, "Latencies")); !slices.Equal(q.Resources, c.want) {
			t.Errorf("%s: traces are counted by %v, want %v", name, q.Resources, c.want)
		}
	}
}

func TestWorkForManyAlarmsBelowIsBounded(t *testing.T) {
	s := drawertest.JoinedCache()
	s.AllAlarms = hundred(100)
	few := drawertest.JoinedCache()
	few.AllAlarms = hundred(1)
	for _, shelf := range []*drawertest.Cache{s, few} {
		drawertest.New(t, shelf, 900, Details(shelf)).Session.Selected.Set(anyOf("all", shelf.AllAlarms...))
	}
	if q := last(cachetest.QueriesOf[app.TraceQuery](s.Cache, "Latencies")); len(q.Resources) != related.MaxWatched {
		t.Errorf("traces are looked for by %d names", len(q.Resources))
	}
	for _, method := range []string{"Latencies", "LogVolume", "TrailEvents"} {
		if n := s.AskedFor(method); n != few.AskedFor(method) || n == 0 {
			t.Errorf("%s is asked %d times, for one alarm %d times", method, n, few.AskedFor(method))
		}
	}
}

func TestLogsOfAResourceAreThoseOfItsGroups(t *testing.T) {
	s := drawertest.JoinedCache()
	s.Groups = append(s.Groups, app.LogGroup{Scope: drawertest.Ireland, Name: "/aws/synthetics/cw-syn-Home-1"})
	for _, c := range []struct {
		names []string
		want  app.LogQuery
	}{
		{[]string{"checkout"}, app.LogQuery{Groups: []string{"/aws/lambda/checkout", "/ecs/orders"}}},
		{[]string{"home", "checkout"}, app.LogQuery{Groups: []string{"/aws/synthetics/cw-syn-Home-1",
			"/aws/lambda/checkout", "/ecs/orders"}}},
		{[]string{"queue", "mail"}, app.LogQuery{Groups: []string{"/ecs/mail"}}},
		{[]string{"queue", "topic"}, app.LogQuery{Resource: "queue"}},
	} {
		q, err := related.ErrorsBelow(t.Context(), s.Open(t), nil, c.names, app.Since(drawertest.Now, time.Hour))
		if err != nil || !slices.Equal(q.Groups, c.want.Groups) || q.Resource != c.want.Resource {
			t.Errorf("%v: %v of %q, %v", c.names, q.Groups, q.Resource, err)
		}
	}
}

func TestLogsOfAResourceAreNotThoseOfALongerName(t *testing.T) {
	s := drawertest.JoinedCache()
	s.Groups = []app.LogGroup{
		{Scope: drawertest.Ireland, Name: "/aws/lambda/checkout"},
		{Scope: drawertest.Ireland, Name: "/ecs/checkout/app"},
		{Scope: drawertest.Ireland, Name: "/aws/lambda/checkout-archive"},
	}
	for _, want := range [][]string{{"/aws/lambda/checkout", "/ecs/checkout/app"}, {"/ecs/checkout/app"}, nil} {
		q, err := related.ErrorsBelow(t.Context(), s.Open(t), nil, []string{"checkout"},
			app.Since(drawertest.Now, time.Hour))
		if err != nil || !slices.Equal(q.Groups, want) || (q.Resource == "") != (want != nil) {
			t.Errorf("%q of %q, %v, want %q", q.Groups, q.Resource, err, want)
		}
		s.Groups = s.Groups[1:]
	}
}

func TestACompositeAlarmInEveryState(t *testing.T) {
	for name, states := range map[string][]app.AlarmState{"in_alarm": {app.InAlarm, app.InAlarm, app.OK},
		"quiet": {app.OK, app.OK, app.OK}} {
		s, outer := nested(states...)
		stage := drawertest.New(t, s, 830, Details(s))
		stage.Session.Selected.Set(outer)
		test.AssertObjectRendersToMarkup(t, "composite_"+name+".xml", stage.Drawer)
	}
	many := drawertest.JoinedCache()
	many.AllAlarms = hundred(60)
	for _, name := range []string{"fn-41", "fn-41-retry", "fn-95"} { // of which the first is counted
		group := "/aws/lambda/" + name
		many.Groups = append(many.Groups, app.LogGroup{Scope: drawertest.Ireland, Name: group})
		event, trace := drawertest.Broken, drawertest.Slow
		event.Group, trace.Entry, trace.ID = group, name, app.TraceID(fmt.Sprintf("1-69b53ae0-%024x", name))
		trace.Spans = []app.Span{{ID: "1", Kind: app.Segment, Name: name, Service: name, Start: drawertest.Now,
			End: drawertest.Now, Fault: true}}
		many.Events, many.AllTraces = append(many.Events, event), append(many.AllTraces, trace)
	}
	stage := drawertest.New(t, many, 830, Details(many))
	stage.Hold = true
	stage.Session.Selected.Set(anyOf("fleet", many.AllAlarms...))
	test.AssertObjectRendersToMarkup(t, "composite_unread.xml", stage.Drawer)
	stage.Release()
	drawertest.Check(t, "many", strings.ReplaceAll(drawertest.Words(stage.Drawer), "\n", " "),
		"fleet IN ALARM for 12 min, since 10:00 Goes off by a rule over 100 alarms.",
		"Its traces, logs and changes are those of fn-40, fn-41, fn-42, fn-43 and 16 more, where alarms below it are "+
			"in alarm. 40 more are left out: 20 are counted at most.",
		"Traces with faults 1 t", "Errors in its logs 1 l", "Alarms in alarm with it 60 a",
		"ITS RULE Any of 60 of 100 hold fn-00-errors OK, 1 h 1 fn-01-errors OK, 1 h 2")
}

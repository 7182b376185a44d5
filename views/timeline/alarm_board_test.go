package timeline

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/ui"
)

// shows are the lanes of a board in a word each.
func shows(b app.Board) []string {
	var words []string
	for _, l := range b.Lanes {
		word := string(l.Kind)
		for _, r := range l.Readings {
			word += " " + r.Name + " " + r.Statistic
		}
		for _, g := range l.Groups {
			word += " " + g
		}
		for _, s := range l.Services {
			word += " " + s
		}
		words = append(words, word)
	}
	return words
}

func TestABoardIsProposedFromAnAlarm(t *testing.T) {
	slow := alarmOn("checkout-p99", latency, "p99", 2)
	failing := alarmOn("checkout-5xx", failures, "Sum", 5)
	both := app.Alarm{Scope: shop, Name: "checkout-critical", Kind: app.CompositeAlarm,
		Rule: `ALARM("checkout-p99") OR ALARM("checkout-5xx") OR ALARM("checkout-critical")`}
	requests := app.NewMetric("AWS/ApiGateway", "Count", latency.Dimensions...)
	k := known{
		alarms:  []app.Alarm{slow, failing, both},
		metrics: placed(shop, latency, failures, requests, writes),
		groups: []app.LogGroup{{Scope: shop, Name: "/aws/lambda/checkout"},
			{Scope: shop, Name: "/aws/lambda/checkout-old"}},
		services: []string{"checkout"},
	}
	all := []string{"logs /aws/lambda/checkout", "traces checkout", "coverage"}
	for _, c := range []struct {
		name string
		of   app.Alarm
		know known
		want []string
	}{
		{"its metric, then the others of presets", failing, k,
			slices.Concat([]string{"alarms", "changes", "metric 5XXError Sum", "metric Count Sum",
				"metric Latency p50"}, all)},
		{"those of the rule", both, k,
			slices.Concat([]string{"alarms", "changes", "metric Latency p99", "metric 5XXError Sum",
				"metric Count Sum"}, all)},
		{"nothing known", failing, known{}, []string{"alarms", "changes", "metric 5XXError Sum", "logs", "traces",
			"coverage"}},
		{"an expression", app.Alarm{Scope: shop, Name: "rate", Kind: app.MetricAlarm, Expression: "m1/m2"}, k,
			[]string{"alarms", "changes", "logs", "traces checkout", "coverage"}},
	} {
		b := proposed(c.of, c.know, presets)
		if got := shows(b); !slices.Equal(got, c.want) || b.Name != c.of.Name {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// functions are alarms on the errors of as many functions, the last of them in alarm.
func functions(n, alarming int) (all []app.Alarm) {
	for i := range n {
		name := fmt.Sprintf("fn-%02d", i)
		a := alarmOn(name+"-errors", app.NewMetric("AWS/Lambda", "Errors",
			app.Dimension{Name: "FunctionName", Value: name}), "Sum", 5)
		if i >= n-alarming {
			a.State = app.InAlarm
		}
		all = append(all, a)
	}
	return all
}

// fleet is a composite alarm over others.
func fleet(alarms []app.Alarm) app.Alarm {
	a := app.Alarm{Scope: shop, Name: "fleet", Kind: app.CompositeAlarm, Rule: "FALSE"}
	for _, o := range alarms {
		a.Rule += fmt.Sprintf(" OR ALARM(%q)", o.Name)
	}
	return a
}

func TestABoardHasTheLogsOfWhatIsCalled(t *testing.T) {
	two := functions(2, 0)
	k := known{alarms: two, below: []string{"fn-00", "shop-api/prod", "orders"}, groups: []app.LogGroup{
		{Scope: shop, Name: "/ecs/orders"}, {Scope: shop, Name: "/aws/apigateway/shop-api-prod"},
		{Scope: shop, Name: "/aws/lambda/fn-01"}, {Scope: shop, Name: "/aws/lambda/mail"}}}
	want := []string{"/aws/lambda/fn-01", "/aws/apigateway/shop-api-prod", "/ecs/orders"}
	for _, a := range []app.Alarm{two[1], fleet(two)} {
		b := proposed(a, k, presets)
		if i := slices.IndexFunc(b.Lanes, func(l app.Lane) bool { return l.Kind == app.LogLane }); i < 0 ||
			!slices.Equal(b.Lanes[i].Groups, want) {
			t.Errorf("the board of %s has the logs of %v", a.Name, b.Lanes[i].Groups)
		}
	}
}

// calling is a cache in which each of the functions of alarms logs, has a trace and calls the next.
func calling(alarms []app.Alarm) *stored {
	f := &stored{places: []app.Scope{shop}, alarms: alarms}
	g := app.ServiceGraph{Scope: shop, Range: hour}
	name := func(i int) string { return fmt.Sprintf("fn-%02d", i) }
	for i := range alarms {
		f.groups = append(f.groups, app.LogGroup{Scope: shop, Name: "/aws/lambda/" + name(i)})
		span := app.Span{ID: "1", Kind: app.Segment, Name: name(i), Service: name(i), Start: ago(30), End: ago(30)}
		f.traces = append(f.traces, app.Trace{Scope: shop, ID: app.TraceID(fmt.Sprintf("1-69b53ae0-%024x", i)),
			Start: ago(30), Entry: name(i), Spans: []app.Span{span}})
		g.Nodes = append(g.Nodes, app.ServiceNode{Name: name(i)})
		g.Edges = append(g.Edges, app.ServiceEdge{From: name(i), To: name(i + 1)})
	}
	f.graphs = []app.ServiceGraph{g}
	return f
}

func TestABoardOfACompositeAlarmWithManyBelowIt(t *testing.T) {
	for _, c := range []struct {
		name             string
		alarms           []app.Alarm
		groups, services int // none: all that there are
		sought           int
	}{
		{"few", functions(10, 0), 10, 10, 10},
		{"of many those in alarm, and what they call", functions(100, 3), 3, 3, 3},
		{"more groups than a lane names", functions(100, 20), 20, 20, 20},
		{"more than a lane names", functions(100, 100), 0, 0, 0},
	} {
		r := calling(c.alarms)
		k, err := readKnown(t.Context(), r.open(t), fleet(c.alarms), app.Since(now, time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		b := proposed(fleet(c.alarms), k, presets)
		for _, l := range b.Lanes {
			if l.Kind == app.LogLane && len(l.Groups) != c.groups || l.Kind == app.TraceLane &&
				len(l.Services) != c.services {
				t.Errorf("%s: the lane of %s has %d groups, %d services", c.name, l.Kind, len(l.Groups),
					len(l.Services))
			}
		}
		sought := cachetest.QueriesOf[app.TraceQuery](r.Cache, "Latencies")
		if slices.ContainsFunc(sought, func(q app.TraceQuery) bool { return q.Limit != 1 || len(q.Resources) != 1 }) {
			t.Errorf("%s: it asks for more than whether there is one: %+v", c.name, sought)
		}
		if len(sought) != c.sought || len(b.Lanes) != 4+1+proposedMetrics {
			t.Errorf("%s: %d looks at the traces, %d lanes", c.name, len(sought), len(b.Lanes))
		}
	}
}

func TestTheBoardOfAnAlarmIsInTheWindowAroundIt(t *testing.T) {
	s := open(t, incident(), full, dark)
	i := slices.IndexFunc(s.snapshot.alarms, func(w insight.AlarmWindow) bool { return w.Name == "checkout-5xx" })
	a := s.snapshot.alarms[i].Alarm
	s.session.Selected.Set(a)
	s.types("B")
	if got := s.session.Range(); !got.Equal(a.Around(now)) {
		t.Errorf("it looks at %v", got)
	}
	if got := s.laneNames()[2]; got != "checkout 5xx error" {
		t.Errorf("the first metric is %q", got)
	}
	s.session.Selected.Set(nil)
	before := s.laneNames()
	s.types("B")
	if !slices.Equal(s.laneNames(), before) {
		t.Error("without an alarm a board is proposed")
	}
}

func TestABoardFromAnOldAlarmEndsWithWhatIsCached(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	a := cache.alarms[0]
	s.session.Now = func() time.Time { return now.Add(72 * time.Hour) }
	s.session.Known = a.Since.Add(20 * time.Minute)
	s.session.Selected.Set(a)
	s.types("B")
	if got, want := s.session.Range(), (app.Range{From: a.Since.Add(-2 * time.Hour),
		To: s.session.Known}); !got.Equal(want) {
		t.Errorf("it looks at %v, want %v", got, want)
	}
}

func TestAroundAnAlarm(t *testing.T) {
	a := app.Alarm{Since: ago(30)}
	if got, want := a.Around(now), (app.Range{From: ago(150), To: now}); !got.Equal(want) {
		t.Errorf("around a new alarm is %v", got)
	}
	if got := (app.Alarm{Since: now.Add(-72 * time.Hour)}).Around(now); got.Length() != 24*time.Hour {
		t.Errorf("around an old one is %v", got)
	}
}

func TestTheDrawerAsksForABoard(t *testing.T) {
	s := open(t, incident(), full, dark)
	a := s.snapshot.alarms[0].Alarm
	narrowed := s.session.Focus.Now()
	narrowed.Resource = "orders"
	s.session.Go(narrowed)
	s.Add(ui.BoardFor{Alarm: a})
	if got := s.session.Focus.Now().Resource; got != "" {
		t.Errorf("it shows no more of it than names %q", got)
	}
	if b := s.edits.Here(); b.Alarm != a.Name || b.Automatic() {
		t.Errorf("it shows the board %q of the alarm %q, want one of %q", b.Name, b.Alarm, a.Name)
	}
}

func TestABoardHasTheLogGroupsOfItsResources(t *testing.T) {
	groups := []app.LogGroup{{Name: "/aws/lambda/checkout"}, {Name: "/ecs/checkout/app"},
		{Name: "/aws/lambda/checkout-archive"}}
	if got := groupsOf([]string{"checkout"}, groups); !slices.Equal(got,
		[]string{"/aws/lambda/checkout", "/ecs/checkout/app"}) {
		t.Errorf("checkout has the log groups %q", got)
	}
	if got := groupsOf([]string{"checkout"}, groups[2:]); got != nil {
		t.Errorf("without a group of its own checkout has %q", got)
	}
}

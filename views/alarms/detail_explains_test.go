package alarms

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

var suspectWrites = app.NewMetric("AWS/DynamoDB", "ConsumedWriteCapacityUnits",
	app.Dimension{Name: "TableName", Value: "orders"})

// suspected is what is suspected of the alarm of the incident: a change, and the path from it.
func suspected() insight.Explanation {
	alarm := drawertest.Breaking()
	began := alarm.Since.Add(-10 * time.Minute)
	within := app.Range{From: alarm.Since.Add(-time.Hour), To: drawertest.Now}
	change := app.TrailEvent{Scope: drawertest.Data, ID: "1", At: began.Add(-30 * time.Second), Name: "UpdateTable",
		Source: "dynamodb.amazonaws.com", Principal: app.Principal{Type: "AssumedRole", User: "deploy-role",
			Session: "pipeline-482"}}
	writes := insight.MetricHistory{Series: app.Series{Scope: drawertest.Data, Unit: "Count/Second",
		Reading: app.Reading{Metric: suspectWrites, Statistic: "Sum", Period: time.Minute}}}
	return insight.Explanation{
		Symptom: insight.Symptom{At: alarm.Since, Alarm: &alarm, Fired: true, Kind: insight.Failing,
			Watched: []string{"checkout"}},
		Now: within, Usual: app.Range{From: within.From.Add(-4 * time.Hour), To: within.From},
		Suspects: []insight.Suspect{
			{Kind: insight.ChangeSuspect, Score: 1, At: change.At, Scope: change.Scope, Name: "UpdateTable orders",
				Change: &change, Leads: []int{1}},
			{Kind: insight.LimitSuspect, Score: 0.85, At: began, Scope: drawertest.Data, Name: "orders", Near: true,
				Metric: &writes, Limit: &insight.AtLimit{At: began, Is: 392, Limit: 400}, Leads: []int{2}},
			{Kind: insight.ServiceSuspect, Score: 0.76, Scope: drawertest.Ireland, Name: "orders",
				Service: &insight.ServiceExcess{Kind: insight.Failing, Share: 0.88, Was: 0.001, Is: 0.23}, Near: true},
			{Kind: insight.PatternSuspect, Score: 0.6, At: began, Scope: drawertest.Ireland,
				Name: "/aws/lambda/checkout",
				Pattern: &insight.LogPattern{Group: "/aws/lambda/checkout", Level: app.LevelError, New: true,
					Count: 1204,
					Text:  "Checkout failed: ProvisionedThroughputExceededException", First: began,
					Question: app.LogQuery{Groups: []string{"/aws/lambda/checkout"}}}},
		},
		Path: []int{0, 1, 2},
		Checked: []insight.Check{{Kind: insight.ChangeSuspect, Looked: 3, Found: 1},
			{Kind: insight.MetricSuspect, Looked: 88}, {Kind: insight.LimitSuspect, Looked: 2, Found: 1}},
		Gaps: []insight.Gap{{Signal: app.Traces, Kind: insight.Sampled, N: 512},
			{Signal: app.Logs, Kind: insight.InPart, Names: []string{"/ecs/worker"}, N: 1, Range: within}},
	}
}

// given is a detail that is read already.
type given struct{ explainsDetail }

func (d given) Read(context.Context, DetailReader, drawer.ReadContext) (drawer.Detail[DetailReader], error) {
	return d, nil
}

// showing opens the details of a shelf, and what explains an item as it is given; nil while it is being read.
func showing(t *testing.T, said *insight.Explanation, item app.WhatExplains) *drawertest.Stage {
	shelf := drawertest.AlarmCache()
	return drawertest.New(t, shelf, 900, drawer.Bind[DetailReader](shelf, func(i app.Item) drawer.Detail[DetailReader] {
		if _, ok := i.(app.WhatExplains); ok {
			return given{explainsDetail{item: item, said: said}}
		}
		return nil
	}), Details(shelf))
}

func TestWhatExplainsInEveryState(t *testing.T) {
	full := suspected()
	nothing := suspected()
	nothing.Suspects, nothing.Path = nil, nil
	nothing.Symptom.Alarm, nothing.Symptom.Fired, nothing.Symptom.Watched = nil, false, nil
	empty := insight.Explain(insight.Evidence{Symptom: nothing.Symptom, Usual: nothing.Usual, Now: nothing.Now,
		Gaps: []insight.Gap{{Signal: app.Traces, Kind: insight.NotPulled, Range: nothing.Now}}})
	instant := app.WhatExplains{At: drawertest.Ago(16 * time.Minute)}
	for _, state := range []struct {
		name string
		said *insight.Explanation
		item app.WhatExplains
	}{
		{"suspects", &full, app.WhatExplains{Alarm: drawertest.Breaking()}},
		{"nothing", &nothing, instant},
		{"not_pulled", &empty, instant},
		{"unread", nil, instant},
		{"unreadable", &insight.Explanation{}, instant},
	} {
		t.Run(state.name, func(t *testing.T) {
			s := showing(t, state.said, state.item)
			s.Session.Selected.Set(state.item)
			test.AssertObjectRendersToMarkup(t, "explains_"+state.name+".xml", s.Drawer)
		})
	}
}

func TestEverySuspectLeadsToItsItem(t *testing.T) {
	full := suspected()
	for key, is := range map[rune]func(app.Item) bool{
		'1': func(i app.Item) bool { e, ok := i.(app.TrailEvent); return ok && e.Name == "UpdateTable" },
		'2': func(i app.Item) bool {
			s, ok := i.(app.SeriesAt)
			return ok && s.Metric.Key() == suspectWrites.Key() && s.PerSecond && !s.At.IsZero()
		},
		'3': func(i app.Item) bool { s, ok := i.(app.Service); return ok && s.Name == "orders" },
		'4': func(i app.Item) bool { l, ok := i.(app.LogList); return ok && len(l.Query.Groups) == 1 },
	} {
		item := app.WhatExplains{Alarm: drawertest.Breaking()}
		s := showing(t, &full, item)
		s.Session.Selected.Set(item)
		s.Rune(key)
		if got := s.Session.Selected.Now(); !is(got) {
			t.Errorf("%c leads to %T %+v", key, got, got)
		}
	}
}

func TestAnAlarmLeadsToWhatExplainsIt(t *testing.T) {
	shelf := drawertest.AlarmCache()
	s := drawertest.New(t, shelf, 2130, Details(shelf))
	s.Hold = true
	s.Session.Selected.Set(drawertest.Breaking())
	drawertest.Check(t, "before it is read", drawertest.Words(s.Drawer), "SUSPECTS")
	s.Release()
	drawertest.Check(t, "while suspects are ranked", drawertest.Words(s.Drawer), "SUSPECTS", "!Nothing stands out")
	s.Release()
	drawertest.Check(t, "once they are", drawertest.Words(s.Drawer), "Nothing stands out")
	s.Rune('e')
	if item, ok := s.Session.Selected.Now().(app.WhatExplains); !ok || item.Alarm.Name != drawertest.Breaking().Name {
		t.Errorf("e leads to %+v", s.Session.Selected.Now())
	}
}

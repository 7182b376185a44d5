package logs

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// logged is an event of a group a minute ago.
func logged(group string, level app.Level, message string) app.LogEvent {
	return app.LogEvent{Scope: drawertest.Ireland, Group: group, At: drawertest.Ago(time.Minute), Message: message,
		LogFacts: app.LogFacts{Level: level}}
}

func TestABarTellsItsGroupsOnly(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.Events = []app.LogEvent{
		logged("/ecs/order-mail", app.LevelInfo, "mail was sent"),
		logged("/aws/lambda/checkout", app.LevelError, "it broke"),
		logged("/ecs/order-mail", app.LevelWarn, "mail is slow"),
	}
	bar := app.LogBucket{Range: app.Since(drawertest.Now, time.Minute), Scopes: []app.Scope{drawertest.Ireland},
		Groups: []string{"/ecs/order-mail"}, Counts: [5]int{app.LevelInfo: 1, app.LevelWarn: 1}}
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(bar)
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"Logs of order-mail", "2 events · 2026-03-14 10:11:00 – 10:12:00",
		"Traces of order-mail in it 0 t", "Changes to order-mail, 2 h before 0 c", "Every change, 2 h before 1 v"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	if i, j := strings.Index(said, "mail is slow"), strings.Index(said, "mail was sent"); i < 0 || j < i {
		t.Errorf("the graver is not first: %s", said)
	}
	if strings.Contains(said, "it broke") || strings.Contains(said, "lambda") {
		t.Errorf("it tells of another group: %s", said)
	}
	sought := cachetest.QueriesOf[app.TraceQuery](shelf.Cache, "Latencies")
	if q := sought[len(sought)-1]; !slices.Equal(q.Resources, []string{"order-mail"}) || !q.Range.Equal(bar.Range) {
		t.Errorf("traces are counted by %+v", q)
	}
	for key, title := range map[rune]string{'1': "order-mail", 'l': "Logs from 10:11:00", 't': "Traces from 10:11:00",
		'c': "Changes to order-mail", 'v': "Changes before 10:11:00"} {
		s.Rune(key)
		if s.Drawer.Title() != title {
			t.Errorf("%c opens %q, want %q", key, s.Drawer.Title(), title)
		}
		if list, ok := s.Session.Selected.Now().(app.LogList); ok &&
			(len(list.Query.Groups) != 1 || !list.Query.Range.Equal(bar.Range)) {
			t.Errorf("%c asks %+v", key, list.Query)
		}
		s.Key(fyne.KeyBackspace)
	}
	s.Session.Go(s.Session.Focus.Now().Last(15 * time.Minute))
	if said := drawertest.Words(s.Drawer); !strings.Contains(said, "10:11:00 – 10:12:00") {
		t.Errorf("in another window the stretch is lost: %s", said)
	}
	s.Rune('h')
	if !s.Session.Range().Equal(bar.Range) {
		t.Errorf("h leads to %v", s.Session.Range())
	}
}

func TestABarListsTheGravestOfMany(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.Events = nil
	for range drawer.ListLimit + 5 {
		shelf.Events = append(shelf.Events, logged("/ecs/orders", app.LevelInfo, "well"))
	}
	shelf.Events = append(shelf.Events, logged("/ecs/orders", app.LevelError, "broken too"),
		logged("/aws/lambda/checkout", app.LevelError, "broken"))
	events, err := gravest(t.Context(), shelf.Open(t), app.LogQuery{}, drawer.ListLimit)
	if err != nil || len(events) != drawer.ListLimit || events[0].Message != "broken" ||
		events[1].Message != "broken too" || events[2].Message != "well" {
		t.Errorf("%d events, %v: %v", len(events), err, events[:3])
	}
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(app.LogBucket{Range: app.Since(drawertest.Now, time.Minute)})
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"57 events", "/ecs/orders 1 error · 56", "/aws/lambda/checkout 1 error · 1",
		"And 7 more."} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}

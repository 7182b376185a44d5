package shell

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
)

// logged is an event of a group a minute ago.
func logged(group string, level app.Level, message string) app.LogEvent {
	return app.LogEvent{Scope: ireland, Group: group, At: ago(time.Minute), Message: message, LogFacts: app.LogFacts{Level: level}}
}

func TestABarTellsItsGroupsOnly(t *testing.T) {
	shelf := fullShelf()
	shelf.events = []app.LogEvent{
		logged("/ecs/order-mail", app.LevelInfo, "mail was sent"), logged("/aws/lambda/checkout", app.LevelError, "it broke"), logged("/ecs/order-mail", app.LevelWarn, "mail is slow"),
	}
	bar := app.LogBucket{Range: app.Since(now, time.Minute), Scopes: []app.Scope{ireland}, Groups: []string{"/ecs/order-mail"}, Counts: [5]int{app.LevelInfo: 1, app.LevelWarn: 1}}
	s := newDrawerStage(t, shelf, 900, logDetails(shelf))
	s.session.Selected.Set(bar)
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"Logs of order-mail", "2 events · 2026-03-14 10:11:00 – 10:12:00", "Traces of order-mail in it 511 t", "Changes to order-mail, 2 h before 0 c", "Every change, 2 h before 2 v"} {
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
	if q := s.shelf.sought[len(s.shelf.sought)-1]; !slices.Equal(q.Resources, []string{"order-mail"}) || !q.Range.Equal(bar.Range) {
		t.Errorf("traces are counted by %+v", q)
	}
	for key, title := range map[rune]string{'1': "order-mail", 'l': "Logs from 10:11:00", 't': "Traces from 10:11:00", 'c': "Changes to order-mail", 'v': "Changes before 10:11:00"} {
		s.rune(key)
		if s.drawer.Title() != title {
			t.Errorf("%c opens %q, want %q", key, s.drawer.Title(), title)
		}
		if list, ok := s.session.Selected.Now().(app.LogList); ok && (len(list.Query.Groups) != 1 || !list.Query.Range.Equal(bar.Range)) {
			t.Errorf("%c asks %+v", key, list.Query)
		}
		s.key(fyne.KeyBackspace)
	}
	s.session.Go(s.session.Focus.Now().Last(15 * time.Minute))
	if said := words(s.drawer); !strings.Contains(said, "10:11:00 – 10:12:00") {
		t.Errorf("in another window the stretch is lost: %s", said)
	}
	s.rune('h')
	if !s.session.Range().Equal(bar.Range) {
		t.Errorf("h leads to %v", s.session.Range())
	}
}

func TestABarListsTheGravestOfMany(t *testing.T) {
	shelf := fullShelf()
	for range firstListed + 5 {
		shelf.events = append(shelf.events, logged("/ecs/orders", app.LevelInfo, "well"))
	}
	shelf.events = append(shelf.events, logged("/ecs/orders", app.LevelError, "broken"), logged("/aws/lambda/checkout", app.LevelError, "broken too"))
	events, err := gravest(t.Context(), shelf, app.LogQuery{}, firstListed)
	if err != nil || len(events) != firstListed || events[0].Message != "broken" || events[1].Message != "broken too" || events[2].Message != "well" {
		t.Errorf("%d events, %v: %v", len(events), err, events[:3])
	}
	s := newDrawerStage(t, shelf, 900, logDetails(shelf))
	s.session.Selected.Set(app.LogBucket{Range: app.Since(now, time.Minute)})
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"57 events", "/ecs/orders 1 error · 56", "/aws/lambda/checkout 1 error · 1", "And 7 more."} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}

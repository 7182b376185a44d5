package shell

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// typing opens the palette and types; it returns the field, and what the palette shows.
func (s *stage) typing(typed string) (field fyne.Focusable, shows string) {
	s.showPalette()
	field = s.window.Canvas().Focused()
	test.Type(field, typed)
	return field, strings.ReplaceAll(drawertest.Words(s.window.Canvas().Overlays().Top()), "\n", " ")
}

func TestPalette(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1024, 700, false)
	open := func(typed string) fyne.Focusable {
		field, _ := s.typing(typed)
		return field
	}
	open("alarms").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.current != 1 {
		t.Error("the screen of that name is not shown")
	}
	open("").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.started) > 0 {
		t.Error("Enter alone starts a pull")
	}
	field := open("qqq")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // nothing is found, so nothing is done
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.window.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the palette")
	}
}

func TestThePaletteFindsWhatTheCacheHasANameFor(t *testing.T) {
	shelf := drawertest.JoinedCache()
	shelf.AllMetrics = []app.Metric{drawertest.ErrorsMetric,
		app.NewMetric("AWS/ApiGateway", "Latency", app.Dimension{Name: "ApiName", Value: "checkout"}),
		app.NewMetric("AWS/ApiGateway", "Count", app.Dimension{Name: "ApiName", Value: "checkout"},
			app.Dimension{Name: "Stage", Value: "prod"})}
	shelf.Graph.Nodes = append(shelf.Graph.Nodes, app.ServiceNode{Name: "mailer"},
		app.ServiceNode{Name: "browser", Type: app.ClientType})
	for _, test := range []struct{ typed, shows, title string }{
		{"checkout-5xx", "checkout-5xx Alarm, in alarm · eu-west-1", "checkout-5xx"},
		{"latency", "checkout Latency Metric, API Gateway · eu-west-1", "Latency"},
		{"checkout count", "checkout Count prod · Metric, API Gateway · eu-west-1", "Count"},
		{"apiname", "Nothing has these words", ""},
		{"/ecs/", "/ecs/mail Log group · eu-west-1", "mail"},
		{"mailer", "mailer Service · eu-west-1", "mailer"},
		{"browser", "Nothing has these words", ""},
	} {
		s := newStage(t, shelf, 1024, 700, false)
		s.session.Go(app.Focus{Scopes: []app.Scope{drawertest.Ireland}, Window: s.session.Focus.Now().Window})
		field, shows := s.typing(test.typed)
		if !strings.Contains(shows, test.shows) {
			t.Errorf("%q shows %s, want %q", test.typed, shows, test.shows)
		}
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s.drawer.Title() != test.title {
			t.Errorf("%q opens %q, want %q", test.typed, s.drawer.Title(), test.title)
		}
	}
}

func TestWhatIsCalledTheSameInTwoAccountsIsToldApart(t *testing.T) {
	shelf := drawertest.JoinedCache()
	shelf.Graph.Nodes = []app.ServiceNode{{Name: "mailer"}}
	s := newStage(t, shelf, 1024, 700, false)
	for _, place := range []app.Scope{drawertest.Frankfurt, drawertest.Data} {
		s.shelf.Cache.Keep(cachetest.Contents{Graphs: []app.ServiceGraph{{Scope: place,
			Range: app.Since(drawertest.Now, time.Hour),
			Nodes: shelf.Graph.Nodes}}})
	}
	s.session.Go(app.Focus{Scopes: []app.Scope{drawertest.Ireland, drawertest.Frankfurt, drawertest.Data},
		Window: s.session.Focus.Now().Window})
	_, shows := s.typing("mailer")
	for _, want := range []string{"mailer Service · eu-west-1 · 111122223333",
		"mailer Service · eu-west-1 · 444455556666", "mailer Service · eu-central-1"} {
		if !strings.Contains(shows, want) {
			t.Errorf("it shows %s, want %q", shows, want)
		}
	}
	if strings.Contains(shows, "eu-central-1 · 1") {
		t.Errorf("it shows %s: one of the name needs no account", shows)
	}
}

func TestServicesWithoutAGraphAreThoseOfTraces(t *testing.T) {
	shelf := drawertest.JoinedCache()
	shelf.Graph, shelf.AllTraces = app.ServiceGraph{}, nil
	for i, entry := range []string{"shop", "shop", "", "admin"} {
		at := drawertest.Ago(time.Duration(i+1) * time.Minute)
		shelf.AllTraces = append(shelf.AllTraces,
			app.Trace{Scope: drawertest.Ireland, ID: app.TraceID(fmt.Sprintf("1-%08x-%024x", at.Unix(), i)),
				Start: at, Entry: entry})
	}
	names, err := servicesIn(t.Context(), shelf.Open(t), drawertest.Ireland, app.Since(drawertest.Now, time.Hour))
	if err != nil || !slices.Equal(names, []string{"shop", "admin"}) {
		t.Errorf("%v, %v", names, err)
	}
}

// able is a screen that can do something.
type ableScreen struct{ *blank }

func (a ableScreen) Commands() []ui.Command {
	return []ui.Command{{Title: "Board: night", Detail: a.name, Keys: "b",
		Do: func() { *a.log = append(*a.log, "did") }}}
}

func TestThePaletteShowsKeysThatWork(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.entries[0].Screen = ableScreen{s.screens[0]}
	keys := func() map[string]string {
		all := map[string]string{}
		for _, c := range s.commands() {
			all[c.Title] = c.Keys
		}
		return all
	}
	for title, want := range map[string]string{"Board: night": "b", "Zoom out": "-", "Pull, or cancel": "Ctrl+R",
		"Follow, or end it": "F6", "Back": "Alt+←", "Alarms": "Ctrl+2", "Dark": ""} {
		if got := keys()[title]; got != want {
			t.Errorf("%s is done by %q, want %q", title, got, want)
		}
	}
	s.Visit(1)
	if got, there := keys()["Board: night"]; got != "" || !there {
		t.Errorf("from another screen the board is opened by %q, %v", got, there)
	}
	s.session.Selected.Set(app.AlarmList{Title: "x", Alarms: []app.Alarm{drawertest.Checkout}})
	s.drawer.Keys = append(s.drawer.Keys, ui.Binding{Keys: "-", Rune: '-', Do: func() {}})
	if got := keys()["Zoom out"]; got != "" {
		t.Errorf("what the detail has for its own still zooms by %q", got)
	}
	field, _ := s.typing("night")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.current != 0 || s.log[len(s.log)-1] != "did" {
		t.Errorf("on screen %d: %v", s.current, s.log)
	}
}

func TestThePaletteSaysThatItReads(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, true)
	s.release()
	_, shows := s.typing("checkout")
	if !strings.Contains(shows, "reading the cache …") || strings.Contains(shows, "checkout-5xx") {
		t.Errorf("before reading it shows %s", shows)
	}
	s.shelf.Failure = drawertest.Denied
	s.release()
	if shows := drawertest.Words(s.window.Canvas().Overlays().Top()); !strings.Contains(shows, "AWS does not allow") {
		t.Errorf("after a read that failed it shows %s", shows)
	}
}

package settings

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// screen is the screen in a window, on one goroutine.
type screen struct {
	*View
	cache  *cachetest.Cache
	look   ui.Appearance
	copied string // what is in the clipboard
}

func newScreen(t testing.TB, width, height float32, held Held, contents ...cachetest.Contents) *screen {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	s := &screen{cache: cachetest.New(t, contents...), look: ui.Dark}
	s.View = New(Parts{
		Session: ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, ui.Inline, cachetest.Now), Reader: s.cache,
		Held:       held,
		Appearance: func() ui.Appearance { return s.look }, Appear: func(look ui.Appearance) { s.look = look },
		Copy: func(text string) { s.copied = text },
		Keys: func() []ui.KeyGroup {
			return []ui.KeyGroup{{Title: "Timeline", Keys: ui.Bindings{{Keys: "+", Does: "Zoom in"}}}, {Title: "Logs"},
				{Title: "Everywhere", Keys: ui.Bindings{{Keys: "F5", Does: "Pull"}, {Keys: "?", Does: "These keys"}}}}
		},
	})
	w := test.NewTempWindow(t, ui.NewSpace(1, 1))
	w.SetPadded(false)
	w.SetContent(s.View)
	w.Resize(fyne.NewSize(width, height))
	return s
}

func held() Held {
	return Held{Values: []Value{{"cap", "$20", "line 3"}, {"keep logs", "30d", "line 5"}, {"mask", "on", "default"},
		{"follow traces", "never", "default"}},
		Cache: "/home/ann/.local/share/nephograph/cache.db", File: "/home/ann/.config/nephograph/settings.yaml",
		Boards: "/home/ann/.config/nephograph/boards.yaml"}
}

func (s *screen) says(t *testing.T, texts ...string) {
	t.Helper()
	var said []string
	for _, text := range drawertest.Texts(s.View) {
		said = append(said, text.Text)
	}
	for _, want := range texts {
		if words := strings.Join(said, " "); !strings.Contains(words, want) {
			t.Errorf("the screen does not say %q: %s", want, words)
		}
	}
}

func TestWhatHoldsAndWhereFrom(t *testing.T) {
	c := cachetest.Incident()
	c.Scopes[0].Profile = "shop-prod"
	s := newScreen(t, 1376, 800, held(), c)
	s.Enter(nil)
	s.says(t, "$20", "line 3", "default", "how long log events are kept",
		"how often traces are asked for while following", "shop-prod", "eu-west-1",
		"/home/ann/.config/nephograph/settings.yaml", "Zoom in", "Everywhere")
	for _, l := range s.keys.List.Items() {
		if l.group == "Logs" {
			t.Error("a screen without keys has a heading")
		}
	}
}

func TestWrongSettingsSayWhatIsWrong(t *testing.T) {
	h := held()
	h.Values = nil
	wrong := errors.New("settings.yaml, line 3: cap is no amount")
	h.Problem = &app.Error{Kind: app.Malformed, Op: "settings", Err: wrong}
	s := newScreen(t, 1376, 800, h, cachetest.Incident())
	s.Enter(nil)
	s.says(t, "cap is no amount", "nothing is forgotten")
}

func TestLookIsChosenByKeyAndButton(t *testing.T) {
	s := newScreen(t, 1376, 800, held(), cachetest.Incident())
	s.Enter(nil)
	s.Bindings().Rune('l')
	if s.look != ui.Light || !s.looks[1].Chosen() || s.looks[0].Chosen() {
		t.Errorf("l gives the look %s", s.look)
	}
	test.Tap(s.looks[2])
	if s.look != ui.System || !s.looks[2].Chosen() {
		t.Errorf("the button gives the look %s", s.look)
	}
}

func TestPathsAreCopied(t *testing.T) {
	s := newScreen(t, 1376, 800, held(), cachetest.Incident())
	s.Enter(nil)
	s.Bindings().Rune('y')
	if s.copied != held().File {
		t.Errorf("y copies %q", s.copied)
	}
	s.says(t, "Copied")
	for _, c := range s.Commands() {
		if c.Do(); c.Title == "Copy the path: Cache" && s.copied != held().Cache {
			t.Errorf("%s copies %q", c.Title, s.copied)
		}
	}
	if s.copied != held().Boards {
		t.Errorf("the last command copies %q", s.copied)
	}
}

func TestFiguresGoToTheLists(t *testing.T) {
	s := newScreen(t, 1376, 800, held(), cachetest.Incident())
	s.Enter(nil)
	c := fyne.CurrentApp().Driver().CanvasForObject(s.View)
	for i, want := range []fyne.Focusable{s.values.List, s.keys.List, s.places.List} {
		if s.Bindings().Rune('1' + rune(i)); c.Focused() != want {
			t.Errorf("%d does not go to its list", i+1)
		}
	}
}

func TestNothingCachedSaysWhatToDo(t *testing.T) {
	s := newScreen(t, 1376, 800, Held{})
	s.Enter(nil)
	s.says(t, "No place is cached yet.", "There is no folder for files")
	s.cache.FailOn("Scopes", &app.Error{Kind: app.Damaged, Op: "read", Err: errors.New("page 7 is torn")})
	s.Session.Changed.Set(ui.Change{Serial: 1})
	s.says(t, "cannot be used")
}

func TestMeanings(t *testing.T) {
	for _, name := range []string{"cap", "keep size", "keep alarms", "mask", "follow trail"} {
		if meaning(name) == "" {
			t.Errorf("%s has no meaning", name)
		}
	}
	if got := meaning("colour"); got != "" {
		t.Errorf("what is not known means %q", got)
	}
}

func TestInPicture(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height float32
	}{{"wide", 1376, 800}, {"narrow", 604, 580}} {
		t.Run(c.name, func(t *testing.T) {
			s := newScreen(t, c.width, c.height, held(), cachetest.Incident())
			s.Enter(nil)
			test.AssertObjectRendersToMarkup(t, c.name+".xml", s.View)
		})
	}
}

package incidents

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// files keep incidents in memory, and fail where fails is set.
type files struct {
	kept  map[string]app.Incident
	fails error
}

func (f *files) Load(context.Context) ([]app.Incident, error) {
	return slices.SortedFunc(maps.Values(f.kept), app.CompareIncidents), f.fails
}

func (f *files) Save(_ context.Context, i app.Incident) error {
	if f.fails == nil {
		f.kept[i.ID] = i
	}
	return f.fails
}

func (f *files) Remove(_ context.Context, i app.Incident) error {
	delete(f.kept, i.ID)
	return f.fails
}

// screen is the screen in a window, on one goroutine.
type screen struct {
	*View
	files *files
	cache *cachetest.Cache
}

func newScreen(t *testing.T, contents ...cachetest.Contents) *screen {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{files: &files{kept: map[string]app.Incident{}}, cache: cachetest.New(t, contents...)}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, ui.Inline, cachetest.Now)
	w := test.NewTempWindow(t, ui.NewSpace(1, 1))
	s.View = New(Parts{Session: session, Reader: s.cache, Store: s.files, Presets: presets})
	w.SetContent(s.View)
	w.Resize(fyne.NewSize(1300, 800))
	return s
}

// press types characters as the window does.
func (s *screen) press(keys string) {
	for _, r := range keys {
		s.Bindings().Rune(r)
	}
}

func (s *screen) says(t *testing.T, texts ...string) {
	t.Helper()
	var said []string
	for _, text := range drawertest.Texts(s.View) {
		said = append(said, text.Text)
	}
	for _, want := range texts {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("the screen does not say %q: %q", want, said)
		}
	}
}

// alarm is one of the made-up incident that is in alarm.
func (s *screen) alarm(t *testing.T) app.Alarm {
	all, err := s.cache.Alarms(t.Context(), app.AlarmQuery{State: app.InAlarm})
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	return all[0]
}

func TestWithoutIncidentsItSaysWhatToDo(t *testing.T) {
	s := newScreen(t)
	s.Enter(nil)
	s.says(t, "No incidents yet.", "Ctrl+I")
	s.files.fails = errors.New("the disk is gone")
	s.loadAll(nil)
	s.says(t, "the disk is gone")
}

func TestWhatIsPinnedIsKept(t *testing.T) {
	s := newScreen(t, cachetest.Incident())
	var told []string
	tell := func(text string) { told = append(told, text) }
	a := s.alarm(t)
	s.Pin(a, tell) // before the screen was ever shown
	s.Pin(a, tell)
	s.Pin(app.Service{Name: "orders"}, tell)
	if len(told) != 3 || !strings.HasPrefix(told[0], "Pinned to") || !strings.Contains(told[1], "already") ||
		!strings.Contains(told[2], "cannot be pinned") {
		t.Errorf("it tells %q", told)
	}
	if len(s.files.kept) != 1 {
		t.Fatalf("%d incidents are kept", len(s.files.kept))
	}
	s.Enter(nil)
	s.says(t, a.Name, "1 piece", "not noted")
}

func TestEditsAreKeptAndUndone(t *testing.T) {
	s := newScreen(t, cachetest.Incident())
	s.Enter(nil)
	s.OpenFrom(s.alarm(t))
	kept := func() app.Incident {
		for _, i := range s.files.kept {
			return i
		}
		return app.Incident{}
	}
	s.press("vvsK")
	if i := kept(); i.Severity != 2 || i.State != app.Inspect || i.Acknowledged.IsZero() || len(i.Evidence) != 2 {
		t.Fatalf("kept is %+v", i)
	}
	first := kept().Evidence[0].ID
	s.press("j")
	if i := kept(); i.Evidence[1].ID != first {
		t.Errorf("moved down it is %v", i.Evidence)
	}
	s.press("x")
	if i := kept(); len(i.Evidence) != 1 {
		t.Errorf("%d pieces are left", len(i.Evidence))
	}
	s.says(t, "z brings it back")
	s.press("z")
	if i := kept(); len(i.Evidence) != 2 || i.Evidence[1].ID != first {
		t.Errorf("undone it is %v", i.Evidence)
	}
	s.press("X")
	if len(s.files.kept) != 0 {
		t.Error("the incident is still kept")
	}
	s.press("z")
	if len(s.files.kept) != 1 {
		t.Error("the incident is not back")
	}
}

func TestAnEditThatCannotBeSavedIsSaidAndTriedAgain(t *testing.T) {
	s := newScreen(t, cachetest.Incident())
	s.Enter(nil)
	s.OpenFrom(s.alarm(t))
	s.files.fails = errors.New("the disk is full")
	s.press("v")
	s.says(t, "the disk is full", "SEV1")
	s.files.fails = nil
	s.press("s")
	for _, i := range s.files.kept {
		if i.Severity != 1 || i.State != app.Inspect {
			t.Errorf("kept is %v, %v", i.Severity, i.State)
		}
	}
}

func TestEvidenceThatIsGoneSaysSo(t *testing.T) {
	full := newScreen(t, cachetest.Incident())
	i := app.OpenedFrom(full.alarm(t), cachetest.Now(), cachetest.Now(), nil)
	s := newScreen(t)
	s.files.kept[i.ID] = i
	s.Enter(nil)
	s.says(t, "(not in the cache)", "not known")
}

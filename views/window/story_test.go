package window

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/ui"
)

// TestStories plays every file of testdata/stories in the window, whole: all screens on a real cache. A story is a way
// that a person goes, as text, one step a line:
//
//	window 1440x900             the size of the window; 1440x900 if not said
//	pull incident               keep the made-up incident in the cache, as a pull does while the window is open
//	visit Alarms                the screen of that name, as its keys and its place on the rail do
//	press ctrl+k Down Enter c 2 keys, one after the other
//	type text                   characters, into what has the keyboard
//	click text                  the first text on the window that is this, or else contains it
//	expect text                 the window shows it, in one text
//	expect no text              the window does not show it
//	expect title text           the window's title contains it
//
// Empty lines and lines that begin with # are left out.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.story")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".story"), func(t *testing.T) { play(t, file) })
	}
}

// play does what a file says, and stops at the first step that fails.
func play(t *testing.T, path string) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := newStory(t)
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		step := strings.TrimSpace(lines.Text())
		if step == "" || strings.HasPrefix(step, "#") {
			continue
		}
		verb, rest, _ := strings.Cut(step, " ")
		if err := s.do(verb, strings.TrimSpace(rest)); err != nil {
			t.Fatalf("%s:%d: %s: %v", path, n, step, err)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// memory keeps incidents as long as a story lasts.
type memory map[string]app.Incident

func (m memory) Load(context.Context) ([]app.Incident, error) {
	return slices.SortedFunc(maps.Values(m), app.CompareIncidents), nil
}
func (m memory) Save(_ context.Context, i app.Incident) error { m[i.ID] = i; return nil }
func (m memory) Remove(_ context.Context, id string) error    { delete(m, id); return nil }

// story is a window on a cache of its own, on one goroutine.
type story struct {
	t       *testing.T
	cache   *cachetest.Cache
	window  fyne.Window
	session *ui.Session
	shell   *shell.Shell
	entries []shell.Entry
	serial  int
}

func newStory(t *testing.T) *story {
	t.Helper()
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	local := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = local })
	a := test.NewTempApp(t)
	ui.UseAppearance(a)
	c := cachetest.New(t)
	p := Parts{App: a, Reader: c, Presets: presets, Cap: 5 * app.Dollar, About: shell.About{Version: "1.2.3"},
		Incidents: incident.Store{Files: memory{}, Pins: c},
		Report:    func(_ context.Context, i app.Incident) (string, error) { return i.ID + ".html", nil }}
	session := ui.NewSession(app.Focus{}.Last(firstWindow), time.UTC, ui.Inline, cachetest.Now)
	lookAtFirst(session, c)
	session.Save = saveInto(t.TempDir())
	nowhere := func(context.Context) ([]*pull.Place, error) { return nil, nil }
	pulls := newPuller(t.Context(), &script{}, nowhere, nil, session, ui.Inline)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	var content *shell.Shell
	screens := entries(p, session, pulls, func() *shell.Shell { return content })
	content = fill(w, p, session, pulls, screens)
	w.Resize(fyne.NewSize(width, height))
	return &story{t: t, cache: c, window: w, session: session, shell: content, entries: screens}
}

// saveInto lets a person choose the name that is proposed, in a folder.
func saveInto(folder string) ui.Save {
	return func(name string, chosen func(ui.File, error)) {
		path := filepath.Join(folder, name)
		f, err := os.Create(path)
		chosen(ui.File{WriteCloser: f, Name: name, Discard: func() { f.Close(); os.Remove(path) }}, err)
	}
}

func (s *story) do(verb, rest string) error {
	switch verb {
	case "window":
		return s.resize(rest)
	case "pull":
		return s.pull(rest)
	case "visit":
		return s.visit(rest)
	case "press":
		return s.press(strings.Fields(rest))
	case "type":
		return s.typeText(rest)
	case "click":
		return s.click(rest)
	case "expect":
		return s.expect(rest)
	}
	return fmt.Errorf("there is no step %q", verb)
}

func (s *story) resize(size string) error {
	var w, h float32
	if _, err := fmt.Sscanf(size, "%fx%f", &w, &h); err != nil {
		return fmt.Errorf("a size is as 1440x900: %w", err)
	}
	s.window.Resize(fyne.NewSize(w, h))
	return nil
}

// pull keeps what a name stands for, and tells the window of it signal by signal as a pull does.
func (s *story) pull(name string) error {
	if name != "incident" {
		return fmt.Errorf("nothing is known as %q; there is incident", name)
	}
	s.cache.Keep(cachetest.Incident())
	for _, signal := range app.Signals {
		s.serial++
		s.session.Changed.Set(ui.Change{Serial: s.serial, Signal: signal, Scope: cachetest.Shop(),
			Range: s.session.Range()})
	}
	lookAtFirst(s.session, s.cache)
	return nil
}

// visit goes to a screen.
func (s *story) visit(name string) error {
	i := slices.IndexFunc(s.entries, func(e shell.Entry) bool { return e.Name == name })
	if i < 0 {
		return fmt.Errorf("there is no screen %q", name)
	}
	s.shell.Visit(i)
	return nil
}

// keyNames are the keys with a name that is not a character. Others are typed.
var keyNames = map[string]fyne.KeyName{
	"Enter": fyne.KeyReturn, "Escape": fyne.KeyEscape, "Backspace": fyne.KeyBackspace, "Tab": fyne.KeyTab,
	"Space": fyne.KeySpace,
	"Up":    fyne.KeyUp, "Down": fyne.KeyDown, "Left": fyne.KeyLeft, "Right": fyne.KeyRight,
	"Home": fyne.KeyHome, "End": fyne.KeyEnd, "PageUp": fyne.KeyPageUp, "PageDown": fyne.KeyPageDown,
}

func (s *story) press(keys []string) error {
	for _, key := range keys {
		modifiers := strings.Split(key, "+")
		plain := modifiers[len(modifiers)-1]
		name, named := keyNames[plain]
		switch {
		case len(modifiers) > 1 && plain != "":
			if !named {
				name = fyne.KeyName(strings.ToUpper(plain))
			}
			if err := s.shortcut(name, modifiers[:len(modifiers)-1]); err != nil {
				return err
			}
		case named:
			s.typeKey(name)
		case len(plain) > 1 && strings.HasPrefix(plain, "F"):
			s.typeKey(fyne.KeyName(plain))
		default:
			if err := s.typeText(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// shortcut runs the menu's item of these keys, as the window's driver does.
func (s *story) shortcut(key fyne.KeyName, modifiers []string) error {
	var with fyne.KeyModifier
	for _, m := range modifiers {
		switch m {
		case "ctrl":
			with |= fyne.KeyModifierShortcutDefault
		case "shift":
			with |= fyne.KeyModifierShift
		case "alt":
			with |= fyne.KeyModifierAlt
		default:
			return fmt.Errorf("there is no modifier %q", m)
		}
	}
	for _, menu := range s.window.MainMenu().Items {
		for _, item := range menu.Items {
			if c, ok := item.Shortcut.(*desktop.CustomShortcut); ok && c.KeyName == key && c.Modifier == with {
				item.Action()
				return nil
			}
		}
	}
	return fmt.Errorf("no item of the menu has %s+%s", strings.Join(modifiers, "+"), key)
}

func (s *story) typeKey(name fyne.KeyName) {
	e := &fyne.KeyEvent{Name: name}
	if f := s.window.Canvas().Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	s.window.Canvas().OnTypedKey()(e)
}

func (s *story) typeText(text string) error {
	for _, r := range text {
		if f := s.window.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			s.window.Canvas().OnTypedRune()(r)
		}
	}
	return nil
}

// click presses and releases the first button of the mouse on a text.
func (s *story) click(text string) error {
	shown := s.shown()
	at := slices.IndexFunc(shown, func(t *canvas.Text) bool { return t.Text == text })
	if at < 0 {
		at = slices.IndexFunc(shown, func(t *canvas.Text) bool { return strings.Contains(t.Text, text) })
	}
	if at < 0 {
		return fmt.Errorf("the window shows no such text: %s", s.words())
	}
	corner := fyne.CurrentApp().Driver().AbsolutePositionForObject(shown[at])
	size := shown[at].MinSize()
	test.TapCanvas(s.window.Canvas(), corner.AddXY(min(size.Width, shown[at].Size().Width)/2,
		shown[at].Size().Height/2))
	return nil
}

func (s *story) expect(what string) error {
	if title, ok := strings.CutPrefix(what, "title "); ok {
		if !strings.Contains(s.window.Title(), title) {
			return fmt.Errorf("the title is %q", s.window.Title())
		}
		return nil
	}
	text, never := strings.CutPrefix(what, "no ")
	if found := strings.Contains(s.words(), text); found == never {
		return fmt.Errorf("the window shows %s", s.words())
	}
	return nil
}

// shown returns the texts of the topmost sheet or menu, and those of the window below it.
func (s *story) shown() []*canvas.Text {
	var all []*canvas.Text
	if top := s.window.Canvas().Overlays().Top(); top != nil {
		all = drawertest.Texts(top)
	}
	return append(all, drawertest.Texts(s.window.Content())...)
}

// words returns what shown says, a line each.
func (s *story) words() string {
	var said []string
	for _, t := range s.shown() {
		if t.Text != "" {
			said = append(said, t.Text)
		}
	}
	return strings.Join(said, "\n")
}

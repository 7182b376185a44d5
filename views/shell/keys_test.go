package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

func TestKeysFitTheSmallestWindow(t *testing.T) {
	test.NewTempApp(t)
	canvas := fyne.NewSize(1024, 700)
	for _, c := range []struct {
		name    string
		body    fyne.Size
		want    fyne.Size
		scrolls bool
	}{
		{"small", fyne.NewSize(300, 200), fyne.NewSize(300, 200), false},
		{"just fits", fyne.NewSize(944, 520), fyne.NewSize(944, 520), false},
		{"too wide", fyne.NewSize(1200, 200), fyne.NewSize(944, 200), true},
		{"too high", fyne.NewSize(300, 900), fyne.NewSize(300, 520), true},
	} {
		got := fitting(ui.NewSpace(c.body.Width, c.body.Height), canvas)
		if _, scrolls := got.(*container.Scroll); scrolls != c.scrolls || got.MinSize() != c.want {
			t.Errorf("%s: %v, scrolls %v; want %v, %v", c.name, got.MinSize(), scrolls, c.want, c.scrolls)
		}
		if sheet := newSheet(test.NewCanvas(), "Keys", 0,
			got).add(ui.NewButton("Close", func() {})); sheet.Content.MinSize().Width > canvas.Width ||
			sheet.Content.MinSize().Height > canvas.Height {
			t.Errorf("%s: the sheet needs %v", c.name, sheet.Content.MinSize())
		}
	}
}

func TestAKeyThatIsTakenIsToldByAnother(t *testing.T) {
	nothing := func() {}
	lane := ui.Bindings{
		{Keys: "a", Does: "Add a lane (also A)", Rune: 'a', Do: nothing}, {Does: "Add a lane", Rune: 'A', Do: nothing},
		{Keys: "m", Does: "Pin the crosshair (also M)", Rune: 'm', Do: nothing},
		{Keys: "M", Does: "Pin the crosshair", Rune: 'M', Do: nothing},
		{Keys: "b", Does: "Boards", Rune: 'b', Do: nothing},
		{Keys: "B", Does: "Board from this alarm", Rune: 'B', Do: nothing},
		{Keys: "↑ ↓", Does: "Lane by lane", Key: fyne.KeyUp, Do: nothing},
		{Key: fyne.KeyDown, Does: "Lane by lane", Do: nothing},
	}
	detail := ui.Bindings{{Keys: "a", Does: "Alarms", Rune: 'a', Do: nothing},
		{Keys: "m", Does: "Its metric", Rune: 'm', Do: nothing}}
	for _, c := range []struct {
		groups []bindingGroup
		want   string
	}{
		{[]bindingGroup{{"Timeline", lane}},
			"a: Add a lane (also A); m: Pin the crosshair (also M); b: Boards; B: Board from this alarm; ↑ ↓: Lane " +
				"by lane; "},
		{[]bindingGroup{{"Detail", detail}, {"Timeline", lane}},
			"a: Alarms; m: Its metric; A: Add a lane; M: Pin the crosshair; b: Boards; B: Board from this alarm; ↑ " +
				"↓: Lane by lane; "},
		{[]bindingGroup{{"Timeline", detail}, {"Everywhere", detail}}, "a: Alarms; m: Its metric; "},
	} {
		said := ""
		for _, g := range listed(c.groups) {
			for _, b := range g.keys {
				said += b.Keys + ": " + b.Does + "; "
			}
		}
		if said != c.want {
			t.Errorf("it lists %s, want %s", said, c.want)
		}
	}
}

// What leads to a neighbour does nothing where an item has none: who asks a change for its changes does not mean to
// collapse a lane.
func TestALetterOfTheDetailIsNotTheScreens(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	collapsed := 0
	s.screens[0].more = ui.Bindings{{Keys: "m", Does: "Measure", Rune: 'm', Do: func() { collapsed++ }}}
	s.typedRune('m')
	if s.session.Selected.Set(drawertest.Update); collapsed != 1 || s.drawer.Keys.Has(ui.Press{Rune: 'm'}) {
		t.Fatalf("without a detail it works %d times, and a change has a metric", collapsed)
	}
	s.typedRune('m')
	if collapsed != 1 {
		t.Error("with a change in the drawer it is the screen's")
	}
	for _, g := range listed(s.groups()) {
		for _, k := range g.keys {
			if k.Rune == 'm' {
				t.Errorf("%s shows %q, which does not work", g.title, k.Does)
			}
		}
	}
	s.typedRune('b')
	if got := s.screens[0].pressed; len(got) != 1 {
		t.Errorf("other keys are the screen's no longer: %q", got)
	}
	s.closeDetail()
	if s.typedRune('m'); collapsed != 2 {
		t.Error("it is not the screen's again")
	}
}

// The keys of all screens are told at once, each under its screen, and what works everywhere after them.
func TestKeysOfEveryScreen(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	var titles []string
	for _, g := range s.Keys() {
		titles = append(titles, g.Title)
		if len(g.Keys) == 0 {
			t.Errorf("%s has no keys", g.Title)
		}
	}
	if got := strings.Join(titles, " "); got != "Timeline Alarms Everywhere" {
		t.Errorf("they are of %s", got)
	}
}

func TestLookMovesTheCheckMark(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.Appear(ui.Light)
	for _, item := range s.viewMenu().Items {
		if item.Checked != (item.Label == "Light") {
			t.Errorf("%s is marked: %v", item.Label, item.Checked)
		}
	}
}

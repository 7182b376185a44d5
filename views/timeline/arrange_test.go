package timeline

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

// laneNames are the names of the lanes from the top.
func (s *screen) laneNames() []string {
	var names []string
	for _, r := range s.field.scene.rows {
		names = append(names, r.title())
	}
	return names
}

// types gives the screen characters, one after the other.
func (s *screen) types(keys string) {
	for _, r := range keys {
		s.Bindings().Rune(r)
	}
}

func TestKeysArrangeTheLanes(t *testing.T) {
	s := open(t, incident(), full, dark)
	first := s.laneNames()
	if len(first) < 6 || first[0] != "Alarms" || first[1] != "Changes" {
		t.Fatalf("the timeline begins with %q", first)
	}
	s.choose(1)
	for _, step := range []struct {
		keys  string
		want  []string
		lane  int
		about string
	}{
		{"x", slices.Delete(slices.Clone(first), 1, 2), 1, "removed"},
		{"u", first, 2, "undone"},
		{"{", slices.Concat(first[:1], first[2:3], first[1:2], first[3:]), 1, "up"},
		{"}", first, 2, "down again"},
		{"{{{", slices.Concat(first[2:3], first[:2], first[3:]), 0, "not above the top"},
		{"x", slices.Concat(first[:2], first[3:]), 0, "removed from the top"},
		{"u", slices.Concat(first[2:3], first[:2], first[3:]), 0, "brought back"},
		{"uuuuuuuu", first, 2, "all undone"},
	} {
		s.types(step.keys)
		if got := s.laneNames(); !slices.Equal(got, step.want) || s.row != step.lane {
			t.Errorf("%s: lane %d of %q, want %d of %q", step.about, s.row, got, step.lane, step.want)
		}
	}
	if !s.edits.Here().Automatic() {
		t.Error("with all undone the lanes are not those that the window proposes")
	}
}

func TestALaneIsPinnedCollapsedAndSized(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.choose(3)
	name, height := s.laneNames()[3], s.field.scene.rows[3].height
	s.types("P")
	if got := s.laneNames()[0]; got != name || s.row != 0 {
		t.Errorf("pinned, the first lane is %q and lane %d is chosen", got, s.row)
	}
	s.types("P{")
	s.types(">>")
	if got := s.field.scene.rows[s.row].height; got <= height {
		t.Errorf("higher twice, it is %v high and was %v", got, height)
	}
	s.types("c")
	if got := s.field.scene.rows[s.row].height; got != collapsedHeight {
		t.Errorf("collapsed, it is %v high", got)
	}
	if got := s.field.pick(fyne.NewPos(s.x(ago(20)), s.field.scene.rows[s.row].top+5)); !app.SameItem(got,
		s.snapshot.series[slices.IndexFunc(s.snapshot.series,
			func(o app.Series) bool { return app.SameItem(o, got) })]) {
		t.Errorf("a click on the collapsed lane selects %v", got)
	}
	s.types("c")
	if got := s.field.scene.rows[s.row].height; got <= height {
		t.Errorf("open again, it is %v high", got)
	}
}

func TestArrangingDrawsFromMemory(t *testing.T) {
	cache := incident()
	s, h := openHeld(t, cache, dark)
	h.all()
	n, asked := len(s.field.scene.rows), len(cache.Asked())
	s.choose(1)
	s.types("x}c>P")
	h.all()
	if len(s.field.scene.rows) != n-1 || len(cache.Asked()) != asked {
		t.Errorf("%d lanes of %d are left, and the cache was asked %d times", len(s.field.scene.rows), n,
			len(cache.Asked())-asked)
	}
}

func TestArrangedLanesStay(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.choose(2)
	s.types("x")
	want := s.laneNames()
	s.look(app.Range{From: ago(60 * 30), To: ago(60 * 29)}) // where nothing is cached
	if got := s.laneNames(); !slices.Equal(got, want) {
		t.Errorf("in another window there are %q, and were %q", got, want)
	}
	if what, _ := s.emptiness(); what != "" {
		t.Errorf("over the lanes it says %q", what)
	}
}

func TestAddedLanes(t *testing.T) {
	s := open(t, incident(), full, dark)
	before := len(s.field.scene.rows)
	group := app.LogGroup{Scope: shop, Name: "/aws/lambda/orders"}
	s.Add(group)
	names := s.laneNames()
	if len(names) != before+1 || names[before-1] != "orders logs" || s.row != before-1 {
		t.Errorf("with a log group there are %q, and lane %d is chosen", names, s.row)
	}
	s.Add(group)
	if len(s.field.scene.rows) != before+1 {
		t.Error("a log group has two lanes")
	}
	s.Add(app.Series{Scope: shop, Reading: app.Reading{Metric: units, Statistic: "Average", Period: 60e9}})
	if l, ok := s.field.scene.rows[s.row].lane.(*lane.Metric); !ok || l.Readout(ago(20), 0) == "" {
		t.Errorf("the lane of a metric that was added has no line")
	}
	s.Add("a word")
	s.types("uu")
	if len(s.field.scene.rows) != before {
		t.Errorf("undone, there are %q", s.laneNames())
	}
}

func TestAnyArrangementIsDrawn(t *testing.T) {
	s := open(t, incident(), full, dark)
	rapid.Check(t, func(t *rapid.T) {
		s.choose(rapid.IntRange(-1, len(s.field.scene.rows)-1).Draw(t, "lane"))
		s.types(rapid.StringMatching("[xu{}Pc<>]{1,6}").Draw(t, "keys"))
		scene := s.field.scene
		if len(scene.board.Lanes) != len(scene.rows) || len(scene.rows) != len(s.field.drawn.images) {
			t.Fatalf("%d lanes of the board, %d rows, %d pictures", len(scene.board.Lanes), len(scene.rows),
				len(s.field.drawn.images))
		}
		if b := s.edits.Here(); !b.Automatic() && !b.Equal(scene.board) {
			t.Fatalf("it shows %v, and is %v", scene.board, b)
		}
		if s.row >= len(scene.rows) {
			t.Fatalf("lane %d of %d is chosen", s.row, len(scene.rows))
		}
	})
}

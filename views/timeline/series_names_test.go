package timeline

import (
	"fmt"
	"image"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

func TestColorsStayWithTheirSeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c colors
		var shown []string
		was := map[string]int{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch i := 0; {
			case len(shown) > 0 && rapid.Bool().Draw(t, "removes or moves"):
				i = rapid.IntRange(0, len(shown)-1).Draw(t, "which")
				key := shown[i]
				shown = slices.Delete(slices.Clone(shown), i, i+1)
				if rapid.Bool().Draw(t, "moves") {
					shown = append(shown, key)
				}
			case len(shown) < len(ui.SeriesColors):
				if key := fmt.Sprint(rapid.IntRange(0, 20).Draw(t, "new")); !slices.Contains(shown, key) {
					shown = slices.Insert(slices.Clone(shown), rapid.IntRange(0, len(shown)).Draw(t, "where"), key)
				}
			}
			now := c.assign([][]string{shown})
			owner := map[int]string{}
			for _, key := range shown {
				if other, taken := owner[now[key]]; taken {
					t.Fatalf("of %q, %s and %s have the same colour", shown, key, other)
				}
				owner[now[key]] = key
				if before, there := was[key]; there && before != now[key] {
					t.Fatalf("%s has changed its colour", key)
				}
			}
			was = now
		}
	})
}

func TestASeriesThatComesBackHasItsColor(t *testing.T) {
	var c colors
	first := c.assign([][]string{{"a"}, {"b"}, {"c"}})["b"]
	c.assign([][]string{{"a"}, {"c"}})
	if got := c.assign([][]string{{"a"}, {"c"}, {"b"}})["b"]; got != first {
		t.Errorf("it had colour %d and has %d", first, got)
	}
}

// On a board of more series than there are colours, those of one lane still differ.
func TestSeriesOfALaneDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c colors
		lanes := make([][]string, rapid.IntRange(1, 12).Draw(t, "lanes"))
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			i := rapid.IntRange(0, len(lanes)-1).Draw(t, "lane")
			if len(lanes[i]) < len(ui.SeriesColors) {
				lanes[i] = append(lanes[i], fmt.Sprint(i, " ", len(lanes[i])))
			}
			if rapid.Bool().Draw(t, "more come at once") {
				continue
			}
			now := c.assign(lanes)
			for _, keys := range lanes {
				owner := map[int]string{}
				for _, key := range keys {
					if other, taken := owner[now[key]]; taken {
						t.Fatalf("of the lanes %q, %s and %s have the same colour", lanes, key, other)
					}
					owner[now[key]] = key
				}
			}
		}
	})
}

func TestLanesKeepTheirColorsWhenOneGoes(t *testing.T) {
	s := open(t, incident(), full, dark)
	inks := func() map[string]string {
		all := map[string]string{}
		for i, l := range s.field.scene.board.Lanes {
			for _, r := range l.Readings {
				all[s.laneNames()[i]+" "+r.Statistic] = fmt.Sprint(s.colors.had[lane.SeriesKey(l.Scope, r)])
			}
		}
		return all
	}
	before := inks()
	s.choose(3)
	s.types("x")
	for name, ink := range inks() {
		if before[name] != ink {
			t.Errorf("%s was %s and is %s", name, before[name], ink)
		}
	}
}

func TestANameOfASeriesLetsItStandOut(t *testing.T) {
	s := open(t, incident(), full, dark)
	for _, name := range []string{"checkout latency", "orders writes", "Traces"} {
		i := slices.Index(s.laneNames(), name)
		k := slices.IndexFunc(s.field.seriesNames, func(k seriesName) bool { return k.lane == i })
		if k < 0 {
			t.Errorf("%s names none of its series", name)
			continue
		}
		at := s.field.seriesNames[k+1]
		plain := s.field.drawn.images[i].Image
		s.moveTo(at.at.X+4, s.field.top(i)+at.at.Y)
		if slices.Equal(s.field.drawn.images[i].Image.(*image.RGBA).Pix, plain.(*image.RGBA).Pix) {
			t.Errorf("over a name of %s its picture stays", name)
		}
		for other, img := range s.field.drawn.images {
			if other != i && img.Image != image.Image(s.field.scene.rows[other].picture) {
				t.Errorf("lane %d was drawn anew as well", other)
			}
		}
		s.moveTo(at.at.X+4, s.field.top(i)+at.at.Y-20)
		if s.field.drawn.images[i].Image != plain {
			t.Errorf("beside the name %s stays as it was over it", name)
		}
	}
}

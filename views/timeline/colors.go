package timeline

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// colors remembers which colour each series has, as an index into ui.SeriesColors. A series that is shown keeps its
// colour, whatever comes, moves or goes; one that comes gets the colour that it had, or the one that the fewest have.
// So no two have the same while there are fewer than seven, unless more were shown before.
type colors struct {
	had   map[string]int
	shown []string
}

// assign returns the colours of the series that are shown now, by key.
func (c *colors) assign(now []string) map[string]int {
	if c.had == nil {
		c.had = map[string]int{}
	}
	var used [len(ui.SeriesColors)]int
	given := map[string]int{}
	give := func(key string, color int) {
		given[key], c.had[key] = color, color
		used[color]++
	}
	for _, key := range now {
		if _, twice := given[key]; !twice && slices.Contains(c.shown, key) {
			give(key, c.had[key])
		}
	}
	for _, key := range now {
		if _, has := given[key]; has {
			continue
		}
		least := 0
		for i, n := range used {
			if n < used[least] {
				least = i
			}
		}
		if old, known := c.had[key]; known && used[old] == used[least] {
			least = old
		}
		give(key, least)
	}
	c.shown = slices.Clone(now)
	return given
}

// seriesOf are the keys of the series that the lanes of a board draw, from the top.
func (e evidence) seriesOf(b app.Board) []string {
	var keys []string
	for _, l := range b.Lanes {
		if l.Kind == app.MetricLane {
			p := e.plotOf(l)
			for _, r := range p.readings {
				keys = append(keys, seriesKey(p.Scope, r))
			}
			for _, m := range p.more {
				keys = append(keys, seriesKey(m.Scope, m.Reading))
			}
		}
	}
	return keys
}

// ink returns the colour of a series.
func (e evidence) ink(place app.Scope, r app.Reading) fyne.ThemeColorName {
	return ui.SeriesColors[e.colors[seriesKey(place, r)]]
}

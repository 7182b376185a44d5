package timeline

import (
	"cmp"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// colors remembers the colour of each series, as an index into ui.SeriesColors. A series that is shown keeps its colour
// whatever is added, moved or removed; one that is added gets the colour that it had before, or the least used one,
// first in its own lane and then in all. So no two series have the same colour while there are fewer than seven, nor
// two of one lane, unless more were shown before.
type colors struct {
	had   map[string]int
	shown []string
}

// assign returns the colours of the series that are shown now, by key. They are given by lane.
func (c *colors) assign(lanes [][]string) map[string]int {
	if c.had == nil {
		c.had = map[string]int{}
	}
	var used [len(ui.SeriesColors)]int
	given := map[string]int{}
	give := func(key string, color int) {
		given[key], c.had[key] = color, color
		used[color]++
	}
	now := slices.Concat(lanes...)
	for _, key := range now {
		if _, twice := given[key]; !twice && slices.Contains(c.shown, key) {
			give(key, c.had[key])
		}
	}
	for _, key := range now {
		if _, has := given[key]; has {
			continue
		}
		beside := besides(key, lanes, given)
		rarer := func(a, b int) bool { return cmp.Or(beside[a]-beside[b], used[a]-used[b]) < 0 }
		least := 0
		for i := range used {
			if rarer(i, least) {
				least = i
			}
		}
		if old, known := c.had[key]; known && !rarer(least, old) {
			least = old
		}
		give(key, least)
	}
	c.shown = now
	return given
}

// besides counts the colours that others have in the lanes of a series.
func besides(key string, lanes [][]string, given map[string]int) (count [len(ui.SeriesColors)]int) {
	for _, keys := range lanes {
		if !slices.Contains(keys, key) {
			continue
		}
		for _, other := range keys {
			if color, has := given[other]; has {
				count[color]++
			}
		}
	}
	return count
}

// seriesOf are the keys of the series that the lanes of a board draw, by lane from the top.
func (snap snapshot) seriesOf(b app.Board) [][]string {
	var lanes [][]string
	for _, l := range b.Lanes {
		if l.Kind == app.MetricLane {
			p := snap.plotOf(l)
			var keys []string
			for _, r := range p.Readings {
				keys = append(keys, lane.SeriesKey(p.Scope, r))
			}
			for _, m := range p.More {
				keys = append(keys, lane.SeriesKey(m.Scope, m.Reading))
			}
			lanes = append(lanes, keys)
		}
	}
	return lanes
}

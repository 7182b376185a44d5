package lane

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// Pick returns what is known of a signal around an instant.
func (l *Coverage) Pick(axis chart.Axis, _ float32, at fyne.Position) app.Item {
	i := int((at.Y - coverTop + (coverStep-coverStrip)/2) / coverStep)
	if at.Y < coverTop-lanePadding || i >= len(l.strips) {
		return nil
	}
	s := l.strips[max(i, 0)]
	for _, c := range s.stretches {
		if !c.Range.Contains(axis.Time(at.X)) {
			continue
		}
		return coverageOf(s.signal, c, l.places, l.covers[s.signal])
	}
	return nil
}

// coverageOf returns a stretch as an item for the drawer, with the covers that overlap it.
func coverageOf(s app.Signal, of app.Stretch, places []app.Scope, covers []app.Cover) app.Coverage {
	found := app.Coverage{Signal: s, Range: of.Range, State: of.State, Places: places}
	for _, c := range covers {
		if c.Range.Overlaps(of.Range) {
			found.Covers = append(found.Covers, c)
		}
	}
	return found
}

package timeline

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// pick returns what is known of a signal around an instant.
func (l *coverageLane) pick(axis ui.Axis, _ float32, at fyne.Position) ui.Item {
	i := int((at.Y - coverTop + (coverStep-coverStrip)/2) / coverStep)
	if at.Y < coverTop-lanePadding || i >= len(l.strips) {
		return nil
	}
	s := l.strips[max(i, 0)]
	for _, c := range s.stretches {
		if !c.Range.Contains(axis.Time(at.X)) {
			continue
		}
		found := ui.Coverage{Signal: s.signal, Range: c.Range, State: c.State, Places: l.places}
		for _, cover := range l.covers[s.signal] {
			if cover.Range.Overlaps(c.Range) {
				found.Covers = append(found.Covers, cover)
			}
		}
		return found
	}
	return nil
}

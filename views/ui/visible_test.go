package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/views/phrase"
)

// Whatever others have written, the widgets draw as text that can be seen: no override of direction, nothing without
// width, no line break in a line.
func TestWidgetsDrawVisibleText(t *testing.T) {
	dress(t)
	const attack = "invoice\u202egnp.exe\u200b\x1b[31m\nline"
	text, later := NewText(attack, Body), NewShrinkingText("", Body)
	later.Set(attack)
	chip, readout := NewChip(func() {}, Word{Text: attack}), NewReadout(attack)
	readout.Set(attack + "!")
	list := []fyne.CanvasObject{text, later, NewParagraph(attack, Body, 400), NewParagraph(attack, Code, 400), chip,
		readout, NewTag(Square, ColorAlarm, attack)}
	for i, o := range list {
		w := test.NewTempWindow(t, o)
		w.Resize(fyne.NewSize(800, 200))
		drawn := 0
		for _, part := range test.LaidOutObjects(o) {
			line, ok := part.(*canvas.Text)
			if !ok || line.Text == "" {
				continue
			}
			drawn++
			if strings.ContainsFunc(line.Text, phrase.Hidden) || strings.ContainsAny(line.Text, "\n\t") {
				t.Errorf("%d draws %q", i, line.Text)
			}
		}
		if drawn == 0 {
			t.Errorf("%d draws nothing", i)
		}
	}
	if got := Body.Fit(attack, 10_000); got != phrase.VisibleLine(attack) {
		t.Errorf("fitted %q", got)
	}
}

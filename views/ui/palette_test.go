package ui

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/views/chart"
)

func TestPaletteHoldsEveryColour(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(nil))
	palette := NewPalette()
	for name := range colors {
		if palette[name] != color.NRGBAModel.Convert(Color(name)) {
			t.Errorf("%s is %v", name, palette[name])
		}
	}
	if got := palette.Color(chart.Ink{Name: ColorAlarm, Alpha: 40}); got.A != 40 || got.R != palette[ColorAlarm].R {
		t.Errorf("an ink at 40 is %v", got)
	}
}

package chart

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// Palette holds colours by their names, to draw with away from the UI goroutine, where the theme may change meanwhile.
type Palette map[fyne.ThemeColorName]color.NRGBA

// Ink is one of a palette's colours at an opacity of 0 to 255.
type Ink struct {
	Name  fyne.ThemeColorName
	Alpha uint8
}

// Solid returns the ink of a colour at full opacity.
func Solid(name fyne.ThemeColorName) Ink { return Ink{name, 255} }

// Color returns the ink's colour in this palette.
func (p Palette) Color(i Ink) color.NRGBA {
	c := p[i.Name]
	c.A = i.Alpha
	return c
}

package ui

import (
	_ "embed"

	"fyne.io/fyne/v2"
)

// Inter draws the text. Its figures are set to equal width in the files themselves, because Fyne does not ask a font
// for features; Fyne's own font lacks ≥ and ≤, for which it would fall back to whatever the machine has.
var (
	//go:embed fonts/Inter-Regular.otf
	interRegular []byte
	//go:embed fonts/Inter-SemiBold.otf
	interSemiBold []byte
	//go:embed fonts/Inter-Italic.otf
	interItalic []byte
)

// fonts are the design's fonts by style; Fyne keys its caches by the resource, so each is made once.
type fonts struct{ regular, semiBold, italic fyne.Resource }

func newFonts() fonts {
	return fonts{
		fyne.NewStaticResource("Inter-Regular.otf", interRegular),
		fyne.NewStaticResource("Inter-SemiBold.otf", interSemiBold),
		fyne.NewStaticResource("Inter-Italic.otf", interItalic),
	}
}

// Font returns Inter for text, semi-bold where bold is asked for, and Fyne's own monospace and symbol fonts.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace || style.Symbol:
		return t.Theme.Font(style)
	case style.Bold:
		return t.fonts.semiBold
	case style.Italic:
		return t.fonts.italic
	}
	return t.fonts.regular
}

package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/views/chart"
)

// NewPalette reads the colours of the theme as it is now.
func NewPalette() chart.Palette {
	p := make(chart.Palette, len(colors))
	for name := range colors {
		p[name] = color.NRGBAModel.Convert(Color(name)).(color.NRGBA)
	}
	return p
}

// The colours of the design that Fyne has no name for. Ask for them with Color.
const (
	ColorRaised  fyne.ThemeColorName = "raised"  // third level of surface: chips, hovered rows, readouts
	ColorLine    fyne.ThemeColorName = "line"    // hairlines
	ColorQuiet   fyne.ThemeColorName = "quiet"   // secondary text
	ColorFaint   fyne.ThemeColorName = "faint"   // tertiary text and marks
	ColorAlarm   fyne.ThemeColorName = "alarm"   // ALARM, errors, faults
	ColorWarning fyne.ThemeColorName = "warn"    // warnings, limits, settling
	ColorOK      fyne.ThemeColorName = "ok"      // OK
	ColorNoData  fyne.ThemeColorName = "no-data" // INSUFFICIENT_DATA, gaps
	ColorChange  fyne.ThemeColorName = "change"  // changes, and nothing else
	ColorSeries1 fyne.ThemeColorName = "series1"
	ColorSeries2 fyne.ThemeColorName = "series2"
	ColorSeries3 fyne.ThemeColorName = "series3"
	ColorSeries4 fyne.ThemeColorName = "series4"
	ColorSeries5 fyne.ThemeColorName = "series5"
	ColorSeries6 fyne.ThemeColorName = "series6"
)

// The design's own names for colours that Fyne has a name for.
const (
	ColorBackground = theme.ColorNameBackground
	ColorSurface    = theme.ColorNameMenuBackground // rail, focus bar, status bar, drawer
	ColorText       = theme.ColorNameForeground
	ColorAccent     = theme.ColorNamePrimary
	ColorOnFill     = theme.ColorNameForegroundOnPrimary // text on the accent or on a state's colour
)

// SeriesColors are the colours of series, safe for the colour-blind and apart from every state's colour.
var SeriesColors = [...]fyne.ThemeColorName{ColorSeries1, ColorSeries2, ColorSeries3, ColorSeries4, ColorSeries5,
	ColorSeries6}

// The measures of the design, in Fyne's device-independent pixels.
const (
	TextSize      = 13
	TextSmall     = 12
	TextTitle     = 16
	Step          = 4 // spacing goes in steps of this
	RowDense      = 24
	Row           = 28
	RailWidth     = 64
	FocusHeight   = 44
	StatusHeight  = 26
	DrawerWidth   = 356
	LabelColWidth = 196
)

type pair struct{ dark, light color.NRGBA }

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

func (p pair) faded(alpha uint8) pair { p.dark.A, p.light.A = alpha, alpha; return p }

var (
	background = pair{rgb(0x0f1318), rgb(0xf4f6f9)}
	surface    = pair{rgb(0x151a21), rgb(0xffffff)}
	raised     = pair{rgb(0x1b222b), rgb(0xeef1f5)}
	line       = pair{rgb(0x28303a), rgb(0xd9dfe7)}
	text       = pair{rgb(0xe4e8ee), rgb(0x1a2230)}
	quiet      = pair{rgb(0x98a3b3), rgb(0x55617a)}
	faint      = pair{rgb(0x657183), rgb(0x8893a5)}
	accent     = pair{rgb(0x4c9fff), rgb(0x1668d6)}
	alarm      = pair{rgb(0xff5d5d), rgb(0xd1293d)}
	warning    = pair{rgb(0xf2b13c), rgb(0xb87400)}
	ok         = pair{rgb(0x36c287), rgb(0x0d8f5b)}
	noData     = pair{rgb(0x7d8794), rgb(0x7a8596)}
	change     = pair{rgb(0xb38cff), rgb(0x7a4fd0)}
)

// colors maps every name to its pair; what is not here, Fyne's own theme answers.
var colors = map[fyne.ThemeColorName]pair{
	theme.ColorNameBackground:        background,
	theme.ColorNameMenuBackground:    surface,
	theme.ColorNameHeaderBackground:  surface,
	theme.ColorNameOverlayBackground: surface,
	theme.ColorNameInputBackground:   raised,
	theme.ColorNameInputBorder:       line,
	theme.ColorNameButton:            raised,
	theme.ColorNameDisabledButton:    raised,
	theme.ColorNameDisabled:          faint,
	theme.ColorNameForeground:        text,
	theme.ColorNamePlaceHolder:       quiet,
	theme.ColorNamePrimary:           accent,
	theme.ColorNameHyperlink:         accent,
	theme.ColorNameFocus:             accent.faded(90),
	theme.ColorNameSelection:         accent.faded(70),
	theme.ColorNameHover:             accent.faded(24),
	theme.ColorNamePressed:           accent.faded(48),
	theme.ColorNameSeparator:         line,
	theme.ColorNameScrollBar:         faint.faded(140),
	theme.ColorNameError:             alarm,
	theme.ColorNameWarning:           warning,
	theme.ColorNameSuccess:           ok,
	// White on the dark theme's accent and alarm colours is 2.7:1 and 3.0:1, too little to read; this is 6.9:1 and
	// 6.1:1.
	theme.ColorNameForegroundOnPrimary: {background.dark, rgb(0xffffff)},

	ColorRaised: raised, ColorLine: line, ColorQuiet: quiet, ColorFaint: faint,
	ColorAlarm: alarm, ColorWarning: warning, ColorOK: ok, ColorNoData: noData, ColorChange: change,
	ColorSeries1: {rgb(0x56b4e9), rgb(0x1d7fb8)},
	ColorSeries2: {rgb(0x35b8a6), rgb(0x0f8a79)},
	ColorSeries3: {rgb(0xd889c0), rgb(0xb0539a)},
	ColorSeries4: {rgb(0x8ea2ff), rgb(0x4f63d2)},
	ColorSeries5: {rgb(0xa3c257), rgb(0x6d8a17)},
	ColorSeries6: {rgb(0xc9a27a), rgb(0x94693a)},
}

// Theme is the look of Nephograph. Variant "" follows the system's dark or light; dark and light are fixed.
type Theme struct {
	fyne.Theme
	Fixed *fyne.ThemeVariant // nil: as the system says

	fonts fonts
}

// NewTheme returns the theme on top of Fyne's own, for fonts and icons.
func NewTheme(fixed *fyne.ThemeVariant) *Theme {
	return &Theme{theme.DefaultTheme(), fixed, newFonts()}
}

// Color returns the design's colour of that name.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if t.Fixed != nil {
		variant = *t.Fixed
	}
	p, known := colors[name]
	switch {
	case !known:
		return t.Theme.Color(name, variant)
	case variant == theme.VariantLight:
		return p.light
	default:
		return p.dark
	}
}

// Size returns the design's measures, Fyne's own where the design has none.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return TextSize
	case theme.SizeNameCaptionText:
		return TextSmall
	case theme.SizeNameSubHeadingText:
		return TextTitle
	case theme.SizeNamePadding:
		return Step
	case theme.SizeNameInnerPadding:
		return 6 // a field is then as high as a chip
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 6
	case theme.SizeNameScrollBar:
		return 8
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameInlineIcon:
		return 18
	case theme.SizeNameModalBlurRadius:
		return 0 // a blur of the whole window is drawn anew with each frame
	}
	return t.Theme.Size(name)
}

// Color returns the current theme's colour of that name, opaque unless the design says otherwise. Canvas objects keep
// the colour they were made with: set it again in Refresh.
func Color(name fyne.ThemeColorName) color.Color {
	settings := fyne.CurrentApp().Settings()
	return settings.Theme().Color(name, settings.ThemeVariant())
}

// Fade returns c with the given opacity of 0 to 255.
func Fade(c color.Color, alpha uint8) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = alpha
	return n
}

// Mix returns c with a share (0 to 1) of d in it.
func Mix(c, d color.Color, share float64) color.Color {
	a, b := color.NRGBAModel.Convert(c).(color.NRGBA), color.NRGBAModel.Convert(d).(color.NRGBA)
	part := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.NRGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), part(a.A, b.A)}
}

package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/views/ui"
)

// Appearance is dark, light, or what the system says.
type Appearance string

// The appearances.
const (
	Dark   Appearance = "dark"
	Light  Appearance = "light"
	System Appearance = "system"
)

// appearanceKey is where the choice is kept in the app's preferences.
const appearanceKey = "appearance"

// Dress gives the app the look that was chosen last, dark at first. Call it before any widget is made: canvas objects
// take their colours when they are.
func Dress(a fyne.App) { wear(a, appearance(a)) }

// appearance returns what was chosen last.
func appearance(a fyne.App) Appearance {
	return Appearance(a.Preferences().StringWithFallback(appearanceKey, string(Dark)))
}

// change wears another appearance from now on.
func change(a fyne.App, to Appearance) {
	a.Preferences().SetString(appearanceKey, string(to))
	wear(a, to)
}

func wear(a fyne.App, look Appearance) {
	dark, light := theme.VariantDark, theme.VariantLight
	switch look {
	case System:
		a.Settings().SetTheme(ui.NewTheme(nil))
	case Light:
		a.Settings().SetTheme(ui.NewTheme(&light))
	default:
		a.Settings().SetTheme(ui.NewTheme(&dark))
	}
}

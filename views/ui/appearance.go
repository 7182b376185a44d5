package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
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

// UseAppearance gives the app the look that was chosen last, dark at first. Call it before any widget is made: canvas
// objects take their colours when they are.
func UseAppearance(a fyne.App) { applyAppearance(a, CurrentAppearance(a)) }

// CurrentAppearance returns what was chosen last.
func CurrentAppearance(a fyne.App) Appearance {
	return Appearance(a.Preferences().StringWithFallback(appearanceKey, string(Dark)))
}

// ChangeAppearance gives the app another look from now on, and keeps the choice.
func ChangeAppearance(a fyne.App, to Appearance) {
	a.Preferences().SetString(appearanceKey, string(to))
	applyAppearance(a, to)
}

func applyAppearance(a fyne.App, look Appearance) {
	dark, light := theme.VariantDark, theme.VariantLight
	switch look {
	case System:
		a.Settings().SetTheme(NewTheme(nil))
	case Light:
		a.Settings().SetTheme(NewTheme(&light))
	default:
		a.Settings().SetTheme(NewTheme(&dark))
	}
}

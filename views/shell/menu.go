package shell

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/nephograph/nephograph/views/ui"
)

// mainMenu holds every command that has a key with a modifier: menu items work while a field has the keyboard.
func (s *Shell) mainMenu() *fyne.MainMenu {
	return fyne.NewMainMenu(
		fyne.NewMenu("File",
			withKey("Pull, or cancel", fyne.KeyR, ctrl, s.pullOrCancel),
			withKey("Follow, or end it", fyne.KeyR, ctrl|fyne.KeyModifierShift, s.followOrEnd),
			fyne.NewMenuItem("Places", s.showScopes),
			fyne.NewMenuItemSeparator(),
			withKey("Pin to the incident", fyne.KeyD, ctrl, s.pin),
			withKey("Open an incident of this alarm", fyne.KeyI, ctrl, s.openIncident),
			fyne.NewMenuItem("Set up: profiles, Regions, first pull…", s.setUp),
			fyne.NewMenuItem("Sign in…", s.signIn),
		),
		s.goMenu(),
		s.viewMenu(),
		fyne.NewMenu("Help",
			fyne.NewMenuItem("Keys", s.showKeys),
			fyne.NewMenuItem("Queries", func() { newManualSheet(s.window.Canvas()).Show() }),
			fyne.NewMenuItem("About Nephograph", func() { newAboutSheet(s.window.Canvas(), s.about).Show() }),
		),
	)
}

// ctrl is the key that commands are given with on this system: Control, or Command on a Mac.
const ctrl = fyne.KeyModifierShortcutDefault

func withKey(label string, key fyne.KeyName, modifier fyne.KeyModifier, do func()) *fyne.MenuItem {
	item := fyne.NewMenuItem(label, do)
	item.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
	return item
}

func (s *Shell) goMenu() *fyne.Menu {
	menu := fyne.NewMenu("Go", withKey(paletteLabel, fyne.KeyK, ctrl, s.showPalette), fyne.NewMenuItemSeparator())
	for i, e := range s.entries {
		menu.Items = append(menu.Items, withKey(e.Name, fyne.KeyName(fmt.Sprint(e.Key)), ctrl, func() { s.Visit(i) }))
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(),
		withKey("Back", fyne.KeyLeft, fyne.KeyModifierAlt, s.session.Back),
		withKey("Forward", fyne.KeyRight, fyne.KeyModifierAlt, s.session.Forward),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Earlier", func() { s.bar.shift(-1) }),
		fyne.NewMenuItem("Later", func() { s.bar.shift(1) }),
		fyne.NewMenuItem("Zoom out", s.bar.zoomOut),
		fyne.NewMenuItem("Time window…", s.chooseRange),
		fyne.NewMenuItem("Narrow to a resource…", s.chooseResource),
	)
	return menu
}

func (s *Shell) viewMenu() *fyne.Menu {
	menu := fyne.NewMenu("View", withKey("UTC or local time", fyne.KeyU, ctrl, s.bar.toggleZone),
		fyne.NewMenuItemSeparator())
	for _, look := range []struct {
		name string
		is   ui.Appearance
	}{{"Dark", ui.Dark}, {"Light", ui.Light}, {"As the system", ui.System}} {
		menu.Items = append(menu.Items, checked(look.name, ui.CurrentAppearance(s.app) == look.is,
			func() { s.Appear(look.is) }))
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Close the detail", s.closeDetail))
	return menu
}

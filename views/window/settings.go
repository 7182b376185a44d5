package window

import (
	"github.com/nephograph/nephograph/views/settings"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/ui"
)

// Held is what is set, as the screen of settings shows it.
type Held = settings.Held

// Value is one value of it.
type Value = settings.Value

// forSettings hands the screen of settings what it needs.
func forSettings(p Parts, s *ui.Session, frame func() *shell.Shell) settings.Parts {
	return settings.Parts{
		Session: s, Reader: p.Reader, Held: p.Held, Copy: p.App.Clipboard().SetContent,
		Appearance: func() ui.Appearance { return ui.CurrentAppearance(p.App) },
		Appear:     func(look ui.Appearance) { frame().Appear(look) },
		Keys: func() []ui.KeyGroup {
			if f := frame(); f != nil {
				return f.Keys()
			}
			return nil // the screens are being made
		},
	}
}

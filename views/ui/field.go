package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Field is an entry of one line that can be left with the keyboard: Escape and Down do what the screen says.
type Field struct {
	widget.Entry
	OnEscape func()
	OnDown   func() // such as to move on to the list below; nil: nothing
	OnUp     func() // the same
	Whole    bool   // what is typed takes the place of what the field held when the keyboard came to it
	OnOther  func() // Enter with Ctrl: what is done otherwise with what is entered; nil: nothing
	// OnTab takes the Tab key where it returns true; else Tab moves the keyboard on. It is asked first with do false,
	// whether it would.
	OnTab     func(do bool) bool
	OnLeft    func()                      // the keyboard went elsewhere
	OnControl func(key fyne.KeyName) bool // another key with Ctrl, where it returns true; nil: none
}

// NewField returns an empty field that shows hint while it is empty.
func NewField(hint string) *Field {
	f := &Field{}
	f.PlaceHolder = hint
	f.ExtendBaseWidget(f)
	return f
}

// FocusGained takes the keyboard.
func (f *Field) FocusGained() {
	f.Entry.FocusGained()
	if f.Whole {
		f.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusLost gives the keyboard away.
func (f *Field) FocusLost() {
	f.Entry.FocusLost()
	if f.OnLeft != nil {
		f.OnLeft()
	}
}

// AcceptsTab reports whether Tab is for the field itself.
func (f *Field) AcceptsTab() bool { return f.OnTab != nil && f.OnTab(false) }

// TypedKey leaves the field with Escape or Down, and edits with other keys.
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && f.OnEscape != nil:
		f.OnEscape()
	case e.Name == fyne.KeyDown && f.OnDown != nil:
		f.OnDown()
	case e.Name == fyne.KeyUp && f.OnUp != nil:
		f.OnUp()
	case e.Name == fyne.KeyTab:
		if f.OnTab != nil {
			f.OnTab(true)
		}
	case functionKey(e.Name):
		PassKey(f, e) // F5 pulls, whatever has the keyboard
	default:
		f.Entry.TypedKey(e)
	}
}

// TypedShortcut takes Enter with Ctrl, and leaves copying and pasting to Fyne.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	c, custom := s.(*desktop.CustomShortcut)
	if custom && f.OnOther != nil && c.Modifier == fyne.KeyModifierControl &&
		(c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		f.OnOther()
		return
	}
	if custom && f.OnControl != nil && c.Modifier == fyne.KeyModifierControl && f.OnControl(c.KeyName) {
		return
	}
	f.Entry.TypedShortcut(s)
}

// functionKey reports whether a key is one of F1 to F12.
func functionKey(k fyne.KeyName) bool {
	return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9'
}

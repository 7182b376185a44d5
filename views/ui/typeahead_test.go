package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// typist is a window that writes down what is typed into it, and what of it is for a reading.
type typist struct {
	TypeAhead
	field  *widget.Entry
	w      fyne.Window
	typed  []string
	awaits string // the characters that are for what is being read
	then   func(r rune)
}

func newTypist(t *testing.T) *typist {
	t.Helper()
	dress(t)
	s := &typist{field: widget.NewEntry()}
	s.w = window(t, s.field, 200, 40)
	s.Awaits = func(p Press) bool {
		return p.Rune != 0 && strings.ContainsRune(s.awaits, p.Rune) || p.Key == fyne.KeyReturn &&
			strings.Contains(s.awaits, "⏎")
	}
	s.w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		if !s.Keep(s.field, Press{Key: e.Name}) {
			s.typed = append(s.typed, string(e.Name))
		}
	})
	s.w.Canvas().SetOnTypedRune(func(r rune) {
		if s.Keep(s.field, Press{Rune: r}) {
			return
		}
		s.typed = append(s.typed, string(r))
		if s.then != nil {
			s.then(r)
		}
	})
	return s
}

// types types characters; ⏎ is Enter, ↓ and ⎋ are Down and Escape.
func (s *typist) types(keys string) {
	for _, r := range keys {
		if name, ok := map[rune]fyne.KeyName{'⏎': fyne.KeyReturn, '↓': fyne.KeyDown, '⎋': fyne.KeyEscape}[r]; ok {
			s.w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
		} else {
			s.w.Canvas().OnTypedRune()(r)
		}
	}
}

func TestKeysWaitForWhatTheyAreFor(t *testing.T) {
	for _, c := range []struct {
		name         string
		awaits       string
		types        string
		while, after string // what has been typed while it is read, and when it is
	}{
		{"nothing is read", "", "a⏎b", "a Return b", "a Return b"},
		{"a key", "⏎", "⏎", "", "Return"},
		{"what follows stays behind it", "⏎", "a⏎c3↓", "a", "a Return c 3 Down"},
		{"what is for something else goes by", "3", "c↓+3", "c Down +", "c Down + 3"},
		{"Escape clears", "⏎", "⏎c3⎋", "Escape", "Escape"},
		{"and what comes after it is new", "⏎", "⏎c⎋⏎d", "Escape", "Escape Return d"},
		{"no more than a person means", "1", "1" + strings.Repeat("2", 40), "",
			strings.TrimSpace("1 " + strings.Repeat("2 ", mostAhead-1))},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newTypist(t)
			s.awaits = c.awaits
			s.types(c.types)
			if got := strings.Join(s.typed, " "); got != c.while {
				t.Errorf("while it is read %q is typed, want %q", got, c.while)
			}
			s.awaits = ""
			s.Type()
			s.Type()
			if got := strings.Join(s.typed, " "); got != c.after {
				t.Errorf("then %q is typed, want %q", got, c.after)
			}
		})
	}
}

// A key that begins a reading of its own lets those behind it wait for that one.
func TestKeysWaitForTheReadingThatAKeyBegins(t *testing.T) {
	s := newTypist(t)
	s.awaits = "1"
	s.then = func(r rune) {
		if next, ok := map[rune]string{'1': "2", '2': "3"}[r]; ok {
			s.awaits = next
		}
	}
	s.types("1x23")
	for i, want := range []string{"1 x", "1 x 2", "1 x 2 3"} {
		s.awaits = strings.TrimPrefix(s.awaits, fmt.Sprint(i+1))
		s.Type()
		if got := strings.Join(s.typed, " "); got != want {
			t.Errorf("after reading %d %q is typed, want %q", i, got, want)
		}
	}
}

func TestAKeyGoesWhereTheOneBeforeItLeads(t *testing.T) {
	s := newTypist(t)
	s.awaits = "/"
	s.then = func(rune) { s.w.Canvas().Focus(s.field) }
	s.types("/che")
	s.awaits = ""
	s.Type()
	if got := strings.Join(s.typed, " ") + " " + s.field.Text; got != "/ che" {
		t.Errorf("typed is %q", got)
	}
}

func TestKeysAreDroppedForSomethingElse(t *testing.T) {
	for name, does := range map[string]func(*typist){
		"the reading fails":              func(s *typist) { s.Drop() },
		"a field is clicked":             func(s *typist) { s.w.Canvas().Focus(s.field) },
		"the reading is given up":        func(s *typist) { s.awaits = ""; s.types("x"); s.typed = nil },
		"another is read in place of it": func(s *typist) { s.awaits = "9"; s.types("9⎋"); s.typed = nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := newTypist(t)
			s.awaits = "12"
			s.types("12")
			does(s)
			s.awaits = ""
			s.Type()
			if len(s.typed) > 0 || s.field.Text != "" {
				t.Errorf("it types %q and %q", s.typed, s.field.Text)
			}
		})
	}
}

// The driver tells a letter twice: as a key and as a character.
func TestALetterWaitsOnce(t *testing.T) {
	s := newTypist(t)
	s.awaits = "⏎"
	s.types("⏎")
	for range mostAhead - 1 {
		s.w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyC})
		s.types("c")
	}
	s.typed, s.awaits = nil, ""
	s.Type()
	if got := strings.Join(s.typed, ""); got != "Return"+strings.Repeat("c", mostAhead-1) {
		t.Errorf("typed is %q", got)
	}
}

package ui

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
)

// Session is what every screen of one window shares. It belongs to the UI goroutine.
type Session struct {
	Focus    *Value[app.Focus]      // what is looked at; change it with Go, Back and Forward
	Zone     *Value[*time.Location] // UTC or local: one toggle for everything
	Changed  *Value[Change]         // the cache holds something new
	Selected *Value[app.Item]       // what the drawer shows; nil: the drawer is closed
	Asked    *Value[Ask]            // what a detail asks of a screen that searches
	Screen   *Value[string]         // the screen that was asked for, see Tabbed; set it to go there
	Ahead    *TypeAhead             // keys that wait for what is being read
	Contact  *Value[Contact]        // how it stands with AWS
	Save     Save                   // asks for a file to write into; nil: none can be written
	Threads  Threads
	Now      func() time.Time
	Known    time.Time // up to when the cache knows of anything; zero: that was not read yet

	trip app.Trip
}

// Change says what became new in the cache. Its serial grows with each change.
type Change struct {
	Serial int
	Signal app.Signal
	Scope  app.Scope
	Range  app.Range
}

// Ask is what a detail asks of the screen that searches its signal: another query, or another column.
type Ask struct {
	Signal app.Signal
	Term   string // to be added to the query, or taken out of it where it is there; "": the query stays
	Out    bool   // the term is for what must not be
	Column string // a field to be shown as a column, or no longer where it is one; "": the columns stay
}

// Contact says how it stands with AWS. The zero Contact has no trouble, and asks for nothing.
type Contact struct {
	Pulling bool  // a pull that a person asked for
	Trouble error // why AWS cannot be asked; nil: it can, or that is not known
}

func sameContact(a, b Contact) bool {
	return a.Pulling == b.Pulling && errors.Is(a.Trouble, b.Trouble)
}

// NewSession returns a session that starts at focus.
func NewSession(focus app.Focus, zone *time.Location, threads Threads, now func() time.Time) *Session {
	s := &Session{
		Focus:    NewValue(focus, app.Focus.Equal),
		Zone:     NewValue(zone, func(a, b *time.Location) bool { return a == b }),
		Changed:  NewValue(Change{}, nil),
		Selected: NewValue[app.Item](nil, nil),
		Asked:    NewValue(Ask{}, nil),
		Screen:   NewValue("", nil),
		Ahead:    &TypeAhead{},
		Contact:  NewValue(Contact{}, sameContact),
		Threads:  threads,
		Now:      now,
	}
	s.trip.Start(focus)
	return s
}

// Range returns the time range that the focus means now.
func (s *Session) Range() app.Range {
	f := s.Focus.Now()
	if f.Cached {
		return f.At(s.End())
	}
	return f.At(s.Now())
}

// End returns how far there is anything to see: to where the cache knows of something, or to now.
func (s *Session) End() time.Time {
	if now := s.Now(); s.Known.IsZero() || s.Known.After(now) {
		return now
	}
	return s.Known
}

// Go looks at f and remembers where it was.
func (s *Session) Go(f app.Focus) {
	s.trip.Go(f)
	s.Focus.Set(f)
}

// Slide looks at f in place of where it was, as the later steps of one movement do: Back leads to where it began.
func (s *Session) Slide(f app.Focus) {
	if s.trip.Back() {
		s.trip.Go(f)
	} else {
		s.trip.Start(f)
	}
	s.Focus.Set(f)
}

// Back returns to the focus before; it does nothing at the start.
func (s *Session) Back() {
	if s.trip.Back() {
		s.Focus.Set(s.trip.Here())
	}
}

// Forward undoes a Back.
func (s *Session) Forward() {
	if s.trip.Forward() {
		s.Focus.Set(s.trip.Here())
	}
}

// CanBack reports whether Back does something.
func (s *Session) CanBack() bool { return s.trip.CanBack() }

// CanForward reports whether Forward does something.
func (s *Session) CanForward() bool { return s.trip.CanForward() }

// State is what a screen needs to come back as it was left; it is written as JSON.
type State map[string]string

// Tabbed is a Screen of several, one of which is shown. "Traces" asks for such a screen as it was left,
// "Traces/Waterfall" for one of its tabs.
type Tabbed interface{ ChooseNamed(tab string) }

// Screen is one entry of the rail.
type Screen interface {
	fyne.CanvasObject
	// Enter shows the screen as it was left; a nil state is its first time.
	Enter(State)
	// Leave stops the screen's loads and returns how it looks.
	Leave() State
}

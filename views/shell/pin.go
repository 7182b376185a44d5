package shell

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// said is what the status bar tells for a while after something was done.
type said struct {
	text string
	when time.Time
}

// saidFor is how long it is told.
const saidFor = 10 * time.Second

// at returns the text while it is told.
func (s said) at(now time.Time) string {
	if now.Sub(s.when) > saidFor {
		return ""
	}
	return s.text
}

// pinner is what the drawer's button does, nil where nothing is pinned.
func (s *Shell) pinner() func() {
	if s.pins == nil {
		return nil
	}
	return s.pin
}

// pin pins what the drawer shows to the incident, or what the screen looks at where the drawer is closed.
func (s *Shell) pin() {
	if s.pins == nil {
		return
	}
	item := s.session.Selected.Now()
	if item == nil {
		if screen, ok := s.entries[s.current].Screen.(ui.Pinner); ok {
			item = screen.Pinned()
		}
	}
	if item == nil {
		s.tell("Nothing is open that could be pinned: open an alarm, a chart, a log event, a trace or a change.")
		return
	}
	s.pins.Pin(item, s.tell)
}

// openIncident opens an incident of the alarm that the drawer shows, and goes there.
func (s *Shell) openIncident() {
	a, ok := s.session.Selected.Now().(app.Alarm)
	if s.pins == nil || !ok {
		s.tell("Open an alarm first: an incident is opened from it.")
		return
	}
	s.visitNamed("Incidents")
	s.pins.OpenFrom(a)
}

// tell says something in the status bar for a while.
func (s *Shell) tell(text string) {
	s.said = said{text, s.session.Now()}
	s.sayStatus()
}

package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Incident is what a person puts together about a disruption: its time, how bad it is and how far the response has
// come, and the evidence for it in order. Incidents are values: each edit returns another, and leaves the one it is
// called on as it is.
type Incident struct {
	ID       string // names its file: see IncidentID
	Title    string
	Range    Range
	Severity Severity
	State    IncidentState
	Created  time.Time
	Changed  time.Time // by a person

	// Acknowledged is when somebody took the incident on, which no alarm tells; zero: nobody has said so.
	Acknowledged time.Time
	Evidence     []Evidence
	Notes        string // Markdown
}

// IncidentState is how far the response to an incident has come.
type IncidentState string

// The states, in the order in which a response goes through them.
const (
	Observe  IncidentState = "Observe"  // something is wrong: what, since when, how far
	Inspect  IncidentState = "Inspect"  // why
	Respond  IncidentState = "Respond"  // the cause is known, and something is done about it
	Validate IncidentState = "Validate" // it is done: does it hold
)

// IncidentStates are all states in their order.
var IncidentStates = []IncidentState{Observe, Inspect, Respond, Validate}

// Next returns the state that follows, the first after the last.
func (s IncidentState) Next() IncidentState {
	i := slices.Index(IncidentStates, s)
	return IncidentStates[(i+1)%len(IncidentStates)]
}

// Severity is how bad an incident is for customers, as AWS counts it (Systems Manager Incident Manager user guide,
// "Incident lifecycle", impact): 1 is the worst. 0: nobody has said.
type Severity int

// severities are the words for 0 to 5.
var severities = [...]string{"not rated", "critical", "high", "medium", "low", "no impact"}

// LeastSeverity is the number of the least severe.
const LeastSeverity Severity = 5

// String returns the severity as "SEV1, critical".
func (s Severity) String() string {
	if s <= 0 || s > LeastSeverity {
		return severities[0]
	}
	return fmt.Sprintf("SEV%d, %s", int(s), severities[s])
}

// Next returns the severity that follows in the order in which a key goes through them.
func (s Severity) Next() Severity { return (s + 1) % (LeastSeverity + 1) }

// maxIncidentID bounds an id: it is the name of a file.
const maxIncidentID = 64

// ValidIncidentID reports whether an id may name an incident: small letters, figures and single dashes, which every
// file system takes and none reads as a path.
func ValidIncidentID(id string) bool {
	return id != "" && len(id) <= maxIncidentID && slug(id) == id
}

// IncidentID returns an id for a title at an instant that is none of those that are taken: 2026-05-03-checkout-5xx.
func IncidentID(title string, at time.Time, taken []string) string {
	id := slug(at.UTC().Format("2006-01-02") + " " + title)
	id = strings.Trim(id[:min(len(id), maxIncidentID-5)], "-")
	for n, first := 2, id; slices.Contains(taken, id); n++ {
		id = fmt.Sprintf("%s-%d", first, n)
	}
	return id
}

// slug writes a text with small ASCII letters and figures, and single dashes for all else.
func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// NewIncident returns an incident that nothing is pinned to yet.
func NewIncident(title string, within Range, now time.Time, taken []string) Incident {
	return Incident{ID: IncidentID(title, within.From, taken), Title: title, Range: within, State: Observe,
		Created: now, Changed: now}
}

// OpenedFrom returns an incident about an alarm, with the alarm as its first evidence and the metric that it watches as
// the second. end is how far there is anything to see.
func OpenedFrom(a Alarm, end, now time.Time, taken []string) Incident {
	i := NewIncident(a.Name, a.Around(end), now, taken)
	i.Range = i.Range.Align(time.Minute)
	items := []Item{a}
	if reading, ok := a.Reading(); ok {
		items = append(items, Series{Scope: a.Scope, Reading: reading})
	}
	for _, item := range items {
		e, _ := EvidenceOf(item, i.Range, now)
		i = i.Pin(e, now)
	}
	return i
}

// Find returns where the evidence with an id stands, -1 if there is none.
func (i Incident) Find(id string) int {
	return slices.IndexFunc(i.Evidence, func(e Evidence) bool { return e.ID == id })
}

// Pin returns the incident with evidence at its end. What is pinned already is not doubled: a note always is new.
func (i Incident) Pin(e Evidence, now time.Time) Incident {
	if e.Kind != NoteEvidence && slices.ContainsFunc(i.Evidence, e.same) {
		return i
	}
	e.ID = i.freeEvidenceID()
	return i.Insert(len(i.Evidence), e, now)
}

// Insert returns the incident with evidence that was removed at its place again.
func (i Incident) Insert(at int, e Evidence, now time.Time) Incident {
	at = min(max(at, 0), len(i.Evidence))
	i.Evidence, i.Changed = slices.Insert(slices.Clone(i.Evidence), at, e), now
	return i
}

func (i Incident) freeEvidenceID() string {
	for n := len(i.Evidence) + 1; ; n++ {
		if id := fmt.Sprintf("e%d", n); i.Find(id) < 0 {
			return id
		}
	}
}

// Remove returns the incident without the evidence at a place.
func (i Incident) Remove(at int, now time.Time) Incident {
	if at >= 0 && at < len(i.Evidence) {
		i.Evidence, i.Changed = slices.Delete(slices.Clone(i.Evidence), at, at+1), now
	}
	return i
}

// Move returns the incident with the evidence at a place moved to another, or as near to it as there is one.
func (i Incident) Move(at, to int, now time.Time) Incident {
	if at < 0 || at >= len(i.Evidence) {
		return i
	}
	e := i.Evidence[at]
	return i.Remove(at, now).Insert(to, e, now)
}

// Caption returns the incident with a caption at the evidence at a place, or with the text of the note there.
func (i Incident) Caption(at int, text string, now time.Time) Incident {
	if at >= 0 && at < len(i.Evidence) {
		i.Evidence, i.Changed = slices.Clone(i.Evidence), now
		i.Evidence[at].Caption = text
	}
	return i
}

// Places are the places that the evidence is from, in order; none where all of it is notes.
func (i Incident) Places() []Scope {
	var places []Scope
	add := func(s Scope) {
		if s = s.Place(); s != (Scope{}) && !slices.Contains(places, s) {
			places = append(places, s)
		}
	}
	for _, e := range i.Evidence {
		add(e.Scope)
		for _, s := range e.Query.Scopes {
			add(s)
		}
	}
	slices.SortFunc(places, CompareScopes)
	return places
}

// incidentPin begins the names of pins that incidents have, after which comes the incident's id.
const incidentPin = "incident "

// PinNames is how the names of all pins of an incident begin or are: one pin is of its range, and one of each piece of
// evidence from outside it.
func (i Incident) PinNames() (name, prefix string) {
	return incidentPin + i.ID, incidentPin + i.ID + "/"
}

// Pins are the ranges that must not be forgotten while the incident is there: its own, everywhere, and those of
// evidence from outside it, where it is from.
func (i Incident) Pins() []Pin {
	name, prefix := i.PinNames()
	why := "evidence of the incident " + i.Title
	var pins []Pin
	if !i.Range.Empty() {
		pins = append(pins, Pin{Name: name, Range: i.Range, Created: i.Created, Why: why})
	}
	for _, e := range i.Evidence {
		if !e.Range.Empty() && !i.Range.Intersect(e.Range).Equal(e.Range) {
			pins = append(pins, Pin{Name: prefix + e.ID, Range: e.Range, Scope: e.Scope.Place(), Created: e.Pinned,
				Why: why})
		}
	}
	return pins
}

// CompareIncidents orders by their range, the newest first, then by id.
func CompareIncidents(a, b Incident) int {
	return cmp.Or(b.Range.From.Compare(a.Range.From), cmp.Compare(a.ID, b.ID))
}

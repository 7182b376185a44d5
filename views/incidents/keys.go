package incidents

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/ui"
)

// Bindings are the keys of the screen.
func (v *View) Bindings() ui.Bindings {
	return ui.Bindings{
		{Keys: "1", Does: "Go to the incidents", Rune: '1', Do: func() { v.focus(v.list.List) }},
		{Keys: "2", Does: "Go to the evidence", Rune: '2', Do: func() { v.focus(v.evidence.List) }},
		v.listed("↑ ↓", "Next line, previous line", fyne.KeyDown), v.listed("", "", fyne.KeyUp),
		v.listed("Enter", "Open what is at the cursor", fyne.KeyReturn), v.listed("", "", fyne.KeyEnter),
		{Keys: "o", Does: "Open an incident of this window", Rune: 'o', Do: v.open},
		{Keys: "i", Does: "Title", Rune: 'i', Do: v.editTitle},
		{Keys: "s", Does: "State: Observe, Inspect, Respond, Validate", Rune: 's', Do: v.nextState},
		{Keys: "v", Does: "Severity", Rune: 'v', Do: v.nextSeverity},
		{Keys: "K", Does: "Acknowledged now, or not", Rune: 'K', Do: v.acknowledge},
		{Keys: "g", Does: "Take this window as the incident's time", Rune: 'g', Do: v.useWindow},
		{Keys: "G", Does: "Show its time on the timeline", Rune: 'G', Do: v.goThere},
		{Keys: "j", Does: "Move evidence down", Rune: 'j', Do: func() { v.move(1) }},
		{Keys: "k", Does: "Move evidence up", Rune: 'k', Do: func() { v.move(-1) }},
		{Keys: "e", Does: "Say what the evidence shows", Rune: 'e', Do: v.editCaption},
		{Keys: "n", Does: "Add a note", Rune: 'n', Do: v.addNote},
		{Keys: "d", Does: "Notes of the incident, in Markdown", Rune: 'd', Do: v.editNotes},
		{Keys: "x", Does: "Remove evidence", Rune: 'x', Do: v.remove},
		{Keys: "X", Does: "Remove the incident", Rune: 'X', Do: v.removeIncident},
		{Keys: "z", Does: "Bring back what was removed", Rune: 'z', Do: v.undo},
		{Keys: "R", Does: "Write the report", Rune: 'R', Do: v.writeReport},
		{Keys: "B", Does: "Write the bundle to hand on", Rune: 'B', Do: v.askBundle},
	}
}

// Commands are what the command palette offers on this screen.
func (v *View) Commands() []ui.Command {
	return []ui.Command{
		{Title: "Open an incident of this window", Detail: "Incidents", Keys: "o", Do: v.open},
		{Title: "Write the report of the incident", Detail: "Incidents", Keys: "R", Do: v.writeReport},
		{Title: "Write the bundle of the incident", Detail: "Incidents", Keys: "B", Do: v.askBundle},
	}
}

// listed binds a key to what the list that is worked in does with it, and gives that the keyboard.
func (v *View) listed(keys, does string, key fyne.KeyName) ui.Binding {
	return ui.Binding{Keys: keys, Does: does, Key: key, Do: func() {
		var list fyne.Focusable = v.list.List
		if _, ok := v.now(); ok {
			list = v.evidence.List
		}
		v.focus(list)
		list.TypedKey(&fyne.KeyEvent{Name: key})
	}}
}

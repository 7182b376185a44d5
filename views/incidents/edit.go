package incidents

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// removal is what can be undone: evidence that was removed, or an incident.
type removal struct {
	incident app.Incident // as it was
	whole    bool
}

// maxUndone bounds what can be undone.
const maxUndone = 50

// recent is how long ago an incident may have been changed for evidence to be pinned to it unasked, when a window has
// just been opened: what is pinned a day later is about something else.
const recent = 24 * time.Hour

// Pin pins an item to the current incident, which is made if there is none, and tells said what became of it.
func (v *View) Pin(item app.Item, said func(string)) {
	e, ok := app.EvidenceOf(item, v.Session.Range(), v.Session.Now())
	if !ok {
		said("This cannot be pinned; open one of its lines, and pin that.")
		return
	}
	v.whenLoaded(func() {
		i, ok := v.target()
		if !ok {
			i = v.add(app.NewIncident(e.Title, v.Session.Range(), v.Session.Now(), v.ids()))
		}
		pinned := i.Pin(e, v.Session.Now())
		if len(pinned.Evidence) == len(i.Evidence) {
			said("It is pinned to " + i.Title + " already.")
			return
		}
		v.keep(pinned)
		said("Pinned to " + pinned.Title + ", " + phrase.Plural(len(pinned.Evidence), "piece", "pieces") +
			" of evidence.")
	})
}

// OpenFrom makes an incident of an alarm and looks at it.
func (v *View) OpenFrom(a app.Alarm) {
	v.whenLoaded(func() {
		v.add(app.OpenedFrom(a, v.Session.End(), v.Session.Now(), v.ids()))
		v.show()
	})
}

// target is the incident that is pinned to; false where none is meant.
func (v *View) target() (app.Incident, bool) {
	i, ok := v.now()
	if ok && (v.touched || v.Session.Now().Sub(i.Changed) < recent) {
		return i, true
	}
	return app.Incident{}, false
}

// whenLoaded does something once it is known which incidents there are.
func (v *View) whenLoaded(do func()) {
	if v.loaded {
		do()
		return
	}
	v.loadAll(do)
}

func (v *View) ids() (ids []string) {
	for _, i := range v.all {
		ids = append(ids, i.ID)
	}
	return ids
}

// add puts a new incident into the list and looks at it.
func (v *View) add(i app.Incident) app.Incident {
	v.current, v.touched, v.said = i.ID, true, ""
	v.keep(i)
	return i
}

// keep takes an incident as it has become, and saves it.
func (v *View) keep(i app.Incident) {
	n := slices.IndexFunc(v.all, func(o app.Incident) bool { return o.ID == i.ID })
	if n < 0 {
		v.all = append(v.all, i)
	} else {
		v.all[n] = i
	}
	slices.SortFunc(v.all, app.CompareIncidents)
	v.unsaved[i.ID] = i
	v.saveAll()
	v.show()
	v.readFacts()
}

// saveAll saves what is not saved yet, one after the other, so that an older edit never comes after a newer one.
func (v *View) saveAll() {
	ui.Again(&v.save, func(ctx context.Context) (map[string]app.Incident, error) {
		return v.saveThese(ctx, maps.Clone(v.unsaved))
	}, func(saved map[string]app.Incident, err error) {
		for id, i := range saved {
			if reflect.DeepEqual(v.unsaved[id], i) {
				delete(v.unsaved, id)
			}
		}
		v.problem = err
		v.show()
	})
}

func (v *View) saveThese(ctx context.Context, these map[string]app.Incident) (map[string]app.Incident, error) {
	var problems []error
	for id, i := range these {
		if err := v.Store.Save(ctx, i); err != nil {
			problems = append(problems, err)
			delete(these, id)
		}
	}
	return these, errors.Join(problems...)
}

// edit changes the incident that is looked at.
func (v *View) edit(change func(app.Incident) app.Incident) {
	i, ok := v.now()
	if !ok {
		return
	}
	changed := change(i)
	if changed.Changed.Equal(i.Changed) {
		changed.Changed = v.Session.Now()
	}
	v.said = ""
	v.keep(changed)
}

func (v *View) nextState() {
	v.edit(func(i app.Incident) app.Incident { i.State = i.State.Next(); return i })
}

func (v *View) nextSeverity() {
	v.edit(func(i app.Incident) app.Incident { i.Severity = i.Severity.Next(); return i })
}

// acknowledge notes that somebody took the incident on now, or that nobody did.
func (v *View) acknowledge() {
	v.edit(func(i app.Incident) app.Incident {
		if i.Acknowledged.IsZero() {
			i.Acknowledged = v.Session.Now()
		} else {
			i.Acknowledged = time.Time{}
		}
		return i
	})
}

// open makes an incident of the window that is looked at.
func (v *View) open() {
	v.editor.ask("Title of the incident", "", false, func(title string) {
		if title = strings.TrimSpace(title); title != "" {
			v.whenLoaded(func() {
				v.add(app.NewIncident(title, v.Session.Range(), v.Session.Now(), v.ids()))
			})
		}
	})
}

func (v *View) editTitle() {
	if i, ok := v.now(); ok {
		v.editor.ask("Title", i.Title, false, func(title string) {
			if title = strings.TrimSpace(title); title != "" {
				v.edit(func(i app.Incident) app.Incident { i.Title = title; return i })
			}
		})
	}
}

// at returns where the evidence at the cursor stands, -1 for none.
func (v *View) at() int {
	x, ok := v.evidence.List.Cursor()
	if i, there := v.now(); ok && there {
		return i.Find(x.ID)
	}
	return -1
}

func (v *View) editCaption() {
	i, ok := v.now()
	n := v.at()
	if !ok || n < 0 {
		return
	}
	label := "What it shows"
	if i.Evidence[n].Kind == app.NoteEvidence {
		label = "Note"
	}
	id := i.Evidence[n].ID
	v.editor.ask(label, i.Evidence[n].Caption, false, func(text string) {
		v.edit(func(i app.Incident) app.Incident { return i.Caption(i.Find(id), text, v.Session.Now()) })
	})
}

// addNote adds a note as evidence.
func (v *View) addNote() {
	if _, ok := v.now(); !ok {
		return
	}
	v.editor.ask("Note", "", false, func(text string) {
		if strings.TrimSpace(text) != "" {
			v.edit(func(i app.Incident) app.Incident { return i.Pin(app.Note(text, v.Session.Now()), v.Session.Now()) })
		}
	})
}

// move moves the evidence at the cursor up or down, and the cursor with it.
func (v *View) move(by int) {
	if n := v.at(); n >= 0 {
		v.edit(func(i app.Incident) app.Incident { return i.Move(n, n+by, v.Session.Now()) })
	}
}

// remove removes the evidence at the cursor.
func (v *View) remove() {
	i, ok := v.now()
	n := v.at()
	if !ok || n < 0 {
		return
	}
	v.remember(removal{incident: i})
	v.edit(func(i app.Incident) app.Incident { return i.Remove(n, v.Session.Now()) })
	v.said = "Removed from the evidence; z brings it back."
	v.show()
}

func (v *View) remember(r removal) {
	v.undone = append(v.undone, r)
	v.undone = v.undone[max(len(v.undone)-maxUndone, 0):]
}

// removeIncident removes the incident that is looked at.
func (v *View) removeIncident() {
	i, ok := v.now()
	if !ok {
		return
	}
	v.remember(removal{i, true})
	v.all = slices.DeleteFunc(v.all, func(o app.Incident) bool { return o.ID == i.ID })
	delete(v.unsaved, i.ID)
	v.current, v.facts = "", incident.Facts{}
	if len(v.all) > 0 {
		v.current = v.all[0].ID
	}
	// after what is being saved: an older save must not bring the file back
	ui.Again(&v.save, func(ctx context.Context) (app.Incident, error) { return i, v.Store.Remove(ctx, i) },
		func(_ app.Incident, err error) {
			v.problem = err
			v.saveAll()
			v.show()
		})
	v.said = "The incident " + i.Title + " is removed; z brings it back."
	v.show()
	v.readFacts()
}

// undo brings back what was removed last.
func (v *View) undo() {
	n := len(v.undone)
	if n == 0 {
		return
	}
	last := v.undone[n-1]
	v.undone = v.undone[:n-1]
	back := last.incident
	if now, ok := v.find(back.ID); ok && !last.whole { // what was edited since stays
		for at, e := range back.Evidence {
			if now.Find(e.ID) < 0 {
				now = now.Insert(at, e, v.Session.Now())
			}
		}
		back = now
	}
	back.Changed = v.Session.Now()
	v.add(back)
	v.said = "It is back."
	v.show()
}

func (v *View) find(id string) (app.Incident, bool) {
	n := slices.IndexFunc(v.all, func(i app.Incident) bool { return i.ID == id })
	if n < 0 {
		return app.Incident{}, false
	}
	return v.all[n], true
}

// useWindow makes the window that is looked at the incident's range.
func (v *View) useWindow() {
	v.edit(func(i app.Incident) app.Incident { i.Range = v.Session.Range(); return i })
}

// goThere looks at the incident's range on the timeline.
func (v *View) goThere() {
	if i, ok := v.now(); ok {
		v.Session.Go(v.Session.Focus.Now().On(i.Range))
		v.Session.Screen.Set("Timeline")
	}
}

func (v *View) editNotes() {
	if i, ok := v.now(); ok {
		v.notes.edit(i.Notes)
		v.content.Refresh()
		v.focus(v.notes.entry)
	}
}

func (v *View) endNotes(text string) {
	v.notes.end()
	if i, ok := v.now(); ok && text != i.Notes {
		v.edit(func(i app.Incident) app.Incident { i.Notes = text; return i })
	}
	v.content.Refresh()
	v.focus(v.evidence.List)
}

// handed is what was handed on.
type handed struct {
	path string
	left app.BundleContents
}

// writeReport writes the incident down.
func (v *View) writeReport() {
	i, ok := v.now()
	if !ok || v.Report == nil {
		return
	}
	v.said = "Writing the report …"
	v.show()
	ui.Load(&v.hand, func(ctx context.Context) (string, error) { return v.Report(ctx, i) },
		func(path string, err error) { v.handedOn("The report is "+path, err) })
}

// askBundle asks for a passphrase, which may be empty, and writes the bundle.
func (v *View) askBundle() {
	i, ok := v.now()
	if !ok || v.Bundle == nil {
		return
	}
	v.editor.ask("Passphrase of the bundle (empty: not encrypted)", "", true, func(passphrase string) {
		v.said = "Putting the bundle together …"
		v.show()
		ui.Load(&v.hand, func(ctx context.Context) (handed, error) {
			path, left, err := v.Bundle(ctx, i, passphrase)
			return handed{path, left}, err
		}, func(h handed, err error) {
			v.handedOn("The bundle is "+h.path+", with "+phrase.Plural(h.left.Events, "log event", "log events")+", "+
				phrase.Plural(h.left.Traces, "trace", "traces")+", "+phrase.Plural(h.left.Trail, "trail event",
				"trail events")+
				" of "+phrase.Plural(len(h.left.Places), "place", "places"), err)
		})
	})
}

func (v *View) handedOn(said string, err error) {
	v.problem, v.said = err, said+"."
	if err != nil {
		v.said = ""
	}
	v.show()
}

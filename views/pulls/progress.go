package pulls

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// progressSection says what is being asked, how it stands in each place, and what is the matter with what to do.
type progressSection struct {
	*ui.Panel
	view  *View
	prose *ui.Prose
	load  ui.Loader
	last  []pull.ScopeStatus // how the newest pull of each place ended, also before this window was opened
}

func newProgress(v *View) *progressSection {
	s := &progressSection{view: v, prose: ui.NewProse(), load: ui.Loader{Threads: v.Session.Threads}}
	s.Panel = ui.NewPanel("Now", "", s.prose)
	s.arrange()
	return s
}

func (s *progressSection) panel() *ui.Panel     { return s.Panel }
func (s *progressSection) list() fyne.Focusable { return nil }
func (s *progressSection) natural() float32     { return ui.PanelHead + ui.PanelBelow + s.prose.Natural() }
func (s *progressSection) stop()                { s.load.Stop() }

func (s *progressSection) read() {
	ui.Again(&s.load, s.view.Reader.Attempts, func(attempts []app.Attempt, err error) {
		if err == nil { // or else the other sections say what is the matter with the cache
			s.last = pull.LastStates(attempts)
			s.arrange()
		}
	})
}

// proseWidth is how wide a paragraph is before the panel has a width.
const proseWidth = 300

func (s *progressSection) arrange() {
	now := s.view.State.Now()
	scopes := standing(now.Scopes, s.last)
	var parts []fyne.CanvasObject
	add := func(text string, style ui.Style) { parts = append(parts, ui.NewParagraph(text, style, proseWidth)) }
	note := "nothing runs"
	switch {
	case now.Running:
		note = "pulling"
		add(now.Doing, ui.Body)
		if now.Total > 0 {
			parts = append(parts, newProgressBar(float32(now.Done)/float32(now.Total)))
			add(phrase.Count(int64(now.Done))+" of "+phrase.Plural(int64(now.Total), "step", "steps"), ui.Note)
		}
	case now.Following:
		note = "following"
	}
	for _, slow := range now.Slow {
		add(explain.Slowdown(slow), ui.Small.In(ui.ColorWarning))
	}
	for _, p := range problems(now.Problems, scopes) {
		add(p.sentence, ui.Small.In(ui.ColorAlarm))
		add(p.remedy, ui.Note)
	}
	for _, scope := range scopes {
		parts = append(parts, s.placeLine(scope))
	}
	if len(parts) == 0 {
		add("Nothing was pulled yet. Press Pull (F5) above; what AWS answers is kept page by page, and shown as it "+
			"comes.", ui.Quiet)
	}
	s.SetNote(note, ui.Note)
	s.prose.Set(parts...)
	s.view.arranged()
}

// standing is how it stands in each place: as this window knows it, but for places that have only said who the caller
// is. Of those the newest pull says more, which may have been another program's.
func standing(now, last []pull.ScopeStatus) []pull.ScopeStatus {
	if len(now) == 0 {
		return last
	}
	all := slices.Clone(now)
	for i, s := range all {
		before := slices.IndexFunc(last, func(o pull.ScopeStatus) bool { return o.Scope.Place() == s.Scope.Place() })
		if s.State == pull.Reached && before >= 0 {
			all[i] = last[before]
		}
	}
	return all
}

// placeLine says how it stands in a place.
func (s *progressSection) placeLine(scope pull.ScopeStatus) fyne.CanvasObject {
	mark := ui.NewMark(ui.Ring, ui.ColorOK, 8)
	style := ui.Note
	switch {
	case !scope.State.Well():
		mark.Set(ui.Disc, ui.ColorAlarm)
		style = ui.Small
	case !scope.State.Ended():
		mark.Set(ui.Disc, ui.ColorAccent)
	case scope.State == pull.Stopped:
		mark.Set(ui.Dash, ui.ColorNoData)
	}
	said := explain.Scope(scope)
	if scope.State.Ended() && !scope.Since.IsZero() {
		said += ", " + phrase.Moment(scope.Since, s.view.Session.Now(), s.view.Session.Zone.Now())
	}
	name := container.NewHBox(container.NewCenter(mark), ui.NewText(explain.ScopeName(scope.Scope), ui.Small))
	return container.NewBorder(nil, nil, name, nil, ui.NewShrinkingText(said, style).Right())
}

// problem is what is the matter, and what to do.
type problem struct{ sentence, remedy string }

// problems returns those of a pull, or else those by which places ended, each once.
func problems(told []error, scopes []pull.ScopeStatus) (all []problem) {
	if len(told) == 0 {
		for _, s := range scopes {
			if s.Err != nil {
				told = append(told, s.Err)
			}
		}
	}
	seen := map[string]bool{}
	for _, err := range told {
		sentence, remedy := explain.Explain(err)
		if !seen[sentence] {
			seen[sentence] = true
			all = append(all, problem{sentence, remedy})
		}
	}
	return all
}

// progressBar is a line that is filled as far as a pull is.
type progressBar struct{ share float32 }

func newProgressBar(share float32) fyne.CanvasObject {
	return container.New(progressBar{min(max(share, 0), 1)}, ui.NewSurface(ui.ColorLine), ui.NewSurface(ui.ColorAccent))
}

var _ fyne.Layout = progressBar{}

// Layout fills the line.
func (b progressBar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for i, share := range []float32{1, b.share} {
		objects[i].Move(fyne.NewPos(0, 2))
		objects[i].Resize(fyne.NewSize(size.Width*share, 4))
	}
}

// MinSize is that of the line with what is above and below it.
func (b progressBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, 8) }

// row puts objects beside each other, those after the first at the right end.
func row(first fyne.CanvasObject, rest ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewHBox(append([]fyne.CanvasObject{first, layout.NewSpacer()}, rest...)...)
}

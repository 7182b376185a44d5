package shell

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	scopesWidth = 520
	scopesFrame = 200 // of height beside what is told; what is longer scrolls
	scopesEnd   = 4   // below the last line, whose descenders the edge would cut
	scopeColumn = 216 // of the name
)

// showScopes tells what is the matter and what to do about it, and how it stands in each place.
func (s *Shell) showScopes() {
	now := s.state()
	problems, scopes := now.problems(), now.scopes()
	if len(problems)+len(scopes) == 0 {
		return
	}
	title, box := "Places", container.NewVBox()
	if len(problems) > 0 {
		title = "What is the matter"
		addProblems(box, problems)
	}
	if len(problems) > 0 && len(scopes) > 0 {
		box.Add(ui.NewText("Places", ui.Head))
	}
	addScopes(box, scopes, now.now)
	box.Add(ui.NewSpace(0, scopesEnd))
	room := ui.NewSpace(scopesWidth, min(box.MinSize().Height, s.window.Canvas().Size().Height-scopesFrame))
	sheet := newSheet(s.window.Canvas(), title, scopesWidth, container.NewStack(room, container.NewVScroll(box)))
	if slices.ContainsFunc(problems, func(err error) bool { return app.KindOf(err) == app.SignedOut }) {
		sheet.add(ui.NewButton("Sign in…", func() { sheet.Hide(); s.signIn() }))
	}
	sheet.add(ui.NewButton("Close", sheet.Hide).Primary()).Show()
}

// addProblems tells each problem with what to do about it. What many places share is told once, and so is what to do
// about several problems.
func addProblems(box *fyne.Container, problems []error) {
	const most = 8 // of many problems the rest is much the same
	said := map[string]bool{}
	last := ""
	end := func() {
		if last != "" {
			box.Add(ui.NewParagraph(last, ui.Note, scopesWidth))
			box.Add(ui.NewSpace(0, 4))
		}
	}
	for _, err := range problems {
		sentence, remedy := explain.Explain(err)
		if said[sentence] {
			continue
		}
		if said[sentence] = true; len(said) > most {
			continue
		}
		if remedy != last {
			end()
		}
		box.Add(ui.NewParagraph(sentence, ui.Body, scopesWidth))
		last = remedy
	}
	end()
	if more := len(said) - most; more > 0 {
		box.Add(ui.NewText("And "+phrase.Count(int64(more))+" more.", ui.Note))
	}
}

// addScopes adds a line for each place: what is the matter first, then what goes on, then what is done.
func addScopes(box *fyne.Container, scopes []pull.ScopeStatus, now time.Time) {
	for _, wanted := range []func(pull.State) bool{
		func(s pull.State) bool { return !s.Well() },
		func(s pull.State) bool { return s.Well() && !s.Ended() },
		func(s pull.State) bool { return s.Well() && s.Ended() },
	} {
		for _, s := range scopes {
			if wanted(s.State) {
				box.Add(scopeRow(s, now))
			}
		}
	}
}

// scopes tells how it stands in each place: as this window knows, or as the pull before it has left it.
func (s status) scopes() []pull.ScopeStatus {
	if len(s.progress.Scopes) == 0 {
		return s.vitals.last
	}
	scopes := slices.Clone(s.progress.Scopes)
	for i := range scopes {
		if scopes[i].State != pull.Reached {
			continue
		}
		same := func(last pull.ScopeStatus) bool { return last.Scope.Place() == scopes[i].Scope.Place() }
		if n := slices.IndexFunc(s.vitals.last, same); n >= 0 {
			scopes[i] = s.vitals.last[n]
		}
	}
	return scopes
}

func scopeRow(s pull.ScopeStatus, now time.Time) fyne.CanvasObject {
	shape, color := scopeMark(s)
	mark := container.NewCenter(ui.NewMark(shape, color, 8))
	name := container.NewStack(ui.NewSpace(scopeColumn, 0), ui.NewText(explain.ScopeName(s.Scope), ui.Small))
	style := ui.Note
	if !s.State.Well() {
		style = ui.Bad
	}
	text := explain.Scope(s)
	if s.State.Ended() && !s.Since.IsZero() {
		text += ", " + phrase.Ago(now.Sub(s.Since))
	}
	return container.NewHBox(mark, name, ui.NewText(text, style))
}

// scopeMark tells a state without colour too: a disc is well, a ring goes on, a square is in trouble.
func scopeMark(s pull.ScopeStatus) (ui.Shape, fyne.ThemeColorName) {
	switch {
	case !s.State.Well():
		return ui.Square, ui.ColorAlarm
	case s.State == pull.Complete || s.State == pull.Reached:
		return ui.Disc, ui.ColorOK
	case s.Quiet:
		return ui.Ring, ui.ColorWarning
	default:
		return ui.Ring, ui.ColorNoData
	}
}

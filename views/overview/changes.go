package overview

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

func changeColumns() []ui.Column[line] {
	return []ui.Column[line]{{Share: 3}, {Share: 2}, {Width: 90, Align: fyne.TextAlignTrailing, Above: 330}}
}

// mostChanges is how many lines of changes are listed; the Trail screen lists all.
const mostChanges = 40

// readChanges lists the change that most likely matters, and below it those that people and pipelines made, the newest
// first. What AWS services did by themselves is only counted.
func readChanges(ctx context.Context, r Reader, q question) (a answer, err error) {
	asked := app.TrailQuery{Scopes: q.focus.Scopes, Range: q.within, Changes: true}
	if q.focus.Resource != "" {
		asked.Concerning = []string{q.focus.Resource}
	}
	var changes []app.TrailEvent
	for e, err := range r.TrailEvents(ctx, asked) {
		if err != nil {
			return a, err
		}
		changes = append(changes, e)
	}
	slices.SortFunc(changes, app.CompareTrail)
	all, err := readWindows(ctx, r, q)
	if err != nil {
		return a, err
	}
	began, trouble := insight.TroubleBegan(q.within, all)
	suspect := insight.SuspectChange(changes, began, trouble, insight.Watched(all))
	if suspect >= 0 {
		a.lines = append(a.lines, suspectLine(changes[suspect], q))
	}
	groups := deliberate(changes, suspect)
	for _, g := range groups[:min(len(groups), mostChanges)] {
		a.lines = append(a.lines, changeLine(g, q))
	}
	people := 0
	for _, c := range changes {
		if c.Principal.Person() {
			people++
		}
	}
	if len(changes) > 0 {
		a.note = phrase.Plural(int64(len(changes)), "change", "changes") + ", " +
			phrase.Count(int64(people)) + " by people"
	}
	a.empty, err = noChanges(ctx, r, q, len(changes))
	return a, err
}

// deliberate returns the changes that people and pipelines made but one, the newest first; those of one principal on
// one resource that follow each other are one group.
func deliberate(changes []app.TrailEvent, but int) (groups []app.Changes) {
	for i, c := range slices.Backward(changes) {
		if i == but || !insight.Deliberate(c.Principal) {
			continue
		}
		if last := len(groups) - 1; last >= 0 && alike(groups[last][0], c) {
			groups[last] = append(groups[last], c)
			continue
		}
		groups = append(groups, app.Changes{c})
	}
	return groups
}

func alike(a, b app.TrailEvent) bool {
	return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Principal.Name(), b.Principal.Name()),
		strings.Compare(resource.Title(a), resource.Title(b)), app.CompareScopes(a.Place(), b.Place())) == 0
}

func suspectLine(c app.TrailEvent, q question) line {
	return line{key: "suspect", item: c, cells: []ui.Cell{
		{Text: resource.Title(c), Style: ui.Strong, Mark: ui.Diamond, Ink: ui.ColorChange},
		{Text: c.Principal.Name(), Style: ui.Small},
		{Text: "likely " + phrase.Moment(c.At, q.within.To, q.zone), Style: ui.Small.In(ui.ColorChange)},
	}}
}

func changeLine(g app.Changes, q question) line {
	c := g[0]
	l := line{key: c.Place().String() + " " + c.ID, item: c}
	title := resource.Title(c)
	if len(g) > 1 {
		title += " ×" + phrase.Count(int64(len(g)))
		l.item = g
	}
	mark := ui.Ring
	if c.Principal.Person() {
		mark = ui.Disc
	}
	l.cells = []ui.Cell{{Text: title, Mark: mark, Ink: ui.ColorChange}, {Text: c.Principal.Name(), Style: ui.Note},
		{Text: phrase.Moment(c.At, q.within.To, q.zone), Style: ui.Note}}
	return l
}

// noChanges says why no change is listed, of so many that there are.
func noChanges(ctx context.Context, r Reader, q question, n int) (string, error) {
	if n > 0 {
		return "Nobody changed anything: the changes of this window were made by AWS services themselves. " +
			"Press m to see them.", nil
	}
	known, err := readMissing(ctx, r, q, app.Trail)
	switch {
	case err != nil:
		return "", err
	case known.Any():
		return "No changes are cached. " + sentenceOf(known), nil
	}
	return "Nobody changed anything in this window.", nil
}

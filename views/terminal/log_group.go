package terminal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// groupLister is what noteGroups reads.
type groupLister interface {
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
}

// noteGroups says of log groups that were asked for by name if the cache knows of none, and names those among what was
// searched that cannot be read.
func (q *question) noteGroups(ctx context.Context, r groupLister, names []string) error {
	groups, err := r.LogGroups(ctx, q.scopes)
	if err != nil || len(groups) == 0 {
		return err
	}
	for _, name := range names {
		if !slices.ContainsFunc(groups, func(g app.LogGroup) bool { return g.Name == name }) {
			q.note(`No log group %s was found: nephograph groups lists them. For a field called group, search `+
				`'"group":%s'.`,
				name, name)
		}
	}
	if len(names) > 0 {
		groups = slices.DeleteFunc(groups, func(g app.LogGroup) bool { return !slices.Contains(names, g.Name) })
	}
	q.noteNotFiltered(groups)
	return nil
}

// notFilteredNamed bounds how many groups are named that cannot be read.
const notFilteredNamed = 3

// noteNotFiltered names the groups whose events FilterLogEvents does not read, so that none are here.
func (q *question) noteNotFiltered(groups []app.LogGroup) {
	var names []string
	for _, g := range groups {
		if !g.Filtered() && !slices.Contains(names, g.Name) {
			names = append(names, g.Name)
		}
	}
	if len(names) == 0 {
		return
	}
	named := strings.Join(names[:min(len(names), notFilteredNamed)], ", ")
	if more := len(names) - notFilteredNamed; more > 0 {
		named += fmt.Sprintf(" and %s more", phrase.Count(int64(more)))
	}
	q.note("Not read: %s. %s.", named, phrase.NotFiltered(len(names)))
}

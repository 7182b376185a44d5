package terminal

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// noteGroups says of log groups that were asked for by name if the cache knows of none.
func (q *question) noteGroups(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	groups, err := q.cache.LogGroups(ctx, q.scopes)
	if err != nil || len(groups) == 0 {
		return err
	}
	for _, name := range names {
		if !slices.ContainsFunc(groups, func(g app.LogGroup) bool { return g.Name == name }) {
			q.note(`No log group %s was found: nephograph groups lists them. For a field called group, search '"group":%s'.`, name, name)
		}
	}
	return nil
}

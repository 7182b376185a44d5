package pull

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// listTags keeps the tags of the alarms that are listed when all pages are there: an alarm that they do not name has
// none. What goes wrong with them is told, and leaves the alarms with the tags that were known.
func (p *planner) listTags(ctx context.Context, r *scopeRun) error {
	var all []app.Tagged
	err := list(ctx, r, app.GetResources, r.from.Tags, app.TagsQuestion{Types: []string{app.AlarmType}},
		func(_ context.Context, tagged []app.Tagged) (int, error) {
			all = append(all, tagged...)
			return 0, nil
		})
	p.denials.note(r.from.Scope, app.GetResources, err, p.now())
	if err != nil {
		return err
	}
	n, err := p.cache.KeepTags(context.WithoutCancel(ctx), r.from.Scope, all)
	if err != nil {
		return cacheError{err}
	}
	if n > 0 { // no new item: the alarms have been counted
		r.tracker.kept(Changed{Scope: r.from.Scope, Signal: app.Alarms}, nil)
	}
	return nil
}

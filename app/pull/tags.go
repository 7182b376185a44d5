package pull

import (
	"context"
	"sync"
	"time"

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
	if app.KindOf(err) == app.Denied {
		p.tagDenials.denied(r.from.Scope, p.now())
	}
	if err != nil {
		return err
	}
	p.tagDenials.answered(r.from.Scope)
	n, err := p.cache.KeepTags(context.WithoutCancel(ctx), r.from.Scope, all)
	if err != nil {
		return cacheError{err}
	}
	if n > 0 { // no new item: the alarms have been counted
		r.tracker.kept(Changed{Scope: r.from.Scope, Signal: app.Alarms}, nil)
	}
	return nil
}

// tagDenials remembers when AWS last denied the tags in a scope, so that what is asked by the clock need not be refused
// each minute. Tags have no range, and so no cover that could say it. The zero value remembers nothing.
type tagDenials struct {
	mu   sync.Mutex
	last map[app.Scope]time.Time
}

func (d *tagDenials) denied(scope app.Scope, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == nil {
		d.last = map[app.Scope]time.Time{}
	}
	d.last[scope.Place()] = now
}

func (d *tagDenials) answered(scope app.Scope) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.last, scope.Place())
}

// skips reports whether the tags of a scope are left alone because they were denied less than so long ago.
func (d *tagDenials) skips(scope app.Scope, skip time.Duration, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	last, denied := d.last[scope.Place()]
	return denied && skip > 0 && now.Sub(last) < skip
}

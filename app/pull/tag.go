package pull

import (
	"context"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// alarmType is what the tagging API calls alarms of both types.
const alarmType = "cloudwatch:alarm"

// listTags keeps the tags of the alarms that are listed when all pages are there: an alarm that they do not name has none.
// What goes wrong with them is told, and leaves the alarms with the tags that were known.
func listTags(ctx context.Context, v *visit) error {
	var all []app.Tagged
	err := list(ctx, v, getResources, app.Alarms, v.from.Tags, app.TagsQuestion{Types: []string{alarmType}},
		func(_ context.Context, tagged []app.Tagged) (int, error) {
			all = append(all, tagged...)
			return 0, nil
		})
	if app.KindOf(err) == app.Denied {
		v.run.engine.untold.denied(v.from.Scope, v.run.engine.now())
	}
	if err != nil {
		return err
	}
	v.run.engine.untold.answered(v.from.Scope)
	n, err := v.run.engine.cache.KeepTags(context.WithoutCancel(ctx), v.from.Scope, all)
	if err != nil {
		return notKept{err}
	}
	if n > 0 { // no new item: the alarms have been counted
		v.run.tally.kept(Changed{Scope: v.from.Scope, Signal: app.Alarms}, nil)
	}
	return nil
}

// untold remembers when AWS last denied the tags in a scope, so that what is asked by the clock need not knock each
// minute. Tags have no range, and so no cover that could say it.
type untold struct {
	mu   sync.Mutex
	last map[app.Scope]time.Time
}

func (u *untold) denied(scope app.Scope, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.last == nil {
		u.last = map[app.Scope]time.Time{}
	}
	u.last[scope.Place()] = now
}

func (u *untold) answered(scope app.Scope) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.last, scope.Place())
}

// spares reports whether the tags of a scope are left alone because they were denied less than so long ago.
func (u *untold) spares(scope app.Scope, spare time.Duration, now time.Time) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	last, denied := u.last[scope.Place()]
	return denied && spare > 0 && now.Sub(last) < spare
}

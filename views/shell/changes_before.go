package shell

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// changesBefore are the changes in the two hours before an instant: those that concern what is looked at, and all.
type changesBefore struct {
	scopes    []app.Scope
	at        time.Time
	resources []string // names or ARNs; none: there is nothing to tell apart
	below     bool     // resources are one, or a few, and what answers their requests
	near, all tally
}

// readChangesBefore counts them.
func readChangesBefore(ctx context.Context, r Reader, scopes []app.Scope, at time.Time, resources []string) (changesBefore, error) {
	c := changesBefore{scopes: scopes, at: at, resources: resources}
	for e, err := range r.TrailEvents(ctx, c.query()) {
		if err != nil {
			return c, err
		}
		c.all.n++
		if e.Concerns(resources...) {
			c.near.n++
		}
	}
	var err error
	c.all.reach, err = readReach(ctx, r, app.Trail, scopes, "", c.query().Range)
	c.near.reach = c.all.reach
	return c, err
}

func (c changesBefore) query() app.TrailQuery {
	return app.TrailQuery{Scopes: c.scopes, Range: app.Range{From: c.at.Add(-before), To: c.at}, Changes: true}
}

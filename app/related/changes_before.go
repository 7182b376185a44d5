package related

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// ChangesWindow is how far ahead of an alarm its cause is looked for.
const ChangesWindow = app.BeforeAlarm

// ChangesBefore are the changes in the two hours before an instant: those that concern what is looked at, and all.
type ChangesBefore struct {
	Scopes    []app.Scope
	At        time.Time
	Resources []string // names or ARNs; none: there is nothing to tell apart
	Below     bool     // resources are one, or a few, and what answers their requests
	Near, All Count
}

// ReadChangesBefore counts them.
func ReadChangesBefore(ctx context.Context, r Reader, scopes []app.Scope, at time.Time,
	resources []string) (ChangesBefore, error) {
	c := ChangesBefore{Scopes: scopes, At: at, Resources: resources}
	names := resource.Names(resources...)
	for e, err := range r.TrailEvents(ctx, c.Query()) {
		if err != nil {
			return c, err
		}
		c.All.N++
		if resource.Concerns(e, names) {
			c.Near.N++
		}
	}
	var err error
	c.All.Completeness, err = ReadCompleteness(ctx, r, app.Trail, scopes, "", c.Query().Range)
	c.Near.Completeness = c.All.Completeness
	return c, err
}

// Query asks for all of them.
func (c ChangesBefore) Query() app.TrailQuery {
	return app.TrailQuery{Scopes: c.Scopes, Range: app.Range{From: c.At.Add(-ChangesWindow), To: c.At}, Changes: true}
}

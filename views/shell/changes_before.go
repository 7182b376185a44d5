package shell

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
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

// pivots lead to them. of says what the resources are called, title what the changes came before; read is false while they
// are being counted: of which resources they are is known then, too.
func (c changesBefore) pivots(p *page, k desk, of, title string, read bool) {
	if len(c.resources) == 0 {
		p.pivot("Changes in the 2 h before", "c", c.all.once(read), when(read, func() { k.open(app.ChangeList{Title: "Changes before " + title, Query: c.query()}) }))
		return
	}
	label := "Changes to " + ui.Body.Fit(of, pageWidth/3) + ", 2 h before"
	near, every := "Changes to "+of, "Changes before "+title
	if c.below {
		near, every = every, "Every change before "+title
		label = "Changes near it, 2 h before"
	}
	p.pivot(label, "c", c.near.once(read), when(read, func() {
		q := c.query()
		q.Concerning = c.resources
		k.open(app.ChangeList{Title: near, Query: q})
	}))
	p.pivot("Every change, 2 h before", "v", c.all.once(read), func() {
		k.open(app.ChangeList{Title: every, Query: c.query()})
	})
}

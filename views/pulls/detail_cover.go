package pulls

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// coverDetail is what is known of a signal over a stretch of time: in which state, why, and when each place was asked.
type coverDetail struct {
	part    app.Coverage
	refusal []error // what AWS said when it refused some of it last, by place
}

func (d coverDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	d.refusal = nil
	if d.part.State != app.Forbidden {
		return d, nil
	}
	attempts, err := r.Attempts(ctx)
	for _, a := range attempts {
		here := func(place app.Scope) bool { return place.Place() == a.Scope.Place() }
		if a.Signal == d.part.Signal && a.Problem != nil && a.Problem.Kind == app.Denied &&
			slices.ContainsFunc(d.part.Places, here) {
			d.refusal = append(d.refusal, a.Problem)
		}
	}
	return d, err
}

func (d coverDetail) Page(k drawer.PageContext) *drawer.Page {
	c := d.part
	p := drawer.NewPage("Coverage", phrase.SignalTitle(c.Signal)+": "+c.State.String(), nil,
		k.Span(c.Range.From, c.Range.To)+", "+phrase.Window(c.Range.Length().Round(time.Second)))
	if len(d.refusal) > 0 {
		p.Problems(d.refusal)
	} else {
		p.Text(coverWhy(c), ui.Body)
	}
	p.Line()
	for _, place := range c.Places {
		p.Text(place.String(), ui.Strong)
		p.Text(placeWords(c, place, k), ui.Note)
		p.Gap(4)
	}
	return p
}

// coverWhy says what a state means, and what to do about it.
func coverWhy(c app.Coverage) string {
	switch c.State {
	case app.Settled:
		return "All of it is here, and AWS no longer changes it."
	case app.Settling:
		return fmt.Sprintf("It is here, but AWS may still add to it: %s may come up to %s late. A later pull asks "+
			"again.",
			phrase.SignalItems(c.Signal), phrase.Window(c.Signal.Settles()))
	case app.Truncated:
		return "AWS gave only a part: a limit was reached. Pull a shorter window to have the rest."
	case app.Forbidden:
		return "AWS refused it for want of a permission; `nephograph policy` prints what the role needs."
	}
	if len(c.Covers) == 0 {
		return "It was not asked for. Pull this window to fill it."
	}
	return "It was not asked for everywhere, or not for all of this time. Pull this window to fill it."
}

// placeWords say what a place was asked and when.
func placeWords(c app.Coverage, place app.Scope, k drawer.PageContext) string {
	var covers []app.Cover
	var last time.Time
	resources := map[string]bool{}
	for _, o := range c.Covers {
		if o.Scope.Place() != place.Place() {
			continue
		}
		covers = append(covers, o)
		if o.AskedAt.After(last) {
			last = o.AskedAt
		}
		if o.Resource != "" {
			resources[o.Resource] = true
		}
	}
	if len(covers) == 0 {
		return "not asked for this time"
	}
	said := "last asked " + k.Moment(last)
	if n := len(resources); n > 0 {
		said += fmt.Sprintf(", %d of its resources", n)
	}
	for _, o := range covers {
		switch {
		case o.Denied:
			return said + "; refused"
		case o.Truncated:
			return said + "; cut short"
		}
	}
	return said
}

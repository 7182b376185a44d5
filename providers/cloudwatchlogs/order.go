package cloudwatchlogs

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// order is in which order events come.
type order int

const (
	untold    order = iota // by what came so far
	backwards              // newest first
	forwards               // oldest first, from an endpoint that does not know StartFromHead
	mixed                  // neither
)

// pageOrder tells by the times of the events in which order they really come, and so what of the range is complete.
// What an endpoint was asked for is not enough: a cover that claimed the end of a range while the pages come from its
// start would hide for good what an interrupted pull did not get. AWS does not say how the events of one page are
// ordered, so a page that is in order of time tells nothing until the next one has come.
type pageOrder struct {
	order          order
	oldest, newest time.Time // of all events; zero before the first
}

// add looks at the events of the next page.
func (p *pageOrder) add(events []app.LogEvent) {
	if len(events) == 0 {
		return
	}
	oldest, newest, falls := events[0].At, events[0].At, true
	for i, e := range events {
		falls = falls && (i == 0 || !e.At.After(events[i-1].At))
		if e.At.Before(oldest) {
			oldest = e.At
		}
		if e.At.After(newest) {
			newest = e.At
		}
	}
	first := p.newest.IsZero()
	switch {
	case first && falls && oldest.Before(newest):
		p.see(backwards)
	case first:
	case !newest.After(p.oldest) && !oldest.Before(p.newest): // all of one instant
	case !newest.After(p.oldest):
		p.see(backwards)
	case !oldest.Before(p.newest):
		p.see(forwards)
	default:
		p.order = mixed
	}
	if first || oldest.Before(p.oldest) {
		p.oldest = oldest
	}
	if first || newest.After(p.newest) {
		p.newest = newest
	}
}

func (p *pageOrder) see(o order) {
	if p.order == untold || p.order == o {
		p.order = o
	} else {
		p.order = mixed
	}
}

// covers returns what is complete of the range while more is to come: up to the outermost event, whose millisecond may
// go on on the next page.
func (p *pageOrder) covers(within app.Range) app.Range {
	switch {
	case p.newest.IsZero():
		return app.Range{}
	case p.order == backwards:
		return within.Intersect(app.Range{From: p.oldest.Add(time.Millisecond), To: within.To})
	case p.order == forwards:
		return within.Intersect(app.Range{From: within.From, To: p.newest})
	}
	return app.Range{}
}

package trail

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
)

// titleOf says what an event is: of CloudTrail Insights, what it saw of the calls.
func titleOf(e app.TrailEvent) string {
	if i, ok := e.Insight(); ok {
		return phrase.InsightTitle(i)
	}
	return resource.Title(e)
}

// insight tells what CloudTrail Insights saw.
func (d trailDetail) insight(p *drawer.Page, k drawer.PageContext) {
	i, ok := d.event.Insight()
	if !ok {
		return
	}
	p.Fact("Rate", phrase.Number(i.Average)+" a minute")
	p.Fact("Usually", phrase.Number(i.Baseline)+" a minute")
	p.Fact("Errors", i.ErrorCode)
	if i.To.IsZero() {
		p.Fact("Since", k.Stamp(i.From))
		return
	}
	p.Fact("Lasted", phrase.Duration(i.To.Sub(i.From))+", until "+k.Stamp(i.To))
}

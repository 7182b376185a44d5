package alarms

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// mark shows which periods decided: each by a mark, and all of them by a line below.
func (c *alarmChart) mark(p *chart.Picture, band chart.Band) {
	e := c.picture
	if len(e.verdict.Periods) == 0 {
		return
	}
	first, last := spanOf(e.verdict)
	whole := app.Range{From: first, To: last.Add(e.period)}
	p.Shade(whole, chart.Band{Top: chartHeight - 2, Bottom: chartHeight}, chart.Ink{Name: ui.ColorQuiet, Alpha: 200})
	radius := min(max(p.Axis.X(first.Add(e.period))-p.Axis.X(first), 4)*0.36, 3)
	for _, d := range e.verdict.Periods {
		if d.At.Before(first) {
			continue
		}
		if d.Value == nil {
			c.slot(p, app.Range{From: d.At, To: d.At.Add(e.period)}, d.Breaching)
			continue
		}
		if !d.Counted {
			continue
		}
		x, y := p.Axis.X(d.At), band.Y(e.scale.Part(*d.Value))
		if d.Breaching {
			p.Disc(x, y, radius, chart.Solid(c.alarmInk()))
			continue
		}
		p.Disc(x, y, radius+0.75, chart.Solid(ui.ColorSurface))
		p.Ring(x, y, radius, chart.Solid(c.ink))
	}
}

// slot draws a period without a datapoint.
func (c *alarmChart) slot(p *chart.Picture, r app.Range, breaching bool) {
	ink, whole := ui.ColorNoData, chart.Band{Top: chartTop, Bottom: chartHeight - chartBottom}
	if breaching {
		ink = c.alarmInk()
	}
	p.Hatch(r, whole, chart.Ink{Name: ink, Alpha: 150})
	for _, at := range []app.Range{{From: r.From, To: r.From}, {From: r.To, To: r.To}} { // a pixel each
		p.Shade(at, whole, chart.Ink{Name: ink, Alpha: 110})
	}
}

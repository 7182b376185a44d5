package shell

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// changesBefore adds the pivots that lead to the changes before something. of says what the resources are called, title what the changes came before; read is false while they
// are being counted: of which resources they are is known then, too.
func (p *page) changesBefore(k desk, c changesBefore, of, title string, read bool) {
	if len(c.resources) == 0 {
		p.pivot("Changes in the 2 h before", "c", countOnceRead(c.all, read), when(read, func() { k.open(app.ChangeList{Title: "Changes before " + title, Query: c.query()}) }))
		return
	}
	label := "Changes to " + ui.Body.Fit(of, pageWidth/3) + ", 2 h before"
	near, every := "Changes to "+of, "Changes before "+title
	if c.below {
		near, every = every, "Every change before "+title
		label = "Changes near it, 2 h before"
	}
	p.pivot(label, "c", countOnceRead(c.near, read), when(read, func() {
		q := c.query()
		q.Concerning = c.resources
		k.open(app.ChangeList{Title: near, Query: q})
	}))
	p.pivot("Every change, 2 h before", "v", countOnceRead(c.all, read), func() {
		k.open(app.ChangeList{Title: every, Query: c.query()})
	})
}

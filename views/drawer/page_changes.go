package drawer

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// ChangesBefore adds the pivots that lead to the changes before something. of says what the resources are called, title
// what the changes came before; read is false while they are being counted: of which resources they are is known then,
// too.
func (p *Page) ChangesBefore(k PageContext, c related.ChangesBefore, of, title string, read bool) {
	if len(c.Resources) == 0 {
		p.Pivot("Changes in the 2 h before", "c", phrase.CountOnceRead(c.All, read),
			When(read, func() { k.Open(app.ChangeList{Title: "Changes before " + title, Query: c.Query()}) }))
		return
	}
	label := "Changes to " + ui.Body.Fit(of, PageWidth/3) + ", 2 h before"
	near, every := "Changes to "+of, "Changes before "+title
	if c.Below {
		near, every = every, "Every change before "+title
		label = "Changes near it, 2 h before"
	}
	p.Pivot(label, "c", phrase.CountOnceRead(c.Near, read), When(read, func() {
		q := c.Query()
		q.Concerning = c.Resources
		k.Open(app.ChangeList{Title: near, Query: q})
	}))
	p.Pivot("Every change, 2 h before", "v", phrase.CountOnceRead(c.All, read), func() {
		k.Open(app.ChangeList{Title: every, Query: c.Query()})
	})
}

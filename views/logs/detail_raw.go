package logs

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
)

// rawItem is a log event as it was written.
type rawItem struct{ event app.LogEvent }

// rawDetail shows the message of an event as CloudWatch Logs keeps it: with the colours of a terminal as the characters
// that they are, and JSON on one line where it is on one.
type rawDetail struct{ event app.LogEvent }

// Read has nothing more to read.
func (d rawDetail) Read(context.Context, Reader, drawer.ReadContext) (drawer.Detail[Reader], error) {
	return d, nil
}

func (d rawDetail) Page(k drawer.PageContext) *drawer.Page {
	e := d.event
	p := drawer.NewPage("Log event as it was written · "+phrase.ScopeText(e.Scope),
		resource.OfGroup(e.Group).Detailed(), nil,
		k.Stamp(e.At))
	p.Text(e.Message, treeCode)
	p.Line()
	p.Fact("Size", phrase.Amount(float64(len(e.Message)), "Bytes"))
	p.Fact("Ingested", k.Stamp(e.Ingested))
	p.Fact("Event id", e.ID)
	p.Copy = e.Message
	return p
}

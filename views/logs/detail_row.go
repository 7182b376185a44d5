package logs

import (
	"context"

	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/ui"
)

// rowDetail is a row of a result: each column with its value.
type rowDetail struct{ row resultRow }

func (d rowDetail) Read(context.Context, Reader, drawer.ReadContext) (drawer.Detail[Reader], error) {
	return d, nil
}

func (d rowDetail) Page(drawer.PageContext) *drawer.Page {
	p := drawer.NewPage("Row of a result", d.row.query, nil, "")
	for i, value := range d.row.values {
		p.Section(d.row.names[i])
		if value == "" {
			p.Text("No value", ui.Note)
			continue
		}
		p.Text(value, ui.Style{Color: ui.ColorText, Size: drawer.MessageStyle, Mono: true})
	}
	p.Copy = d.row.text
	return p
}

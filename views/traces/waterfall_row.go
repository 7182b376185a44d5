package traces

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/calltree"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// spanRow is a span as the waterfall lists it.
type spanRow struct {
	tree   *spanTree
	at     int32 // the row of the tree
	folded bool  // what it called is hidden
	above  bool  // it is there for what is found below it
	flat   bool  // it does not stand below its caller
}

func (r spanRow) row() *calltree.Row { return &r.tree.Rows[r.at] }
func (r spanRow) span() *app.Span    { return &r.tree.Spans[r.row().Span] }

// calls reports whether the span called anything.
func (r spanRow) calls() bool { return r.row().End > r.at+1 }

func (r spanRow) key() string { return r.tree.key + " " + r.span().ID }

func (r spanRow) item() app.Item { return app.TraceSpan{Trace: r.tree.trace, Span: *r.span()} }

// result is fault, throttled or error; "" if the span did not fail.
func (r spanRow) result() string {
	s := r.span()
	return phrase.Failure(s.Fault, s.Throttle, s.Error)
}

func (r spanRow) failed() bool { return r.result() != "" }

// spanFields are the fields of a span that a query can name. Lengths of time are in seconds.
var spanFields = []string{"name", "service", "resource", "result", "kind", "took", "self", "critical", "wrong", "id"}

// spanFacets are the fields that become facets.
var spanFacets = []explore.FacetField{
	{Title: "Result", Field: "result", Always: true}, {Title: "Service", Field: "service"},
	{Title: "Name", Field: "name"}, {Title: "Resource", Field: "resource"}, {Title: "Wrong", Field: "wrong"},
}

// Values returns the values of a field of spanFields.
func (r spanRow) Values(field string) []string {
	s := r.span()
	switch field {
	case "name":
		return []string{s.Name}
	case "service":
		return []string{s.Service}
	case "resource":
		if s.Resource != "" {
			return []string{resource.Short(s.Resource)}
		}
	case "result":
		if word := r.result(); word != "" {
			return []string{word}
		}
	case "kind":
		return []string{string(s.Kind)}
	case "took":
		return []string{secondsText(r.row().Took())}
	case "self":
		return []string{secondsText(r.row().Self)}
	case "critical":
		return []string{secondsText(r.row().Critical)}
	case "wrong":
		if words := oddWords(r.row().Odd); words != "" {
			return strings.Split(words, ", ")
		}
	case "id":
		return []string{s.ID}
	}
	return nil
}

func secondsText(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	return secondsOf(d)
}

// Text is what words are looked for in.
func (r spanRow) Text() string {
	s := r.span()
	parts := []string{s.Name, s.Service, s.Resource, s.ID, r.result()}
	if s.HTTP != nil {
		parts = append(parts, s.HTTP.Method, s.HTTP.URL)
	}
	if s.SQL != nil {
		parts = append(parts, s.SQL.Query)
	}
	for _, e := range s.Exceptions {
		parts = append(parts, e.Type, e.Message)
	}
	return strings.Join(parts, "\n")
}

const (
	spanIndent = 12 // by which each call is set in
	spanDeep   = 16 // steps at most: what lies deeper is not set in further
)

// spanColumns are those of the waterfall: the span below its caller, its bar on the axis of the trace, how long it
// took, and how much of that was its own and on the critical path.
func spanColumns() []ui.Column[spanRow] {
	length := func(d time.Duration) ui.Cell {
		return ui.Cell{Text: phrase.Amount(d.Seconds(), "Seconds"), Style: ui.Small}
	}
	return []ui.Column[spanRow]{
		{Title: "Span", Share: 3, Cell: nameCell},
		{Title: "Service", Share: 1, Above: 760, Cell: func(r spanRow) ui.Cell {
			return ui.Cell{Text: r.span().Service, Style: ui.Note}
		}},
		{Title: "Over the trace", Share: 4, Cell: func(r spanRow) ui.Cell { return ui.Cell{Bar: r.bar()} }},
		{Title: "Took", Width: 72, Align: fyne.TextAlignTrailing, Cell: func(r spanRow) ui.Cell {
			return length(r.row().Took())
		}},
		{Title: "Self", Width: 72, Above: 640, Align: fyne.TextAlignTrailing, Cell: func(r spanRow) ui.Cell {
			return length(r.row().Self)
		}},
		{Title: "Critical", Width: 62, Above: 700, Align: fyne.TextAlignTrailing, Cell: func(r spanRow) ui.Cell {
			share := r.tree.Share(r.row().Critical)
			switch {
			case share == 0:
				return ui.Cell{}
			case share < 0.001:
				return ui.Cell{Text: "<0.1 %", Style: ui.Note}
			}
			return ui.Cell{Text: phrase.Share(share), Style: ui.Small}
		}},
	}
}

// nameCell names a span, set in below its caller: whether what it called is hidden, how it failed, what is wrong.
func nameCell(r spanRow) ui.Cell {
	c := ui.Cell{Text: r.span().Name, Style: ui.Small}
	if r.above {
		c.Style = ui.Note
	}
	if !r.flat {
		c.Indent = float32(min(r.row().Depth, spanDeep)) * spanIndent
		switch {
		case r.folded:
			c.Text = "▸ " + c.Text + " (" + phrase.Count(int64(r.row().End-r.at-1)) + " below)"
		case r.calls():
			c.Text = "▾ " + c.Text
		}
	}
	if words := oddWords(r.row().Odd); words != "" {
		c.Text += " · " + words
	}
	switch r.result() {
	case "":
	case phrase.Failures[0]:
		c.Mark, c.Ink = ui.Square, ui.ColorAlarm
	default:
		c.Mark, c.Ink = ui.Square, ui.ColorWarning
	}
	return c
}

// bar draws the span over the trace, thick where a part of it is on the critical path.
func (r spanRow) bar() *ui.Bar {
	if b := r.tree.bars[r.at]; b != nil {
		return b
	}
	at := func(d time.Duration) time.Time { return r.tree.Start.Add(d) }
	within := app.Range{From: r.tree.Start, To: at(max(r.tree.Length, time.Microsecond))}
	own := app.Range{From: at(r.row().From), To: at(r.row().To)}
	ink := chart.Solid(ui.ColorSeries1)
	switch r.result() {
	case "":
	case phrase.Failures[0]:
		ink = chart.Solid(ui.ColorAlarm)
	default:
		ink = chart.Solid(ui.ColorWarning)
	}
	half := float32(2)
	if r.row().Critical > 0 {
		half = 4
	}
	b := &ui.Bar{Within: within, Paint: func(p *chart.Picture) {
		middle := p.Height / 2
		p.Strip(own, chart.Band{Top: middle - half, Bottom: middle + half}, ink)
	}}
	r.tree.bars[r.at] = b
	return b
}

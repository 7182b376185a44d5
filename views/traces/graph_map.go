package traces

import (
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Measures of the map.
const (
	columnPitch = 190
	rowPitch    = 108
	mapInset    = 64 // from the edges to the middle of a node
	nodeRadius  = 27
	ringWidth   = 4
	labelWidth  = columnPitch - 2*nodeRadius - 8 + 40
	leastWidth  = 1.2 // of an edge
	mostWidth   = 6
)

// graphMap draws a graph: services as rings, calls as lines from left to right. A click opens a service.
type graphMap struct {
	widget.BaseWidget
	open func(app.Service)

	graph  graph
	within app.Range
	chosen app.Service
	over   bool // the pointer is over a service
	img    *canvas.Image
	drawn  fyne.Size // for which img was drawn
	face   *ui.Face
}

func newGraphMap(open func(app.Service)) *graphMap {
	m := &graphMap{open: open, img: &canvas.Image{}}
	m.img.FillMode, m.img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	m.ExtendBaseWidget(m)
	return m
}

// show shows another graph, counted over within.
func (m *graphMap) show(g graph, within app.Range) {
	m.graph, m.within = g, within
	m.drawn = fyne.Size{}
	m.Refresh()
}

// choose marks a service, the zero Service none.
func (m *graphMap) choose(s app.Service) {
	if s != m.chosen {
		m.chosen = s
		m.drawn = fyne.Size{}
		m.Refresh()
	}
}

// bounds returns the columns and the rows that the graph takes.
func (m *graphMap) bounds() (columns int, top, bottom float32) {
	for i, n := range m.graph.nodes {
		columns = max(columns, n.layer+1)
		if i == 0 {
			top, bottom = n.row, n.row
		}
		top, bottom = min(top, n.row), max(bottom, n.row)
	}
	return columns, top, bottom
}

// CreateRenderer draws the map.
func (m *graphMap) CreateRenderer() fyne.WidgetRenderer {
	m.face = &ui.Face{Widget: m, Min: m.min}
	m.face.Place = func(size fyne.Size) { m.face.Parts = m.draw(size) }
	return m.face
}

func (m *graphMap) min() fyne.Size {
	columns, top, bottom := m.bounds()
	return fyne.NewSize(2*mapInset+columnPitch*float32(max(columns-1, 0)), 2*mapInset+rowPitch*(bottom-top))
}

// place returns the middle of a node on a map of that size.
func (m *graphMap) place(n node, size fyne.Size) fyne.Position {
	least := m.min()
	_, top, _ := m.bounds()
	return fyne.NewPos(max((size.Width-least.Width)/2, 0)+mapInset+columnPitch*float32(n.layer),
		max((size.Height-least.Height)/2, 0)+mapInset-14+rowPitch*(n.row-top))
}

func (m *graphMap) draw(size fyne.Size) []fyne.CanvasObject {
	if m.drawn != size {
		m.img.Image = m.picture(size).Image()
		m.img.Refresh()
		m.drawn = size
	}
	m.img.Resize(size)
	parts := []fyne.CanvasObject{m.img}
	text := func(said string, style ui.Style, x, middle, wide float32) {
		t := canvas.NewText(style.Fit(said, wide), color.Transparent)
		style.Apply(t)
		own := t.MinSize()
		t.Move(fyne.NewPos(x-own.Width/2, middle-own.Height/2))
		t.Resize(own)
		parts = append(parts, t)
	}
	for _, n := range m.graph.nodes {
		at := m.place(n, size)
		if !n.client() {
			text(meanText(n.stats), ui.Small, at.X, at.Y, 2*nodeRadius-8)
		}
		text(nodeName(n), ui.Small, at.X, at.Y+nodeRadius+12, labelWidth)
		text(typeText(n), ui.Note, at.X, at.Y+nodeRadius+27, labelWidth)
	}
	for _, e := range m.graph.edges {
		if e.stats.Total == 0 {
			continue
		}
		from, to := m.ends(e, size)
		text(rateText(e.stats.Total, m.within), ui.Note, (from.X+to.X)/2, (from.Y+to.Y)/2-9, columnPitch)
	}
	return parts
}

// ends returns where an edge begins and ends, beside its nodes.
func (m *graphMap) ends(e edge, size fyne.Size) (from, to fyne.Position) {
	from, to = m.place(m.graph.nodes[e.from], size), m.place(m.graph.nodes[e.to], size)
	gap := float32(nodeRadius + 7)
	if to.X < from.X {
		gap = -gap
	}
	return from.AddXY(gap, 0), to.AddXY(-gap, 0)
}

// picture draws rings and lines.
func (m *graphMap) picture(size fyne.Size) *chart.Picture {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		scale = c.Scale()
	}
	p := chart.NewPicture(chart.Axis{Width: size.Width}, size.Height, scale, ui.NewPalette())
	most := int64(1)
	for _, e := range m.graph.edges {
		most = max(most, e.stats.Total)
	}
	for _, e := range m.graph.edges {
		from, to := m.ends(e, size)
		ink := chart.Ink{Name: ui.ColorFaint, Alpha: 190}
		if faultShare(e.stats) >= badShare {
			ink = chart.Solid(ui.ColorAlarm)
		}
		wide := leastWidth + (mostWidth-leastWidth)*float32(math.Sqrt(float64(e.stats.Total)/float64(most)))
		p.Curve(from.X, from.Y, to.X, to.Y, wide, e.async, ink)
	}
	for _, n := range m.graph.nodes {
		m.ring(p, n, m.place(n, size))
	}
	return p
}

// badShare is from which share of faults on a call is drawn in the colour of alarms.
const badShare = 0.05

// ring draws a node: the share of its faults, of the errors of its callers, and the rest, clockwise from the top.
func (m *graphMap) ring(p *chart.Picture, n node, at fyne.Position) {
	p.Disc(at.X, at.Y, nodeRadius+ringWidth/2, chart.Solid(ui.ColorSurface))
	faults, errors := faultShare(n.stats), errorShare(n.stats)
	rest := chart.Solid(ui.ColorOK)
	if n.client() || n.stats.Total == 0 {
		rest = chart.Ink{Name: ui.ColorFaint, Alpha: 160}
	}
	p.Arc(at.X, at.Y, nodeRadius, min(faults+errors, 1), max(1-faults-errors, 0), ringWidth, rest)
	p.Arc(at.X, at.Y, nodeRadius, faults, min(errors, 1-faults), ringWidth, chart.Solid(ui.ColorWarning))
	p.Arc(at.X, at.Y, nodeRadius, 0, faults, ringWidth, chart.Solid(ui.ColorAlarm))
	if n.service == m.chosen {
		p.Arc(at.X, at.Y, nodeRadius+7, 0, 1, 2, chart.Solid(ui.ColorAccent))
	}
}

func nodeName(n node) string {
	if n.client() {
		return "Clients"
	}
	return n.service.Name
}

// typeText says what a service is: Lambda, DynamoDB; client and remote as X-Ray does.
func typeText(n node) string {
	for _, kind := range n.types {
		parts := strings.Split(kind, "::")
		if len(parts) > 1 {
			return resource.Service(strings.ToLower(parts[1]))
		}
	}
	if n.client() || len(n.types) == 0 {
		return ""
	}
	return n.types[0]
}

// meanText is how long a service takes to answer, on average.
func meanText(s app.CallStats) string {
	if s.Total == 0 {
		return "–"
	}
	return phrase.Amount(s.Time.Seconds()/float64(s.Total), "Seconds")
}

// rateText is how many calls there were a second, or a minute where that is less than one.
func rateText(n int64, within app.Range) string {
	seconds := within.Length().Seconds()
	switch {
	case seconds <= 0:
		return phrase.Count(n)
	case float64(n)/seconds >= 1:
		return phrase.Number(float64(n)/seconds) + "/s"
	}
	return phrase.Number(float64(n)/seconds*60) + "/min"
}

// nodeAt returns the service at a place.
func (m *graphMap) nodeAt(at fyne.Position) (app.Service, bool) {
	for _, n := range m.graph.nodes {
		p := m.place(n, m.Size())
		dx, dy := p.X-at.X, p.Y-at.Y
		if dx*dx+dy*dy <= (nodeRadius+ringWidth)*(nodeRadius+ringWidth) && !n.client() {
			return n.service, true
		}
	}
	return app.Service{}, false
}

// Tapped opens the service under the pointer.
func (m *graphMap) Tapped(e *fyne.PointEvent) {
	if s, ok := m.nodeAt(e.Position); ok {
		m.open(s)
	}
}

// MouseIn follows the pointer.
func (m *graphMap) MouseIn(e *desktop.MouseEvent) { m.MouseMoved(e) }

// MouseMoved follows the pointer.
func (m *graphMap) MouseMoved(e *desktop.MouseEvent) { _, m.over = m.nodeAt(e.Position) }

// MouseOut lets the pointer go.
func (m *graphMap) MouseOut() { m.over = false }

// Cursor is a hand over a service.
func (m *graphMap) Cursor() desktop.Cursor {
	if m.over {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

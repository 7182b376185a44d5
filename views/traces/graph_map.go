package traces

import (
	"cmp"
	"context"
	"image"
	"image/color"
	"maps"
	"math"
	"slices"
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
	mostRates   = 200 // edges; of more no rate could be read
)

// graphMap draws a graph: services as rings, calls as lines from left to right. A click opens a service.
type graphMap struct {
	widget.BaseWidget
	open func(app.Service)
	load ui.Loader // draws the picture: that of 500 services takes longer than a frame may

	graph  graph
	within app.Range
	chosen app.Service
	over   bool // the pointer is over a service
	img    *canvas.Image
	mark   *canvas.Circle // around the chosen service
	drawn  fyne.Size      // for which img is drawn, or will be
	face   *ui.Face
}

func newGraphMap(threads ui.Threads, open func(app.Service)) *graphMap {
	m := &graphMap{open: open, load: ui.Loader{Threads: threads}, img: &canvas.Image{},
		mark: canvas.NewCircle(color.Transparent)}
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
		m.drawn = size
		m.paint(size)
	}
	m.img.Resize(size)
	parts := []fyne.CanvasObject{m.img}
	if i := slices.IndexFunc(m.graph.nodes, func(n node) bool { return n.service == m.chosen && !n.client() }); i >= 0 {
		at := m.place(m.graph.nodes[i], size)
		m.mark.StrokeColor, m.mark.StrokeWidth = ui.Color(ui.ColorAccent), 2
		m.mark.Move(at.SubtractXY(nodeRadius+7, nodeRadius+7))
		m.mark.Resize(fyne.NewSquareSize(2 * (nodeRadius + 7)))
		parts = append(parts, m.mark)
	}
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
		if e.stats.Total == 0 || len(m.graph.edges) > mostRates {
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

// paint has the picture drawn anew away from the UI goroutine.
func (m *graphMap) paint(size fyne.Size) {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		scale = c.Scale()
	}
	p := mapPicture{graph: m.graph, size: size, scale: scale, colors: ui.NewPalette()}
	for _, n := range m.graph.nodes {
		p.at = append(p.at, m.place(n, size))
	}
	for _, e := range m.graph.edges {
		from, to := m.ends(e, size)
		p.ends = append(p.ends, [2]fyne.Position{from, to})
	}
	read := func(context.Context) (image.Image, error) { return p.paint(), nil }
	ui.Load(&m.load, read, func(drawn image.Image, _ error) {
		m.img.Image = drawn
		m.img.Refresh()
	})
}

// mapPicture is all that a picture is made of.
type mapPicture struct {
	graph  graph
	at     []fyne.Position // of the nodes
	ends   [][2]fyne.Position
	size   fyne.Size
	scale  float32
	colors chart.Palette
}

// paint draws lines and, over their ends, rings.
func (m mapPicture) paint() image.Image {
	p := chart.NewPicture(chart.Axis{Width: m.size.Width}, m.size.Height, m.scale, m.colors)
	type pen struct {
		bad, async bool
		width      int // of mapWidths
	}
	most := int64(1)
	for _, e := range m.graph.edges {
		most = max(most, e.stats.Total)
	}
	byPen := map[pen][]int{}
	for i, e := range m.graph.edges {
		part := math.Sqrt(float64(e.stats.Total) / float64(most))
		k := pen{faultShare(e.stats) >= badShare, e.async, int(math.Round(part * mapWidths))}
		byPen[k] = append(byPen[k], i)
	}
	order := slices.SortedFunc(maps.Keys(byPen), func(a, b pen) int { // those with faults lie above the others
		return cmp.Or(rank(a.bad)-rank(b.bad), rank(a.async)-rank(b.async), a.width-b.width)
	})
	for _, k := range order {
		ink := chart.Ink{Name: ui.ColorFaint, Alpha: 190}
		if k.bad {
			ink = chart.Solid(ui.ColorAlarm)
		}
		wide := leastWidth + (mostWidth-leastWidth)*float32(k.width)/mapWidths
		p.Together(func() {
			for _, i := range byPen[k] {
				from, to := m.ends[i][0], m.ends[i][1]
				p.Curve(from.X, from.Y, to.X, to.Y, wide, k.async, ink)
			}
		})
	}
	for i := range m.graph.nodes {
		p.Disc(m.at[i].X, m.at[i].Y, nodeRadius+ringWidth/2, chart.Solid(ui.ColorSurface))
	}
	for _, part := range ringParts {
		p.Together(func() {
			for i, n := range m.graph.nodes {
				if from, share := part.of(n); share > 0 {
					p.Arc(m.at[i].X, m.at[i].Y, nodeRadius, from, share, ringWidth, part.ink)
				}
			}
		})
	}
	return p.Image()
}

// rank puts what holds after what does not.
func rank(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// mapWidths is how many widths of lines there are: more could not be told apart.
const mapWidths = 8

// ringParts are the parts of a node's ring, clockwise from the top: the share of its faults, that of the errors of its
// callers, and the rest, which says nothing of clients and of services that nobody called.
var ringParts = []struct {
	ink chart.Ink
	of  func(node) (from, share float32)
}{
	{chart.Solid(ui.ColorOK), func(n node) (from, share float32) {
		if quiet(n) {
			return 0, 0
		}
		return restOf(n)
	}},
	{chart.Ink{Name: ui.ColorFaint, Alpha: 160}, func(n node) (from, share float32) {
		if !quiet(n) {
			return 0, 0
		}
		return restOf(n)
	}},
	{chart.Solid(ui.ColorWarning), func(n node) (from, share float32) {
		faults := faultShare(n.stats)
		return faults, min(errorShare(n.stats), 1-faults)
	}},
	{chart.Solid(ui.ColorAlarm), func(n node) (from, share float32) { return 0, faultShare(n.stats) }},
}

func quiet(n node) bool { return n.client() || n.stats.Total == 0 }

func restOf(n node) (from, share float32) {
	bad := min(faultShare(n.stats)+errorShare(n.stats), 1)
	return bad, 1 - bad
}

// badShare is from which share of faults on a call is drawn in the colour of alarms.
const badShare = 0.05

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

package timeline

import (
	"image/color"
	"maps"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// The measures of the field, as the design draws it.
const (
	plotLeft  = ui.LabelColWidth + 8 // where the pictures begin
	plotRight = 10                   // space to the right of them
	nameLeft  = 14
	nameRight = ui.LabelColWidth - 8 // to which values are aligned
	howMiddle = 30                   // of what it measures
	childStep = 12                   // by which the alarms of a composite one are set in
	leastPlot = 160
)

// field shows the rows: names at the left, pictures at the right, the crosshair above all. The view decides what it
// shows.
type field struct {
	widget.BaseWidget
	view  *View
	scene scene

	drawn drawing // of the scene

	names   *fyne.Container // what stands in the label column, and the lines between rows
	plot    *fyne.Container // what is clipped to the pictures' place
	clip    *container.Clip
	grid    []*canvas.Rectangle
	readout []*ui.Readout // by row
	nowMark nowMark
	overlay

	pinnedArea  pinnedArea
	highlights  highlights
	seriesNames []seriesName
	emphasis    emphasis
	handle      handle

	palette chart.Palette
	pointer
}

// overlay are the rectangles that follow the pointer and the keys.
type overlay struct {
	chosen   *canvas.Rectangle // the row that keys go to
	brushed  *canvas.Rectangle // the window that is brushed
	dropLine *canvas.Rectangle // where a lane that is dragged goes
	hair     *canvas.Rectangle // the crosshair
	pinLine  *canvas.Rectangle // the instant that it is measured against
}

func newOverlay() overlay {
	hidden := func() *canvas.Rectangle {
		r := canvas.NewRectangle(color.Transparent)
		r.Hide()
		return r
	}
	return overlay{hidden(), hidden(), hidden(), hidden(), hidden()}
}

// paint gives the rectangles the theme's colours; that of the drop line is set when it is shown.
func (o overlay) paint() {
	accent := ui.Color(ui.ColorAccent)
	o.chosen.FillColor = ui.Fade(accent, 26)
	o.brushed.FillColor, o.brushed.StrokeColor, o.brushed.StrokeWidth = ui.Fade(accent, 48), accent, 1
	o.hair.FillColor = accent
	o.pinLine.FillColor = ui.Fade(accent, 130)
}

// pointer is where the pointer was and what its buttons do.
type pointer struct {
	press   press
	last    fyne.Position
	clicked fyne.Position // where the last click was
}

func newField(v *View) *field {
	f := &field{
		view: v, names: container.NewWithoutLayout(), plot: container.NewWithoutLayout(), nowMark: newNowMark(),
		overlay: newOverlay(), pinnedArea: newPinnedArea(), highlights: newHighlights(), handle: newHandle(),
	}
	f.clip = container.NewClip(f.plot)
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer draws the field.
func (f *field) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{
		Widget: f, Paint: f.paint, Place: f.place,
		Parts: []fyne.CanvasObject{
			f.names, f.pinnedArea.ground, f.pinnedArea.names, f.chosen, f.highlights.names, f.clip, f.pinnedArea.line,
			f.handle.Container, f.dropLine,
		},
		Min: func() fyne.Size { return fyne.NewSize(plotLeft+leastPlot+plotRight, f.scene.height()) },
	}
}

func (f *field) place(size fyne.Size) {
	f.names.Resize(size)
	f.clip.Move(fyne.NewPos(plotLeft, 0))
	f.clip.Resize(fyne.NewSize(max(size.Width-plotLeft-plotRight, 0), size.Height))
	f.view.resized(max(size.Width-plotLeft-plotRight, 0))
	f.arrange()
}

// paint gives everything the theme's colours; pictures are drawn anew for others.
func (f *field) paint() {
	now := ui.NewPalette()
	if f.palette != nil && !maps.Equal(now, f.palette) {
		f.view.draw()
	}
	f.palette = now
	f.rebuild()
}

// show puts a new scene in the place of the old one.
func (f *field) show(s scene) {
	taller := s.height() != f.scene.height()
	f.scene = s
	f.rebuild()
	f.arrange()
	if taller {
		f.view.scroll.Refresh()
	}
}

// rebuild makes the objects of the scene. Their places follow in arrange.
func (f *field) rebuild() {
	f.overlay.paint()
	f.drawn = drawing{}
	f.names.Objects, f.pinnedArea.names.Objects = nil, nil
	f.seriesNames, f.emphasis = nil, emphasis{}
	f.pinnedArea.rows = f.scene.pinnedRows(f.view.scroll.Size().Height)
	for i, r := range f.scene.rows {
		f.nameRow(r)
		f.nameSeries(i, r)
		if r.pinned {
			f.pin(r.top, r.height)
		}
		if i == f.pinnedArea.rows-1 {
			f.pinnedArea.names.Objects, f.names.Objects = f.names.Objects, nil
		}
		f.drawn.add(r)
	}
	for len(f.readout) < len(f.scene.rows) {
		r := ui.NewReadout("")
		r.Hide()
		f.readout = append(f.readout, r)
	}
	f.ringSelected()
	f.names.Refresh()
	f.pinnedArea.names.Refresh()
}

func newText(text string, style ui.Style) *canvas.Text {
	t := canvas.NewText(text, color.Transparent)
	style.Apply(t)
	t.Resize(t.MinSize())
	return t
}

// arrange places everything for the axis as it is now. It draws nothing, so that panning and zooming follow the
// pointer: pictures of another range are stretched until they are replaced.
func (f *field) arrange() {
	axis := f.view.axis
	f.gridlines(axis)
	f.placePinnedArea()
	from, to := axis.X(f.scene.axis.Range.From), axis.X(f.scene.axis.Range.To)
	for i, img := range f.drawn.images {
		img.Move(fyne.NewPos(from, f.top(i)))
		img.Resize(fyne.NewSize(to-from, f.scene.rows[i].height))
	}
	f.nowMark.place(axis.X(f.view.session.Now()), fyne.NewSize(axis.Width, f.scene.height()))
	f.placeNotes(axis)
	f.placeHighlights()
	f.plot.Objects = f.plotObjects()
	f.placeCross()
	f.placeChosen()
	f.plot.Refresh()
}

// plotObjects lists what lies on the plot, from the bottom up.
func (f *field) plotObjects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, o := range f.grid {
		all = append(all, o)
	}
	all = append(all, f.nowMark.ground)
	held := f.pinnedArea.rows
	all = append(all, f.drawn.objects(held, len(f.drawn.images))...)
	all = append(all, f.nowMark.line, f.nowMark.word)
	if held > 0 {
		all = append(all, f.pinnedArea.under)
		for _, o := range f.pinnedArea.grid {
			all = append(all, o)
		}
		all = append(all, f.drawn.objects(0, held)...)
	}
	all = append(all, f.highlights.marks, f.brushed, f.pinLine, f.hair)
	for _, o := range f.readout {
		all = append(all, o)
	}
	return all
}

// gridGap is the least distance of two labelled ticks: 09:58 is 35 pixels wide, and the design leaves as much space.
const gridGap = 64

func (f *field) gridlines(axis chart.Axis) {
	ticks := axis.Ticks(f.view.session.Zone.Now(), gridGap)
	for len(f.grid) < len(ticks) {
		f.grid = append(f.grid, canvas.NewRectangle(color.Transparent))
	}
	f.grid = f.grid[:len(ticks)]
	for i, t := range ticks {
		f.grid[i].FillColor = ui.Fade(ui.Color(ui.ColorLine), 110)
		if t.Day {
			f.grid[i].FillColor = ui.Color(ui.ColorLine)
		}
		f.grid[i].Move(fyne.NewPos(axis.X(t.At), 0))
		f.grid[i].Resize(fyne.NewSize(1, f.scene.height()))
	}
}

// leastWords is how wide a word must be that is cut.
const leastWords = 40

// placeNotes places each word at its instant. A word whose stretch began before the window stays at the left edge, and
// one that does not fit into its stretch is left out.
func (f *field) placeNotes(axis chart.Axis) {
	for row, words := range f.drawn.words {
		for i := range words {
			words[i].place(axis, f.top(row))
		}
	}
}

// place puts a word at its instant, above a row that begins at that height.
func (w *word) place(axis chart.Axis, top float32) {
	left, right := w.Place(axis)
	room := axis.Width - left - w.Inset
	if w.Cut {
		w.text.Text = w.Style.Fit(w.Text, room)
	}
	size := w.text.MinSize()
	gone := w.Room > 0 && left < 0 // its mark has left the axis, and only part of the words would remain
	w.fits = !gone && (w.Loose && !(w.Cut && room < leastWords) || left+w.Inset+size.Width <= right-3)
	w.text.Move(fyne.NewPos(left+w.Inset, top+w.Middle-size.Height/2))
	w.back.Move(w.text.Position().SubtractXY(3, -1))
	w.back.Resize(fyne.NewSize(size.Width+6, size.Height-2))
}

// placeChosen marks the lane that keys go to.
func (f *field) placeChosen() {
	i := f.view.row
	if i < 0 || i >= len(f.scene.rows) {
		f.chosen.Hide()
		return
	}
	if f.under(i, f.top(i)+f.scene.rows[i].height) {
		f.chosen.Hide()
		return
	}
	f.chosen.Move(fyne.NewPos(0, f.top(i)))
	f.chosen.Resize(fyne.NewSize(ui.LabelColWidth, f.scene.rows[i].height-1))
	if s := f.view.step; f.view.stepped >= 0 && s.At.IsZero() {
		f.chosen.Move(fyne.NewPos(0, f.top(i)+s.Middle-lane.RowHeight/2))
		f.chosen.Resize(fyne.NewSize(ui.LabelColWidth, lane.RowHeight))
	}
	f.chosen.Show()
}

func (f *field) showBrush(a, b float32) {
	a, b = max(min(a, b), 0), min(max(a, b), f.view.axis.Width)
	f.brushed.Move(fyne.NewPos(a, 0))
	f.brushed.Resize(fyne.NewSize(b-a, f.Size().Height))
	f.brushed.Show()
}

func (f *field) hideBrush() { f.brushed.Hide() }

package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// Shape is a small mark that tells states apart without colour.
type Shape uint8

// The shapes.
const (
	NoShape    Shape = iota
	Disc             // in alarm; fresh
	Ring             // OK
	Dash             // no data
	Diamond          // a change
	Square           // a level of a log, a series
	PointDown        // a group that is open
	PointRight       // a group that is folded
)

// Mark is a shape in a colour of the theme.
type Mark struct {
	widget.BaseWidget
	shape Shape
	color fyne.ThemeColorName
	size  float32
	part  fyne.CanvasObject
}

// NewMark returns a mark, size wide and high.
func NewMark(shape Shape, color fyne.ThemeColorName, size float32) *Mark {
	m := &Mark{size: size, color: color}
	m.ExtendBaseWidget(m)
	m.Set(shape, color)
	return m
}

// Set changes the mark.
func (m *Mark) Set(shape Shape, color fyne.ThemeColorName) {
	if m.part == nil || shape != m.shape {
		m.part = shape.object(m.size)
	}
	m.shape, m.color = shape, color
	m.Refresh()
}

// CreateRenderer draws the mark.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	f := &Face{Widget: m, Min: func() fyne.Size { return fyne.NewSquareSize(m.size) }}
	f.Paint = func() { f.Parts = []fyne.CanvasObject{m.part}; m.shape.paint(m.part, Color(m.color)) }
	f.Place = func(s fyne.Size) { m.shape.place(m.part, fyne.NewPos(s.Width/2, s.Height/2), m.size) }
	f.Paint()
	return f
}

// object makes what draws the shape.
func (s Shape) object(size float32) fyne.CanvasObject {
	switch s {
	case Disc, Ring:
		return canvas.NewCircle(color.Transparent)
	case Diamond:
		h := size / 2
		return canvas.NewArbitraryPolygon([]fyne.Position{{X: h}, {X: size, Y: h}, {X: h, Y: size}, {Y: h}},
			color.Transparent)
	case PointDown:
		return canvas.NewArbitraryPolygon([]fyne.Position{{Y: size * 0.25}, {X: size, Y: size * 0.25},
			{X: size / 2, Y: size * 0.8}}, color.Transparent)
	case PointRight:
		return canvas.NewArbitraryPolygon([]fyne.Position{{X: size * 0.25}, {X: size * 0.8, Y: size / 2},
			{X: size * 0.25, Y: size}}, color.Transparent)
	default:
		return canvas.NewRectangle(color.Transparent)
	}
}

func (s Shape) paint(o fyne.CanvasObject, c color.Color) {
	switch o := o.(type) {
	case *canvas.Circle:
		o.FillColor = c
		if s == Ring {
			o.FillColor, o.StrokeColor, o.StrokeWidth = color.Transparent, c, 1.5
		}
	case *canvas.ArbitraryPolygon:
		o.FillColor = c
	case *canvas.Rectangle:
		o.FillColor = c
		if s == NoShape {
			o.FillColor = color.Transparent
		}
	}
}

func (s Shape) place(o fyne.CanvasObject, middle fyne.Position, size float32) {
	box := fyne.NewSquareSize(size)
	switch s {
	case Dash:
		box.Height = 2
	case Square:
		box = fyne.NewSquareSize(size - 1)
	}
	o.Resize(box)
	o.Move(middle.SubtractXY(box.Width/2, box.Height/2))
}

// OfState returns the mark, the colour and the word of an alarm's state.
func OfState(state app.AlarmState) (Shape, fyne.ThemeColorName, string) {
	switch state {
	case app.InAlarm:
		return Disc, ColorAlarm, phrase.AlarmState(state)
	case app.OK:
		return Ring, ColorOK, phrase.AlarmState(state)
	case app.InsufficientData:
		return Dash, ColorNoData, phrase.AlarmState(state)
	}
	return NoShape, ColorFaint, phrase.AlarmState(state)
}

// OfLevel returns the colour and the word of a log level.
func OfLevel(level app.Level) (fyne.ThemeColorName, string) {
	switch level {
	case app.LevelError:
		return ColorAlarm, "Errors"
	case app.LevelWarn:
		return ColorWarning, "Warnings"
	case app.LevelInfo:
		return ColorNoData, "Info"
	case app.LevelDebug:
		return ColorFaint, "Debug"
	}
	return ColorFaint, "No level"
}

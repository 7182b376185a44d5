package ui

import (
	"embed"
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

//go:embed icons/*.svg
var icons embed.FS

// IconName names one of the console's own icons: a file of views/ui/icons.
type IconName string

// The icons.
const (
	IconOverview IconName = "overview"
	IconTimeline IconName = "timeline"
	IconAlarms   IconName = "alarms"
	IconMetrics  IconName = "metrics"
	IconLogs     IconName = "logs"
	IconTraces   IconName = "traces"
	IconTrail    IconName = "trail"
	IconIncident IconName = "incidents"
	IconPin      IconName = "pin"
	IconPulls    IconName = "pulls"
	IconSettings IconName = "settings"
	IconClose    IconName = "close"
	IconCaret    IconName = "caret" // opens a menu
	IconEarlier  IconName = "earlier"
	IconLater    IconName = "later"
	IconBack     IconName = "back"
	IconForward  IconName = "forward"
	IconSwap     IconName = "swap"
	IconOut      IconName = "out"
	IconFilter   IconName = "filter"
	IconSearch   IconName = "search"
)

// Icon is a line drawing in a colour of the theme.
type Icon struct {
	widget.BaseWidget
	name  IconName
	color fyne.ThemeColorName
	size  float32
	image *canvas.Image
}

// NewIcon returns the icon, size wide and high.
func NewIcon(name IconName, colour fyne.ThemeColorName, size float32) *Icon {
	i := &Icon{name: name, color: colour, size: size, image: canvas.NewImageFromResource(nil)}
	i.image.FillMode = canvas.ImageFillContain
	i.ExtendBaseWidget(i)
	i.paint()
	return i
}

// SetColor changes the colour.
func (i *Icon) SetColor(colour fyne.ThemeColorName) {
	if colour != i.color {
		i.color = colour
		i.Refresh()
	}
}

// CreateRenderer draws the icon.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: i, Parts: []fyne.CanvasObject{i.image}, Paint: i.paint,
		Place: func(s fyne.Size) { i.image.Resize(s) },
		Min:   func() fyne.Size { return fyne.NewSquareSize(i.size) },
	}
}

func (i *Icon) paint() { i.image.Resource = i.name.in(i.color) }

// in returns the drawing with its black lines in a colour of the theme: Fyne's own themed resources colour areas, not
// lines. The colour is part of the name, because Fyne keeps pictures by name.
func (n IconName) in(name fyne.ThemeColorName) fyne.Resource {
	drawing, err := icons.ReadFile("icons/" + string(n) + ".svg")
	if err != nil {
		panic("no icon of that name: " + string(n)) // a typing error in the code, found by any test of the screen
	}
	c := color.NRGBAModel.Convert(Color(name)).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	return fyne.NewStaticResource(string(n)+hex+".svg", []byte(strings.ReplaceAll(string(drawing), "#000000", hex)))
}

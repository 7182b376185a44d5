package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// KeyCap shows the key that does a thing: t, Esc, Ctrl+1.
type KeyCap struct {
	widget.BaseWidget
	box *canvas.Rectangle
	key *canvas.Text
}

// NewKeyCap returns the cap of a key.
func NewKeyCap(key string) *KeyCap {
	k := &KeyCap{box: canvas.NewRectangle(color.Transparent), key: canvas.NewText(key, nil)}
	k.box.CornerRadius = 3
	k.ExtendBaseWidget(k)
	k.paint()
	return k
}

// CreateRenderer draws the cap.
func (k *KeyCap) CreateRenderer() fyne.WidgetRenderer {
	return &Face{
		Widget: k, Parts: []fyne.CanvasObject{k.box, k.key}, Paint: k.paint, Place: k.place,
		Min: func() fyne.Size { return fyne.NewSize(max(k.key.MinSize().Width+8, 16), 16) },
	}
}

func (k *KeyCap) paint() {
	Style{Color: ColorQuiet, Size: 10.5, Mono: true}.Apply(k.key)
	k.box.StrokeColor, k.box.StrokeWidth = Color(ColorLine), 1
	k.box.FillColor = Color(ColorRaised)
}

func (k *KeyCap) place(s fyne.Size) {
	size := k.MinSize()
	at := fyne.NewPos(0, (s.Height-size.Height)/2)
	k.box.Resize(size)
	k.box.Move(at)
	text := k.key.MinSize()
	k.key.Resize(text)
	k.key.Move(at.AddXY((size.Width-text.Width)/2, (size.Height-text.Height)/2))
}

package ui

import (
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

func TestOnlyTheTitleOfAPanelIsTapped(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(nil))
	taps := 0
	p := NewPanel("Alarms", "1", NewSpace(10, 10))
	p.Tapped(&fyne.PointEvent{Position: fyne.NewPos(30, 10)}) // nothing happens where nobody asked for it
	p.OnTapped = func() { taps++ }
	p.Tapped(&fyne.PointEvent{Position: fyne.NewPos(30, 10)})
	p.Tapped(&fyne.PointEvent{Position: fyne.NewPos(30, PanelHead+20)})
	if taps != 1 {
		t.Errorf("two taps, one of them on the title, do it %d times", taps)
	}
}

func TestListPanelSaysWhyItIsEmpty(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(nil))
	column := Column[string]{Title: "Name", Cell: func(s string) Cell { return Cell{Text: s} }}
	p := NewListPanel("Names", "", func(s string) string { return s }, column)
	p.SetItems(nil, "There are none.")
	if p.Listed() || p.Says() != "There are none." {
		t.Errorf("without items it says %q, and lists: %v", p.Says(), p.Listed())
	}
	p.SetItems([]string{"a", "b", "c"}, "There are none.")
	if !p.Listed() || p.Says() != "" {
		t.Errorf("with items it says %q, and lists: %v", p.Says(), p.Listed())
	}
	if want := float32(PanelHead + PanelBelow + 4*rowPitch); p.Natural() != want { // and the titles
		t.Errorf("it would like to be %v high, want %v", p.Natural(), want)
	}
}

// A column of sentences is as high as they are in its width, and lower again once it is wider.
func TestProseBreaksToItsWidth(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(nil))
	p := NewProse()
	test.NewTempWindow(t, p)
	const sentence = "What is cached stays usable; nephograph doctor shows what the configuration leads to."
	p.Set(NewParagraph(sentence, Body, 300))
	p.Resize(fyne.NewSize(900, 200))
	wide := p.Natural()
	p.Resize(fyne.NewSize(180, 200))
	narrow := p.Natural()
	p.Resize(fyne.NewSize(900, 200))
	if narrow <= wide || p.Natural() != wide {
		t.Errorf("it is %v high where it is wide, %v where it is narrow, and %v again", wide, narrow, p.Natural())
	}
}

func TestBarIsDrawnOverItsCell(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(NewTheme(nil))
	within := app.Since(time.Date(2026, 3, 14, 10, 0, 0, 0, time.UTC), time.Hour)
	half := app.Range{From: within.From, To: within.From.Add(30 * time.Minute)}
	v := newBarView()
	v.Resize(fyne.NewSize(100, 10))
	v.show(&Bar{Within: within, Paint: func(p *chart.Picture) {
		p.Shade(half, chart.Band{Top: 0, Bottom: p.Height}, chart.Solid(ColorOK))
	}})
	img := v.draw(200, 20)
	filled := func(x int) bool { return color.NRGBAModel.Convert(img.At(x, 10)).(color.NRGBA).A > 0 }
	if !filled(20) || filled(180) {
		t.Errorf("of its first half it is filled: %v, of its second: %v", filled(20), filled(180))
	}
}

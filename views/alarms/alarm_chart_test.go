package alarms

import (
	"image"
	"image/color"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// charted draws points of checkout as they are judged now, two pixels to one of the design's.
func charted(t *testing.T, missing string, ink fyne.ThemeColorName, points []app.Point) (*alarmChart, image.Image) {
	t.Helper()
	s := openEmpty(t)
	a := drawertest.Checkout
	a.TreatMissing = missing
	e := evaluation{alarm: a, verdict: a.Evaluate(points, drawertest.Now), points: points}
	c := newAlarmChart(e.drawn(app.Since(drawertest.Now, 10*time.Minute), drawertest.Now, "Percent"),
		phrase.AlarmRule(a, drawertest.Presets), "Percent", ink,
		drawer.PageContext{Session: s.Session, Presets: drawertest.Presets})
	test.WidgetRenderer(c)
	c.Resize(fyne.NewSize(drawer.PageWidth, chartHeight+drawer.ChartAxis))
	size := c.frame.Picture.Size()
	return c, c.draw(int(2*size.Width), int(2*size.Height))
}

// at is the place of a value so many minutes ago, in the picture.
func (c *alarmChart) at(minutes int, value float64) (x, y int) {
	axis := chart.Axis{Range: c.picture.within, Width: c.frame.Picture.Size().Width}
	return int(2 * axis.X(drawertest.Ago(time.Duration(minutes)*time.Minute))),
		int(2 * chartBand().Y(c.picture.scale.Part(value)))
}

// near reports whether a pixel has about that colour.
func near(c color.Color, name fyne.ThemeColorName) bool {
	r, g, b, _ := c.RGBA()
	x, y, z, _ := ui.Color(name).RGBA()
	off := func(p, q uint32) uint32 { return max(p, q) - min(p, q) }
	return max(off(r, x), off(g, y), off(b, z)) < 40<<8
}

func TestWhatCountedIsMarked(t *testing.T) {
	c, picture := charted(t, "missing", ui.ColorSeries1, minutely(1, 1.0, 1.0, 1.0, 1.0, 6.0, 2.0, 7.0))
	for _, mark := range []struct {
		name    string
		minutes int
		value   float64
		up      int // pixels above the middle
		want    fyne.ThemeColorName
	}{
		{"one that breaches is filled", 1, 7, 0, ui.ColorAlarm},
		{"one that breaches is filled", 3, 6, 0, ui.ColorAlarm},
		{"one that does not is a ring", 2, 2, 6, ui.ColorSeries1},
		{"with nothing in it", 2, 2, 0, ui.ColorSurface},
		{"one that did not count is a part of the line", 4, 1, 0, ui.ColorSeries1},
	} {
		x, y := c.at(mark.minutes, mark.value)
		if got := picture.At(x, y-mark.up); !near(got, mark.want) {
			t.Errorf("%s: %d minutes ago it is %v", mark.name, mark.minutes, got)
		}
	}
	if x, y := c.at(6, 1); near(picture.At(x, y-6), ui.ColorSeries1) {
		t.Error("one that did not count has a mark")
	}
}

func TestMissingDatapointsAreDrawn(t *testing.T) {
	for missing, want := range map[string]fyne.ThemeColorName{"breaching": ui.ColorAlarm,
		"notBreaching": ui.ColorNoData} {
		c, picture := charted(t, missing, ui.ColorSeries1, minutely(1, 1.0, nil, 2.0))
		from, _ := c.at(2, 0)
		to, bottom := c.at(1, 0)
		ink, inked := color.NRGBAModel.Convert(ui.Color(want)).(color.NRGBA), 0
		for y := 2 * chartTop; y < bottom; y++ {
			for x := from + 2; x < to-2; x++ {
				p := color.NRGBAModel.Convert(picture.At(x, y)).(color.NRGBA)
				if p.A > 100 && max(p.R, ink.R)-min(p.R, ink.R) < 8 && max(p.G, ink.G)-min(p.G, ink.G) < 8 {
					inked++
				}
			}
		}
		if inked < 100 {
			t.Errorf("%s: %d pixels of the slot are drawn", missing, inked)
		}
	}
}

func TestADeletedAlarmsChartHasNoColour(t *testing.T) {
	_, picture := charted(t, "missing", ui.ColorNoData, minutely(1, 1.0, 6.0, 2.0, 7.0))
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if near(picture.At(x, y), ui.ColorAlarm) || near(picture.At(x, y), ui.ColorSeries1) {
				t.Fatalf("at %d, %d it is %v", x, y, picture.At(x, y))
			}
		}
	}
}

func TestTheRulesWordsHideNoDatapoints(t *testing.T) {
	high := []any{5.5, 5.5, 5.5, 5.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0} // above its line at the left
	c, _ := charted(t, "missing", ui.ColorSeries1, minutely(1, high...))
	if x := c.rule.Position().X; x < drawer.PageWidth/2 {
		t.Errorf("the words stand at %v, over the line", x)
	}
	c, _ = charted(t, "missing", ui.ColorSeries1, minutely(1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.5, 5.5, 5.5, 5.5))
	if x := c.rule.Position().X; x > drawer.PageWidth/2 {
		t.Errorf("the words stand at %v, over the line", x)
	}
}

func TestTheRulesWordsStandBetweenDatapointsOnABacking(t *testing.T) {
	c, _ := charted(t, "missing", ui.ColorSeries1, minutely(1, 5.5, 4.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 5.5, 4.5))
	left := c.frame.Picture.Position().X
	x, y := c.rule.Position().X-left, c.rule.Position().Y
	axis := chart.Axis{Range: c.picture.within, Width: c.frame.Picture.Size().Width}
	if n := c.hidden(axis, x, x+c.rule.Size().Width, y, y+drawer.ChartLine); n > 0 {
		t.Errorf("at %v of %v they hide %v", x, axis.Width, n)
	}
	if at := c.back.Position(); at.X > c.rule.Position().X || at.Y != y || c.back.Size().Width < c.rule.Size().Width {
		t.Errorf("the backing is at %v", at)
	}
}

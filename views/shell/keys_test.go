package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/views/ui"
)

func TestKeysFitTheSmallestWindow(t *testing.T) {
	test.NewTempApp(t)
	canvas := fyne.NewSize(1024, 700)
	for _, c := range []struct {
		name    string
		body    fyne.Size
		want    fyne.Size
		scrolls bool
	}{
		{"small", fyne.NewSize(300, 200), fyne.NewSize(300, 200), false},
		{"just fits", fyne.NewSize(944, 520), fyne.NewSize(944, 520), false},
		{"too wide", fyne.NewSize(1200, 200), fyne.NewSize(944, 200), true},
		{"too high", fyne.NewSize(300, 900), fyne.NewSize(300, 520), true},
	} {
		got := fitting(ui.NewSpace(c.body.Width, c.body.Height), canvas)
		if _, scrolls := got.(*container.Scroll); scrolls != c.scrolls || got.MinSize() != c.want {
			t.Errorf("%s: %v, scrolls %v; want %v, %v", c.name, got.MinSize(), scrolls, c.want, c.scrolls)
		}
		if sheet := newSheet(test.NewCanvas(), "Keys", 0, got).add(ui.NewButton("Close", func() {})); sheet.Content.MinSize().Width > canvas.Width || sheet.Content.MinSize().Height > canvas.Height {
			t.Errorf("%s: the sheet needs %v", c.name, sheet.Content.MinSize())
		}
	}
}

package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/ui"
)

// Measures of the sheet with the manual of queries, which has 104 columns.
const (
	manualWidth  = 860
	manualHeight = 460
)

// newManualSheet shows the language of queries.
func newManualSheet(c fyne.Canvas) *sheet {
	text := widget.NewLabel(strings.TrimSpace(query.Manual))
	text.TextStyle = fyne.TextStyle{Monospace: true}
	scroll := container.NewScroll(text)
	size := c.Size()
	scroll.SetMinSize(fyne.NewSize(min(manualWidth, size.Width-80), min(manualHeight, size.Height-160)))
	s := newSheet(c, "The language of queries", 0, scroll)
	return s.add(ui.NewButton("Close", s.Hide).Primary())
}

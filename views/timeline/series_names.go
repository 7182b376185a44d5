package timeline

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// seriesName is where the name of a series stands.
type seriesName struct {
	lane, series int
	at           fyne.Position // left, and middle of its height
	width        float32
}

// emphasis is the series that stands out now. Its zero value has none: no lane is nil.
type emphasis struct {
	lane, series int
	on           bool
}

// The measures of names of series.
const (
	keyMiddle = 46 // of their height in the lane
	keySwatch = 10 // width of the line before a name
	keyGap    = 10 // between two
	keyReach  = 8  // above and below the middle, where the pointer is over a name
)

// nameSeries puts the names of the series of a lane below what it measures.
func (f *field) nameSeries(i int, r row) {
	h, top, height := r.head(), r.top, r.height
	right := func(middle float32) float32 {
		if height-9-middle < 14 { // beside the lower end of the scale
			return nameRight - ui.Note.Width(h.Bottom) - 6
		}
		return nameRight
	}
	style := ui.Note
	style.Size = lane.WordSize
	x, middle := float32(nameLeft), float32(keyMiddle)
	for series, k := range h.Keys {
		if x > nameLeft && x+keySwatch+4+style.Width(k.Word+k.Top) > right(middle) {
			x, middle = nameLeft, middle+lane.KeyRow
		}
		room := right(middle) - x - keySwatch - 4
		if middle > height-keyReach {
			return
		}
		word := style.Fit(k.Word, room-style.Width(k.Top)) + k.Top
		f.names.Add(block(ui.Color(k.Ink), x, top+middle-1, keySwatch, 2))
		f.put(word, style, x+keySwatch+4, top+middle, room)
		width := keySwatch + 4 + style.Width(word)
		f.seriesNames = append(f.seriesNames, seriesName{i, series, fyne.NewPos(x, middle), width})
		x += width + keyGap
	}
}

// seriesAt returns the name of a series at a place.
func (f *field) seriesAt(at fyne.Position) emphasis {
	for _, k := range f.seriesNames {
		y := f.top(k.lane) + k.at.Y
		over := at.X >= k.at.X && at.X <= k.at.X+k.width && at.Y >= y-keyReach && at.Y <= y+keyReach
		if over && f.rowAt(at.Y) == k.lane {
			return emphasis{k.lane, k.series, true}
		}
	}
	return emphasis{}
}

// emphasize lets a series stand out; its lane alone is drawn anew, away from the UI goroutine.
func (f *field) emphasize(out emphasis) {
	if out == f.emphasis {
		return
	}
	if was := f.emphasis; was.on && was.lane < len(f.drawn.images) {
		f.view.loads.emphasis.Stop()
		f.swap(was.lane, f.scene.rows[was.lane].picture)
	}
	f.emphasis = out
	if !out.on {
		return
	}
	l, ok := f.scene.rows[out.lane].lane.(lane.Emphasizer)
	if !ok {
		return
	}
	p := chart.NewPicture(f.scene.axis, f.scene.rows[out.lane].height, f.view.canvasScale(), ui.NewPalette())
	ui.Load(&f.view.loads.emphasis, func(context.Context) (*image.RGBA, error) {
		l.Emphasize(out.series).Paint(p)
		return p.Image(), nil
	}, func(drawn *image.RGBA, _ error) { f.swap(out.lane, drawn) })
}

// swap shows another picture of a lane.
func (f *field) swap(i int, drawn *image.RGBA) {
	f.drawn.images[i].Image = drawn
	f.drawn.images[i].Refresh()
}

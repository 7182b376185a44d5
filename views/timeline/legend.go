package timeline

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// headKey names one of several series of a lane, in its colour.
type headKey struct {
	word string
	top  string // what a scale of its own reaches to; "": it has the lane's
	ink  fyne.ThemeColorName
}

// stressed is a lane with several series, of which one can stand out.
type stressed interface {
	lane
	// stress returns the lane with one series drawn strongly and the others faintly.
	stress(series int) lane
}

// keyPlace is where the name of a series stands.
type keyPlace struct {
	lane, series int
	at           fyne.Position // left, and middle of its height
	width        float32
}

// stress is the series that stands out now. Its zero value has none: no lane is nil.
type stress struct {
	lane, series int
	on           bool
}

// The measures of names of series.
const (
	keyMiddle = 46 // of their height in the lane
	keyRow    = 15 // from one line of names to the next
	keySwatch = 10 // width of the line before a name
	keyGap    = 10 // between two
	keyReach  = 8  // above and below the middle, where the pointer is over a name
	faintInk  = 60 // opacity of the series that do not stand out
)

// nameKeys puts the names of the series of a lane below what it measures.
func (f *field) nameKeys(lane int, h head, top, height float32) {
	right := func(middle float32) float32 {
		if height-9-middle < 14 { // beside the lower end of the scale
			return nameRight - ui.Note.Width(h.bottom) - 6
		}
		return nameRight
	}
	style := ui.Note
	style.Size = wordSize
	x, middle := float32(nameLeft), float32(keyMiddle)
	for i, k := range h.keys {
		if x > nameLeft && x+keySwatch+4+style.Width(k.word+k.top) > right(middle) {
			x, middle = nameLeft, middle+keyRow
		}
		room := right(middle) - x - keySwatch - 4
		if middle > height-keyReach {
			return
		}
		word := style.Fit(k.word, room-style.Width(k.top)) + k.top
		f.names.Add(block(ui.Color(k.ink), x, top+middle-1, keySwatch, 2))
		f.put(word, style, x+keySwatch+4, top+middle, room)
		width := keySwatch + 4 + style.Width(word)
		f.keys = append(f.keys, keyPlace{lane, i, fyne.NewPos(x, middle), width})
		x += width + keyGap
	}
}

// keyAt returns the name of a series at a place.
func (f *field) keyAt(at fyne.Position) stress {
	for _, k := range f.keys {
		y := f.top(k.lane) + k.at.Y
		if at.X >= k.at.X && at.X <= k.at.X+k.width && at.Y >= y-keyReach && at.Y <= y+keyReach && f.laneAt(at.Y) == k.lane {
			return stress{k.lane, k.series, true}
		}
	}
	return stress{}
}

// stand lets a series stand out; its lane alone is drawn anew, away from the UI goroutine.
func (f *field) stand(out stress) {
	if out == f.stress {
		return
	}
	if was := f.stress; was.on && was.lane < len(f.images) {
		f.view.stressing.Stop()
		f.swap(was.lane, f.scene.pictures[was.lane])
	}
	f.stress = out
	if !out.on {
		return
	}
	l, ok := bare(f.scene.lanes[out.lane]).(stressed)
	if !ok {
		return
	}
	p := chart.NewPicture(f.scene.axis, f.scene.heights[out.lane], f.view.canvasScale(), ui.NewPalette())
	ui.Load(&f.view.stressing, func(context.Context) (*image.RGBA, error) {
		l.stress(out.series).paint(p)
		return p.Image(), nil
	}, func(drawn *image.RGBA, _ error) { f.swap(out.lane, drawn) })
}

// swap shows another picture of a lane.
func (f *field) swap(lane int, drawn *image.RGBA) {
	f.images[lane].Image = drawn
	f.images[lane].Refresh()
}

// stressInk is how a series is drawn beside one that stands out; 0: none does, n: the nth.
func stressInk(name fyne.ThemeColorName, series, strong int) chart.Ink {
	if strong == 0 || series == strong-1 {
		return chart.Solid(name)
	}
	return chart.Ink{Name: name, Alpha: faintInk}
}

func (l *metricLane) stress(series int) lane {
	one := *l
	one.strong = series + 1
	return &one
}

func (l *traceLane) stress(series int) lane {
	one := *l
	one.strong = series + 1
	return &one
}

// keys name the series where there are several.
func (l *metricLane) keys() []headKey {
	all := l.all()
	if len(all) < 2 {
		return nil
	}
	keys := make([]headKey, len(all))
	for i, s := range all {
		keys[i] = headKey{word: s.word, ink: s.ink}
		if i == 0 && len(l.lines) == 1 {
			keys[i].word = l.what
		}
		if s.apart {
			keys[i].top = " to " + scaleText(s.scale.Max, s.unit)
		}
	}
	return keys
}

// keys name the percentiles where they are drawn.
func (l *traceLane) keys() []headKey {
	var keys []headKey
	for _, line := range l.lines {
		keys = append(keys, headKey{word: line.word, ink: line.ink.Name})
	}
	return keys
}

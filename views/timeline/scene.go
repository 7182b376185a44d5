package timeline

import (
	"image"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// scene is what is shown: lanes with their pictures, drawn for one axis.
type scene struct {
	axis     chart.Axis
	board    app.Board // of the lanes, one for each
	lanes    []lane
	bonds    []bond // by what each is related to the others
	tops     []float32
	heights  []float32
	pictures []*image.RGBA
}

func (s scene) height() float32 {
	if len(s.lanes) == 0 {
		return 0
	}
	last := len(s.lanes) - 1
	return s.tops[last] + s.heights[last]
}

// frame is what a scene is drawn for.
type frame struct {
	width, room float32 // device-independent pixels
	scale       float32 // real pixels to each
	palette     chart.Palette
}

// compose makes lanes of evidence and has them paint. It runs away from the UI goroutine.
func compose(e evidence, f frame) scene {
	e.axis.Width = f.width
	s := scene{axis: e.axis}
	if len(e.places) == 0 {
		return s
	}
	s.board = boardOf(e)
	s.lanes = lanesOf(e, s.board)
	s.heights = heights(sized(s.lanes, s.board), f.room)
	top := float32(0)
	s.lanes = fitted(s.lanes, s.heights)
	s.bonds = bonds(e, s.board, s.lanes)
	for _, height := range s.heights {
		s.tops = append(s.tops, top)
		top += height
	}
	s.pictures = make([]*image.RGBA, len(s.lanes))
	ui.Each(len(s.lanes), func(i int) {
		p := chart.NewPicture(e.axis, s.heights[i], f.scale, f.palette)
		s.lanes[i].paint(p)
		s.pictures[i] = p.Image()
	})
	return s
}

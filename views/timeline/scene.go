package timeline

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// scene is what is shown: rows with their pictures, drawn for one axis.
type scene struct {
	axis  chart.Axis
	board app.Board // of the rows, a lane for each
	rows  []row
}

// height is that of all rows together.
func (s scene) height() float32 {
	if len(s.rows) == 0 {
		return 0
	}
	last := s.rows[len(s.rows)-1]
	return last.top + last.height
}

// frame is what a scene is drawn for.
type frame struct {
	width, room float32 // device-independent pixels
	scale       float32 // real pixels to each
	palette     chart.Palette
}

// compose makes the rows of a snapshot and has their lanes paint. It runs away from the UI goroutine.
func compose(e snapshot, f frame) scene {
	e.axis.Width = f.width
	s := scene{axis: e.axis}
	if len(e.places) == 0 {
		return s
	}
	s.board = boardOf(e)
	s.rows = rowsOf(e, s.board)
	setHeights(s.rows, f.room)
	fit(s.rows)
	top := float32(0)
	for i, r := range s.rows {
		s.rows[i].top, s.rows[i].relations = top, e.relationsOf(s.board.Lanes[i], r.lane)
		top += r.height
	}
	ui.Each(len(s.rows), func(i int) {
		p := chart.NewPicture(e.axis, s.rows[i].height, f.scale, f.palette)
		s.rows[i].paint(p)
		s.rows[i].picture = p.Image()
	})
	return s
}

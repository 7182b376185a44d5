package lane

import (
	"math"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// cellSize is the width and height of a cell of the grid, in pixels: that of a dot with the space around it.
const cellSize = 4

// crowd is how many traces are too many for dots: more than one to every third cell.
func crowd(axis chart.Axis, band chart.Band) int {
	return int(axis.Width / cellSize * (band.Bottom - band.Top) / cellSize / 3)
}

// cell is a place in the grid.
type cell struct{ column, row int }

// density counts traces by the cell that they lie in, within the axis; most is the greatest count.
func density(dots []app.Latency, axis chart.Axis, y func(app.Latency) float32) (cells map[cell]int, most int) {
	cells = map[cell]int{}
	for _, d := range dots {
		x := axis.X(d.At)
		if x < 0 || x >= axis.Width {
			continue
		}
		at := cell{int(x / cellSize), int(y(d) / cellSize)}
		cells[at]++
		most = max(most, cells[at])
	}
	return cells, most
}

// The shades of cells: one trace can be seen, and on the fullest cell what is drawn above it.
const (
	faintest       = 60
	fullest        = 220
	faintestFailed = 150
)

// shade is the opacity of a cell of n traces, by the logarithm of n: many cells have few, few cells have very many.
func shade(n, most int) uint8 {
	if most <= 1 {
		return faintest
	}
	return uint8(faintest + (fullest-faintest)*math.Log(float64(n))/math.Log(float64(most)))
}

// percentileLine is a percentile of the response times over time.
type percentileLine struct {
	points []app.Point // as parts of the lane's scale, which is logarithmic: 0 at its bottom
	beyond []app.Point // off that scale: 0 below it, 1 above
	period time.Duration
	ink    chart.Ink
	word   string
}

// add puts a percentile on the line, or beside it where it lies beyond the scale.
func (p *percentileLine) add(l *Trace, at time.Time, d time.Duration) {
	point := app.Point{At: at, Value: l.scale.Part(d.Seconds())}
	if l.beyond(d) != 0 {
		p.beyond = append(p.beyond, point)
		return
	}
	p.points = append(p.points, point)
}

// fewest is of how many traces at least a percentile is drawn. The 99th of so few is the slowest of them. With a least
// number of twenty, an hour of four hundred sampled traces had no line at all.
const fewest = 6

// The inks of percentiles: those of text, since the colours of series are for metrics.
const (
	medianInk  = ui.ColorQuiet
	slowestInk = ui.ColorText
)

// usual is how many traces a step holds on average: twice as many as it needs, since traffic is uneven.
const usual = 2 * fewest

// percentiles returns the lines of the 99th and the 50th percentile. Steps with too few traces are gaps.
func (l *Trace) percentiles(axis chart.Axis) []percentileLine {
	step := percentileStep(len(l.dots), axis)
	if step == 0 {
		return nil
	}
	low := percentileLine{period: step, ink: chart.Ink{Name: medianInk, Alpha: 230}, word: "p50"}
	high := percentileLine{period: step, ink: chart.Ink{Name: slowestInk, Alpha: 230}, word: "p99"}
	for _, s := range l.steps {
		if len(s.times) >= fewest {
			low.add(l, s.From, percentile(s.times, 0.5))
			high.add(l, s.From, percentile(s.times, 0.99))
		}
	}
	return []percentileLine{high, low}
}

// leastSteps is how many steps a line is worth drawing for.
const leastSteps = 8

// percentileStep returns the shortest bucket that holds enough of n traces on average, 0 where the window has no room
// for leastSteps of it.
func percentileStep(n int, axis chart.Axis) time.Duration {
	if n == 0 {
		return 0
	}
	least := max(axis.Wide(barWidth), axis.Range.Length()/time.Duration(n)*usual)
	for _, b := range buckets {
		if b >= least && axis.Range.Length()/b >= leastSteps {
			return b
		}
	}
	return 0
}

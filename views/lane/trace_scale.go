package lane

import (
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// rareTrace is the share of traces at either end that may lie beyond the scale and are marked on its edge, so that one
// of two hundred does not flatten all others.
const rareTrace = 0.005

// Where that makes the scale farApart times shorter, up to one of fifty traces may lie beyond either end: the few jobs
// of minutes among requests of a second.
const (
	fewTraces = 0.02
	farApart  = 10
)

// latencyRoom is by how many times the scale reaches beyond the traces on it.
const latencyRoom = 1.15

// latencyEnds are the ends of the scale that are easy to read.
var latencyEnds = []time.Duration{
	100 * time.Microsecond, 200 * time.Microsecond, 500 * time.Microsecond,
	time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond,
	50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 20 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 3 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// leastSpan is how many times its bottom the top of the scale is at least, so that traces that differ little do not
// look as if they differed much.
const leastSpan = 10

// latencyScale returns a scale of all response times but the rare ones; without any, 10 ms to 1 s.
func latencyScale(dots []app.Latency) chart.Scale {
	var times []time.Duration
	for _, d := range dots {
		if d.Response > 0 { // zero is a trace that has not answered yet
			times = append(times, d.Response)
		}
	}
	low, high := 10*time.Millisecond, time.Second
	if slices.Sort(times); len(times) > 0 {
		low, high = percentile(times, rareTrace), percentile(times, 1-rareTrace)
		if most := percentile(times, 1-fewTraces); most*farApart < high {
			high = most
		}
		if most := percentile(times, fewTraces); most > low*farApart {
			low = most
		}
		low, high = time.Duration(float64(low)/latencyRoom), time.Duration(float64(high)*latencyRoom)
	}
	last := len(latencyEnds) - 1
	to, _ := slices.BinarySearch(latencyEnds, high)
	to = min(to, last)
	from, found := slices.BinarySearch(latencyEnds, low)
	if !found {
		from = max(from-1, 0)
	}
	for latencyEnds[to] < leastSpan*latencyEnds[from] { // at the top first: what is slow is what matters
		if to < last && (from == 0 || latencyEnds[to]*latencyEnds[from] < low*high) {
			to++
		} else {
			from--
		}
	}
	return chart.Scale{Min: latencyEnds[from].Seconds(), Max: latencyEnds[to].Seconds(), Log: true}
}

// percentile returns the nearest-rank percentile of sorted times, of which there is at least one.
func percentile(sorted []time.Duration, part float64) time.Duration {
	return sorted[max(int(math.Ceil(part*float64(len(sorted))))-1, 0)]
}

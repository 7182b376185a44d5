package lane

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
)

// sample is the response times and failures of some traces.
type sample struct {
	app.Range
	times             []time.Duration // sorted
	faults, throttles int
}

func sampleOf(dots []app.Latency, within app.Range) sample {
	s := sample{Range: within, times: make([]time.Duration, len(dots))}
	for i, d := range dots {
		switch s.times[i] = d.Response; kindOf(d) {
		case faulty:
			s.faults++
		case throttled:
			s.throttles++
		}
	}
	slices.Sort(s.times)
	return s
}

// slowest is the 99th percentile: of fewer than a hundred it is the slowest.
func (s sample) slowest() time.Duration { return percentile(s.times, 0.99) }

// samples gathers the traces in the shortest steps that hold enough of them on average; none where even an eighth of
// the window holds too few.
func (l *Trace) samples(axis chart.Axis) []sample {
	step := percentileStep(len(l.dots), axis)
	if step == 0 {
		return nil
	}
	var all []sample
	for from := 0; from < len(l.dots); {
		start := app.Point{At: l.dots[from].At.Truncate(step)}
		to := from
		for to < len(l.dots) && l.dots[to].At.Before(start.At.Add(step)) {
			to++
		}
		all = append(all, sampleOf(
			l.dots[from:to], app.Range{From: start.At, To: chart.Until(start, step, l.blanks.ranges())},
		))
		from = to
	}
	return all
}

// Readout says how slow the slowest hundredth around an instant was, of how many, and how many of them failed.
func (l *Trace) Readout(at time.Time, reach time.Duration) string {
	s := l.at(at, reach)
	n := len(s.times)
	if n == 0 {
		return l.blanks.readout(at, "no traces")
	}
	said := "slowest " + phrase.Amount(s.slowest().Seconds(), "Seconds")
	if n >= fewest {
		said = "p99 " + phrase.Amount(s.slowest().Seconds(), "Seconds") +
			" · p50 " + phrase.Amount(percentile(s.times, 0.5).Seconds(), "Seconds")
	}
	said += " of " + phrase.Plural(int64(n), "trace", "traces")
	part := func(of int, what string) {
		if of > 0 {
			said += " · " + phrase.Number(100*float64(of)/float64(n)) + " % " + what
		}
	}
	part(s.faults, "faults")
	part(s.throttles, "throttled")
	return said
}

// at returns what is read at an instant: the step of the lines that holds it or, without lines, what lies around it.
func (l *Trace) at(at time.Time, reach time.Duration) sample {
	if len(l.lines) == 0 {
		return sampleOf(l.around(at, reach), app.Range{})
	}
	for _, s := range l.steps {
		if s.Contains(at) {
			return s
		}
	}
	return sample{}
}

package simulator

import (
	"hash/fnv"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// A world is whole from the start; when its parts can be seen is decided here. Without a fault all of it can be,
// whatever the clock says. With Faults.Late an item can be seen so long after its time. With Faults.Unsettled the
// future is hidden, and each item has a delay of its own, which follows from its id:
//
//   - a log event is seen up to two hours after it was written. Its ingestion time stays the world's: nothing may rely on
//     it, and the truth stays one;
//   - a trail event up to 85 minutes after the call, so that events come in no order;
//   - a trace grows segment by segment for up to twelve minutes, its revision with it. Half of the segments say first that
//     they are in progress, which makes the trace partial; the others come without a word;
//   - the newest two minutes of a metric have parts of their values; one minute in ten is missing for up to twelve;
//   - an alarm's transition is seen within a minute.
//
// Once the clock is two hours past the world's end, all is as the truth says.

// delays says how late items are: the share of them that have arrived after so long. The last share is 1.
type delays []struct {
	share  float64
	within time.Duration
}

var (
	logDelays     = delays{{0.88, 20 * time.Second}, {0.95, 5 * time.Minute}, {0.99, time.Hour}, {1, 2 * time.Hour}}
	trailDelays   = delays{{0.60, 5 * time.Minute}, {0.90, 15 * time.Minute}, {1, 85 * time.Minute}}
	segmentDelays = delays{{0.70, 30 * time.Second}, {1, 12 * time.Minute}}
	sampleDelays  = delays{{0.90, 2 * time.Minute}, {1, 12 * time.Minute}}
	historyDelays = delays{{1, time.Minute}}
)

// of returns the delay of an item with that number, evenly spread within its share.
func (d delays) of(number uint64) time.Duration {
	x, from, below := float64(number>>11)/(1<<53), time.Duration(0), 0.0
	for _, t := range d {
		if x < t.share {
			return from + time.Duration((x-below)/(t.share-below)*float64(t.within-from))
		}
		from, below = t.within, t.share
	}
	return from
}

// numberOf makes a number out of an item's id that has nothing to do with its time.
func (c *call) numberOf(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return mix(c.server.world.Seed, h.Sum64())
}

// endOfTime is later than any item.
var endOfTime = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// latest is the newest instant of which an item may be seen already.
func (c *call) latest() time.Time {
	if c.mishap.late <= 0 && !c.mishap.unsettled {
		return endOfTime
	}
	return c.now.Add(-c.mishap.late)
}

// sees reports whether an item of that time can be seen.
func (c *call) sees(at time.Time, id string, late delays) bool {
	if c.mishap.unsettled {
		at = at.Add(late.of(c.numberOf(id)))
	}
	return !at.After(c.latest())
}

// traceNow returns a trace as it can be seen: nil, whole, or in parts.
func (c *call) traceNow(t *app.Trace) *app.Trace {
	latest := c.latest()
	switch {
	case t == nil:
		return nil
	case !c.mishap.unsettled:
		if t.Start.Add(t.Duration).After(latest) {
			return nil
		}
		return t
	case !t.Start.Add(t.Duration + segmentDelays.most()).After(latest):
		return t
	}
	return c.growing(t, latest)
}

func (d delays) most() time.Duration { return d[len(d)-1].within }

// growing returns what can be seen of a trace some of whose segments have not arrived, nil if none has. Subsegments
// come with their segment, and a segment in progress without them.
func (c *call) growing(t *app.Trace, latest time.Time) *app.Trace {
	arrived := map[string]bool{} // whole, by the id of a segment
	var spans []app.Span
	revision := 0
	for _, s := range t.Spans {
		if s.Kind != app.Segment {
			continue
		}
		number := c.numberOf(string(t.ID) + s.ID)
		ended := s.End
		if ended.IsZero() {
			ended = s.Start
		}
		switch {
		case !ended.Add(segmentDelays.of(number)).After(latest):
			arrived[s.ID] = true
			spans = append(spans, s)
			revision++
		case number%2 == 0 && !s.Start.After(latest):
			spans = append(spans, world.InProgress(s))
		}
	}
	if len(spans) == 0 {
		return nil
	}
	above := segmentsAbove(t.Spans)
	for _, s := range t.Spans {
		if s.Kind != app.Segment && (above[s.ID] == "" || arrived[above[s.ID]]) {
			spans = append(spans, s)
		}
	}
	app.SortSpans(spans)
	seen := world.Summary(t.Scope, t.ID, spans)
	seen.Revision, seen.Limited = revision, t.Limited
	return &seen
}

// segmentsAbove returns the segment that each subsegment belongs to, as far as the trace tells.
func segmentsAbove(spans []app.Span) map[string]string {
	parent, segment := map[string]string{}, map[string]bool{}
	for _, s := range spans {
		parent[s.ID], segment[s.ID] = s.Parent, s.Kind == app.Segment
	}
	above := map[string]string{}
	for id := range parent {
		at := id
		for steps := 0; at != "" && !segment[at] && steps < len(spans); steps++ {
			at = parent[at]
		}
		if segment[at] {
			above[id] = at
		}
	}
	return above
}

// samplesNow returns the samples of a metric as they can be seen.
func (c *call) samplesNow(key string, samples []world.Sample) []world.Sample {
	if !c.mishap.unsettled {
		return samples
	}
	latest := c.latest()
	final := latest.Add(-time.Minute - sampleDelays.most())
	n, _ := slices.BinarySearchFunc(samples, final, func(s world.Sample, at time.Time) int { return s.At.Compare(at) })
	seen := slices.Clone(samples[:n])
	for _, s := range samples[n:] {
		late := sampleDelays.of(c.numberOf(key + s.At.String()))
		switch arrived := s.At.Add(time.Minute + late); {
		case !arrived.After(latest):
			seen = append(seen, s)
		case late <= sampleDelays[0].within && !s.At.Add(time.Minute/2).After(latest):
			seen = append(seen, half(s))
		}
	}
	return seen
}

// half is a sample of which the rest is still to come.
func half(s world.Sample) world.Sample {
	if n := len(s.Values); n > 1 {
		return world.Sample{At: s.At, Count: s.Count / 2, Values: s.Values[:n/2]}
	}
	return world.Sample{At: s.At, Count: max(1, s.Count/2), Values: []float64{s.Values[0] / 2}}
}

package timeline

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
)

// spot is where a thing lies in its lane, to be ringed: around an instant, or over a stretch of time.
type spot struct {
	lane        int
	within      app.Range // without an end: a circle around its start
	whole       bool      // as wide as the lane
	edge        float32   // how far off both ends a circle is put at least
	top, bottom float32   // in the lane; of a circle too
}

// The distance of a ring from what it is around.
const (
	ringAir  = 2
	markRing = 14 // radius around a change
	dotRing  = 6  // around a trace
)

// spots returns where a thing lies, in each lane that shows it. A collapsed lane shows none.
func (s scene) spots(item app.Item) []spot {
	var all []spot
	for i, l := range s.lanes {
		if s.board.Lanes[i].Collapsed {
			continue
		}
		spot, ok := spotIn(bare(l), item, s.heights[i])
		if !ok {
			spot, ok = blanksIn(l).spot(item, s.heights[i])
		}
		if ok {
			spot.lane = i
			all = append(all, spot)
		}
	}
	return all
}

func spotIn(l lane, item app.Item, height float32) (spot, bool) {
	switch l := l.(type) {
	case *alarmLane:
		return l.spot(item)
	case *changeLane:
		return l.spot(item)
	case *logLane:
		if b, ok := item.(app.LogBucket); ok && slices.ContainsFunc(l.bars, func(o app.LogBucket) bool { return o.Range.Equal(b.Range) }) {
			band := bandOf(height)
			return spot{within: b.Range, top: band.Top - ringAir, bottom: band.Bottom + ringAir}, true
		}
	case *traceLane:
		return l.spot(item, height)
	}
	return spot{}, false
}

func (b blanks) spot(item app.Item, height float32) (spot, bool) {
	i := slices.IndexFunc(b, func(x blank) bool { return x.why == denied && app.SameItem(x.what, item) })
	if i < 0 {
		return spot{}, false
	}
	band := bandOf(height)
	return spot{within: b[i].Range, top: band.Top - ringAir, bottom: band.Bottom + ringAir}, true
}

func (l *alarmLane) spot(item app.Item) (spot, bool) {
	i := slices.IndexFunc(l.rows, func(r insight.RankedAlarm) bool { return app.SameItem(r.Alarm, item) })
	if i < 0 {
		return spot{}, false
	}
	band := l.band(i)
	return spot{whole: true, top: band.Top - ringAir, bottom: band.Bottom + ringAir}, true
}

func (l *changeLane) spot(item app.Item) (spot, bool) {
	for _, m := range l.marks {
		if app.SameItem(app.Changes(m.events), item) || slices.ContainsFunc(m.events, func(e app.TrailEvent) bool { return app.SameItem(e, item) }) {
			return spot{within: app.Range{From: m.at()}, edge: markInset, top: changeMiddle - markRing, bottom: changeMiddle + markRing}, true
		}
	}
	return spot{}, false
}

func (l *traceLane) spot(item app.Item, height float32) (spot, bool) {
	var id app.TraceID
	switch item := item.(type) {
	case app.Latency:
		id = item.ID
	case app.Trace:
		id = item.ID
	}
	i := slices.IndexFunc(l.dots, func(d app.Latency) bool { return d.ID == id })
	if i < 0 || id == "" {
		return spot{}, false
	}
	y := l.y(l.dots[i], bandOf(height))
	return spot{within: app.Range{From: l.dots[i].At}, top: y - dotRing, bottom: y + dotRing}, true
}

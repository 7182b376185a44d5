package world

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Options say which of a scenario's worlds to make.
type Options struct {
	Seed   uint64
	Anchor time.Time // where the day ends; what is finer than a millisecond is cut off
	Scale  float64   // multiplies log events, traces and trail events; 0 is 1
}

// Length is how long the day of a world is at least. A quarter of an hour short of a day: somebody who asks for the
// last 24 hours some minutes after the anchor still gets all of it. The day begins on a multiple of firstStep, so that
// no period of a metric begins before it.
const Length = 23*time.Hour + 45*time.Minute

// firstStep is the longest period that an alarm of a scenario may have and still be told whole.
const firstStep = 5 * time.Minute

// day returns the range of the world that ends at anchor.
func day(anchor time.Time) app.Range {
	return app.Range{From: anchor.Add(-Length).Truncate(firstStep), To: anchor}
}

// maxScale bounds the memory that a world can take: about 30 GB.
const maxScale = 200

// Make makes the world of a scenario. It is deterministic, and takes about two seconds and 150 MB at scale 1.
// It fails, with kind TooMuch, on a scale that is negative, not a number or beyond 200.
func Make(s Scenario, o Options) (*World, error) {
	if o.Scale == 0 {
		o.Scale = 1
	}
	if math.IsNaN(o.Scale) || o.Scale < 0 || o.Scale > maxScale {
		return nil, &app.Error{Kind: app.TooMuch, Op: "make a world",
			Err: errors.New("the scale must lie between 0 and 200")}
	}
	anchor := o.Anchor.UTC().Truncate(time.Millisecond)
	m := &maker{
		scenario: s,
		world:    &World{Seed: o.Seed, Scale: o.Scale, Range: day(anchor)},
		places:   map[string]*Place{},
		rhythm:   rhythm{s.Curves, anchor, o.Seed},
		started:  map[string][]linked{},
	}
	m.settle()
	m.metrics()
	m.alarms()
	m.logGroups()
	m.journeys()
	m.logAlarms()
	m.besideAlarms()
	m.trail()
	m.sort()
	for _, p := range m.world.Places {
		addQueries(p, anchor)
	}
	return m.world, nil
}

// maker is a world in the making.
type maker struct {
	scenario Scenario
	world    *World
	places   map[string]*Place // by the scenario's names
	rhythm   rhythm
	started  map[string][]linked // sampled traces by the name of their journey, for links
}

// settle founds the places.
func (m *maker) settle() {
	for name, scope := range m.scenario.scopes() {
		p := &Place{Scope: scope, Events: map[string][]app.LogEvent{}}
		m.places[name] = p
		m.world.Places = append(m.world.Places, p)
	}
	slices.SortFunc(m.world.Places, func(a, b *Place) int { return app.CompareScopes(a.Scope, b.Scope) })
}

// anchor returns the end of the day.
func (m *maker) anchor() time.Time { return m.world.Range.To }

// scaled returns how many of something there are at the world's scale; what there is at scale 1 never vanishes.
func (m *maker) scaled(n int) int {
	if n == 0 {
		return 0
	}
	return max(1, int(math.Round(float64(n)*m.world.Scale)))
}

// sort puts everything into the order that Place promises.
func (m *maker) sort() {
	for _, p := range m.world.Places {
		slices.SortFunc(p.Alarms, app.CompareAlarms)
		slices.SortFunc(p.History, app.CompareHistory)
		slices.SortFunc(p.Metrics, func(a, b Recorded) int { return compareKeys(a.Metric, b.Metric) })
		slices.SortFunc(p.Groups, func(a, b app.LogGroup) int { return compareText(a.Name, b.Name) })
		for _, events := range p.Events {
			slices.SortFunc(events, app.CompareLogEvents)
		}
		slices.SortFunc(p.Traces, app.CompareTraces)
		slices.SortFunc(p.Trail, app.CompareTrail)
	}
	m.measureGroups()
}

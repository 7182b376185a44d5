package chart

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Tick is a labelled instant of an axis.
type Tick struct {
	At    time.Time
	Label string
	Day   bool // a day begins here, and Label is its date
}

const day = 24 * time.Hour

// tickSteps are the distances of ticks that people count in. Months have no fixed length and come after.
var tickSteps = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, day, 2 * day, 7 * day, 14 * day,
}

// tickMonths are the distances of ticks in months, for ranges where two weeks are too narrow.
var tickMonths = []int{1, 3, 6, 12}

const month = 30 * day // about; only to choose a step

// Ticks returns the ticks of the axis at least gap pixels apart, at the steps people count in and at whole steps of
// zone's clock: full hours stay full hours when the clocks change.
func (a Axis) Ticks(zone *time.Location, gap float32) []Tick {
	if a.Range.Empty() || a.Width <= 0 || gap <= 0 {
		return nil
	}
	least := a.Wide(gap)
	for _, step := range tickSteps {
		if step >= least {
			return a.stepTicks(zone, step)
		}
	}
	for _, months := range tickMonths {
		if time.Duration(months)*month >= least || months == 12 {
			return a.monthTicks(zone, months)
		}
	}
	return nil
}

func (a Axis) stepTicks(zone *time.Location, step time.Duration) []Tick {
	var ticks []Tick
	y, m, d := a.Range.From.In(zone).Date()
	for i := 0; ; i++ {
		midnight, next := time.Date(y, m, d+i, 0, 0, 0, 0, zone), time.Date(y, m, d+i+1, 0, 0, 0, 0, zone)
		if !midnight.Before(a.Range.To) {
			return ticks
		}
		if step >= day && civilDay(midnight)%int(step/day) != 0 {
			continue
		}
		for _, at := range dayTicks(midnight, a.Range.Intersect(app.Range{From: midnight, To: next}), step) {
			if a.Range.Contains(at) {
				ticks = append(ticks, tick(at, step))
			}
		}
	}
}

// dayTicks returns the instants of the day that begins at midnight at whole steps of its clock, at least those of
// within. Below an hour they simply follow each other, because clocks change by whole steps; hours are read off the
// clock.
func dayTicks(midnight time.Time, within app.Range, step time.Duration) []time.Time {
	var at []time.Time
	switch {
	case step >= day:
		return []time.Time{midnight}
	case step < time.Hour:
		for t := midnight.Add(within.From.Sub(midnight).Truncate(step)); t.Before(within.To); t = t.Add(step) {
			at = append(at, t)
		}
	default:
		y, m, d := midnight.Date()
		for h := 0; h < 24; h += int(step / time.Hour) {
			t := time.Date(y, m, d, h, 0, 0, 0, midnight.Location())
			if t.Hour() == h { // an hour that the change to summer time leaves out is no tick
				at = append(at, t)
			}
		}
	}
	return at
}

// civilDay counts the days of the calendar from a Monday on, so that steps of a week fall on Mondays.
func civilDay(t time.Time) int {
	y, m, d := t.Date()
	monday := time.Date(1969, 12, 29, 0, 0, 0, 0, time.UTC)
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(monday) / day)
}

func (a Axis) monthTicks(zone *time.Location, months int) []Tick {
	var ticks []Tick
	from := a.Range.From.In(zone)
	for i := 0; ; i += months {
		at := time.Date(from.Year(), time.January+time.Month(i), 1, 0, 0, 0, 0, zone)
		if !at.Before(a.Range.To) {
			return ticks
		}
		if a.Range.Contains(at) {
			ticks = append(ticks, Tick{at, at.Format("Jan 2006"), true})
		}
	}
}

func tick(at time.Time, step time.Duration) Tick {
	h, m, s := at.Clock()
	switch {
	case step >= day || h == 0 && m == 0 && s == 0:
		return Tick{at, at.Format("2 Jan"), true}
	case step < time.Minute:
		return Tick{at, at.Format("15:04:05"), false}
	}
	return Tick{at, at.Format("15:04"), false}
}

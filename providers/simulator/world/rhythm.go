package world

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"time"
)

// Curve is a number that changes over the day: a base, times a line through knots, times a saw, times other curves.
// What it leaves out counts as 1. Metrics, journeys and failures follow curves, and so agree with each other.
type Curve struct {
	Base  float64  `yaml:"base"`
	Knots Knots    `yaml:"knots"`
	Saw   *Saw     `yaml:"saw"`
	Times []string `yaml:"times"`
	// Noise is by how much of itself the curve wavers from minute to minute: 0.05 is up to five per cent.
	Noise float64 `yaml:"noise"`
}

// Saw climbs from Low to High over Every and falls back, over and over; it last fell at the offset From.
type Saw struct {
	Every time.Duration `yaml:"every"`
	From  time.Duration `yaml:"from"`
	Low   float64       `yaml:"low"`
	High  float64       `yaml:"high"`
}

// Knot is the value of a curve at an offset from the anchor.
type Knot struct {
	At time.Duration
	Is float64
}

// Knots are in the order of time; before the first and after the last the curve is level.
type Knots []Knot

// UnmarshalYAML reads {-24h: 0.9, -46m: 1}.
func (k *Knots) UnmarshalYAML(read func(any) error) error {
	var written map[string]float64
	if err := read(&written); err != nil {
		return err
	}
	for at, is := range written {
		d, err := time.ParseDuration(at)
		if err != nil {
			return fmt.Errorf("knot %q: %w", at, err)
		}
		if math.IsNaN(is) || math.IsInf(is, 0) {
			return fmt.Errorf("knot %q: not a number", at)
		}
		*k = append(*k, Knot{d, is})
	}
	slices.SortFunc(*k, func(a, b Knot) int { return cmp.Compare(a.At, b.At) })
	return nil
}

// at returns the value of the line through the knots.
func (k Knots) at(offset time.Duration) float64 {
	i, _ := slices.BinarySearchFunc(k, offset, func(k Knot, o time.Duration) int { return cmp.Compare(k.At, o) })
	switch {
	case len(k) == 0:
		return 1
	case i == 0:
		return k[0].Is
	case i == len(k):
		return k[i-1].Is
	}
	before, after := k[i-1], k[i]
	share := float64(offset-before.At) / float64(after.At-before.At)
	return before.Is + share*(after.Is-before.Is)
}

func (s Saw) at(offset time.Duration) float64 {
	over := (offset - s.From) % s.Every
	if over < 0 {
		over += s.Every
	}
	return s.Low + (s.High-s.Low)*float64(over)/float64(s.Every)
}

// checkCurve finds curves that are not there, loops, and saws without a length.
func (s Scenario) checkCurve(name string, through []string) error {
	c, ok := s.Curves[name]
	switch {
	case !ok:
		return fmt.Errorf("curve %q: no curve %q", through[len(through)-1], name)
	case slices.Contains(through, name):
		return fmt.Errorf("curve %q follows itself", name)
	case c.Saw != nil && c.Saw.Every <= 0:
		return fmt.Errorf("curve %q: a saw needs every", name)
	}
	for _, t := range c.Times {
		if err := s.checkCurve(t, append(slices.Clone(through), name)); err != nil {
			return err
		}
	}
	return nil
}

// rhythm is the scenario's curves laid on the time line.
type rhythm struct {
	curves map[string]Curve
	anchor time.Time
	seed   uint64
}

// at returns the product of the named curves at an instant.
func (r rhythm) at(t time.Time, names ...string) float64 {
	v := 1.0
	for _, name := range names {
		c := r.curves[name]
		offset := t.Sub(r.anchor)
		v *= cmp.Or(c.Base, 1) * c.Knots.at(offset) * r.at(t, c.Times...)
		if c.Saw != nil {
			v *= c.Saw.at(offset)
		}
		if c.Noise != 0 {
			v *= 1 + c.Noise*waver(r.seed^hash("curve", name), t)
		}
	}
	return v
}

// waver is noise between -1 and 1: half of it new each minute, half of it drifting over a quarter of an hour.
func waver(salt uint64, t time.Time) float64 {
	const slow = 15
	minute := t.Unix() / 60
	block, share := minute/slow, float64(minute%slow)/slow
	drift := (1-share)*unit(salt^1, block) + share*unit(salt^1, block+1)
	return 0.5*unit(salt, minute) + 0.5*drift
}

// unit returns a number between -1 and 1 that depends on salt and n only (the finalizer of splitmix64).
func unit(salt uint64, n int64) float64 {
	x := salt + uint64(n)*0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return float64(x>>11)/(1<<52) - 1
}

// hash makes a number of names; the parts do not run into each other.
func hash(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

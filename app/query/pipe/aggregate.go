package pipe

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"
)

// aggregate is the state of one function of stats for one group.
type aggregate interface {
	// add takes the value of the argument for a row, which came at a time in milliseconds. It reports whether there was
	// room for it.
	add(v Value, at int64, m *memory) bool
	value() Value
}

// memory bounds what the groups of a run keep, in values.
type memory struct{ left int }

func (m *memory) take() bool {
	m.left--
	return m.left >= 0
}

type count struct {
	n   int
	all bool // of rows, not of values
}

func newCount(c call) aggregate { return &count{all: c.star} }

func (c *count) add(v Value, _ int64, _ *memory) bool {
	if c.all || !v.is(None) {
		c.n++
	}
	return true
}

func (c *count) value() Value { return numberOf(float64(c.n)) }

// distinct counts different values by their hash of 64 bits. AWS's own count is approximate where values are many.
type distinct struct {
	seed maphash.Seed
	seen map[uint64]struct{}
}

func newDistinct(call) aggregate { return &distinct{maphash.MakeSeed(), map[uint64]struct{}{}} }

func (d *distinct) add(v Value, _ int64, m *memory) bool {
	if v.absent() {
		return true
	}
	key := maphash.String(d.seed, v.String())
	if _, ok := d.seen[key]; ok {
		return true
	}
	if !m.take() {
		return false
	}
	d.seen[key] = struct{}{}
	return true
}

func (d *distinct) value() Value { return numberOf(float64(len(d.seen))) }

// sum adds numbers up with Kahan's correction, so that their order does not show in the result.
type sum struct {
	n          int
	total, off float64
	mean       bool
}

func newSum(call) aggregate  { return &sum{} }
func newMean(call) aggregate { return &sum{mean: true} }

func (s *sum) add(v Value, _ int64, _ *memory) bool {
	if n, ok := v.Number(); ok {
		s.n++
		y := n - s.off
		t := s.total + y
		s.off, s.total = t-s.total-y, t
	}
	return true
}

func (s *sum) value() Value {
	switch {
	case s.n == 0:
		return Value{}
	case s.mean:
		return finite(s.total / float64(s.n))
	}
	return finite(s.total)
}

// deviation is Welford's: mean and the sum of squares about it.
type deviation struct{ n, mean, squares float64 }

func newDeviation(call) aggregate { return &deviation{} }

func (d *deviation) add(v Value, _ int64, _ *memory) bool {
	if n, ok := v.Number(); ok {
		d.n++
		delta := n - d.mean
		d.mean += delta / d.n
		d.squares += delta * (n - d.mean)
	}
	return true
}

func (d *deviation) value() Value {
	if d.n == 0 {
		return Value{}
	}
	return finite(math.Sqrt(d.squares / d.n))
}

// best keeps the value that comes first by an order.
type best struct {
	before func(a, b Value) bool
	kept   Value
}

func newMin(call) aggregate { return &best{before: func(a, b Value) bool { return compare(a, b) < 0 }} }
func newMax(call) aggregate { return &best{before: func(a, b Value) bool { return compare(a, b) > 0 }} }
func newFirst(call) aggregate {
	return &best{before: func(a, b Value) bool { return a.String() < b.String() }}
}
func newLast(call) aggregate {
	return &best{before: func(a, b Value) bool { return a.String() > b.String() }}
}

func (b *best) add(v Value, _ int64, _ *memory) bool {
	if !v.absent() && (b.kept.is(None) || b.before(v, b.kept)) {
		b.kept = v
	}
	return true
}

func (b *best) value() Value { return b.kept }

// timely keeps the value of the row that came first or last.
type timely struct {
	last bool
	at   int64
	kept Value
}

func newEarliest(call) aggregate { return &timely{} }
func newLatest(call) aggregate   { return &timely{last: true} }

func (t *timely) add(v Value, at int64, _ *memory) bool {
	if !v.absent() && (t.kept.is(None) || t.last && at > t.at || !t.last && at < t.at) {
		t.at, t.kept = at, v
	}
	return true
}

func (t *timely) value() Value { return t.kept }

// percentile keeps all numbers, and takes the nearest rank.
type percentile struct {
	of      float64 // 0 to 100
	numbers []float64
}

func newPercentile(c call) aggregate {
	p := &percentile{of: 50}
	if len(c.args) == 2 {
		p.of, _ = c.args[1].(literal).value.Number() // function.check has seen it
	}
	return p
}

func (p *percentile) add(v Value, _ int64, m *memory) bool {
	n, ok := v.Number()
	if !ok {
		return true
	}
	if !m.take() {
		return false
	}
	p.numbers = append(p.numbers, n)
	return true
}

func (p *percentile) value() Value {
	if len(p.numbers) == 0 {
		return Value{}
	}
	slices.SortFunc(p.numbers, cmp.Compare[float64])
	rank := int(math.Ceil(p.of / 100 * float64(len(p.numbers))))
	return numberOf(p.numbers[max(rank, 1)-1])
}

package pipe

import (
	"encoding/binary"
	"math"
	"slices"
)

// output keeps the rows of the result.
type output struct {
	columns []eval
	rows    [][]Value
	most    int
	notes   *notes
}

func (o *output) push(r *record) bool {
	if len(o.rows) >= o.most {
		o.notes.add(tooMany(o.most, "rows"))
		return false
	}
	row := make([]Value, len(o.columns))
	for i, get := range o.columns {
		row[i] = get(r)
	}
	o.rows = append(o.rows, row)
	return true
}

func (o *output) flush() {}

// compute gives a field that a command makes its value.
type compute struct {
	get   eval
	place int
	next  stage
}

func (c *compute) push(r *record) bool {
	r.made[c.place] = c.get(r)
	return c.next.push(r)
}

func (c *compute) flush() { c.next.flush() }

// counter counts rows.
type counter struct {
	n    int
	next stage
}

func (c *counter) push(r *record) bool {
	c.n++
	return c.next.push(r)
}

func (c *counter) flush() { c.next.flush() }

type filter struct {
	holds eval
	next  stage
}

func (f *filter) push(r *record) bool {
	return !f.holds(r).truth() || f.next.push(r)
}

func (f *filter) flush() { f.next.flush() }

// extraction is parse. A text that is not of the form leaves the fields without a value.
type extraction struct {
	from    eval
	extract extractor
	values  []Value // of one row
	places  []int
	next    stage
}

func (e *extraction) push(r *record) bool {
	clear(e.values)
	if v := e.from(r); !v.absent() {
		e.extract(v.String(), e.values)
	}
	for i, place := range e.places {
		r.made[place] = e.values[i]
	}
	return e.next.push(r)
}

func (e *extraction) flush() { e.next.flush() }

type limit struct {
	left int
	next stage
}

func (l *limit) push(r *record) bool {
	if l.left <= 0 {
		return false
	}
	l.left--
	return l.next.push(r) && l.left > 0
}

func (l *limit) flush() { l.next.flush() }

// dedup lets the first row of each combination of values through. A row that lacks one of the fields is no duplicate.
type dedup struct {
	keys  []eval
	key   []byte
	seen  map[string]struct{}
	notes *notes
	next  stage
}

func (d *dedup) push(r *record) bool {
	d.key = d.key[:0]
	for _, get := range d.keys {
		v := get(r)
		if v.absent() {
			return d.next.push(r)
		}
		d.key = appendKey(d.key, v)
	}
	if _, had := d.seen[string(d.key)]; had {
		return true
	}
	if len(d.seen) >= maxHeld {
		d.notes.add(tooMany(maxHeld, "combinations of what dedup looks at"))
		return false
	}
	d.seen[string(d.key)] = struct{}{}
	return d.next.push(r)
}

func (d *dedup) flush() { d.next.flush() }

// appendKey writes a value so that values that are shown alike are equal, and no two rows of values run into each
// other.
func appendKey(key []byte, v Value) []byte {
	switch v.kind {
	case None, JSON:
		return append(key, 0)
	case Time:
		return binary.BigEndian.AppendUint64(append(key, 1), math.Float64bits(v.num))
	case Text:
		key = binary.AppendUvarint(append(key, 2), uint64(len(v.text)))
		return append(key, v.text...)
	}
	return appendKey(key, textOf(v.String()))
}

// sorting keeps the rows that come first.
type sorting struct {
	keys       []eval
	descending []bool
	most       int  // rows that it keeps
	enough     bool // no more are wanted
	notes      *notes
	next       stage

	rows []sortedRow
	came int
	full bool
	last sortedRow // once full: what does not come before it is not kept
}

type sortedRow struct {
	keys []Value
	row  *record
}

func (s *sorting) push(r *record) bool {
	row := sortedRow{keys: make([]Value, len(s.keys))}
	for i, get := range s.keys {
		row.keys[i] = get(r)
	}
	s.came++
	if s.full && s.compare(row, s.last) >= 0 {
		return true
	}
	row.row = r.clone()
	if s.rows = append(s.rows, row); len(s.rows) >= 2*s.most {
		s.trim()
	}
	return true
}

func (s *sorting) compare(a, b sortedRow) int {
	for i, descending := range s.descending {
		n := compareSorted(a.keys[i], b.keys[i])
		if descending {
			n = -n
		}
		if n != 0 {
			return n
		}
	}
	return 0
}

// trim puts the rows in order, equal ones as they came, and lets go of those that are too many.
func (s *sorting) trim() {
	slices.SortStableFunc(s.rows, s.compare)
	if len(s.rows) > s.most {
		clear(s.rows[s.most:])
		s.rows = s.rows[:s.most]
	}
	if len(s.rows) == s.most {
		s.full, s.last = true, s.rows[s.most-1]
	}
}

func (s *sorting) flush() {
	s.trim()
	if s.came > s.most && !s.enough {
		s.notes.add(tooMany(s.most, "rows to sort"))
	}
	for _, r := range s.rows {
		if !s.next.push(r.row) {
			break
		}
	}
	s.next.flush()
}

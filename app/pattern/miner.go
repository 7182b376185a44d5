package pattern

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Pattern is a template with what is known of its events in a window.
type Pattern struct {
	Template
	Count  int                     // of events in the window
	Share  float64                 // of all events in the window, 0 to 1
	Levels [app.LevelError + 1]int // events by level
	Counts []int32                 // events by bucket, from the beginning of the window on
	First  time.Time               // of its events in the window
	Last   time.Time
	Before int // events before the window
	Change Change
}

// Level returns the level that most of the events have, of several the gravest.
func (p Pattern) Level() app.Level {
	most := app.LevelError
	for level := app.LevelError; level > app.LevelNone; level-- {
		if p.Levels[level-1] > p.Levels[most] {
			most = level - 1
		}
	}
	return most
}

// Set is the patterns of a window, the most frequent first, and what they are of.
type Set struct {
	Patterns []Pattern
	Gone     int // patterns that were there before the window only
	Window   app.Range
	Bucket   time.Duration
	Total    int            // events in the window: the sum of the patterns' counts
	Before   int            // events before the window
	index    map[string]int // of the pattern, by shape
	miner    *Miner
}

// Miner finds the patterns of events, which may come in any order. It belongs to one goroutine.
type Miner struct {
	window app.Range
	bucket time.Duration
	scan   scanner
	shapes map[string]*shape
	rough  map[string]*shape // of the shapes that are not kept, by their first word
	// kept is the largest hash of a shape that is counted by itself; it falls when there are too many.
	kept uint64
	most int // maxShapes, fewer in tests
}

// shape is the events that are alike but for what is variable by its form.
type shape struct {
	key    string
	hash   uint64
	kinds  []Kind
	counts counts

	loose, escaped bool // see Template
}

// counts is what is counted of events.
type counts struct {
	window, before int
	levels         [app.LevelError + 1]int
	first, last    int64 // milliseconds since 1970
	buckets        []int32
	bucket         int // of the only event, while buckets is nil
}

// maxShapes is how many shapes are counted by themselves: with 260 bytes each, and 240 more for the buckets of those
// with several events, they take up to 65 MB. Where there are more, the logs have free text in them. Then those with
// the largest hashes are counted under their first word. Which ones that are depends on the set of shapes only, not on
// their order.
const maxShapes = 1 << 17

// NewMiner returns a miner for a window. Events that are older than it are those that it is compared with.
func NewMiner(window app.Range, bucket time.Duration) *Miner {
	return &Miner{window: window, bucket: max(bucket, time.Millisecond), kept: ^uint64(0), most: maxShapes,
		shapes: map[string]*shape{}, rough: map[string]*shape{}}
}

// Add counts an event. Those from the end of the window on are not counted.
func (m *Miner) Add(e app.LogEvent) {
	if !e.At.Before(m.window.To) {
		return
	}
	m.scan.scan(e.Message)
	s := m.shapes[string(m.scan.key)]
	if s == nil {
		s = m.add(string(m.scan.key))
	}
	for i, sp := range m.scan.spans[:len(s.kinds)] {
		s.kinds[i] |= sp.kind
	}
	s.loose, s.escaped = s.loose || m.scan.loose, s.escaped || m.scan.escaped
	m.count(s, e)
}

// add returns the shape of a key that is not there yet.
func (m *Miner) add(key string) *shape {
	h := hash(key, 0)
	if h > m.kept {
		return m.coarse(key)
	}
	s := &shape{key: key, hash: h, kinds: make([]Kind, len(m.scan.spans))}
	m.shapes[key] = s
	for len(m.shapes) > m.most {
		m.kept /= 2
		for key, old := range m.shapes {
			if old.hash > m.kept {
				delete(m.shapes, key)
				m.coarse(key).counts.add(old.counts, m.buckets())
			}
		}
	}
	if h > m.kept {
		return m.coarse(key)
	}
	return s
}

// coarse returns what shapes with the same first word are counted under that are not kept.
func (m *Miner) coarse(key string) *shape {
	key = coarseKey(key)
	if m.rough[key] == nil {
		m.rough[key] = &shape{key: key}
	}
	return m.rough[key]
}

// coarseKey returns the first word of a key, with a blank and the sign of a rest behind it, which no shape ends with.
func coarseKey(key string) string {
	for i := range len(key) {
		if classes[key[i]] != inWord {
			key = key[:i]
			break
		}
	}
	return key + " " + string(rune(rest))
}

// buckets returns how many buckets the window has.
func (m *Miner) buckets() int {
	return max(int((m.window.Length()+m.bucket-1)/m.bucket), 1)
}

func (m *Miner) count(s *shape, e app.LogEvent) {
	c := &s.counts
	if e.At.Before(m.window.From) {
		c.before++
		return
	}
	at, bucket := e.At.UnixMilli(), int(e.At.Sub(m.window.From)/m.bucket)
	c.window++
	c.levels[min(e.Level, app.LevelError)]++
	if c.window == 1 {
		c.first, c.last, c.bucket = at, at, bucket
		return
	}
	c.first, c.last = min(c.first, at), max(c.last, at)
	c.spread(m.buckets())
	c.buckets[bucket]++
}

// spread makes room for events in more than one bucket.
func (c *counts) spread(buckets int) {
	if c.buckets == nil {
		c.buckets = make([]int32, buckets)
		c.buckets[c.bucket]++
	}
}

// add adds the counts of other events.
func (c *counts) add(o counts, buckets int) {
	c.before += o.before
	if o.window == 0 {
		return
	}
	if c.window == 0 {
		before := c.before
		*c = o
		c.before, c.buckets = before, slices.Clone(o.buckets)
		return
	}
	c.spread(buckets)
	if o.buckets == nil {
		c.buckets[o.bucket]++
	}
	for i, n := range o.buckets {
		c.buckets[i] += n
	}
	c.window += o.window
	for i, n := range o.levels {
		c.levels[i] += n
	}
	c.first, c.last = min(c.first, o.first), max(c.last, o.last)
}

// Mine returns the patterns of all events that were added. The window is compared with the time before it that the
// older events are of; 0: with nothing.
func (m *Miner) Mine(before time.Duration) Set {
	set := Set{Window: m.window, Bucket: m.bucket, index: make(map[string]int, len(m.shapes)), miner: m}
	shapes := slices.AppendSeq(make([]*shape, 0, len(m.shapes)+len(m.rough)), maps.Values(m.shapes))
	shapes = slices.AppendSeq(shapes, maps.Values(m.rough))
	slices.SortFunc(shapes, func(a, b *shape) int { return cmp.Compare(a.key, b.key) })
	var all []*mined
	of := make(map[uint64]*mined, len(shapes))
	rows, kinds := rowsOf(shapes)
	for i, r := range merge(rows) {
		h := r.hash()
		p := of[h]
		if p == nil {
			p = &mined{Template: newTemplate(r)}
			of[h] = p
			all = append(all, p)
		}
		p.add(shapes[i], rows[i], kinds[i], m.buckets())
	}
	slices.SortFunc(all, func(a, b *mined) int {
		return cmp.Or(b.counts.window-a.counts.window, b.counts.before-a.counts.before,
			cmp.Compare(a.shapes[0], b.shapes[0]))
	})
	here := 0
	for i, p := range all {
		set.Total += p.counts.window
		set.Before += p.counts.before
		if p.counts.window > 0 {
			here++
		} else {
			i = -1
		}
		for _, key := range p.shapes {
			set.index[key] = i
		}
	}
	set.Patterns = make([]Pattern, 0, here)
	for _, p := range all[:here] {
		one := p.pattern(set.Total, m.buckets())
		one.Change = compare(one.Count, one.Before, m.window.Length(), before, here)
		set.Patterns = append(set.Patterns, one)
	}
	set.Gone = len(all) - here
	return set
}

// mined is a pattern while its shapes are put together.
type mined struct {
	Template
	counts counts
	shapes []string
}

func (p *mined) add(s *shape, r row, kinds []Kind, buckets int) {
	p.see(r, kinds)
	p.loose, p.escaped = p.loose || s.loose, p.escaped || s.escaped
	p.counts.add(s.counts, buckets)
	p.shapes = append(p.shapes, s.key)
}

func (p *mined) pattern(total, buckets int) Pattern {
	c := p.counts
	one := Pattern{Template: p.Template, Count: c.window, Levels: c.levels, Before: c.before}
	if c.window > 0 {
		one.Share = float64(c.window) / float64(total)
		one.First, one.Last = time.UnixMilli(c.first).UTC(), time.UnixMilli(c.last).UTC()
	}
	if c.window > 0 {
		c.spread(buckets)
	}
	one.Counts = c.buckets
	return one
}

// Find returns the index of the pattern that a message is of; -1: of none. All that were mined are of one. It
// belongs to the goroutine of the miner.
func (s Set) Find(message string) int {
	m := s.miner
	m.scan.scan(message)
	return s.find(string(m.scan.key))
}

func (s Set) find(key string) int {
	if i, ok := s.index[key]; ok {
		return i
	}
	if hash(key, 0) > s.miner.kept {
		if i, ok := s.index[coarseKey(key)]; ok {
			return i
		}
	}
	return slices.IndexFunc(s.Patterns, func(p Pattern) bool { return p.fits(p.rowOf(&s.miner.scan)) })
}

// BucketFor returns by which time the events of a window are counted: a sixtieth of it, at least a second.
func BucketFor(window app.Range) time.Duration {
	return max((window.Length()+buckets-1)/buckets, time.Second)
}

// buckets is how many a window has: as many as a sparkline shows.
const buckets = 60

// Known returns how much of the time before a window the cache knows by its covers, 0 where that is less than half:
// what seems new would only not have been pulled.
func Known(before app.Range, covers []app.Cover) (known time.Duration) {
	for _, s := range app.Stretches(before, covers) {
		if s.State >= app.Truncated {
			known += s.Range.Length()
		}
	}
	if known*2 < before.Length() {
		return 0
	}
	return known
}

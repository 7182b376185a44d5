package cache

import (
	"fmt"
	"slices"
	"sync"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// matchCache remembers, for the latest questions, how many matches each block has, and the events that were shown. A
// block never changes, so that a count is valid for as long as the block exists. The same question is answered again in
// 3 to 8 ms, and after a pull only new blocks are read.
type matchCache struct {
	mu     sync.Mutex
	recent []*cachedMatches // the last asked first
}

// maxQueries is how many questions are remembered: those of a person who goes back and forth between a few, and of the
// lanes, which ask again after each page of a pull. One takes 16 bytes a block, 16 KiB for a million events.
const maxQueries = 32

// cachedMatches is what is remembered of one question.
type cachedMatches struct {
	question string
	mu       sync.RWMutex
	matches  map[int64]int            // by block
	rows     map[int64][]app.LogEvent // all matches of a block, of some blocks
	bytes    int                      // of the messages of rows
}

// The rows are remembered of this many questions, the last ones, and of each up to this many bytes of messages: 500
// rows have an eighth of that. Without them, a question with a match in every third block, asked again, unpacks a third
// of all blocks again: 165 ms of processor time in a million events, 4 with them.
const (
	rowsRemembered = 8
	rowsAtMost     = 1 << 20
)

// matchesOf returns what is remembered of a query. Range, groups and order make no difference: they only
// select blocks.
func (c *matchCache) matchesOf(q app.LogQuery) *cachedMatches {
	question := fmt.Sprintf("%d %q %q %s", q.Level, q.Trace, q.Request, query.FormatExpr(q.Match))
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.recent, func(k *cachedMatches) bool { return k.question == question })
	known := &cachedMatches{question: question, matches: map[int64]int{}, rows: map[int64][]app.LogEvent{}}
	if i >= 0 {
		known = c.recent[i]
		c.recent = slices.Delete(c.recent, i, i+1)
	}
	c.recent = slices.Insert(c.recent, 0, known)
	c.recent = c.recent[:min(len(c.recent), maxQueries)]
	if len(c.recent) > rowsRemembered {
		c.recent[rowsRemembered].forgetRows()
	}
	return known
}

func (c *cachedMatches) get(block int64) (n int, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	n, ok = c.matches[block]
	return n, ok
}

func (c *cachedMatches) set(block int64, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.matches[block] = n
}

// rowsOf returns all matches of a block, in any order, or none if they are not remembered.
func (c *cachedMatches) rowsOf(block int64) []app.LogEvent {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rows[block]
}

// keepRows remembers all matches of a block, while there is room.
func (c *cachedMatches) keepRows(block int64, events []app.LogEvent) {
	size := 0
	for i := range events {
		size += len(events[i].Message)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.rows[block]; !ok && c.bytes+size <= rowsAtMost {
		c.rows[block] = events
		c.bytes += size
	}
}

func (c *cachedMatches) forgetRows() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.rows)
	c.bytes = 0
}

package block

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Unpacker opens columns. It reuses its buffers, so only one goroutine may use it at a time, and what it has opened is
// valid until it opens the next column of the same kind. Its errors are ErrDamaged.
type Unpacker struct {
	Times Times
	Text  Text
	Rest  Rest

	opener opener
}

// NewUnpacker returns an unpacker.
func NewUnpacker() *Unpacker { return &Unpacker{opener: newOpener()} }

// Times are the times of a block's events in milliseconds since the Unix epoch, and their levels.
type Times struct {
	At     []int64
	Levels []byte
	raw    []byte
}

// OpenTimes opens a column Times.
func (u *Unpacker) OpenTimes(column []byte) (err error) {
	t := &u.Times
	if t.raw, err = u.opener.open(t.raw, column); err != nil {
		return err
	}
	c := cursor{t.raw, false}
	n := c.count()
	t.At = slices.Grow(t.At[:0], n)[:n]
	at := int64(0)
	for i := range t.At {
		at += c.signed()
		t.At[i] = at
	}
	t.Levels = c.take(n)
	return c.end()
}

// Index returns which events are in from <= at < to.
func (t *Times) Index(from, to int64) (first, end int) {
	first, _ = slices.BinarySearch(t.At, from)
	end, _ = slices.BinarySearch(t.At, to)
	return first, max(first, end)
}

// Consistent returns an error if the open columns are not of one block.
func (u *Unpacker) Consistent() error {
	if len(u.Times.At) != u.Text.Len() || u.Text.Len() != len(u.Rest.ingested) {
		return ErrDamaged
	}
	return nil
}

// Event returns event i; all columns have to be open. A block does not know its scope and its group.
func (u *Unpacker) Event(i int) app.LogEvent {
	at := u.Times.At[i]
	return app.LogEvent{
		ID: string(u.Rest.ID(i)), Stream: u.Rest.streams[u.Rest.stream[i]], Message: string(u.Text.Original(i)),
		At: milli(at), Ingested: milli(at + u.Rest.ingested[i]),
		LogFacts: app.LogFacts{Level: app.Level(u.Times.Levels[i]), TraceID: app.TraceID(u.trace(i)),
			RequestID: u.request(i)},
	}
}

// Events unpacks a whole block.
func (u *Unpacker) Events(b *Block) ([]app.LogEvent, error) {
	for _, open := range []func() error{
		func() error { return u.OpenTimes(b.Times) }, func() error { return u.OpenText(b.Text) },
		func() error { return u.Restore(b.Capitals) }, func() error { return u.OpenRest(b.Rest) }, u.Consistent,
	} {
		if err := open(); err != nil {
			return nil, err
		}
	}
	events := make([]app.LogEvent, u.Text.Len())
	for i := range events {
		events[i] = u.Event(i)
	}
	return events, nil
}

func milli(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// cursor reads an unpacked column. It does not trust what it reads: beyond the end it returns zeros, and end returns an
// error.
type cursor struct {
	rest   []byte
	failed bool
}

func (c *cursor) unsigned() uint64 {
	v, n := binary.Uvarint(c.rest)
	if n <= 0 {
		c.rest, c.failed = nil, true
		return 0
	}
	c.rest = c.rest[n:]
	return v
}

func (c *cursor) signed() int64 {
	v := c.unsigned()
	return int64(v>>1) ^ -int64(v&1)
}

// count reads the number of values that take at least a byte each.
func (c *cursor) count() int {
	n := c.unsigned()
	if n > uint64(len(c.rest)) {
		c.rest, c.failed = nil, true
		return 0
	}
	return int(n)
}

// size reads a length or an offset.
func (c *cursor) size() int {
	n := c.unsigned()
	if n > math.MaxInt32 {
		c.failed = true
		return 0
	}
	return int(n)
}

func (c *cursor) take(n int) []byte {
	if n > len(c.rest) {
		c.rest, c.failed = nil, true
		return nil
	}
	taken := c.rest[:n:n]
	c.rest = c.rest[n:]
	return taken
}

func (c *cursor) end() error {
	if c.failed || len(c.rest) > 0 {
		return ErrDamaged
	}
	return nil
}

// Package block packs log events, some hundreds of one log group that follow each other in time, into a few columns,
// and searches them without unpacking more than it must.
//
// A block holds about 256 KiB of messages and never changes. The cache merges a new event with the block whose time it
// falls into, and joins small blocks as they come, so that a trickle of events does not become a million blocks. As
// rows, a million events of 242 MB took 2.25 times the size of their messages and were kept at 59,000 a second; as
// blocks they take 0.58 times that size, at 170,000 a second.
//
// A block has five columns, each with its own checksum:
//
//   - Times has the time and the level of each event.
//   - Text has the messages with their ASCII letters in lower case. It is LZ4, because searches read it most: LZ4
//     unpacks 4.8 GB/s at 0.39 of the size, S2 2.1 GB/s at 0.38, Zstandard 1.1 GB/s at 0.25.
//   - Capitals has a bit for each letter that was a capital (2 % of the size). A search in any case is then a search
//     for bytes: bytes.IndexByte for the rarest byte of the needle reads 7 to 13 GB/s, where bytes.Index reads 2.
//   - Filter is a Bloom filter over runs of four bytes, at most three tenths full: a sixteenth of the text. Runs of
//     three bytes do not tell hexadecimal ids apart, and whole words do not help to find a part of a word. In a million
//     events an id is found in 6 ms, and that a word is in none of them in 4.
//   - Rest has what only the events that are shown need: event ids, streams, times of ingestion, and the ids of traces
//     and requests. Event ids are packed as the 192-bit numbers that they are. When they were compressed text, unpacking
//     them was half the work of showing 500 events out of 300 blocks.
//
// A search reads the filter of a block and, if that does not rule the block out, its text. The figures are those of
// messages of 250 bytes on one of two shared cores of an AMD EPYC.
package block

import (
	"cmp"
	"encoding/binary"
	"math"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"github.com/nephograph/nephograph/app"
)

// Target is how many bytes of messages a block should hold. Smaller blocks compress worse, larger ones are ruled out by
// their filter less often. 256 KiB are about a thousand events.
const Target = 256 << 10

// maxEvents bounds a block of very short messages.
const maxEvents = 4096

// Block is a packed block. Its events lie between First and Last, both included, in milliseconds since the Unix epoch.
type Block struct {
	First, Last int64
	Events      int
	Size        int                     // bytes of the messages
	Levels      [app.LevelError + 1]int // events by level

	Times, Text, Capitals, Rest, Filter []byte
}

// Compare orders the events of one log group by time, then id. Both together are the identity of an event.
func Compare(a, b app.LogEvent) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
}

// Split splits ordered events into runs that fill a block each, as evenly as possible.
func Split(events []app.LogEvent) [][]app.LogEvent {
	size := 0
	for i := range events {
		size += len(events[i].Message)
	}
	goal := size/max(1, (size+Target/2)/Target) + 1
	var runs [][]app.LogEvent
	from, filled := 0, 0
	for i := range events {
		filled += len(events[i].Message)
		if filled >= goal && i+1 < len(events) || i+1-from == maxEvents {
			runs = append(runs, events[from:i+1])
			from, filled = i+1, 0
		}
	}
	if from < len(events) {
		runs = append(runs, events[from:])
	}
	return runs
}

// Packer packs blocks. It reuses its buffers, so only one goroutine may use it at a time.
type Packer struct {
	small  *zstd.Encoder
	quick  lz4.Compressor
	raw    []byte
	filter filter
}

// NewPacker returns a packer.
func NewPacker() *Packer {
	// The fastest level is twice as fast as the next and 3 % larger. The window holds a block.
	small, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(2*Target))
	if err != nil {
		panic(err) // the options above are constant
	}
	return &Packer{small: small}
}

// Pack packs events of one log group that are ordered by Compare. It keeps no reference to them.
func (p *Packer) Pack(events []app.LogEvent) Block {
	b := Block{First: math.MaxInt64, Last: math.MinInt64, Events: len(events)}
	for i := range events {
		e := &events[i]
		at := e.At.UnixMilli()
		b.First, b.Last = min(b.First, at), max(b.Last, at)
		b.Size += len(e.Message)
		b.Levels[clampLevel(e.Level)]++
	}
	p.filter.reset(b.Size)
	b.Text, b.Capitals = p.text(events, b.Size)
	b.Times = p.times(events)
	b.Rest = p.rest(events)
	b.Filter = p.seal(stored, p.filter.folded())
	return b
}

// clampLevel keeps a level that this version does not know within the counts by level.
func clampLevel(l app.Level) app.Level { return min(l, app.LevelError) }

func (p *Packer) times(events []app.LogEvent) []byte {
	raw := binary.AppendUvarint(p.raw[:0], uint64(len(events)))
	last := int64(0)
	for i := range events {
		at := events[i].At.UnixMilli()
		raw = binary.AppendVarint(raw, at-last)
		last = at
	}
	for i := range events {
		raw = append(raw, byte(clampLevel(events[i].Level)))
	}
	p.raw = raw
	return p.seal(lz4Block, raw)
}

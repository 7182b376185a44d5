package block

import (
	"encoding/binary"
	"math/bits"
)

// filter is a Bloom filter with one hash over all runs of four bytes in the messages of a block. Letters are in lower
// case, and every byte that is not a letter, a digit or beyond ASCII counts as the same one, so that a whole word is
// told from a part of another. Four bytes are the fewest that tell random ids apart: each run of three hexadecimal
// digits is in nearly every block.
//
// A block of 256 KiB holds some 40,000 runs. At most three tenths full that is 16 KiB, a sixteenth of the text. A
// needle of n bytes has n-3 runs, so that a word of six letters passes two in a hundred blocks that do not hold it, an
// id none.
type filter struct {
	buffer [filterBits / 64]uint64
	words  []uint64 // the part of buffer in use
}

// filterBits is the size that the filter of a full block starts with; folded makes it smaller.
const filterBits = 1 << 18

// gramBytes is the length of a run.
const gramBytes = 4

// minFilterBytes is the size of the smallest filter.
const minFilterBytes = 64

// reset empties the filter and sizes it for a text of so many bytes, each of which may start a run of its own.
func (f *filter) reset(bytes int) {
	size := minFilterBytes * 8
	for size < 4*bytes && size < filterBits {
		size *= 2
	}
	f.words = f.buffer[:size/64]
	clear(f.words)
}

// add adds the runs of a text in lower case.
func (f *filter) add(text []byte) {
	mask := uint32(len(f.words) - 1)
	eachGram(text, func(h uint32) { f.words[h>>6&mask] |= 1 << (h & 63) })
}

// eachGram calls f with the hash of each run of a text in lower case.
func eachGram[T string | []byte](text T, f func(hash uint32)) {
	if len(text) < gramBytes {
		return
	}
	run := uint32(gramClass[text[0]])<<16 | uint32(gramClass[text[1]])<<8 | uint32(gramClass[text[2]])
	for i := gramBytes - 1; i < len(text); i++ {
		run = run<<8 | uint32(gramClass[text[i]])
		f(run * 2654435769 >> 14) // Knuth's multiplicative hash: the upper bits are well mixed
	}
}

// folded returns the filter as bytes, folded in half for as long as no more than three tenths of its bits are set.
func (f *filter) folded() []byte {
	words := f.words
	for len(words) > minFilterBytes/8 {
		half := len(words) / 2
		set := 0
		for i := range half {
			set += bits.OnesCount64(words[i] | words[half+i])
		}
		if set > half*64*3/10 {
			break
		}
		for i := range half {
			words[i] |= words[half+i]
		}
		words = words[:half]
	}
	out := make([]byte, 0, len(words)*8)
	for _, w := range words {
		out = binary.LittleEndian.AppendUint64(out, w)
	}
	return out
}

// Filter is an opened column Filter.
type Filter []byte

// has reports whether the block may hold a run.
func (f Filter) has(hash uint32) bool { return f[int(hash>>3)&(len(f)-1)]>>(hash&7)&1 == 1 }

// valid reports whether an opened filter has a size that folded returns.
func valid(opened []byte) bool {
	return len(opened) >= minFilterBytes && len(opened)&(len(opened)-1) == 0 && len(opened) <= filterBits/8
}

// gramClass is the byte that each byte counts as in a run.
var gramClass = func() (classes [256]byte) {
	for i := range classes {
		c := byte(i)
		switch {
		case 'A' <= c && c <= 'Z':
			classes[i] = c | 0x20
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c >= 0x80:
			classes[i] = c
		default:
			classes[i] = ' '
		}
	}
	return classes
}()

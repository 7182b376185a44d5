package block

import (
	"bytes"
	"slices"
)

// finder finds a text by its rarest byte, with bytes.IndexByte, which compares 32 bytes at a time. bytes.Index looks
// for the first byte, which is two to four times as slow on log messages.
type finder struct {
	needle []byte
	rare   int // index of its rarest byte
}

func newFinder(needle []byte) finder {
	f := finder{needle: needle}
	for i, c := range needle {
		if frequency[c] < frequency[needle[f.rare]] {
			f.rare = i
		}
	}
	return f
}

// find returns the first offset at or after from at which text holds the needle, -1 if there is none.
func (f *finder) find(text []byte, from int) int {
	c := f.needle[f.rare]
	for at := from + f.rare; at < len(text); at++ {
		i := bytes.IndexByte(text[at:], c)
		if i < 0 {
			return -1
		}
		at += i
		if start := at - f.rare; len(text)-start >= len(f.needle) &&
			string(text[start:start+len(f.needle)]) == string(f.needle) {
			return start
		}
	}
	return -1
}

// each appends the messages from one to another in which the needle stands and, at the first place or a later one,
// holds says so.
func (f *finder) each(t *Text, from, end int, to []int32, holds func(i, at int) bool) []int32 {
	for i := from; i < end; {
		at := f.find(t.Folded, t.start(i))
		if at < 0 {
			break
		}
		i += locate(t.ends[i:], at)
		if i >= end {
			break
		}
		if holds(i, at) {
			to = append(to, int32(i))
		}
		i++
	}
	return to
}

// locate returns the first of the ends after an offset. Usually it is one of the next few.
func locate(ends []uint32, at int) int {
	for step, i := 1, 0; ; step *= 2 {
		if i+step >= len(ends) || int(ends[i+step-1]) > at {
			n, _ := slices.BinarySearch(ends[i:min(i+step, len(ends))], uint32(at)+1)
			return i + n
		}
		i += step
	}
}

// frequency ranks bytes of log messages in lower case: a byte that is not in the line below is rare, the others are
// ordered from the most frequent on.
var frequency = func() (rank [256]byte) {
	const frequent = " e0t1a\"ri2no3s-d5c4:8679l,.bm/pufhg=y_kvwxjzq{}()[]\t+;&%#@*!?<>|'\\$^~`\n"
	for i := range len(frequent) {
		rank[frequent[i]] = byte(len(frequent) - i)
	}
	return rank
}()

package block

import (
	"encoding/binary"
	"math/bits"
	"strconv"
)

// Event ids of CloudWatch Logs are numbers of 56 decimal digits, which fit into 192 bits. Most of their bits are as
// good as random, so that no compression makes them smaller than this, and showing one event of a block needs no
// decompression.
const (
	idDigits = 56
	idBytes  = 24
	limb     = 19 // decimal digits that fit into 64 bits
)

// packID appends a number of 56 digits as 24 bytes, the least significant first; ok is false for any other id.
func packID(to []byte, id string) (packed []byte, ok bool) {
	if len(id) != idDigits {
		return to, false
	}
	var n [3]uint64
	for _, part := range []string{id[:idDigits-2*limb], id[idDigits-2*limb : idDigits-limb], id[idDigits-limb:]} {
		value, ok := digits(part)
		if !ok {
			return to, false
		}
		for i := range n { // n = n * 10^19 + value
			high, low := bits.Mul64(n[i], 1e19)
			var carry uint64
			n[i], carry = bits.Add64(low, value, 0)
			value = high + carry
		}
	}
	for _, limb := range n {
		to = binary.LittleEndian.AppendUint64(to, limb)
	}
	return to, true
}

func digits(text string) (n uint64, ok bool) {
	for i := range len(text) {
		d := text[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	return n, true
}

// unpackID returns the digits of a packed id.
func unpackID(packed []byte) []byte {
	n := [3]uint64{
		binary.LittleEndian.Uint64(packed), binary.LittleEndian.Uint64(packed[8:]),
		binary.LittleEndian.Uint64(packed[16:]),
	}
	var parts [3]uint64 // the last 19 digits first
	for k := range parts {
		rest := uint64(0)
		for i := len(n) - 1; i >= 0; i-- {
			n[i], rest = bits.Div64(rest, n[i], 1e19)
		}
		parts[k] = rest
	}
	id := make([]byte, 0, idDigits)
	for k, width := range []int{idDigits - 2*limb, limb, limb} {
		var text [20]byte
		figures := strconv.AppendUint(text[:0], parts[2-k], 10)
		for range width - len(figures) {
			id = append(id, '0')
		}
		id = append(id, figures...)
	}
	return id
}

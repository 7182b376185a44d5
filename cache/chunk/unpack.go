package chunk

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Unpack appends the datapoints of a chunk to into. It decompresses into scratch, which grows as needed and is returned
// as raw for the next call. An error wraps ErrDamaged, and then nothing has been appended.
func (c *Codec) Unpack(into []Point, data, scratch []byte) (points []Point, raw []byte, err error) {
	c.ready()
	raw, err = c.decoder.DecodeAll(data, scratch[:0])
	if err != nil {
		return into, scratch, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	r := numberReader{left: raw}
	n, at := r.uvarint(), r.varint()
	if n == 0 || n > maxPoints || r.damaged {
		return into, raw, ErrDamaged
	}
	start := len(into)
	into = append(into, Point{At: at})
	for uint64(len(into)-start) < n {
		interval, repeats := r.uvarint(), r.uvarint()
		if r.damaged || interval == 0 || repeats == 0 || repeats > n-uint64(len(into)-start) {
			return into[:start], raw, ErrDamaged
		}
		for range repeats {
			at += int64(interval)
			into = append(into, Point{At: at})
		}
	}
	r.values(into[start:])
	if r.damaged || len(r.left) > 0 {
		return into[:start], raw, ErrDamaged
	}
	return into, raw, nil
}

// numberReader reads numbers from the front of bytes. A number that is not there reads as zero and sets damaged.
type numberReader struct {
	left    []byte
	damaged bool
}

func (r *numberReader) byte() byte {
	if len(r.left) == 0 {
		r.damaged = true
		return 0
	}
	b := r.left[0]
	r.left = r.left[1:]
	return b
}

func (r *numberReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.left)
	r.advance(n)
	return v
}

func (r *numberReader) varint() int64 {
	v, n := binary.Varint(r.left)
	r.advance(n)
	return v
}

func (r *numberReader) advance(n int) {
	if n <= 0 {
		r.damaged, n = true, 0
	}
	r.left = r.left[n:]
}

// values reads how values are written, and then one for each datapoint.
func (r *numberReader) values(into []Point) {
	places := r.byte()
	switch {
	case places == floats:
		r.floats(into)
	case int(places) < len(powers):
		r.decimals(into, powers[places])
	default:
		r.damaged = true
	}
}

func (r *numberReader) decimals(into []Point, power float64) {
	whole := int64(0)
	for i := range into {
		whole += r.varint()
		into[i].Value = float64(whole) / power
	}
}

func (r *numberReader) floats(into []Point) {
	n := len(into)
	if len(r.left) < 8*n {
		r.damaged = true
		return
	}
	planes := r.left
	for i := range into {
		var bits uint64
		for plane := range 8 {
			bits = bits<<8 | uint64(planes[plane*n+i])
		}
		into[i].Value = math.Float64frombits(bits)
	}
	r.left = r.left[8*n:]
}

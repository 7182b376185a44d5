package chunk

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Pack packs datapoints, at least one, in strictly increasing order of time.
func (c *Codec) Pack(points []Point) ([]byte, error) {
	c.ready()
	if len(points) == 0 || len(points) > maxPoints {
		return nil, fmt.Errorf("%d datapoints in a day of a series", len(points))
	}
	raw := binary.AppendUvarint(make([]byte, 0, 32+8*len(points)), uint64(len(points)))
	raw = binary.AppendVarint(raw, points[0].At)
	raw = appendIntervals(raw, points)
	if places, ok := decimalPlaces(points); ok {
		raw = appendDecimals(append(raw, byte(places)), points, powers[places])
	} else {
		raw = appendFloats(append(raw, floats), points)
	}
	return c.encoder.EncodeAll(raw, nil), nil
}

// appendIntervals writes the intervals between timestamps: two numbers for a regular series.
func appendIntervals(raw []byte, points []Point) []byte {
	for i := 1; i < len(points); {
		interval, repeats := points[i].At-points[i-1].At, uint64(0)
		for ; i < len(points) && points[i].At-points[i-1].At == interval; i++ {
			repeats++
		}
		raw = binary.AppendUvarint(raw, uint64(interval))
		raw = binary.AppendUvarint(raw, repeats)
	}
	return raw
}

// maxWhole is far enough below 2^53 that a product is exact but for its last bit, which rounding removes.
const maxWhole = 1 << 50

// decimalPlaces returns the number of decimal places that represents all values exactly, and whether there is one.
func decimalPlaces(points []Point) (places int, ok bool) {
	for _, p := range points {
		for !isDecimal(p.Value, powers[places]) {
			if places++; places == len(powers) {
				return 0, false
			}
		}
	}
	for _, p := range points { // the first ones were tried with fewer places
		if !isDecimal(p.Value, powers[places]) {
			return 0, false
		}
	}
	return places, true
}

// isDecimal reports whether value is a whole number divided by power, bit for bit; negative zero is none.
func isDecimal(value, power float64) bool {
	whole := math.Round(value * power)
	return math.Abs(whole) < maxWhole && math.Float64bits(whole/power) == math.Float64bits(value) &&
		(whole != 0 || !math.Signbit(whole))
}

func appendDecimals(raw []byte, points []Point, power float64) []byte {
	before := int64(0)
	for _, p := range points {
		whole := int64(math.Round(p.Value * power))
		raw = binary.AppendVarint(raw, whole-before)
		before = whole
	}
	return raw
}

// appendFloats writes the first bytes of all values, then the second bytes, and so on.
func appendFloats(raw []byte, points []Point) []byte {
	start, n := len(raw), len(points)
	raw = append(raw, make([]byte, 8*n)...)
	for i, p := range points {
		bits := math.Float64bits(p.Value)
		for plane := range 8 {
			raw[start+plane*n+i] = byte(bits >> (56 - 8*plane))
		}
	}
	return raw
}

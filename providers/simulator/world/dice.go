package world

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// dice is one stream of chance. Each metric, journey and actor has its own, seeded by its name, so that adding one
// changes no other.
type dice struct{ *rand.Rand }

func newDice(seed uint64, names ...string) dice {
	return dice{rand.New(rand.NewPCG(seed, hash(names...)))}
}

// happens is true with the given chance.
func (d dice) happens(chance float64) bool { return d.Float64() < chance }

// around returns a factor whose logarithm is normal with the given deviation: 1 in the middle, long to the right, as
// response times are.
func (d dice) around(deviation float64) float64 { return math.Exp(d.NormFloat64() * deviation) }

// hex returns n hex digits, n even and at most 32.
func (d dice) hex(n int) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], d.Uint64())
	binary.BigEndian.PutUint64(b[8:], d.Uint64())
	return hex.EncodeToString(b[:n/2])
}

// uuid returns a random UUID of version 4.
func (d dice) uuid() string {
	h := d.hex(32)
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-" + string("89ab"[d.IntN(4)]) + h[17:20] + "-" + h[20:]
}

// letters returns n of AWS's upper-case letters and digits, as in access keys and DynamoDB's request ids.
func (d dice) letters(n int) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	var b strings.Builder
	for range n {
		b.WriteByte(alphabet[d.IntN(len(alphabet))])
	}
	return b.String()
}

// address returns an IPv4 address of the documentation blocks (RFC 5737).
func (d dice) address() string {
	return [...]string{"192.0.2.", "198.51.100.", "203.0.113."}[d.IntN(3)] + strconv.Itoa(1+d.IntN(254))
}

// moments returns n instants within the world's range, as dense as the curve says, in no order. Milliseconds.
func (m *maker) moments(d dice, n int, curve string) []time.Time {
	first, minutes := m.world.Range.From, int(m.world.Range.Length()/time.Minute)
	upto := make([]float64, minutes) // the curve's integral
	sum := 0.0
	for i := range upto {
		weight := 1.0
		if curve != "" {
			weight = max(0, m.rhythm.at(first.Add(time.Duration(i)*time.Minute), curve))
		}
		sum += weight
		upto[i] = sum
	}
	at := make([]time.Time, 0, n)
	for range n {
		at = append(at, first.Add(time.Duration(find(upto, d.Float64()*sum))*time.Minute+
			time.Duration(d.IntN(60_000))*time.Millisecond))
	}
	return at
}

// find returns the first index whose value exceeds x, the last one if none does.
func find(sums []float64, x float64) int {
	low, high := 0, len(sums)-1
	for low < high {
		mid := (low + high) / 2
		if sums[mid] > x {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

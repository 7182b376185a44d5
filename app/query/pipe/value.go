package pipe

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Kind is what sort of value a Value is.
type Kind uint8

// The kinds.
const (
	None   Kind = iota // the field is not there, or there is no result
	Text               // also a number in a message: it is kept as it is written
	Number             // a result of arithmetic or of a function
	Bool               // shown as 1 or 0
	Time               // milliseconds since 1970
	JSON               // a map or a list, which jsonParse made: no value to most functions
)

// Value is a field of an event, or what an expression gives. The zero Value is none.
type Value struct {
	kind Kind
	num  float64 // of Number, Bool and Time
	text string  // of Text and JSON
}

func textOf(s string) Value     { return Value{kind: Text, text: s} }
func numberOf(n float64) Value  { return Value{kind: Number, num: n} }
func timeOf(t time.Time) Value  { return Value{kind: Time, num: float64(t.UnixMilli())} }
func millisOf(ms float64) Value { return Value{kind: Time, num: ms} }
func jsonOf(raw string) Value   { return Value{kind: JSON, text: raw} }
func (v Value) is(k Kind) bool  { return v.kind == k }
func (v Value) absent() bool    { return v.kind == None || v.kind == JSON }
func instant(ms float64) time.Time {
	if math.IsNaN(ms) || math.Abs(ms) > maxMillis {
		return time.Time{}
	}
	return time.UnixMilli(int64(ms)).UTC()
}

// Kind says what sort of value it is.
func (v Value) Kind() Kind { return v.kind }

// maxMillis is the year 9999, the last that a time in text can name.
const maxMillis = 253_402_300_799_999

func boolOf(b bool) Value {
	if b {
		return Value{kind: Bool, num: 1}
	}
	return Value{kind: Bool}
}

// timeForm is how Logs Insights writes a time.
const timeForm = "2006-01-02 15:04:05.000"

// String writes a value as Logs Insights does: times in UTC, true as 1; nothing for none.
func (v Value) String() string {
	switch v.kind {
	case Text, JSON:
		return v.text
	case Number, Bool:
		return formatNumber(v.num)
	case Time:
		return instant(v.num).Format(timeForm)
	}
	return ""
}

// formatNumber writes a number without an exponent as far as it is readable so.
func formatNumber(n float64) string {
	if a := math.Abs(n); a >= 1e21 || a > 0 && a < 1e-9 {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// Number returns a value as a number; ok is false if it reads as none. A time is its milliseconds since 1970.
func (v Value) Number() (n float64, ok bool) {
	switch v.kind {
	case Number, Bool, Time:
		return v.num, true
	case Text:
		return parseNumber(v.text)
	}
	return 0, false
}

// Instant returns the time that a value is, the zero time if it is none.
func (v Value) Instant() time.Time {
	if v.kind != Time {
		return time.Time{}
	}
	return instant(v.num)
}

// parseNumber reads a decimal number. Words that strconv takes, such as inf and 0x10, are none.
func parseNumber(text string) (float64, bool) {
	if text == "" || len(text) > 64 || text[0]|0x20 == 'e' {
		return 0, false
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case '0' <= c && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return 0, false
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

// truth reports whether a value holds as a condition.
func (v Value) truth() bool {
	switch v.kind {
	case Number, Bool, Time:
		return v.num != 0
	case Text:
		n, ok := parseNumber(v.text)
		return ok && n != 0 || strings.EqualFold(v.text, "true")
	}
	return false
}

// equal reports whether two values are the same, as numbers if both read as numbers.
func equal(a, b Value) bool {
	switch {
	case a.absent() || b.absent():
		return false
	case a.kind == Text && b.kind == Text && a.text == b.text:
		return true
	case a.kind == Bool && b.kind == Text:
		return equalBool(a, b)
	case b.kind == Bool && a.kind == Text:
		return equalBool(b, a)
	}
	if x, ok := a.Number(); ok {
		if y, ok := b.Number(); ok {
			return x == y
		}
	}
	return a.String() == b.String()
}

func equalBool(b, word Value) bool {
	if n, ok := word.Number(); ok {
		return n == b.num
	}
	return strings.EqualFold(word.text, strconv.FormatBool(b.num != 0))
}

// compare orders two values that are there: numbers by size, other values as text, numbers before text.
func compare(a, b Value) int {
	x, isX := a.Number()
	y, isY := b.Number()
	switch {
	case isX && isY && x < y:
		return -1
	case isX && isY && x > y:
		return 1
	case isX && isY:
		return 0
	case isX:
		return -1
	case isY:
		return 1
	}
	return strings.Compare(a.text, b.text)
}

// compareSorted orders values for sort: what is not there comes last in ascending order.
func compareSorted(a, b Value) int {
	switch {
	case a.absent() && b.absent():
		return 0
	case a.absent():
		return 1
	case b.absent():
		return -1
	}
	return compare(a, b)
}

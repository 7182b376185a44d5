package query

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// value is what a field is asked for.
type value struct {
	text    string // in lower case
	op      app.Comparison
	number  float64 // that op compares with; of a length, seconds
	length  bool
	unicode bool // the text is not all ASCII
}

func newValue(t app.LogTerm) value {
	v := value{text: app.Fold(t.Text), op: t.Op}
	if v.op != "" {
		v.number, v.length, _ = numberOf(t.Text)
		return v
	}
	if v.unicode = hasUnicode(v.text); v.unicode {
		v.text = string(fold([]byte(v.text)))
	}
	return v
}

// is reports whether a text begins with the value.
func (v *value) is(text []byte) bool {
	if v.op != "" {
		read := leadingNumber
		if v.length {
			read = leadingLength
		}
		n, end := read(text)
		return end > 0 && v.op.Holds(n, v.number)
	}
	if v.unicode {
		text = fold(text)
	}
	return isValue(text, v.text)
}

// numberOf reads a number, or a length of time as seconds: 500, -1.5e3, 250ms, 1h30m.
func numberOf(text string) (n float64, length, ok bool) {
	folded := []byte(app.Fold(text))
	if n, end := leadingNumber(folded); end > 0 && end == len(folded) {
		return n, false, true
	}
	n, end := leadingLength(folded)
	return n, true, end > 0 && end == len(folded)
}

// leadingNumber reads the number that a text in lower case begins with, and returns where it ends; 0: it begins with
// none. What goes on as a word, a date, a clock time or an address does is no number; 12 ms is one, 12ms is none.
func leadingNumber(text []byte) (n float64, end int) {
	end = numberEnd(text)
	if end == 0 || end < len(text) && (isWord(text[end]) || goesOn(text[end:])) {
		return 0, 0
	}
	n, err := strconv.ParseFloat(string(text[:end]), 64)
	if err != nil {
		return 0, 0
	}
	return n, end
}

// goesOn reports whether what follows a number makes it part of something else: 10:02, 2026-11-12, 10.0.0.1, 12/31.
func goesOn(rest []byte) bool {
	return strings.IndexByte(".:-/", rest[0]) >= 0 && len(rest) > 1 && isDigit(rest[1])
}

// numberEnd returns how long the number is that a text begins with: -1.5e3.
func numberEnd(text []byte) int {
	digits := func(at int) int {
		for at < len(text) && isDigit(text[at]) {
			at++
		}
		return at
	}
	start := 0
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		start = 1
	}
	end := digits(start)
	if end == start {
		return 0
	}
	if end+1 < len(text) && text[end] == '.' && isDigit(text[end+1]) {
		end = digits(end + 1)
	}
	if end < len(text) && text[end] == 'e' {
		exponent := end + 1
		if exponent < len(text) && (text[exponent] == '-' || text[exponent] == '+') {
			exponent++
		}
		if to := digits(exponent); to > exponent {
			end = to
		}
	}
	return end
}

// lengthUnits are the units of lengths of time as loggers write them, in seconds.
var lengthUnits = map[string]float64{
	"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1,
	"millisecond": 1e-3, "milliseconds": 1e-3,
	"m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600,
	"d": 86400, "day": 86400, "days": 86400,
}

// longestUnit is the length of the longest of them in bytes.
const longestUnit = len("milliseconds")

// leadingLength reads the length of time that a text in lower case begins with, in seconds, and returns where it ends;
// 0: it begins with none. It has a unit, and may go on with smaller ones: 1.5 s, 250ms, 1h30m.
func leadingLength(text []byte) (seconds float64, end int) {
	sign := 1.0
	if bytes.HasPrefix(text, []byte("-")) {
		sign = -1
	}
	for {
		number := end + numberEnd(text[end:])
		n, err := strconv.ParseFloat(string(text[end:number]), 64)
		if err != nil {
			return 0, 0
		}
		unit, to := unitAt(text, number, end == 0)
		if to == 0 {
			return 0, 0
		}
		seconds, end = seconds+sign*math.Abs(n)*unit, to
		if end == len(text) || !isDigit(text[end]) {
			return seconds, end
		}
	}
}

// unitAt reads the unit at an offset, which may stand after a blank, and returns where it ends; 0: there is none.
func unitAt(text []byte, at int, mayBlank bool) (unit float64, end int) {
	if mayBlank && at < len(text) && text[at] == ' ' {
		at++
	}
	for end = at; end < len(text) && end-at <= longestUnit && isLetter(text[end]); {
		end++
	}
	unit, ok := lengthUnits[string(text[at:end])]
	if !ok || end < len(text) && isWord(text[end]) && !isDigit(text[end]) {
		return 0, 0
	}
	return unit, end
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || c >= 0x80 }

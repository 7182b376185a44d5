package cache

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// How values of package app are written to columns and read from them.

// milli reads a column of milliseconds.
func milli(ms int64) time.Time { return possible(time.UnixMilli(ms)) }

// possible returns a time in UTC, or the zero time for one in a year that JSON cannot tell: an alarm of AWS's may have
// named any, and earlier versions kept it.
func possible(t time.Time) time.Time {
	if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// micro reads a column of microseconds.
func micro(us int64) time.Time { return possible(time.UnixMicro(us)) }

// nano reads a column of nanoseconds.
func nano(ns int64) time.Time { return time.Unix(0, ns).UTC() }

// nanos writes a column of nanoseconds. Beyond 1678 and 2262, which a range without an end may name, it stops there.
func nanos(t time.Time) int64 {
	switch {
	case t.Before(time.Unix(0, math.MinInt64)):
		return math.MinInt64
	case t.After(time.Unix(0, math.MaxInt64)):
		return math.MaxInt64
	}
	return t.UnixNano()
}

// dayOf returns the day since the Unix epoch, in UTC, of a time in milliseconds.
func dayOf(ms int64) int64 {
	const day = int64(24 * time.Hour / time.Millisecond)
	d := ms / day
	if ms%day < 0 {
		d--
	}
	return d
}

// bounds returns a range as from <= column < to, for a column that counts units. The zero range has no bounds.
func bounds(r app.Range, unit time.Duration) (from, to int64) {
	if r.From.IsZero() && r.To.IsZero() {
		return math.MinInt64, math.MaxInt64
	}
	return ceiling(r.From, unit), ceiling(r.To, unit)
}

// ceiling returns the first count of units that is not before t.
func ceiling(t time.Time, unit time.Duration) int64 {
	if unit == time.Nanosecond {
		return nanos(t)
	}
	perSecond := int64(time.Second / unit)
	return t.Unix()*perSecond + (int64(t.Nanosecond())+int64(unit)-1)/int64(unit)
}

// nullIfEmpty writes "" as NULL, which partial indexes leave out.
func nullIfEmpty(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// encodeJSON writes a JSON column. Characters such as < are not escaped, which would change raw JSON within.
func encodeJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return string(bytes.TrimSuffix(b.Bytes(), []byte{'\n'})), err
}

// decodeJSON reads a JSON column. JSON null leaves v as it is.
func decodeJSON(text string, v any) error {
	if text == "null" {
		return nil
	}
	return json.Unmarshal([]byte(text), v)
}

// jsonArray writes names as a JSON array for json_each; NULL, which matches all, for none.
func jsonArray[T any](items []T) (any, error) {
	if len(items) == 0 {
		return nil, nil
	}
	return encodeJSON(items)
}

// lowerASCII changes ASCII letters to lower case, as lower in SQLite does.
func lowerASCII(text string) string {
	return strings.Map(func(c rune) rune {
		if 'A' <= c && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, text)
}

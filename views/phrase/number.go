package phrase

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/nephograph/nephograph/app"
)

// Count returns a whole number with its thousands apart: 41,208.
func Count[N int | int64](n N) string { return humanize.Comma(int64(n)) }

// Plural returns a count with its noun: 1 event, 1,904 events.
func Plural[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Share returns a part of a whole, from 0 to 1, in per cent: 61 %, 2.4 %, under 0.1 %.
func Share(part float64) string {
	switch {
	case part > 0 && part < 0.001:
		return "under 0.1 %"
	case part >= 0.0995 || part == 0:
		return strconv.Itoa(int(math.Round(part*100))) + " %"
	}
	return strconv.FormatFloat(part*100, 'f', 1, 64) + " %"
}

// Number returns a value to read at a glance, with two or three figures and an SI letter: 0.71, 8.1, 384, 1.2k, 3.4M.
// Beyond the letters it is 1e+308. What is no number is a dash.
func Number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	if math.Abs(v) >= 999.5e15 {
		return strconv.FormatFloat(v, 'g', 2, 64)
	}
	letter := ""
	for _, l := range []string{"k", "M", "G", "T", "P"} {
		if math.Abs(v) < 999.5 {
			break
		}
		v, letter = v/1000, l
	}
	return figures(v) + letter
}

// figures rounds to two figures after which nobody looks, three from a hundred on.
func figures(v float64) string {
	places := 0
	switch size := math.Abs(v); {
	case size == 0:
		return "0"
	case size < 0.01:
		return strconv.FormatFloat(v, 'g', 2, 64)
	case size < 0.995:
		places = 2
	case size < 9.95:
		places = 1
	}
	text := strconv.FormatFloat(v, 'f', places, 64)
	if places > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// Exact returns a value with all its figures, as a threshold is told: 1,000,000, 0.25; with an exponent where most
// would be zeros, 1e+308.
func Exact(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return Count(int64(v))
	}
	if size := math.Abs(v); size >= 1e18 || size < 1e-6 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Amount returns a value in a CloudWatch unit (MetricDatum, Unit): 2.9 s, 12 %, 812 MB, 384/s. Units that it does not
// know, and none, are left out.
func Amount(v float64, unit string) string { return amount(v, unit, Number) }

// ExactAmount is Amount without rounding, for thresholds: 4.25 s, 180 s is 3 min.
func ExactAmount(v float64, unit string) string { return amount(v, unit, Exact) }

// byteUnits maps CloudWatch's units of size to what one of them is in bytes, or in bits.
var byteUnits = map[string]float64{
	"Bytes": 1, "Kilobytes": 1e3, "Megabytes": 1e6, "Gigabytes": 1e9, "Terabytes": 1e12,
	"Bits": 1, "Kilobits": 1e3, "Megabits": 1e6, "Gigabits": 1e9, "Terabits": 1e12,
}

func amount(v float64, unit string, number func(float64) string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return number(math.NaN())
	}
	if base, rate := strings.CutSuffix(unit, "/Second"); rate {
		return amount(v, base, number) + "/s"
	}
	if s, ok := app.SecondsOf(unit); ok {
		return secondsText(v*s, number)
	}
	if b, ok := byteUnits[unit]; ok {
		text := bytesText(v*b, number)
		if strings.HasSuffix(unit, "its") { // Bits, Kilobits
			text = strings.TrimSuffix(text, "B") + "bit"
		}
		return text
	}
	if unit == "Percent" {
		return number(v) + " %"
	}
	return number(v)
}

// secondsText returns seconds in the unit in which they are a small number.
func secondsText(s float64, number func(float64) string) string {
	round := func(v float64) float64 { return math.Round(v*1e9) / 1e9 } // what converting units added
	switch size := math.Abs(s); {
	case size == 0:
		return "0 s"
	case size < 0.000_999_5:
		return number(round(s*1e6)) + " µs"
	case size < 0.9995:
		return number(round(s*1e3)) + " ms"
	case size < 60 && number(round(size)) != "60":
		return number(round(s)) + " s"
	case size > math.MaxInt64/1e9:
		return number(round(s/3600/24)) + " d"
	}
	return Duration(time.Duration(s * 1e9).Round(time.Second))
}

func bytesText(b float64, number func(float64) string) string {
	if math.Abs(b) >= 1e21 { // no letter makes it short
		return strconv.FormatFloat(b, 'g', 2, 64) + " B"
	}
	letter := ""
	for _, l := range []string{"k", "M", "G", "T", "P"} {
		if math.Abs(b) < 999.5 {
			break
		}
		b, letter = b/1000, l
	}
	return number(b) + " " + letter + "B"
}

// Bytes returns a size: 812 MB.
func Bytes(n int64) string { return bytesText(float64(n), Number) }

// Duration returns a length of time in its two greatest units: 4 s, 8 min 12 s, 3 d 4 h. Below a second it is 450 ms.
func Duration(d time.Duration) string {
	switch {
	case d < 0:
		return "-" + Duration(max(-d, 0))
	case d < time.Minute && d%time.Second != 0:
		return secondsText(d.Seconds(), Number)
	}
	d = d.Round(time.Second)
	for i, u := range units {
		if d < u.length && u.length > time.Second {
			continue
		}
		text := fmt.Sprintf("%d %s", d/u.length, u.name)
		if i+1 < len(units) {
			if rest := d % u.length / units[i+1].length; rest > 0 {
				text += fmt.Sprintf(" %d %s", rest, units[i+1].name)
			}
		}
		return text
	}
	return "0 s"
}

// units are those in which people tell lengths of time, greatest first. A week is one only as a whole.
var units = []struct {
	length time.Duration
	name   string
}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}}

// Lasting returns how long something has been so, without seconds once it is minutes.
func Lasting(d time.Duration) string {
	if d >= time.Minute {
		d = d.Truncate(time.Minute)
	}
	return Duration(d.Truncate(time.Second))
}

// Window returns the length of a window as the focus bar names it: 15 min, 1 h, 3 d, 1 w.
func Window(d time.Duration) string {
	if week := 7 * 24 * time.Hour; d >= week && d%week == 0 {
		return fmt.Sprintf("%d w", d/week)
	}
	return Duration(d)
}

// Age returns how long ago something was, in its greatest unit: 40 s, 7 min, 3 h, 2 d. What lies ahead is now.
func Age(d time.Duration) string {
	if d < time.Second {
		return "now"
	}
	text := Duration(d.Truncate(time.Second))
	first, rest, _ := strings.Cut(text, " ")
	unit, _, _ := strings.Cut(rest, " ")
	return first + " " + unit
}

// Ago is Age in a sentence: 7 min ago, now.
func Ago(d time.Duration) string {
	age := Age(d)
	if age == "now" {
		return age
	}
	return age + " ago"
}

package phrase

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/nephograph/nephograph/app"
)

// Metric is what presets call a metric, or what its name says: writes, age, 5xx error.
func Metric(m app.Metric, presets app.Presets) string {
	known, _ := presets.Of(m)
	return cmp.Or(known.Short, metricWords(m.Name))
}

// dropped are words of metrics' names that the unit or the lane already says.
var dropped = map[string]bool{
	"milliseconds": true, "seconds": true, "units": true, "percent": true, "approximate": true, "count": true,
	"visible": true, "target": true, "code": true, "number": true, "iterator": true, "consumed": true, "capacity": true,
	"of": true, "events": true, "http": true,
}

// metricWords turns a metric's name into words: age, 5xx error, CPU utilization, write throttle.
func metricWords(name string) string {
	name = name[strings.LastIndexByte(name, '.')+1:] // GetRecords.IteratorAgeMilliseconds
	var words, all []string
	for _, w := range splitWords(name) {
		low := strings.ToLower(w)
		if w == strings.ToUpper(w) && len(w) > 1 && !strings.ContainsAny(w, "0123456789") {
			all = append(all, w) // an acronym: CPU
		} else {
			all = append(all, low)
		}
		if !dropped[low] {
			words = append(words, all[len(all)-1])
		}
	}
	if len(words) == 0 {
		words = all
	}
	return strings.Join(words, " ")
}

// splitWords cuts a name at capitals, underscores and figures.
func splitWords(name string) []string {
	var words []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_- /", r) }) {
		for part != "" {
			n := wordLength(part)
			words = append(words, part[:n])
			part = part[n:]
		}
	}
	return words
}

// wordLength returns how long the first word of s is: a status class (5XX), capitals up to the one that begins a word
// (CPUUtilization), or a word with or without a capital.
func wordLength(s string) int {
	upper := func(i int) bool { return i < len(s) && s[i] >= 'A' && s[i] <= 'Z' }
	lower := func(i int) bool { return i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= utf8.RuneSelf) }
	if len(s) >= 3 && s[0] >= '1' && s[0] <= '5' && strings.EqualFold(s[1:3], "xx") {
		return 3
	}
	n := 1
	switch {
	case upper(0) && upper(1):
		for upper(n) && !lower(n+1) {
			n++
		}
	case upper(0) || lower(0):
		for lower(n) {
			n++
		}
	default:
		for n < len(s) && !upper(n) && !lower(n) {
			n++
		}
	}
	return n
}

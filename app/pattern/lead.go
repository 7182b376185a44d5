package pattern

import "github.com/nephograph/nephograph/app"

// lead returns the length of what loggers write before the text: the time, the level and, in Lambda functions, the
// request id, in any order (Lambda developer guide, "Using the Node.js logging libraries", "Python logging"). They
// are known of an event without its pattern. Where nothing else is said it returns 0.
func lead(m string) int {
	i := 0
	for {
		from := i
		for from < len(m) && classes[m[from]] == blank {
			from++
		}
		n := leadLength(m[from:])
		if n == 0 {
			break
		}
		i = from + n
	}
	for j := i; j < len(m); j++ {
		if classes[m[j]] != blank {
			return i
		}
	}
	return 0
}

// leadLength returns the length of one part of a lead that a blank follows, 0 if there is none.
func leadLength(m string) int {
	i := 0
	if m != "" && m[0] == '[' {
		i++
	}
	n := letters(m[i:])
	switch {
	case n >= 4 && n <= 8 && m[i] >= 'A' && m[i] <= 'Z' && m[i+1] <= 'Z' && app.ParseLevel(m[i:i+n]) != app.LevelNone:
	case i+36 <= len(m) && isUUID(m[i:i+36]):
		n = 36
	case i < len(m) && isDigit(m[i]):
		if n = date(m[i:]); n > 0 { // a time of day by itself is part of what is said
			n = instant(m[i:])
		}
	default:
		return 0
	}
	if n == 0 {
		return 0
	}
	if i += n; m[0] == '[' {
		if i >= len(m) || m[i] != ']' {
			return 0
		}
		i++
	}
	if i >= len(m) || classes[m[i]] != blank {
		return 0
	}
	return i
}

func isUUID(w string) bool {
	return w[8] == '-' && w[13] == '-' && w[18] == '-' && w[23] == '-' && hexDashed(w)
}

package app

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unescaped returns a text of JSON as it was before it was written there. What is no escape of JSON stays as it is.
func unescaped(raw string) string {
	at := strings.IndexByte(raw, '\\')
	if at < 0 {
		return raw
	}
	b := make([]byte, 0, len(raw))
	for at >= 0 {
		b = append(b, raw[:at]...)
		r, n := EscapedRune(raw[at:])
		if n == 0 {
			b, n = append(b, '\\'), 1
		} else {
			b = utf8.AppendRune(b, r)
		}
		raw = raw[at+n:]
		at = strings.IndexByte(raw, '\\')
	}
	return string(append(b, raw...))
}

// EscapedRune returns the character that an escape of JSON stands for, which a text begins with, and the length of the
// escape; 0 if it is none. Half a surrogate pair is none.
func EscapedRune[T string | []byte](text T) (r rune, length int) {
	if len(text) < 2 || text[0] != '\\' {
		return 0, 0
	}
	switch c := text[1]; c {
	case '"', '\\', '/':
		return rune(c), 2
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'u':
		first, ok := hex16(text[2:])
		if !ok {
			return 0, 0
		}
		if !utf16.IsSurrogate(first) {
			return first, 6
		}
		if len(text) > 8 && text[6] == '\\' && text[7] == 'u' {
			second, ok := hex16(text[8:])
			if r := utf16.DecodeRune(first, second); ok && r != utf8.RuneError {
				return r, 12
			}
		}
	}
	return 0, 0
}

// hex16 reads four hexadecimal digits.
func hex16[T string | []byte](text T) (n rune, ok bool) {
	if len(text) < 4 {
		return 0, false
	}
	for i := range 4 {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			n = n<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			n = n<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return n, true
}

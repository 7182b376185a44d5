package query

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nephograph/nephograph/app"
)

// A message is searched as it is written and as it is shown: JSON may write a character as it is or escaped, and does
// so again where JSON lies within a text of JSON; loggers put the colours of a terminal between the words.

// maxReadings bounds how often a message is read again: JSON within JSON within JSON, coloured within.
const maxReadings = 4

// anyReading reports whether something holds for a message as it is written, or for one of the ways to read it.
func anyReading(message []byte, holds func([]byte) bool) bool {
	for n := 0; ; n++ {
		if holds(message) {
			return true
		}
		if n == maxReadings || !hasReadings(message) {
			return false
		}
		message = shown(message)
	}
}

const escape = 0x1b // begins a control sequence of a terminal

// hasReadings reports whether a message may be shown otherwise than it is written.
func hasReadings[T string | []byte](message T) bool {
	return index(message, '\\') >= 0 || index(message, escape) >= 0
}

func index[T string | []byte](text T, c byte) int {
	switch text := any(text).(type) {
	case []byte:
		return bytes.IndexByte(text, c)
	case string:
		return strings.IndexByte(text, c)
	}
	return -1
}

// Coloured reports whether a message may hold control sequences of a terminal, as they are or escaped. Where it does,
// words that follow each other as it is shown need not do so as it is written.
func Coloured[T string | []byte](message T) bool {
	if index(message, escape) >= 0 {
		return true
	}
	if index(message, '\\') < 0 {
		return false
	}
	for at := 0; ; at++ { // of u001b, for no escape makes a letter or a digit of these
		i := index(message[at:], '1')
		if i < 0 {
			return false
		}
		at += i
		if at >= 3 && at+1 < len(message) && message[at-3]|0x20 == 'u' && message[at-2] == '0' &&
			message[at-1] == '0' &&
			message[at+1]|0x20 == 'b' {
			return true
		}
	}
}

// EachReading calls f with each of the other ways to read a message than as it is written.
func EachReading(message []byte, f func([]byte)) {
	for n := 0; n < maxReadings && hasReadings(message); n++ {
		message = shown(message)
		f(message)
	}
}

// shown takes the control sequences of a terminal out of a message, then the escapes of JSON.
func shown(message []byte) []byte {
	if bytes.IndexByte(message, escape) >= 0 {
		message = []byte(app.PlainText(string(message)))
	}
	return unescaped(message)
}

// unescaped takes the escapes of JSON out of a text, those that encoders write.
func unescaped(text []byte) []byte {
	at := bytes.IndexByte(text, '\\')
	if at < 0 {
		return text
	}
	b := make([]byte, 0, len(text))
	for at >= 0 {
		b = append(b, text[:at]...)
		r, n := app.EscapedRune(text[at:])
		if n == 0 || !escapable(r) {
			b, n = append(b, '\\'), 1
		} else {
			b = utf8.AppendRune(b, r)
		}
		text = text[at+n:]
		at = bytes.IndexByte(text, '\\')
	}
	return append(b, text...)
}

// escapable reports whether encoders of JSON write a character escaped. All escape the quotation mark, the backslash
// and control characters; Python's json.dumps what is not ASCII; PHP's json_encode the slash too; Go's encoding/json
// <, > and &; Gson also = and '; System.Text.Json also + and `. Letters, digits and blanks are escaped by none, so
// that what is written of them stands in a message as it is: the filters of the cache rely on that.
func escapable(r rune) bool {
	switch r {
	case '"', '\\', '/', '<', '>', '&', '=', '\'', '+', '`', 0x7f:
		return true
	}
	return r < ' ' || r >= utf8.RuneSelf
}

// Parts returns the parts of a text that a message holds as they are wherever the message can be read to hold the text,
// unless it is coloured.
func Parts(text string) (parts []string) {
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] < utf8.RuneSelf && !escapable(rune(text[i])) {
			continue
		}
		if i > start {
			parts = append(parts, text[start:i])
		}
		start = i + 1
	}
	return parts
}

// fold makes the characters of a text equal that differ in case only (Unicode's simple case folding). Those that are
// ASCII equal no others: the Kelvin sign is no k.
func fold(text []byte) []byte {
	if !hasUnicode(text) {
		return text
	}
	b := make([]byte, 0, len(text)+8)
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			b = append(b, c)
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(b, text[i])
		} else {
			b = utf8.AppendRune(b, foldRune(r))
		}
		i += size
	}
	return b
}

func hasUnicode[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// foldRune returns the first of the characters beyond ASCII that differ from one in case only.
func foldRune(r rune) rune {
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if other >= utf8.RuneSelf {
			least = min(least, other)
		}
	}
	return least
}

package mask

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// scan is one pass over a text.
type scan struct {
	text string
	mask Mask
	out  []byte // what comes out, as far as done; nil while nothing is masked
	done int    // what lies before it is masked or passed over: no rule looks back beyond

	secretFrom, secretTo int // a secret key that stands beside a key id, until it is reached

	digitAt  int  // as far as nextDigit has looked
	curlTo   int  // as far as curlUser has looked
	curlSeen bool // the line there has the word curl

	valid            validity
	quotedTo         int  // as far as inString has read
	quoted, escaping bool // whether that is within a string, and behind a backslash
}

// validity is whether the text is valid JSON, once that was asked.
type validity uint8

const (
	notAsked validity = iota
	validJSON
	invalidJSON
)

// trigger says what may begin at a byte.
type trigger uint8

const (
	nothing    trigger = iota
	separator          // : = > between a name and a value
	digit              // a card
	dash               // a private key, or a flag
	capitalA           // a key id
	smallE             // a JWT
	letterB            // a bearer token
	session            // a session token
	underscore         // the token of a service
	percent            // a separator in URL encoding
)

var triggers = [256]trigger{
	'_': underscore, '%': percent,
	':': separator, '=': separator, '>': separator, '-': dash, 'A': capitalA,
	'e': smallE, 'b': letterB, 'B': letterB, 'I': session, 'F': session,
	'0': digit, '1': digit, '2': digit, '3': digit, '4': digit, '5': digit, '6': digit, '7': digit, '8': digit,
	'9': digit,
}

// run goes over the text and returns it masked.
func (s *scan) run() string {
	text := s.text
	for i := 0; i < len(text); {
		t := triggers[text[i]]
		switch {
		case t == nothing:
			i++
		case s.secretTo > 0 && i >= s.secretFrom:
			i = s.beside(i)
		case t == digit:
			i = s.digits(i)
		case t == underscore: // frequent, and most end no prefix
			if mayEndPrefix(text, i) {
				i = max(i+1, s.ended(i))
			} else {
				i++
			}
		case s.mayBegin(t, i):
			i = max(i+1, s.try(t, i))
		default:
			i++
		}
	}
	if s.secretTo > 0 {
		s.beside(len(text))
	}
	return s.result()
}

// digits looks at the number that begins at i, and returns where it ends. Most are too short for a card.
func (s *scan) digits(i int) int {
	end := i + 1
	for end < len(s.text) && isDigit(s.text[end]) {
		end++
	}
	if n := end - i; n >= fewestDigits || n == 4 && end < len(s.text) && (s.text[end] == ' ' || s.text[end] == '-') {
		return s.card(i, end)
	}
	return end
}

// mayBegin tells by the byte behind a trigger, or before it, whether a rule need look at the text: most often not.
func (s *scan) mayBegin(t trigger, i int) bool {
	if i+1 >= len(s.text) {
		return false
	}
	next := s.text[i+1]
	switch t {
	case separator:
		if i < 2 || next == '/' || next == '\\' {
			return true
		}
		switch last := s.text[i-1]; last {
		case '"', '\'', ' ':
			return true
		default:
			return mayTell(s.text[i-2], last)
		}
	case dash:
		return next == '-' || i > 0 && (mayEndPrefix(s.text, i) || next|0x20 == 'u' && s.text[i-1] == ' ')
	case percent:
		return (next == '3' || next == '2') && i >= 2
	case capitalA:
		return next == 'K' || next == 'S' || next == 'B' || next == 'C' || next == 'I'
	case smallE:
		return next == 'y'
	case letterB:
		return next|0x20 == 'e'
	case session:
		return next == 'Q' || next == 'w'
	}
	return true
}

// try lets the rule of a trigger look at the text from i on and returns where to go on; 0 is behind i.
func (s *scan) try(t trigger, i int) int {
	switch t {
	case separator:
		return s.separated(i)
	case dash:
		if s.text[i+1] != '-' {
			return max(s.ended(i), s.curlUser(i))
		}
		return max(s.privateKey(i), s.flag(i))
	case percent:
		return s.encoded(i)
	case capitalA:
		if strings.HasPrefix(s.text[i:], "AIza") {
			return s.vendorToken(i+len("AIz"), googleKey)
		}
		return s.keyID(i)
	case smallE:
		return s.jwt(i)
	case letterB:
		return s.bearer(i)
	case session:
		return s.sessionToken(i)
	}
	return 0
}

func (s *scan) result() string {
	if s.out == nil {
		return s.text
	}
	return string(append(s.out, s.text[s.done:]...))
}

// cover masks a part of the text, one asterisk for each character.
func (s *scan) cover(from, to int) { s.coverOnly(from, to, func(byte) bool { return true }) }

// coverOnly masks those characters of a part that secret names; others stay.
func (s *scan) coverOnly(from, to int, secret func(byte) bool) {
	if s.out == nil {
		s.out = make([]byte, 0, len(s.text)+2)
	}
	s.out = append(s.out, s.text[s.done:from]...)
	for i := from; i < to; {
		if c := s.text[i]; !secret(c) {
			s.out = append(s.out, c)
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s.text[i:to])
		s.out = append(s.out, '*')
		i += size
	}
	s.done = to
}

// insert writes text of our own in front of what comes next.
func (s *scan) insert(at int, quote string) {
	s.out = append(append(s.out, s.text[s.done:at]...), quote...)
	s.done = at
}

// before returns the byte before i as it will be: what was masked is an asterisk.
func (s *scan) before(i int) byte {
	switch {
	case i == 0:
		return 0
	case i <= s.done:
		return '*'
	}
	return s.text[i-1]
}

// starts reports whether a word starts at i. A mask counts as part of a word, so that masking again finds the same
// words.
func (s *scan) starts(i int) bool { return !isWord(s.before(i)) }

// ends reports whether a word ends before i.
func (s *scan) ends(i int) bool { return i >= len(s.text) || !isWord(s.text[i]) }

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '*' || c >= 0x80
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isToken reports whether a byte may stand in a bearer token (RFC 6750, b64token).
func isToken(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '+' || c == '/' || c == '='
}

// isBase64 reports whether a byte may stand in base64 or base64url.
func isBase64(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '+' || c == '/' || c == '='
}

// run returns where the bytes end that is says, from i on.
func (s *scan) while(i int, is func(byte) bool) int {
	for i < len(s.text) && is(s.text[i]) {
		i++
	}
	return i
}

// isJSON reports whether the whole text is valid JSON. It is asked only where masks differ by it.
func (s *scan) isJSON() bool {
	if s.valid == notAsked {
		s.valid = invalidJSON
		if json.Valid([]byte(s.text)) {
			s.valid = validJSON
		}
	}
	return s.valid == validJSON
}

// inString reports whether i lies within a string of a text that is JSON. It is asked of growing i.
func (s *scan) inString(i int) bool {
	for ; s.quotedTo < i; s.quotedTo++ {
		switch c := s.text[s.quotedTo]; {
		case s.escaping:
			s.escaping = false
		case c == '\\':
			s.escaping = s.quoted
		case c == '"':
			s.quoted = !s.quoted
		}
	}
	return s.quoted
}

package pipe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error says what is wrong with a query, and where.
type Error struct {
	At   int    // byte of the text at which it begins
	Text string // a sentence without its full stop
	// AWS is true if it is right for AWS but not evaluated here.
	AWS bool
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Text }

// tokenKind is what sort of word a token is.
type tokenKind uint8

const (
	end tokenKind = iota
	name
	quotedName // in backticks
	text       // in quotation marks
	expression // between slashes
	number
	sign // an operator or a punctuation mark
)

type token struct {
	kind tokenKind
	text string // without its quotation marks
	at   int
}

// is reports whether a token is a sign or, in any case, a keyword.
func (t token) is(word string) bool {
	return t.kind == sign && t.text == word || t.kind == name && strings.EqualFold(t.text, word)
}

// said is a token as an error names it.
func (t token) said() string {
	switch t.kind {
	case end:
		return "the end"
	case text:
		return fmt.Sprintf("%q", t.text)
	case expression:
		return "/" + t.text + "/"
	}
	return t.text
}

// scanner cuts a query into tokens.
type scanner struct {
	src string
	at  int
}

// signs are the operators of several characters before their beginnings.
var signs = []string{"!=", "<=", ">=", "=~", "=", "<", ">", "|", ",", "(", ")", "[", "]", "+", "-", "*", "/", "%", "^"}

// next returns the next token. value says that an operand is expected, where a slash begins a regular expression.
func (s *scanner) next(value bool) (token, error) {
	s.skip()
	start := s.at
	if start >= len(s.src) {
		return token{kind: end, at: start}, nil
	}
	switch c := s.src[start]; {
	case c == '"' || c == '\'':
		return s.quoted(c, text)
	case c == '`':
		return s.quoted(c, quotedName)
	case c == '/' && value:
		return s.expression()
	case '0' <= c && c <= '9':
		return s.number(), nil
	}
	if r, _ := utf8.DecodeRuneInString(s.src[start:]); isNameStart(r) {
		return s.name(), nil
	}
	for _, one := range signs {
		if strings.HasPrefix(s.src[start:], one) {
			s.at += len(one)
			return token{sign, one, start}, nil
		}
	}
	r, _ := utf8.DecodeRuneInString(s.src[start:])
	return token{}, &Error{At: start,
		Text: fmt.Sprintf("%q has no meaning here; a field with such a name stands in `backticks`", r)}
}

// skip steps over blanks and comments.
func (s *scanner) skip() {
	for s.at < len(s.src) {
		switch c := s.src[s.at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			s.at++
		case c == '#':
			n := strings.IndexByte(s.src[s.at:], '\n')
			if n < 0 {
				n = len(s.src) - s.at
			}
			s.at += n
		default:
			return
		}
	}
}

// quoted reads to the closing mark; a backslash before the mark or before another backslash escapes it.
func (s *scanner) quoted(mark byte, kind tokenKind) (token, error) {
	start := s.at
	var b strings.Builder
	for i := start + 1; i < len(s.src); i++ {
		switch c := s.src[i]; {
		case c == '\\' && kind == text && i+1 < len(s.src) && (s.src[i+1] == mark || s.src[i+1] == '\\'):
			i++
			b.WriteByte(s.src[i])
		case c == mark:
			s.at = i + 1
			return token{kind, b.String(), start}, nil
		default:
			b.WriteByte(c)
		}
	}
	return token{}, &Error{At: start, Text: fmt.Sprintf("%c has no other half", mark)}
}

// expression reads to the next slash that is not escaped.
func (s *scanner) expression() (token, error) {
	start := s.at
	for i := start + 1; i < len(s.src); i++ {
		switch s.src[i] {
		case '\\':
			i++
		case '/':
			s.at = i + 1
			return token{expression, strings.ReplaceAll(s.src[start+1:i], `\/`, `/`), start}, nil
		}
	}
	return token{}, &Error{At: start, Text: "the regular expression has no closing slash"}
}

// number reads digits with a point, and the letters of a unit of time after them: 5, 0.5, 5m.
func (s *scanner) number() token {
	start := s.at
	for s.at < len(s.src) && (isDigit(s.src[s.at]) || s.src[s.at] == '.' || isLetter(s.src[s.at])) {
		s.at++
	}
	return token{number, s.src[start:s.at], start}
}

// name reads a name: its parts are separated by points and may stand in backticks, and [1] is the part 1.
func (s *scanner) name() token {
	start := s.at
	var b strings.Builder
	for s.at < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[s.at:])
		switch {
		case isNameStart(r) || r == '.' || unicode.IsDigit(r):
			b.WriteString(s.src[s.at : s.at+size])
			s.at += size
			continue
		case r == '`' && s.src[s.at-1] == '.':
			if part, err := s.quoted('`', quotedName); err == nil {
				b.WriteString(part.text)
				continue
			}
		case r == '[' && !strings.EqualFold(b.String(), "in"):
			if index, length := indexIn(s.src[s.at:]); length > 0 {
				b.WriteString("." + index)
				s.at += length
				continue
			}
		}
		return token{name, b.String(), start}
	}
	return token{name, b.String(), start}
}

// indexIn reads [12] at the beginning of a text: the digits and the length of all.
func indexIn(src string) (digits string, length int) {
	closing := strings.IndexByte(src, ']')
	if closing < 2 || strings.Trim(src[1:closing], "0123456789") != "" {
		return "", 0
	}
	return src[1:closing], closing + 1
}

func isNameStart(r rune) bool {
	return r == '@' || r == '_' || unicode.IsLetter(r)
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

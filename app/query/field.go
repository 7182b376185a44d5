package query

import (
	"bytes"
	"strings"
)

// hasField reports whether one reading of a message in lower case says that the field has the value.
func (c *Condition) hasField(message []byte) bool {
	for at := 0; ; {
		i := bytes.Index(message[at:], []byte(c.name))
		if i < 0 {
			return false
		}
		if c.FieldAt(message, at+i) {
			return true
		}
		at += i + 1
	}
}

// FieldAt reports whether a message in lower case says, at an offset where the name of the field stands, that the field
// has the value. An array in JSON has it if one of its elements does.
func (c *Condition) FieldAt(message []byte, at int) bool {
	if at > 0 && (isWord(message[at-1]) || c.tabbed && message[at-1] != '\t') {
		return false
	}
	rest := skipSpace(skipQuote(message[at+len(c.name):]))
	if len(rest) == 0 || rest[0] != ':' && rest[0] != '=' {
		return false
	}
	rest = skipSpace(rest[1:])
	if c.value.is(skipQuote(rest)) {
		return true
	}
	return len(rest) > 0 && rest[0] == '[' && (&nested{field: c.name, value: &c.value}).inArray(rest)
}

// isValue reports whether a text begins with a value.
func isValue(text []byte, value string) bool {
	prefix := strings.TrimSuffix(value, "*")
	if len(text) < len(prefix) || string(text[:len(prefix)]) != prefix {
		return false
	}
	rest := text[len(prefix):]
	if len(rest) == 0 || prefix != value {
		return true
	}
	// A figure goes on after the point: 12 is not 12.5.
	return !isWord(rest[0]) && !(rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]))
}

func skipSpace(text []byte) []byte {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	return text
}

// skipQuote steps over a quotation mark, one that is escaped because the JSON lies within a JSON text among them.
func skipQuote(text []byte) []byte {
	if len(text) > 1 && text[0] == '\\' && text[1] == '"' {
		return text[2:]
	}
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'') {
		return text[1:]
	}
	return text
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || isDigit(c) || c == '_' || c >= 0x80 || 'A' <= c && c <= 'Z'
}

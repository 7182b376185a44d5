package query

import (
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// fieldTerm is name:value; http://host and Class::method are none.
var fieldTerm = regexp.MustCompile(`^([\p{L}_@][\p{L}\p{M}\p{N}_.@-]*):([^/:].*)$`)

// itemTerm is name:value in a query of items with fields, where a value may begin with a slash: path:/login.
var itemTerm = regexp.MustCompile(`^([\p{L}_@][\p{L}\p{M}\p{N}_.@-]*):([^:].*)$`)

// comparison is name>value; whether it compares anything depends on the value.
var comparison = regexp.MustCompile(`^([\p{L}_@][\p{L}\p{M}\p{N}_.@-]*)(>=|<=|>|<)(.+)$`)

// fieldName is a name of a field that needs no quotation marks.
var fieldName = regexp.MustCompile(`^[\p{L}_@][\p{L}\p{M}\p{N}_.@-]*$`)

// word is a part of a query up to a blank that is not within quotation marks, which are taken away.
type word struct {
	text       string
	quotedFrom int // where in the text a part in quotation marks begins; -1: nothing was quoted
	end        int // in the query
}

// isBlank reports whether a character separates terms.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// endsAt reports whether a term has ended at an offset.
func (p *parser) endsAt(at int) bool {
	return at >= len(p.text) || isBlank(p.text[at]) || p.depth > 0 && p.text[at] == ')'
}

// keywordAt reports whether AND, OR or NOT stands at an offset. They are written in capitals; in other letters, and in
// quotation marks, they are words to look for.
func (p *parser) keywordAt(at int, keyword string) bool {
	end := at + len(keyword)
	return strings.HasPrefix(p.text[at:], keyword) && (p.endsAt(end) || p.text[end] == '(')
}

// expressionAt reads /expr/ that ends at a blank or with the query; a slash within has to be escaped, so that a path
// such as /api/orders is a word.
func (p *parser) expressionAt(at int) (expr string, end int, ok bool) {
	if at >= len(p.text) || p.text[at] != '/' {
		return "", 0, false
	}
	for i := at + 1; i < len(p.text); i++ {
		switch p.text[i] {
		case '\\':
			i++
		case '/':
			if i == at+1 || !p.endsAt(i+1) {
				return "", 0, false
			}
			return strings.ReplaceAll(p.text[at+1:i], `\/`, `/`), i + 1, true
		}
	}
	return "", 0, false
}

// quotedFieldAt reads the name of a field in quotation marks, before a colon and a value or before a comparison.
func (p *parser) quotedFieldAt(at int) (field string, op app.Comparison, end int, ok bool) {
	if p.text[at] != '"' {
		return "", "", 0, false
	}
	var b strings.Builder
	for i := at + 1; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '\\' && i+1 < len(p.text) && (p.text[i+1] == '"' || p.text[i+1] == '\\'):
			i++
			b.WriteByte(p.text[i])
		case c == '"':
			op, end := operatorAt(p.text, i+1)
			return b.String(), op, end, end > 0 && b.Len() > 0 && !p.endsAt(end)
		default:
			b.WriteByte(c)
		}
	}
	return "", "", 0, false
}

// operatorAt reads the colon or the comparison at an offset; end is 0 if there is neither.
func operatorAt(text string, at int) (op app.Comparison, end int) {
	for _, op := range []app.Comparison{app.AtLeast, app.AtMost, app.More, app.Less, ":"} {
		if strings.HasPrefix(text[at:], string(op)) {
			end = at + len(op)
			if op == ":" {
				op = ""
			}
			return op, end
		}
	}
	return "", 0
}

// wordAt reads to the next blank that is not within quotation marks; within them a backslash escapes. In parentheses it
// ends at the one that closes them, but not at one that closes what the word opens: main().
func (p *parser) wordAt(at int) (word, error) {
	var b strings.Builder
	w := word{quotedFrom: -1}
	quoted, open := false, 0
	i := at
scan:
	for ; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case quoted && c == '\\' && i+1 < len(p.text) && (p.text[i+1] == '"' || p.text[i+1] == '\\'):
			i++
			b.WriteByte(p.text[i])
		case quoted && c == '"':
			quoted = false
		case quoted:
			b.WriteByte(c)
		case c == '"' && w.quotedFrom < 0 && (i == at || p.text[i-1] == ':'):
			quoted, w.quotedFrom = true, b.Len()
		case isBlank(c) || c == ')' && p.depth > 0 && open == 0:
			break scan
		default:
			if c == '(' {
				open++
			} else if c == ')' {
				open--
			}
			b.WriteByte(c)
		}
	}
	if quoted {
		return w, wrong(at, len(p.text), `%q has a quotation mark without its other half`, p.text[at:])
	}
	w.text, w.end = b.String(), i
	return w, nil
}

package simulator

import (
	"errors"
	"strings"
)

// logPattern is a filter pattern for unstructured log events (CloudWatch Logs user guide, "Filter pattern syntax"):
// words and "quoted phrases" that a message holds in the same case, ?optional ones of which it holds at least one, and
// -excluded ones of which it holds none. The zero pattern matches everything.
type logPattern struct{ all, any, none []string }

// errPattern says what the simulator does not do, rather than matching the wrong events.
var errPattern = errors.New("the simulator matches words, \"phrases\", ?optional and -excluded terms; not JSON, " +
	"columns or regular expressions")

// readLogPattern reads a filter pattern.
func readLogPattern(text string) (logPattern, error) {
	var p logPattern
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		into := &p.all
		switch rest[0] {
		case '{', '[', '%':
			return logPattern{}, errPattern
		case '?':
			into, rest = &p.any, rest[1:]
		case '-':
			into, rest = &p.none, rest[1:]
		}
		var term string
		var err error
		if term, rest, err = readTerm(rest); err != nil {
			return logPattern{}, err
		}
		if term != "" {
			*into = append(*into, term)
		}
	}
	if len(p.all)+len(p.none) > 0 {
		p.any = nil // AWS ignores optional terms beside others
	}
	return p, nil
}

// readTerm takes a word or a quoted phrase off the text. Within quotes, a backslash takes the next character as it is.
func readTerm(text string) (term, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		if end := strings.IndexAny(text, " \t\r\n"); end >= 0 {
			return text[:end], text[end:], nil
		}
		return text, "", nil
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return b.String(), text[i+1:], nil
		case text[i] == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		default:
			b.WriteByte(text[i])
		}
	}
	return "", "", errors.New("a quotation mark is not closed")
}

// matches reports whether the message holds what the pattern asks for.
func (p logPattern) matches(message string) bool {
	for _, term := range p.all {
		if !strings.Contains(message, term) {
			return false
		}
	}
	for _, term := range p.none {
		if strings.Contains(message, term) {
			return false
		}
	}
	for _, term := range p.any {
		if strings.Contains(message, term) {
			return true
		}
	}
	return len(p.any) == 0
}

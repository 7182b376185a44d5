package app

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// LogTerm is one condition on the message of a log event.
//
// Text is found anywhere in the message, as grep finds it, in any case of ASCII letters. With a Field the message must
// say that the field has that value: as JSON ("status":500), as key=value (status=500) or as text (status: 500). The
// value may go on with further words, so that service:shop finds "shop api" but not "shops"; a star at its end finds
// any ending. With Regexp the text is a regular expression in Go's syntax (https://pkg.go.dev/regexp/syntax), where case
// counts and ^ and $ are the ends of the message.
type LogTerm struct {
	Text   string
	Field  string
	Regexp bool
	Not    bool // the message must not meet the condition
}

// String writes the term as ParseLogSearch reads it.
func (t LogTerm) String() string {
	text := t.Text
	switch {
	case t.Regexp:
		text = "/" + slashes.ReplaceAllString(text, `\/`) + "/"
	case t.Field != "":
		text = t.Field + ":" + quoteTerm(text, false)
	default:
		text = quoteTerm(text, true)
	}
	if t.Not {
		return "-" + text
	}
	return text
}

// Fold lowers ASCII letters, which is what "in any case" means for log messages: it keeps every byte in its place.
func Fold(text string) string {
	if !strings.ContainsFunc(text, func(c rune) bool { return 'A' <= c && c <= 'Z' }) {
		return text
	}
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// LogMatcher tells whether messages meet all of its terms. It is the plain way to find out, one message at a time.
type LogMatcher struct{ terms []logCondition }

type logCondition struct {
	LogTerm // text and field folded, unless it is an expression
	expr    *regexp.Regexp
}

// NewLogMatcher compiles terms; its error says which expression does not parse.
func NewLogMatcher(terms []LogTerm) (*LogMatcher, error) {
	m := &LogMatcher{}
	for _, t := range terms {
		c := logCondition{LogTerm: t}
		if t.Regexp {
			var err error
			if c.expr, err = regexp.Compile(t.Text); err != nil {
				return nil, fmt.Errorf("%s: %w", t, err)
			}
		} else {
			c.Text, c.Field = Fold(t.Text), Fold(t.Field)
		}
		m.terms = append(m.terms, c)
	}
	return m, nil
}

// Match reports whether a message meets all terms.
func (m *LogMatcher) Match(message string) bool {
	folded := Fold(message)
	for _, t := range m.terms {
		if t.meets(message, folded) == t.Not {
			return false
		}
	}
	return true
}

func (t logCondition) meets(message, folded string) bool {
	switch {
	case t.expr != nil:
		return t.expr.MatchString(message)
	case t.Field != "":
		return HasField(folded, t.Field, t.Text)
	}
	return strings.Contains(folded, t.Text)
}

// HasField reports whether a folded message says that a field, folded, has a value, folded: see LogTerm.
func HasField(message, field, value string) bool {
	for at := 0; ; {
		i := strings.Index(message[at:], field)
		if i < 0 {
			return false
		}
		if FieldAt(message, at+i, field, value) {
			return true
		}
		at += i + 1
	}
}

// FieldAt reports whether a folded message has a field, folded, at an offset where its name stands, and after it the
// value, folded.
func FieldAt[T string | []byte](message T, at int, field, value string) bool {
	if at > 0 && isWord(message[at-1]) {
		return false
	}
	rest := skipQuote(message[at+len(field):])
	rest = skipSpace(rest)
	if len(rest) == 0 || rest[0] != ':' && rest[0] != '=' {
		return false
	}
	rest = skipQuote(skipSpace(rest[1:]))
	prefix := strings.TrimSuffix(value, "*")
	if len(rest) < len(prefix) || string(rest[:len(prefix)]) != prefix {
		return false
	}
	rest = rest[len(prefix):]
	if len(rest) == 0 || prefix != value {
		return true
	}
	// A figure goes on after the point: 12 is not 12.5.
	return !isWord(rest[0]) && !(rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]))
}

func skipSpace[T string | []byte](text T) T {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	return text
}

// skipQuote steps over a quotation mark, one that is escaped because the JSON lies within a JSON text among them.
func skipQuote[T string | []byte](text T) T {
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

// LogSearch is what a line of search text asks for.
type LogSearch struct {
	Terms   []LogTerm
	Level   Level // at least
	Trace   TraceID
	Request string
	Groups  []string
}

// Narrow puts what is asked for into a query, beside what it asks already.
func (s LogSearch) Narrow(q LogQuery) LogQuery {
	q.Match = append(slices.Clip(q.Match), s.Terms...)
	q.Level = max(q.Level, s.Level)
	q.Groups = append(slices.Clip(q.Groups), s.Groups...)
	if s.Trace != "" {
		q.Trace = s.Trace
	}
	if s.Request != "" {
		q.Request = s.Request
	}
	return q
}

var (
	// slashes finds the slashes of an expression that are not escaped yet.
	slashes = regexp.MustCompile(`/`)
	// fieldTerm is name:value; http://host and Class::method are none.
	fieldTerm = regexp.MustCompile(`^([A-Za-z_@][A-Za-z0-9_.@-]*):([^/:].*)$`)
)

// ParseLogSearch reads a line of search text: words, "phrases with spaces", field:value, field:"value with spaces",
// /expressions/, and each of them with a minus for what must not be there. All of them must hold. level:warn asks for
// that level and worse; trace:ID, request:ID and group:NAME narrow to a trace, a request and a log group.
// A quotation mark without its other half, an expression that does not parse and an unknown level are errors.
func ParseLogSearch(text string) (LogSearch, error) {
	var s LogSearch
	for {
		text = strings.TrimLeft(text, " \t\n")
		if text == "" {
			return s, nil
		}
		t, rest, err := cutTerm(text)
		if err != nil {
			return LogSearch{}, err
		}
		if err := s.add(t); err != nil {
			return LogSearch{}, err
		}
		text = rest
	}
}

// ParseLogArgs reads arguments as a shell hands them over: each is one term, and a space within it is part of the term, for
// the shell has taken the quotation marks away. An argument that holds some is read by ParseLogSearch.
func ParseLogArgs(args []string) (LogSearch, error) {
	var lines []string
	for _, arg := range args {
		if strings.ContainsAny(arg, " \t\n") && !strings.Contains(arg, `"`) {
			if _, _, whole := cutExpression(strings.TrimPrefix(arg, "-")); !whole {
				arg = oneTerm(arg)
			}
		}
		lines = append(lines, arg)
	}
	return ParseLogSearch(strings.Join(lines, " "))
}

// oneTerm writes an argument that holds spaces so that it is read as one term.
func oneTerm(arg string) string {
	t := LogTerm{Text: arg}
	if after, ok := strings.CutPrefix(arg, "-"); ok {
		t = LogTerm{Text: after, Not: true}
	}
	if m := fieldTerm.FindStringSubmatch(t.Text); m != nil && !strings.ContainsAny(m[2][:1], " \t\n") {
		t.Field, t.Text = m[1], m[2]
	}
	return t.String()
}

// cutTerm reads the first term of a text that begins with one.
func cutTerm(text string) (t LogTerm, rest string, err error) {
	if after, ok := strings.CutPrefix(text, "-"); ok && after != "" && !strings.HasPrefix(after, " ") && !strings.HasPrefix(after, "-") {
		t, rest, err = cutTerm(after)
		t.Not = true
		return t, rest, err
	}
	if expr, rest, ok := cutExpression(text); ok {
		if _, err := regexp.Compile(expr); err != nil {
			return t, "", fmt.Errorf("/%s/ is not a regular expression: %w", expr, err)
		}
		return LogTerm{Text: expr, Regexp: true}, rest, nil
	}
	word, quotedFrom, rest, err := cutWord(text)
	if err != nil {
		return t, "", err
	}
	if quotedFrom != 0 {
		head := word
		if quotedFrom > 0 {
			head = word[:quotedFrom] + "x" // the value may be anything within quotation marks
		}
		if m := fieldTerm.FindStringSubmatch(head); m != nil {
			return LogTerm{Field: m[1], Text: word[len(m[1])+1:]}, rest, nil
		}
	}
	return LogTerm{Text: word}, rest, nil
}

// cutExpression reads /expr/ that ends at a space or the text's end; a slash within has to be escaped, so that a path such
// as /api/orders is a word.
func cutExpression(text string) (expr, rest string, ok bool) {
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '/':
			if i == 1 || i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\t' && text[i+1] != '\n' {
				return "", "", false
			}
			return strings.ReplaceAll(text[1:i], `\/`, `/`), text[i+1:], true
		}
	}
	return "", "", false
}

// cutWord reads to the next space that is not within quotation marks, which it takes away; within them a backslash
// escapes. quotedFrom is where in the word a part in quotation marks begins, -1 if none does.
func cutWord(text string) (word string, quotedFrom int, rest string, err error) {
	var b strings.Builder
	quoted := false
	quotedFrom = -1
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		case quoted && c == '"':
			quoted = false
		case c == '"' && quotedFrom < 0 && (i == 0 || text[i-1] == ':'):
			quoted, quotedFrom = true, b.Len()
		case !quoted && (c == ' ' || c == '\t' || c == '\n'):
			return b.String(), quotedFrom, text[i:], nil
		default:
			b.WriteByte(c)
		}
	}
	if quoted {
		return "", 0, "", fmt.Errorf(`%q has a quotation mark without its other half`, text)
	}
	return b.String(), quotedFrom, "", nil
}

// add takes a term up, by what its field means.
func (s *LogSearch) add(t LogTerm) error {
	switch name := Fold(t.Field); {
	case name != "level" && name != "trace" && name != "request" && name != "group":
		if t.Text != "" {
			s.Terms = append(s.Terms, t)
		}
	case t.Not:
		return fmt.Errorf("%s cannot be left out of a search: ask for what it should be", t)
	case name == "level":
		if s.Level = ParseLevel(t.Text); s.Level == LevelNone {
			return fmt.Errorf("level is debug, info, warn or error, not %q", t.Text)
		}
	case name == "trace":
		id, ok := ParseTraceID(t.Text)
		if !ok {
			return fmt.Errorf("%q is not a trace id", t.Text)
		}
		s.Trace = id
	case name == "request":
		s.Request = t.Text
	default:
		s.Groups = append(s.Groups, t.Text)
	}
	return nil
}

// quoteTerm writes a text so that it is read back as one term. A word on its own must not look like anything else.
func quoteTerm(text string, word bool) string {
	plain := text != "" && !strings.ContainsAny(text, " \t\n\"")
	if word {
		plain = plain && text[0] != '-' && text[0] != '/' && !strings.Contains(text, ":")
	} else {
		plain = plain && text[0] != '/' && text[0] != ':'
	}
	if plain {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

package query

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Search is what a line of search text asks for.
type Search struct {
	Terms   []app.LogTerm
	Level   app.Level // at least
	Trace   app.TraceID
	Request string
	Groups  []string
}

// Narrow puts what is asked for into a query, beside what it asks already.
func (s Search) Narrow(q app.LogQuery) app.LogQuery {
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

// fieldTerm is name:value; http://host and Class::method are none.
var fieldTerm = regexp.MustCompile(`^([\p{L}_@][\p{L}\p{M}\p{N}_.@-]*):([^/:].*)$`)

// fieldName is a name of a field that needs no quotation marks.
var fieldName = regexp.MustCompile(`^[\p{L}_@][\p{L}\p{M}\p{N}_.@-]*$`)

// Parse reads a line of search text: words, "phrases with spaces", field:value, field:"value with spaces",
// /expressions/, and each of them with a minus for what must not be there. All of them must hold. level:warn asks for
// that level and worse; trace:ID, request:ID and group:NAME narrow to a trace, a request and a log group. A field
// that has one of these names, or a name with other characters, stands in quotation marks, as in VictoriaLogs'
// LogsQL: "group":admins. A level that is a number is the value of a field. A quotation mark without its other half,
// an expression that does not parse and an unknown level are errors.
func Parse(text string) (Search, error) {
	var s Search
	for {
		text = strings.TrimLeft(text, " \t\n")
		if text == "" {
			return s, nil
		}
		t, rest, err := cutTerm(text)
		if err != nil {
			return Search{}, err
		}
		if err := s.add(t, strings.HasPrefix(strings.TrimPrefix(text, "-"), `"`)); err != nil {
			return Search{}, err
		}
		text = rest
	}
}

// ParseArgs reads arguments as a shell hands them over: each is one term, and a space within it is part of the term,
// for the shell has taken the quotation marks away. An argument that holds some is read by Parse.
func ParseArgs(args []string) (Search, error) {
	var lines []string
	for _, arg := range args {
		if strings.ContainsAny(arg, " \t\n") && !strings.Contains(arg, `"`) {
			if _, _, whole := cutExpression(strings.TrimPrefix(arg, "-")); !whole {
				arg = oneTerm(arg)
			}
		}
		lines = append(lines, arg)
	}
	return Parse(strings.Join(lines, " "))
}

// oneTerm writes an argument that holds spaces so that it is read as one term.
func oneTerm(arg string) string {
	t := app.LogTerm{Text: arg}
	if after, ok := strings.CutPrefix(arg, "-"); ok {
		t = app.LogTerm{Text: after, Not: true}
	}
	if m := fieldTerm.FindStringSubmatch(t.Text); m != nil && !strings.ContainsAny(m[2][:1], " \t\n") {
		t.Field, t.Text = m[1], m[2]
		return plainly(t)
	}
	return Format(t)
}

// cutTerm reads the first term of a text that begins with one.
func cutTerm(text string) (t app.LogTerm, rest string, err error) {
	after, not := strings.CutPrefix(text, "-")
	if not && after != "" && !strings.HasPrefix(after, " ") && !strings.HasPrefix(after, "-") {
		t, rest, err = cutTerm(after)
		t.Not = true
		return t, rest, err
	}
	if expr, rest, ok := cutExpression(text); ok {
		if _, err := regexp.Compile(expr); err != nil {
			return t, "", fmt.Errorf("/%s/ is not a regular expression: %w", expr, err)
		}
		return app.LogTerm{Text: expr, Regexp: true}, rest, nil
	}
	if field, value, ok := cutQuotedField(text); ok {
		value, _, rest, err := cutWord(":" + value)
		return app.LogTerm{Field: field, Text: strings.TrimPrefix(value, ":")}, rest, err
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
			return app.LogTerm{Field: m[1], Text: word[len(m[1])+1:]}, rest, nil
		}
	}
	return app.LogTerm{Text: word}, rest, nil
}

// cutExpression reads /expr/ that ends at a space or the text's end; a slash within has to be escaped, so that a path
// such as /api/orders is a word.
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

// cutQuotedField reads the name of a field in quotation marks and the colon after it, before a value.
func cutQuotedField(text string) (field, value string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
			b.WriteByte(text[i])
		case c == '"':
			value, ok = strings.CutPrefix(text[i+1:], ":")
			return b.String(), value, ok && b.Len() > 0 && value != "" && !strings.ContainsAny(value[:1], " \t\n")
		default:
			b.WriteByte(c)
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
func (s *Search) add(t app.LogTerm, named bool) error {
	if named || !reserved(t) {
		if t.Text != "" {
			s.Terms = append(s.Terms, t)
		}
		return nil
	}
	name := app.Fold(t.Field)
	switch {
	case t.Not:
		return fmt.Errorf("%s cannot be left out of a search: ask for what it should be", plainly(t))
	case name == "level":
		if s.Level = app.ParseLevel(t.Text); s.Level == app.LevelNone {
			return fmt.Errorf("level is debug, info, warn or error, not %q; a field of this name is asked for as %s",
				t.Text, Format(t))
		}
	case name == "trace":
		id, ok := app.ParseTraceID(t.Text)
		if !ok {
			return fmt.Errorf("%q is not a trace id; a field of this name is asked for as %s", t.Text, Format(t))
		}
		s.Trace = id
	case name == "request":
		s.Request = t.Text
	default:
		s.Groups = append(s.Groups, t.Text)
	}
	return nil
}

// reserved reports whether the name of a field means something of its own.
func reserved(t app.LogTerm) bool {
	switch app.Fold(t.Field) {
	case "level":
		return strings.Trim(t.Text, "0123456789") != "" || t.Text == "" // what pino and bunyan write is a value
	case "trace", "request", "group":
		return true
	}
	return false
}

// plainly writes a term of a field so that the name means what it means.
func plainly(t app.LogTerm) string {
	text := t.Field + ":" + quoteTerm(t.Text, false)
	if t.Not {
		return "-" + text
	}
	return text
}

package query

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Known is what a person may ask for.
type Known struct {
	Fields []KnownField // the most telling first
}

// KnownField is a field with the values that were found of it.
type KnownField struct {
	Name   string
	Term   func(value string) string // the term that asks for a value; nil: FormatField
	Values []KnownValue              // the most frequent first
}

// KnownValue is a value and how many items have it; 0: that is not known.
type KnownValue struct {
	Text  string
	Count int
}

// Suggestion is what a person may mean: With in place of the query's bytes From to To.
type Suggestion struct {
	Text     string // what is offered
	What     Suggested
	Count    int // of a value: how many items have it; 0: that is not known
	From, To int
	With     string
}

// Suggested is what a suggestion is.
type Suggested uint8

// What is suggested.
const (
	AField Suggested = iota
	AValue
	AnOperator
)

// maxSuggestions bounds what Complete returns.
const maxSuggestions = 50

// Complete returns what the term may mean in which the cursor stands, a byte offset of the query: fields by their
// names, after the colon their values, values by themselves, and AND, OR, NOT in capitals. What begins as typed comes
// before what holds it. Within a quoted phrase, an expression and commands after a | there is nothing to complete.
func Complete(text string, cursor int, known Known) []Suggestion {
	cursor = min(max(cursor, 0), len(text))
	if search, _ := Cut(text); cursor > len(search) && strings.Contains(text[len(search):cursor], "|") {
		return nil // among the commands
	}
	from, ok := termStart(text[:cursor])
	if !ok {
		return nil
	}
	c := completion{typed: text[from:cursor], from: from, to: termEnd(text, cursor)}
	if name, op, value, ok := cutFieldName(c.typed); ok {
		c.values(known, name, op, value)
	} else {
		c.names(known)
	}
	return c.found[:min(len(c.found), maxSuggestions)]
}

// completion collects suggestions for a term.
type completion struct {
	typed    string
	from, to int
	found    []Suggestion
}

func (c *completion) add(s Suggestion) {
	s.From, s.To = c.from, c.to
	c.found = append(c.found, s)
}

// names suggests fields, values of any field, and operators.
func (c *completion) names(known Known) {
	typed := app.Fold(c.typed)
	for _, begins := range []bool{true, false} {
		for _, f := range known.Fields {
			if fits(f.Name, typed, begins) {
				name := formatField(app.LogTerm{Field: f.Name, Text: "x"}, fieldName.MatchString(f.Name))
				c.add(Suggestion{Text: f.Name, What: AField, With: strings.TrimSuffix(name, "x")})
			}
		}
	}
	for _, word := range []string{"AND", "OR", "NOT"} {
		if c.typed != "" && strings.HasPrefix(word, c.typed) || c.typed == "" && c.from > 0 {
			c.add(Suggestion{Text: word, What: AnOperator, With: word + " "})
		}
	}
	if len(typed) < 2 {
		return
	}
	for _, f := range known.Fields {
		for _, v := range f.Values {
			if fits(v.Text, typed, true) {
				c.add(Suggestion{Text: f.term(v.Text), What: AValue, Count: v.Count, With: f.term(v.Text) + " "})
			}
		}
	}
}

// values suggests values of a field, and after its colon that it has any.
func (c *completion) values(known Known, name, op, value string) {
	i := slices.IndexFunc(known.Fields, func(f KnownField) bool { return app.Fold(f.Name) == app.Fold(name) })
	if i < 0 || op != ":" {
		return
	}
	f, typed := known.Fields[i], app.Fold(strings.Trim(value, `"`))
	for _, begins := range []bool{true, false} {
		for _, v := range f.Values {
			if fits(v.Text, typed, begins) {
				c.add(Suggestion{Text: v.Text, What: AValue, Count: v.Count, With: f.term(v.Text) + " "})
			}
		}
	}
	if typed == "" {
		any := formatField(app.LogTerm{Field: f.Name, Text: "*"}, fieldName.MatchString(f.Name))
		c.add(Suggestion{Text: "* any value", What: AnOperator, With: any + " "})
	}
}

func (f KnownField) term(value string) string {
	if f.Term != nil {
		return f.Term(value)
	}
	return FormatField(f.Name, value)
}

// fits reports whether a text begins as typed in lower case; if begins is false, whether it holds that further on.
func fits(text, typed string, begins bool) bool {
	text = app.Fold(text)
	if strings.HasPrefix(text, typed) {
		return begins
	}
	return !begins && strings.Contains(text, typed)
}

// termStart returns where the term that a text ends in begins, after its minus; not ok within a phrase or an
// expression.
func termStart(text string) (at int, ok bool) {
	start, quoted, value := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"' && (quoted || i == start || text[i-1] == ':'):
			quoted = !quoted
			value = quoted && i > start
		case quoted:
		case isBlank(c) || c == '(' && i == start:
			start, value = i+1, false
		case c == '-' && i == start:
			start = i + 1
		case c == '/' && i == start:
			p := parser{text: text, depth: 1}
			_, end, closed := p.expressionAt(i)
			if !closed && !strings.Contains(text[i+1:], " ") {
				return 0, false
			}
			if closed {
				i = end - 1
			}
		}
	}
	return min(start, len(text)), !quoted || value
}

// termEnd returns where the term that a cursor stands in ends.
func termEnd(text string, cursor int) int {
	for cursor < len(text) && !isBlank(text[cursor]) && text[cursor] != ')' {
		cursor++
	}
	return cursor
}

// cutFieldName cuts the name of a field and what follows it: status:5.
func cutFieldName(typed string) (name, op, value string, ok bool) {
	if strings.HasPrefix(typed, `"`) {
		p := parser{text: typed + "x"}
		field, compares, end, ok := p.quotedFieldAt(0)
		op = string(compares)
		if ok && op == "" {
			op = ":"
		}
		return field, op, typed[min(end, len(typed)):], ok
	}
	i := strings.IndexAny(typed, ":<>")
	if i <= 0 || !fieldName.MatchString(typed[:i]) {
		return "", "", "", false
	}
	end := i + 1
	if typed[i] != ':' && strings.HasPrefix(typed[end:], "=") {
		end++
	}
	return typed[:i], typed[i:end], typed[end:], true
}

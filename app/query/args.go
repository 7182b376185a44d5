package query

import (
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// operators are what an argument with spaces has that is more than one term: AND, OR, NOT, or parentheses around it.
var operators = regexp.MustCompile(`(^|[\s(])(AND|OR|NOT)([\s(]|$)|^-?\(.*\)$`)

// ParseArgs reads arguments as a shell hands them over: each is one term, and a space within it is part of the term,
// for the shell has taken the quotation marks away. An argument that holds some, or AND, OR, NOT or parentheses around
// it, is read by Parse.
func ParseArgs(args []string) (Search, error) {
	var lines []string
	for _, arg := range args {
		if strings.ContainsAny(arg, " \t\n") && !strings.Contains(arg, `"`) && !operators.MatchString(arg) {
			p := parser{text: arg}
			start := len(arg) - len(strings.TrimPrefix(arg, "-"))
			if _, _, whole := p.expressionAt(start); !whole {
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
	if m := fieldTerm.FindStringSubmatch(t.Text); m != nil && !isBlank(m[2][0]) {
		sign := arg[:len(arg)-len(t.Text)]
		return sign + m[1] + ":" + quoteTerm(m[2], false)
	}
	return Format(t)
}

package query

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Format writes a term as Parse reads it.
func Format(t app.LogTerm) string {
	text := t.Text
	switch {
	case t.Regexp:
		text = "/" + strings.ReplaceAll(text, "/", `\/`) + "/"
	case t.Field != "":
		text = quoteField(t) + ":" + quoteTerm(text, false)
	default:
		text = quoteTerm(text, true)
	}
	if t.Not {
		return "-" + text
	}
	return text
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

// quoteField writes the name of a field: in quotation marks if it would mean something else without them.
func quoteField(t app.LogTerm) string {
	if fieldName.MatchString(t.Field) && !reserved(t) {
		return t.Field
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(t.Field) + `"`
}

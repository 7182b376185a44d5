package query

import (
	"strings"

	"github.com/nephograph/nephograph/app"
)

// FormatExpr writes an expression as Parse reads it. What follows each other has to hold together; parentheses stand
// where they are needed. What holds for no event, which no query says, is -"".
func FormatExpr(e app.LogExpr) string {
	if e.None() {
		return `-""`
	}
	switch e.Op {
	case app.ExprTerm:
		return Format(e.Term)
	case app.ExprNot:
		return "-(" + FormatExpr(e.Parts[0]) + ")"
	case app.ExprOr:
		return joinParts(e, " OR ", func(app.LogExpr) bool { return false })
	}
	return joinParts(e, " ", func(p app.LogExpr) bool { return p.Op == app.ExprOr })
}

func joinParts(e app.LogExpr, between string, enclosed func(app.LogExpr) bool) string {
	texts := make([]string, len(e.Parts))
	for i, p := range e.Parts {
		if texts[i] = FormatExpr(p); enclosed(p) {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, between)
}

// Format writes a term as Parse reads it.
func Format(t app.LogTerm) string {
	text := t.Text
	switch {
	case t.Regexp:
		text = "/" + strings.ReplaceAll(text, "/", `\/`) + "/"
	case t.Key != "":
		text = string(t.Key) + ":" + quoteTerm(text, false)
	case t.Field != "":
		text = formatField(t, fieldName.MatchString(t.Field) && !reserved(t))
	default:
		text = quoteTerm(text, true)
	}
	if t.Not {
		return "-" + text
	}
	return text
}

// FormatField writes the condition that a field of an item has a value, as ParseFilter reads it.
func FormatField(field, value string) string {
	t := app.LogTerm{Field: field, Text: value, Whole: strings.HasSuffix(value, "*")}
	return formatField(t, fieldName.MatchString(field))
}

func formatField(t app.LogTerm, plainName bool) string {
	name := t.Field
	if !plainName {
		name = quote(name)
	}
	switch {
	case t.Op != "":
		return name + string(t.Op) + t.Text
	case t.Whole:
		return name + ":" + quote(t.Text)
	}
	return name + ":" + quoteTerm(t.Text, false)
}

// quoteTerm writes a text so that it is read back as one term. A word on its own must not look like anything else.
func quoteTerm(text string, word bool) string {
	plain := text != "" && !strings.ContainsAny(text, " \t\n\"()")
	if word {
		plain = plain && text[0] != '-' && text[0] != '/' && !strings.ContainsAny(text, ":<>") && !isKeyword(text)
	} else {
		plain = plain && text[0] != '/' && text[0] != ':'
	}
	if plain {
		return text
	}
	return quote(text)
}

func isKeyword(text string) bool { return text == "AND" || text == "OR" || text == "NOT" }

// quote puts a text in quotation marks.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

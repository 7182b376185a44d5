package query

import (
	"regexp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// maxDepth bounds how deep parentheses and NOTs lie within each other.
const maxDepth = 100

// parser reads a query as an expression:
//
//	or    = and { "OR" and }
//	and   = not { [ "AND" ] not }
//	not   = "NOT" not | [ "-" ] group | term
//	group = "(" or ")"
//	term  = [ "-" ] ( /expression/ | word | "phrase" | field operator value )
//
// A parenthesis begins a group only where a term may begin: main() is a word.
type parser struct {
	text   string
	at     int
	depth  int // of parentheses that are open
	nots   int
	fields fieldRules

	conjuncts []conjunct // outside of parentheses
}

// parse reads a whole query.
func parse(text string, fields fieldRules) (app.LogExpr, error) {
	p := &parser{text: text, fields: fields}
	e, _, err := p.or()
	return e, err
}

// or reads conditions that are joined by OR. asked is false where they ask nothing, as "" does.
func (p *parser) or() (e app.LogExpr, asked bool, err error) {
	var parts []app.LogExpr
	for after := ""; ; after = "OR" {
		part, asked, err := p.and(after)
		if err != nil {
			return e, false, err
		}
		if asked {
			parts = append(parts, part)
		}
		if !p.keyword("OR") {
			break
		}
	}
	if len(parts) == 0 {
		return e, false, nil
	}
	return app.AnyOf(parts...), true, nil
}

// and reads conditions that follow each other, with AND between them or without. after is the keyword before them,
// which needs one.
func (p *parser) and(after string) (e app.LogExpr, asked bool, err error) {
	var parts []app.LogExpr
	for read := 0; ; {
		p.skipBlanks()
		switch {
		case p.ended() || p.keywordAt(p.at, "OR"):
			if after != "" {
				return e, false, wrong(p.at, p.at, "%s has no condition after it; the word is %q", after, after)
			}
			if read == 0 && !p.ended() {
				return e, false, wrong(p.at, p.at+2, `OR has no condition before it; the word is "OR"`)
			}
			return app.AllOf(parts...), len(parts) > 0, nil
		case p.keywordAt(p.at, "AND") && (read == 0 || after != ""):
			return e, false, wrong(p.at, p.at+3, `AND has no condition before it; the word is "AND"`)
		case p.keyword("AND"):
			after = "AND"
			continue
		}
		start := p.at
		part, asked, err := p.not()
		if err != nil {
			return e, false, err
		}
		if p.depth == 0 {
			p.conjuncts = append(p.conjuncts, conjunct{start, p.at, part})
		}
		if asked {
			parts = append(parts, part)
		}
		after, read = "", read+1
	}
}

// not reads one condition, or what NOT or a minus turns round.
func (p *parser) not() (e app.LogExpr, asked bool, err error) {
	p.skipBlanks()
	start := p.at
	switch {
	case p.keyword("NOT"):
		p.skipBlanks()
		if p.ended() || p.keywordAt(p.at, "AND") || p.keywordAt(p.at, "OR") {
			return e, false, wrong(p.at, p.at, `NOT has no condition after it; the word is "NOT"`)
		}
		if p.nots++; p.nots > maxDepth {
			return e, false, wrong(start, p.at, "there are more than %d NOTs", maxDepth)
		}
		e, asked, err = p.not()
		return app.NotOf(e), asked, err
	case p.beginsGroup(p.at+1) && p.text[p.at] == '-':
		p.at++
		e, asked, err = p.group()
		return app.NotOf(e), asked, err
	case p.beginsGroup(p.at):
		return p.group()
	}
	return p.term()
}

// beginsGroup reports whether a group begins at an offset; () is a word.
func (p *parser) beginsGroup(at int) bool {
	return strings.HasPrefix(p.text[min(at, len(p.text)):], "(") && !strings.HasPrefix(p.text[at:], "()")
}

// group reads what stands in parentheses.
func (p *parser) group() (e app.LogExpr, asked bool, err error) {
	start := p.at
	if p.depth++; p.depth > maxDepth {
		return e, false, wrong(start, start+1, "parentheses lie within each other more than %d deep", maxDepth)
	}
	p.at++
	if e, asked, err = p.or(); err != nil {
		return e, false, err
	}
	if p.at == len(p.text) {
		return e, false, wrong(start, start+1,
			`the parenthesis is not closed; one to look for stands in quotation marks: "("`)
	}
	p.at++
	p.depth--
	return e, asked, nil
}

// term reads a condition that is not made of others.
func (p *parser) term() (e app.LogExpr, asked bool, err error) {
	start, not := p.at, false
	if rest := p.text[p.at:]; len(rest) > 1 && rest[0] == '-' && rest[1] != '-' && !p.endsAt(p.at+1) {
		p.at++
		not = true
	}
	t, named, err := p.condition()
	if err != nil || t.Text == "" {
		return e, false, err
	}
	if t, err = p.fields.resolve(t, named); err != nil {
		return e, false, &Error{At: start, End: p.at, Err: err}
	}
	t.Not = not
	return t.Expr(), true, nil
}

// condition reads a term without its minus. named is whether it names a field in quotation marks.
func (p *parser) condition() (t app.LogTerm, named bool, err error) {
	if expr, end, ok := p.expressionAt(p.at); ok {
		if _, err := regexp.Compile(expr); err != nil {
			return t, false, wrong(p.at, end, "/%s/ is not a regular expression: %w", expr, err)
		}
		p.at = end
		return app.LogTerm{Text: expr, Regexp: true}, false, nil
	}
	if field, op, end, ok := p.quotedFieldAt(p.at); ok {
		w, err := p.wordAt(end)
		if err != nil {
			return t, false, err
		}
		t, ok := p.fields.compare(field, op, w.text, w.quotedFrom == 0)
		if ok {
			p.at = w.end
			return t, true, nil
		}
	}
	w, err := p.wordAt(p.at)
	if err != nil {
		return t, false, err
	}
	p.at = w.end
	return p.fields.read(w), false, nil
}

// skipBlanks steps over blanks.
func (p *parser) skipBlanks() {
	for p.at < len(p.text) && isBlank(p.text[p.at]) {
		p.at++
	}
}

// ended reports whether the query or the group that is open is read.
func (p *parser) ended() bool {
	return p.at == len(p.text) || p.depth > 0 && p.text[p.at] == ')'
}

// keyword reads a keyword if it is next.
func (p *parser) keyword(keyword string) bool {
	p.skipBlanks()
	if !p.keywordAt(p.at, keyword) {
		return false
	}
	p.at += len(keyword)
	return true
}

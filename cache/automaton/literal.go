package automaton

import "regexp/syntax"

// Literal returns the longest text that every match of an expression contains once the ASCII letters of both are in
// lower case, "" if there is none or it is not known. Texts without it cannot match.
func Literal(expr string) string {
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return ""
	}
	l := &literals{}
	l.visit(parsed.Simplify())
	l.endRun()
	return l.longest
}

// literals collects the texts that are on every path through an expression.
type literals struct {
	run     []byte // runes that follow each other directly
	longest string
}

// endRun ends a run: what comes next need not follow it directly.
func (l *literals) endRun() {
	if len(l.run) > len(l.longest) {
		l.longest = string(l.run)
	}
	l.run = l.run[:0]
}

func (l *literals) visit(e *syntax.Regexp) {
	switch e.Op {
	case syntax.OpLiteral:
		for _, r := range e.Rune {
			l.add(r, e.Flags&syntax.FoldCase != 0)
		}
	case syntax.OpConcat:
		for _, part := range e.Sub {
			l.visit(part)
		}
	case syntax.OpCapture:
		l.visit(e.Sub[0])
	case syntax.OpPlus:
		l.endRun()
		l.visit(e.Sub[0])
		l.endRun()
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary: // match no text
	default:
		l.endRun()
	}
}

// add adds a rune to the run. In any case, k and s match K and ſ too, which are not ASCII.
func (l *literals) add(r rune, anyCase bool) {
	if r >= ascii && anyCase || anyCase && (r|0x20 == 'k' || r|0x20 == 's') {
		l.endRun()
		return
	}
	if 'A' <= r && r <= 'Z' {
		r |= 0x20
	}
	l.run = append(l.run, string(r)...)
}

package automaton

import "regexp/syntax"

// Literal returns the longest text that every match of an expression holds, once the ASCII letters of both are lowered;
// "" if there is none to be told. Texts without it need not be looked at.
func Literal(expr string) string {
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return ""
	}
	l := &literals{}
	l.visit(parsed.Simplify())
	l.cut()
	return l.longest
}

// literals collects the texts that lie on every way through an expression.
type literals struct {
	run     []byte // what follows each other without a gap
	longest string
}

// cut ends a run: what follows need not stand right behind it.
func (l *literals) cut() {
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
		l.cut()
		l.visit(e.Sub[0])
		l.cut()
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary: // take no room
	default:
		l.cut()
	}
}

// add takes up a rune. In any case, k and s are also written K and ſ, which are not ASCII.
func (l *literals) add(r rune, anyCase bool) {
	if r >= ascii && anyCase || anyCase && (r|0x20 == 'k' || r|0x20 == 's') {
		l.cut()
		return
	}
	if 'A' <= r && r <= 'Z' {
		r |= 0x20
	}
	l.run = append(l.run, string(r)...)
}

package pipe

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Bounds of a query. AWS takes 10,000 characters (StartQuery).
const (
	maxText     = 10_000
	maxCommands = 100
	maxDepth    = 60 // of parentheses and functions in each other
	// MaxRows is the highest limit that AWS takes (StartQuery).
	MaxRows = 100_000
)

// Parse reads a query; "" is one without commands. Its error is an *Error.
func Parse(text string) (Query, error) {
	if len(text) > maxText {
		return Query{}, &Error{At: maxText, Text: fmt.Sprintf("a query has at most %d characters", maxText)}
	}
	p := parser{scanner: scanner{src: text}}
	var q Query
	if err := p.advance(true); err != nil {
		return Query{}, err
	}
	if p.now.kind == end {
		return q, nil
	}
	for {
		if p.now.is("|") && len(q.commands) == 0 { // as it stands after a search
			if err := p.advance(true); err != nil {
				return Query{}, err
			}
		}
		c, err := p.command()
		if err != nil {
			return Query{}, err
		}
		if q.commands = append(q.commands, c); len(q.commands) > maxCommands {
			return Query{}, p.wrong("a query has at most %d commands", maxCommands)
		}
		if p.now.kind == end {
			return q, nil
		}
		if err := p.expect("|"); err != nil {
			return Query{}, err
		}
	}
}

// parser reads a query with one token of look-ahead.
type parser struct {
	scanner
	now     token
	depth   int
	columns map[string]bool // columns that a stats command has made, such as count(*)
}

// advance reads the next token; value says that an operand may come.
func (p *parser) advance(value bool) (err error) {
	p.now, err = p.next(value)
	return err
}

func (p *parser) wrong(format string, args ...any) error {
	return &Error{At: p.now.at, Text: fmt.Sprintf(format, args...)}
}

// take steps over a sign or keyword, and reports whether it was there.
func (p *parser) take(word string) (bool, error) {
	if !p.now.is(word) {
		return false, nil
	}
	return true, p.advance(true)
}

func (p *parser) expect(word string) error {
	if !p.now.is(word) {
		return p.wrong("%s is expected before %s", strconv.Quote(word), p.now.said())
	}
	return p.advance(true)
}

// onlyAWS are commands that AWS evaluates and this package does not.
var onlyAWS = map[string]bool{"diff": true, "unmask": true, "unnest": true, "anomaly": true, "source": true,
	"filterindex": true, "lookup": true, "join": true, "expand": true, "relevantfields": true}

func (p *parser) command() (command, error) {
	word := p.now
	if word.kind != name {
		return nil, p.wrong("a command such as fields, filter or stats is expected before %s", word.said())
	}
	read, ok := map[string]func() (command, error){
		"fields": p.fields, "display": p.display, "filter": p.filter, "parse": p.parse, "stats": p.stats,
		"sort": p.sort, "limit": p.limit, "head": p.limit, "dedup": p.dedup, "pattern": p.pattern,
	}[strings.ToLower(word.text)]
	switch {
	case onlyAWS[strings.ToLower(word.text)]:
		return nil, &Error{At: word.at, AWS: true, Text: word.text + " is evaluated by Logs Insights at AWS only"}
	case !ok:
		return nil, p.wrong("there is no command %s; the commands are fields, display, filter, parse, stats, sort, "+
			"limit, dedup and pattern", word.text)
	}
	if err := p.advance(true); err != nil {
		return nil, err
	}
	return read()
}

func (p *parser) fields() (command, error) {
	items, err := p.items(false)
	return fieldsCommand{items}, err
}

func (p *parser) display() (command, error) {
	items, err := p.items(false)
	return displayCommand{items}, err
}

func (p *parser) filter() (command, error) {
	at := p.now
	e, err := p.expr(rankOr)
	if err != nil {
		return nil, err
	}
	return filterCommand{e}, p.plain(e, at)
}

// items reads expressions with their names, up to what no comma follows.
func (p *parser) items(aggregates bool) ([]item, error) {
	var all []item
	for {
		at := p.now
		e, err := p.expr(rankOr)
		if err != nil {
			return nil, err
		}
		if aggregates && !hasAggregate(e) {
			return nil, &Error{At: at.at, Text: "stats takes functions such as count(*), sum, avg, min, max and pct"}
		}
		if !aggregates {
			if err := p.plain(e, at); err != nil {
				return nil, err
			}
		}
		one := item{expr: e}
		if named, err := p.take("as"); err != nil {
			return nil, err
		} else if named {
			if one.as, err = p.name(); err != nil {
				return nil, err
			}
		}
		all = append(all, one)
		if more, err := p.take(","); err != nil || !more {
			return all, err
		}
	}
}

// plain returns an error for a function of stats outside of it, where it is not the name of a column that stats made.
func (p *parser) plain(e expr, at token) error {
	if hasAggregate(e) && !p.columns[e.String()] {
		return &Error{At: at.at, Text: e.String() + " is a function of stats"}
	}
	return nil
}

// name reads the name of a field.
func (p *parser) name() (string, error) {
	t := p.now
	if t.kind != name && t.kind != quotedName || t.text == "" {
		return "", p.wrong("the name of a field is expected before %s", t.said())
	}
	return t.text, p.advance(false)
}

func (p *parser) parse() (command, error) {
	c := parseCommand{from: field{"@message"}}
	if p.now.kind != text && p.now.kind != expression {
		e, err := p.operand()
		if err != nil {
			return nil, err
		}
		if c.from = e; p.now.is("/") { // an operator after a name, but here the expression begins
			p.at = p.now.at
			if err := p.advance(true); err != nil {
				return nil, err
			}
		}
	}
	pattern := p.now
	c.glob = pattern.text
	switch pattern.kind {
	case expression:
		var err error
		if c.re, err = compileExpression(pattern); err != nil {
			return nil, err
		}
		for _, n := range c.re.SubexpNames() {
			if n != "" {
				c.names = append(c.names, n)
			}
		}
		if len(c.names) == 0 {
			return nil, p.wrong("the regular expression has no named group such as (?<name>.*)")
		}
		return c, p.advance(false)
	case text:
	default:
		return nil, p.wrong(`parse takes a "text with *" or a /regular expression/, not %s`, pattern.said())
	}
	if err := p.advance(false); err != nil {
		return nil, err
	}
	if err := p.expect("as"); err != nil {
		return nil, err
	}
	for {
		n, err := p.name()
		if err != nil {
			return nil, err
		}
		c.names = append(c.names, n)
		if more, err := p.take(","); err != nil {
			return nil, err
		} else if !more {
			break
		}
	}
	if stars := strings.Count(c.glob, "*"); stars != len(c.names) {
		return nil, &Error{At: pattern.at, Text: fmt.Sprintf("%s has %d of the sign * for %d names", quoteText(c.glob),
			stars, len(c.names))}
	}
	return c, nil
}

// maxExpression bounds a regular expression, which Go compiles to a program some times its length.
const maxExpression = 1_000

func compileExpression(t token) (*regexp.Regexp, error) {
	if len(t.text) > maxExpression {
		return nil, &Error{At: t.at, Text: fmt.Sprintf("a regular expression has at most %d characters", maxExpression)}
	}
	re, err := regexp.Compile(t.text)
	if err != nil {
		return nil, &Error{At: t.at, Text: fmt.Sprintf("/%s/ is not a regular expression: %v", t.text, err)}
	}
	return re, nil
}

func (p *parser) stats() (command, error) {
	var c statsCommand
	var err error
	if c.items, err = p.items(true); err != nil {
		return nil, err
	}
	by, err := p.take("by")
	if err != nil {
		return nil, err
	}
	if by {
		if c.by, err = p.items(false); err != nil {
			return nil, err
		}
	}
	p.columns = map[string]bool{}
	for _, i := range c.items {
		p.columns[i.column()] = true
	}
	return c, nil
}

func (p *parser) sort() (command, error) {
	var c sortCommand
	for {
		at := p.now
		e, err := p.expr(rankOr)
		if err == nil {
			err = p.plain(e, at)
		}
		if err != nil {
			return nil, err
		}
		key := sortKey{expr: e}
		if key.descending, err = p.take("desc"); err != nil {
			return nil, err
		}
		if _, err := p.take("asc"); err != nil {
			return nil, err
		}
		c.keys = append(c.keys, key)
		if more, err := p.take(","); err != nil || !more {
			return c, err
		}
	}
}

func (p *parser) limit() (command, error) {
	n, err := strconv.Atoi(p.now.text)
	if p.now.kind != number || err != nil || n < 1 || n > MaxRows {
		return nil, p.wrong("limit takes a number of rows from 1 to %d, not %s", MaxRows, p.now.said())
	}
	return limitCommand{n}, p.advance(false)
}

func (p *parser) dedup() (command, error) {
	var c dedupCommand
	for {
		n, err := p.name()
		if err != nil {
			return nil, err
		}
		c.fields = append(c.fields, field{n})
		if more, err := p.take(","); err != nil || !more {
			return c, err
		}
	}
}

func (p *parser) pattern() (command, error) {
	at := p.now.at
	n, err := p.name()
	if err == nil && n != "@message" {
		err = &Error{At: at, AWS: true, Text: "only the patterns of @message are found here"}
	}
	return patternCommand{field{n}}, err
}

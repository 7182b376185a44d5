package pipe

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// eval gives the value of an expression for a row.
type eval func(*record) Value

// compiler turns commands into what runs. It knows which names mean what at the command that it has come to.
type compiler struct {
	options Options
	made    map[string]int // places in record.made of what commands have made
	places  int            // of record.made
	after   bool           // after stats: rows have no event
	names   []string       // of record.names
}

// make gives a field that a command makes its place.
func (c *compiler) make(name string) int {
	c.made[name] = c.places
	c.places++
	return c.places - 1
}

// field returns what reads a field: of a command, of every event, or of the message.
func (c *compiler) field(name string) eval {
	if i, ok := c.made[name]; ok {
		return func(r *record) Value { return r.made[i] }
	}
	if get, ok := c.below(name); ok {
		return get
	}
	if c.after {
		return func(*record) Value { return Value{} }
	}
	if get, ok := ofEvent[name]; ok {
		return func(r *record) Value { return get(r.event) }
	}
	i := slices.Index(c.names, name)
	if i < 0 {
		i = len(c.names)
		c.names = append(c.names, name)
	}
	return func(r *record) Value { return r.discovered(i) }
}

// below returns what reads an attribute of a map or list that a command has made: request.user of request.
func (c *compiler) below(name string) (eval, bool) {
	for at := strings.LastIndexByte(name, '.'); at > 0; at = strings.LastIndexByte(name[:at], '.') {
		i, ok := c.made[name[:at]]
		if !ok {
			continue
		}
		path, found := newNames([]string{name[at+1:]}), make([]Value, 1)
		return func(r *record) Value {
			if !r.made[i].is(JSON) {
				return Value{}
			}
			find(r.made[i].text, path, found)
			return found[0]
		}, true
	}
	return nil, false
}

// expr returns what evaluates an expression. What is written like a column that a command has made is that column.
func (c *compiler) expr(e expr) eval {
	if i, ok := c.made[e.String()]; ok {
		return func(r *record) Value { return r.made[i] }
	}
	switch e := e.(type) {
	case field:
		return c.field(e.name)
	case literal:
		return func(*record) Value { return e.value }
	case call:
		return c.call(e)
	case operation:
		return c.binary(e)
	case negation:
		return c.negation(e)
	case like:
		return c.like(e)
	case in:
		return c.in(e)
	}
	return func(*record) Value { return Value{} } // a period by itself
}

func (c *compiler) exprs(all []expr) []eval {
	compiled := make([]eval, len(all))
	for i, e := range all {
		compiled[i] = c.expr(e)
	}
	return compiled
}

func (c *compiler) call(e call) eval {
	f := functions[e.name]
	switch {
	case f.ofRun != nil:
		v := f.ofRun(c.options)
		return func(*record) Value { return v }
	case f.times != nil:
		return c.rounded(e, f)
	case f.of == nil:
		return func(*record) Value { return Value{} } // a function of stats outside of it, which Parse refuses
	}
	args, values := c.exprs(e.args), make([]Value, len(e.args))
	return func(r *record) Value {
		for i, a := range args {
			values[i] = a(r)
		}
		return f.of(values)
	}
}

// rounded compiles bin, datefloor and dateceil.
func (c *compiler) rounded(e call, f function) eval {
	last := len(e.args) - 1
	length := e.args[last].(period).Period // function.check has seen it
	of := c.field("@timestamp")
	if last > 0 {
		of = c.expr(e.args[0])
	}
	return func(r *record) Value {
		v := of(r)
		if v.kind != Time || math.Abs(v.num) > maxMillis {
			return Value{}
		}
		return millisOf(float64(f.times(length, int64(v.num))))
	}
}

func (c *compiler) binary(e operation) eval {
	a, b := c.expr(e.a), c.expr(e.b)
	switch e.op {
	case "and":
		return func(r *record) Value { return boolOf(a(r).truth() && b(r).truth()) }
	case "or":
		return func(r *record) Value { return boolOf(a(r).truth() || b(r).truth()) }
	case "=":
		return func(r *record) Value { return boolOf(equal(a(r), b(r))) }
	case "!=":
		return func(r *record) Value { return boolOf(!equal(a(r), b(r))) }
	}
	if holds, ok := orders[e.op]; ok {
		return func(r *record) Value {
			x, y := a(r), b(r)
			return boolOf(!x.absent() && !y.absent() && holds(compare(x, y)))
		}
	}
	calculate := signsOf[e.op]
	return func(r *record) Value {
		x, isX := a(r).Number()
		y, isY := b(r).Number()
		if !isX || !isY {
			return Value{}
		}
		return finite(calculate(x, y))
	}
}

// orders are the comparisons by order.
var orders = map[string]func(int) bool{
	"<":  func(n int) bool { return n < 0 },
	"<=": func(n int) bool { return n <= 0 },
	">":  func(n int) bool { return n > 0 },
	">=": func(n int) bool { return n >= 0 },
}

// signsOf are the arithmetic operators.
var signsOf = map[string]func(a, b float64) float64{
	"+": func(a, b float64) float64 { return a + b },
	"-": func(a, b float64) float64 { return a - b },
	"*": func(a, b float64) float64 { return a * b },
	"/": func(a, b float64) float64 { return a / b },
	"%": math.Mod,
	"^": math.Pow,
}

func (c *compiler) negation(e negation) eval {
	of := c.expr(e.of)
	if e.op == "not" {
		return func(r *record) Value { return boolOf(!of(r).truth()) }
	}
	return func(r *record) Value {
		n, ok := of(r).Number()
		if !ok {
			return Value{}
		}
		return numberOf(-n)
	}
}

func (c *compiler) like(e like) eval {
	of, holds := c.expr(e.of), func(s string) bool { return strings.Contains(s, e.part) }
	if e.re != nil {
		holds = e.re.MatchString
	}
	return func(r *record) Value {
		v := of(r)
		return boolOf((!v.absent() && holds(v.String())) != e.not)
	}
}

func (c *compiler) in(e in) eval {
	of, list := c.expr(e.of), c.exprs(e.list)
	return func(r *record) Value {
		v := of(r)
		one := slices.ContainsFunc(list, func(other eval) bool { return equal(v, other(r)) })
		return boolOf(one != e.not)
	}
}

// extractor reads the fields of a parse command out of a text; it reports whether the text has them.
type extractor func(text string, into []Value) bool

// extract returns the extractor of a parse command.
func (c parseCommand) extract() extractor {
	if c.re == nil {
		return globbing(strings.Split(c.glob, "*"))
	}
	return grouping(c.re)
}

// grouping takes the named groups of a regular expression.
func grouping(re *regexp.Regexp) extractor {
	var groups []int
	for i, n := range re.SubexpNames() {
		if n != "" {
			groups = append(groups, i)
		}
	}
	return func(text string, into []Value) bool {
		at := re.FindStringSubmatchIndex(text)
		if at == nil {
			return false
		}
		for n, i := range groups {
			if from := at[2*i]; from >= 0 {
				into[n] = textOf(text[from:at[2*i+1]])
			}
		}
		return true
	}
}

// globbing takes what stands between the parts of a glob, which begin anywhere in a text; the last goes to its end.
func globbing(parts []string) extractor {
	return func(text string, into []Value) bool {
		at := strings.Index(text, parts[0])
		if at < 0 {
			return false
		}
		at += len(parts[0])
		for n, part := range parts[1:] {
			length := strings.Index(text[at:], part)
			if part == "" && n == len(parts)-2 {
				length = len(text) - at
			}
			if length < 0 {
				clear(into)
				return false
			}
			into[n] = textOf(text[at : at+length])
			at += length + len(part)
		}
		return true
	}
}

package pipe

import "fmt"

// builder makes the stages of a query. Columns are those of the last display, or of stats and fields.
type builder struct {
	compiler
	notes   *notes
	columns []Column
	shown   []eval // of columns
	display bool
	matched counter
	counts  bool // matched is among the stages
	stages  []func(next stage) stage
}

// build returns the first stage, and the last, which has the rows.
func (b *builder) build(q Query) (stage, *output) {
	for i, c := range q.commands {
		switch c.(type) {
		case fieldsCommand, displayCommand, filterCommand, parseCommand:
		default:
			b.count()
		}
		b.add(c, q.commands[i+1:])
	}
	if len(b.columns) == 0 {
		b.show(item{expr: field{"@timestamp"}}, item{expr: field{"@message"}})
	}
	b.count()
	if b.options.Ptr && !b.after {
		b.show(item{expr: field{"@ptr"}})
	}
	out := &output{columns: b.shown, most: b.options.Rows, notes: b.notes}
	var next stage = out
	for i := len(b.stages) - 1; i >= 0; i-- {
		next = b.stages[i](next)
	}
	return next, out
}

func (b *builder) then(s func(next stage) stage) { b.stages = append(b.stages, s) }

// count counts the rows that come to a command, the first time that it is called.
func (b *builder) count() {
	if !b.counts {
		b.counts = true
		b.then(func(next stage) stage { b.matched.next = next; return &b.matched })
	}
}

// show adds columns.
func (b *builder) show(items ...item) {
	for _, i := range items {
		b.column(Column{Name: i.column(), Bucket: bucketOf(i.expr)}, b.expr(i.expr))
	}
}

// column adds a column, or has one of the same name say something else.
func (b *builder) column(c Column, get eval) {
	for i := range b.columns {
		if b.columns[i].Name == c.Name {
			b.columns[i], b.shown[i] = c, get
			return
		}
	}
	b.columns, b.shown = append(b.columns, c), append(b.shown, get)
}

// bucketOf returns the period by which an expression cuts time, the zero Period where it does not.
func bucketOf(e expr) Period {
	if c, ok := e.(call); ok && (c.name == "bin" || c.name == "datefloor") {
		return c.args[len(c.args)-1].(period).Period
	}
	return Period{}
}

func (b *builder) add(c command, after []command) {
	switch c := c.(type) {
	case fieldsCommand:
		b.fields(c)
	case displayCommand:
		b.columns, b.shown, b.display = nil, nil, true
		b.show(c.items...)
	case filterCommand:
		holds := b.expr(c.condition)
		b.then(func(next stage) stage { return &filter{holds, next} })
	case parseCommand:
		b.parse(c)
	case statsCommand:
		b.stats(c)
	case sortCommand:
		b.sort(c, after)
	case limitCommand:
		b.then(func(next stage) stage { return &limit{left: c.rows, next: next} })
	case dedupCommand:
		keys := b.exprs(c.fields)
		b.then(func(next stage) stage {
			return &dedup{keys: keys, seen: map[string]struct{}{}, notes: b.notes, next: next}
		})
	case patternCommand:
		b.pattern()
	}
}

// fields computes what has a name of its own once for each row, so that later commands find it.
func (b *builder) fields(c fieldsCommand) {
	for _, i := range c.items {
		if _, plain := i.expr.(field); !plain || i.as != "" {
			get, place := b.expr(i.expr), b.make(i.column())
			b.then(func(next stage) stage { return &compute{get, place, next} })
		}
		if !b.display {
			b.column(Column{Name: i.column(), Bucket: bucketOf(i.expr)}, b.field(i.column()))
		}
	}
}

func (b *builder) parse(c parseCommand) {
	from := b.expr(c.from)
	s := &extraction{from: from, extract: c.extract(), values: make([]Value, len(c.names))}
	if len(b.columns) == 0 && !b.after {
		b.show(item{expr: field{"@timestamp"}}, item{expr: field{"@message"}})
	}
	for _, n := range c.names {
		s.places = append(s.places, b.make(n))
		if !b.display {
			b.column(Column{Name: n}, b.field(n))
		}
	}
	b.then(func(next stage) stage { s.next = next; return s })
}

// stats begins new rows: of what the command groups by, of its functions, and of what it calculates of them.
func (b *builder) stats(c statsCommand) {
	s := &aggregation{notes: b.notes, memory: memory{maxValues}, groups: map[string]*group{}}
	for _, i := range c.by {
		s.by = append(s.by, b.expr(i.expr))
	}
	calls := aggregatesOf(c.items)
	for _, one := range calls {
		s.calls = append(s.calls, one)
		get := func(*record) Value { return Value{} }
		if len(one.args) > 0 {
			get = b.expr(one.args[0])
		}
		s.args = append(s.args, get)
	}
	b.made, b.after, b.columns, b.shown, b.display = map[string]int{}, true, nil, nil, false
	for _, i := range c.by {
		s.places = append(s.places, b.make(i.column()))
		b.column(Column{Name: i.column(), Bucket: bucketOf(i.expr), Group: true}, b.field(i.column()))
	}
	for _, one := range calls {
		s.places = append(s.places, b.make(one.String()))
	}
	b.then(func(next stage) stage { s.next, s.width = next, b.places; return s })
	for _, i := range c.items {
		if _, made := b.made[i.column()]; !made {
			get, place := b.expr(i.expr), b.make(i.column())
			b.then(func(next stage) stage { return &compute{get, place, next} })
		}
		b.column(Column{Name: i.column()}, b.field(i.column()))
	}
}

// aggregatesOf returns the functions of stats in expressions, each once.
func aggregatesOf(items []item) (calls []call) {
	seen := map[string]bool{}
	var walk func(e expr)
	walk = func(e expr) {
		switch e := e.(type) {
		case call:
			if functions[e.name].aggregate == nil {
				for _, a := range e.args {
					walk(a)
				}
			} else if !seen[e.String()] {
				seen[e.String()] = true
				calls = append(calls, e)
			}
		case operation:
			walk(e.a)
			walk(e.b)
		case negation:
			walk(e.of)
		case like:
			walk(e.of)
		case in:
			walk(e.of)
			for _, one := range e.list {
				walk(one)
			}
		}
	}
	for _, i := range items {
		walk(i.expr)
	}
	return calls
}

func (b *builder) sort(c sortCommand, after []command) {
	s := &sorting{most: maxHeld, notes: b.notes}
	for _, k := range c.keys {
		s.keys = append(s.keys, b.expr(k.expr))
		s.descending = append(s.descending, k.descending)
	}
	if most, ok := limitAfter(after, b.options.Rows); ok {
		s.most, s.enough = most, true
	}
	b.then(func(next stage) stage { s.next = next; return s })
}

// limitAfter returns how many rows are wanted of what a sort gives, if the commands after it leave out no other row.
func limitAfter(after []command, most int) (int, bool) {
	for _, c := range after {
		switch c := c.(type) {
		case limitCommand:
			return min(c.rows, most), true
		case fieldsCommand, displayCommand, parseCommand:
		default:
			return 0, false
		}
	}
	return most, true
}

// tooMany says that something is left out.
func tooMany(most int, what string) string {
	return fmt.Sprintf("There are more than %d %s; the others are left out.", most, what)
}

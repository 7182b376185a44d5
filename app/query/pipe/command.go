package pipe

import (
	"regexp"
	"strconv"
	"strings"
)

// Query is what a text asks for: commands, each of which takes the rows of the one before. The zero Query lists events.
type Query struct{ commands []command }

// command is one command of a query.
type command interface{ String() string }

// item is an expression, and what its column is called.
type item struct {
	expr
	as string // "": as the expression is written
}

func (i item) column() string {
	if i.as != "" {
		return i.as
	}
	if f, ok := i.expr.(field); ok {
		return f.name
	}
	return i.expr.String()
}

// String writes the item as Parse reads it.
func (i item) String() string {
	if i.as == "" {
		return i.expr.String()
	}
	return i.expr.String() + " as " + quoteName(i.as)
}

// The commands.
type (
	fieldsCommand  struct{ items []item }
	displayCommand struct{ items []item }
	filterCommand  struct{ condition expr }
	parseCommand   struct {
		from  expr           // @message where none is given
		glob  string         // with a star for each of names
		names []string       // of the fields that it makes
		re    *regexp.Regexp // in place of glob
	}
	statsCommand struct {
		items []item // each has at least one aggregate function
		by    []item
	}
	sortCommand  struct{ keys []sortKey }
	limitCommand struct{ rows int }
	dedupCommand struct{ fields []expr }
	// patternCommand groups messages by what they say but for what varies.
	patternCommand struct{ of expr }
)

// sortKey is what rows are sorted by.
type sortKey struct {
	expr
	descending bool
}

// String writes the key as Parse reads it.
func (k sortKey) String() string {
	if k.descending {
		return k.expr.String() + " desc"
	}
	return k.expr.String() + " asc"
}

func (c fieldsCommand) String() string  { return "fields " + joined(c.items) }
func (c displayCommand) String() string { return "display " + joined(c.items) }
func (c filterCommand) String() string  { return "filter " + c.condition.String() }
func (c sortCommand) String() string    { return "sort " + joined(c.keys) }
func (c limitCommand) String() string   { return "limit " + strconv.Itoa(c.rows) }
func (c dedupCommand) String() string   { return "dedup " + joined(c.fields) }
func (c patternCommand) String() string { return "pattern " + c.of.String() }

func (c parseCommand) String() string {
	if c.re != nil {
		return "parse " + c.from.String() + " " + quoteExpression(c.glob)
	}
	names := make([]string, len(c.names))
	for i, n := range c.names {
		names[i] = quoteName(n)
	}
	return "parse " + c.from.String() + " " + quoteText(c.glob) + " as " + strings.Join(names, ", ")
}

func (c statsCommand) String() string {
	if len(c.by) == 0 {
		return "stats " + joined(c.items)
	}
	return "stats " + joined(c.items) + " by " + joined(c.by)
}

// String writes the query as Parse reads it.
func (q Query) String() string {
	words := make([]string, len(q.commands))
	for i, c := range q.commands {
		words[i] = c.String()
	}
	return strings.Join(words, " | ")
}

// Empty reports whether the query has no command.
func (q Query) Empty() bool { return len(q.commands) == 0 }

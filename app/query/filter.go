package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Filter is what a query asks of items with named fields, such as trail events and traces. The zero Filter asks
// nothing.
type Filter struct{ conditions []fieldCondition }

// fieldCondition is one term of a query.
type fieldCondition struct {
	field  string // folded; "": any
	op     string // ":", ">", ">=", "<" or "<="
	text   string // folded
	number float64
	prefix bool // text is the beginning of a value
	not    bool
}

// Fields is an item as a Filter looks at it. Field names are folded.
type Fields interface {
	// Values returns the values of a field; none if the item has no such field.
	Values(field string) []string
	// Text is all that words are looked for in.
	Text() string
}

// ParseFilter reads words and "phrases", which occur anywhere in an item in any case of ASCII letters; field:value, a
// whole value in any case, with a star at its end any that begin so, field:* for any value; field>500, >=, < and <=, of
// numbers and of lengths of time (duration>1.5s); and each of them with a minus for what must not hold. All of them
// must hold. fields are the names that are known: another one is an error. Without any all names are taken.
func ParseFilter(text string, fields []string) (Filter, error) {
	var f Filter
	for {
		text = strings.TrimLeft(text, " \t\n")
		if text == "" {
			return f, nil
		}
		after, not := strings.CutPrefix(text, "-")
		if not = not && after != "" && after[0] != ' ' && after[0] != '-'; not {
			text = after
		}
		word, quoted, rest, err := cutWord(text)
		if err != nil {
			return Filter{}, err
		}
		text = rest
		c, err := readCondition(word, quoted, fields)
		if err != nil {
			return Filter{}, err
		}
		if c.not = not; c.field != "" || c.text != "" {
			f.conditions = append(f.conditions, c)
		}
	}
}

// readCondition reads a term. From the byte quoted on it was in quotation marks; -1: nothing of it was.
func readCondition(word string, quoted int, fields []string) (fieldCondition, error) {
	var c fieldCondition
	name, op, value := cutField(word, quoted)
	if op == "" {
		c.text = app.Fold(word)
		return c, nil
	}
	if c.field = app.Fold(name); len(fields) > 0 && !slices.Contains(fields, c.field) {
		return c, fmt.Errorf("there is no field %s; the fields are %s", name, strings.Join(fields, ", "))
	}
	c.op, c.text = op, app.Fold(value)
	if op == ":" {
		if quoted < 0 {
			c.text, c.prefix = strings.CutSuffix(c.text, "*")
		}
		return c, nil
	}
	var ok bool
	if c.number, ok = numberOf(value); !ok {
		return c, fmt.Errorf("%s is compared with a number or a length of time such as 1.5s, not with %q", name, value)
	}
	return c, nil
}

// cutField cuts field:value, field>value and the like. What stands in quotation marks is no field.
func cutField(word string, quoted int) (name, op, value string) {
	plain := word
	if quoted >= 0 {
		plain = word[:quoted]
	}
	i := strings.IndexAny(plain, ":<>")
	if i <= 0 || strings.ContainsAny(plain[:i], "/.*") || strings.HasPrefix(word[i:], "://") {
		return "", "", ""
	}
	op = word[i : i+1]
	if op != ":" && strings.HasPrefix(word[i+1:], "=") {
		op += "="
	}
	return word[:i], op, word[i+len(op):]
}

// numberOf reads a number, or a length of time as seconds.
func numberOf(text string) (float64, bool) {
	if v, err := strconv.ParseFloat(text, 64); err == nil {
		return v, true
	}
	d, err := time.ParseDuration(text)
	return d.Seconds(), err == nil
}

// Match reports whether an item meets all that is asked.
func (f Filter) Match(item Fields) bool {
	for _, c := range f.conditions {
		if c.meets(item) == c.not {
			return false
		}
	}
	return true
}

// Words returns the words and phrases that have to occur, folded.
func (f Filter) Words() (words []string) {
	for _, c := range f.conditions {
		if c.field == "" && !c.not {
			words = append(words, c.text)
		}
	}
	return words
}

func (c fieldCondition) meets(item Fields) bool {
	if c.field == "" {
		return strings.Contains(app.Fold(item.Text()), c.text)
	}
	return slices.ContainsFunc(item.Values(c.field), func(value string) bool {
		switch value = app.Fold(value); c.op {
		case ":":
			return value == c.text || c.prefix && value != "" && strings.HasPrefix(value, c.text)
		default:
			n, ok := numberOf(value)
			return ok && compare(n, c.op, c.number)
		}
	})
}

func compare(a float64, op string, b float64) bool {
	switch op {
	case ">":
		return a > b
	case ">=":
		return a >= b
	case "<":
		return a < b
	}
	return a <= b
}

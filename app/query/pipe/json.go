package pipe

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// finder looks for fields in a JSON text, by their flattened names as Logs Insights discovers them: user.id is id in
// user, items.0 the first of a list. It reads no further than it has to, and takes what it can from a text that is cut
// off or damaged.
type finder struct {
	text  string
	at    int
	found []Value
	open  int // names that are not found
}

// names are those of the fields that are looked for, as far as they are left at one depth; "" stands for a name that
// cannot be there. They belong to one goroutine.
type names struct {
	left  []string
	below map[string]*names // by the key that they go on below; filled as keys come
}

func newNames(all []string) *names { return &names{left: all, below: map[string]*names{}} }

// child returns the names that go on below a key, of which there are some.
func (n *names) child(key string) *names {
	if c := n.below[key]; c != nil {
		return c
	}
	left := make([]string, len(n.left))
	for i, name := range n.left {
		if len(name) > len(key) && name[len(key)] == '.' && name[:len(key)] == key {
			left[i] = name[len(key)+1:]
		}
	}
	c := newNames(left)
	n.below[strings.Clone(key)] = c
	return c
}

// maxNesting bounds how deep JSON is followed.
const maxNesting = 64

// find fills found, which is as long as names, with the values of a JSON object or list.
func find(text string, n *names, found []Value) {
	clear(found)
	if text != "" {
		f := finder{text: text, found: found, open: len(found)}
		f.container(n, 0)
	}
}

// blank steps over white space and returns the next character, 0 at the end.
func (f *finder) blank() byte {
	for f.at < len(f.text) {
		switch c := f.text[f.at]; c {
		case ' ', '\t', '\n', '\r':
			f.at++
		default:
			return c
		}
	}
	return 0
}

// container reads an object or a list of which the names are wanted. ok is false where the text ends or is damaged, or
// everything is found.
func (f *finder) container(n *names, depth int) (ok bool) {
	opening := f.blank()
	if opening != '{' && opening != '[' || depth > maxNesting {
		return false
	}
	f.at++
	for i := 0; ; i++ {
		switch c := f.blank(); c {
		case '}', ']':
			f.at++
			return true
		case 0:
			return false
		case ',':
			f.at++
		}
		key := ""
		if opening == '[' {
			key = strconv.Itoa(i)
		} else if key, ok = f.key(); !ok {
			return false
		}
		if !f.member(key, n, depth) || f.open == 0 {
			return false
		}
	}
}

// key reads a key and the colon after it.
func (f *finder) key() (string, bool) {
	if f.blank() != '"' {
		return "", false
	}
	raw, escaped, ok := f.string()
	if !ok || f.blank() != ':' {
		return "", false
	}
	f.at++
	if escaped {
		return unescape(raw), true
	}
	return raw, true
}

// member reads the value of a key.
func (f *finder) member(key string, n *names, depth int) (ok bool) {
	wanted, below := false, false
	for i, name := range n.left {
		switch {
		case len(name) < len(key) || name == "" || name[:len(key)] != key:
		case len(name) == len(key):
			wanted = wanted || f.found[i].is(None)
		case name[len(key)] == '.':
			below = true
		}
	}
	if c := f.blank(); below && (c == '{' || c == '[') {
		return f.container(n.child(key), depth+1)
	}
	if !wanted {
		return f.skip()
	}
	v, ok := f.value()
	for i, name := range n.left {
		if name == key && f.found[i].is(None) && !v.is(None) {
			f.found[i] = v
			f.open--
		}
	}
	return ok
}

// value reads a value: an object, a list and null are none.
func (f *finder) value() (Value, bool) {
	switch c := f.blank(); c {
	case '"':
		raw, escaped, ok := f.string()
		if escaped {
			raw = unescape(raw)
		}
		return textOf(raw), ok
	case '{', '[':
		return Value{}, f.skip()
	}
	switch word := f.word(); word {
	case "true", "false":
		return boolOf(word == "true"), true
	case "null":
		return Value{}, true
	default:
		_, ok := parseNumber(word)
		if !ok {
			return Value{}, false
		}
		return textOf(word), true
	}
}

// word reads a number or a literal.
func (f *finder) word() string {
	from := f.at
	for f.at < len(f.text) && strings.IndexByte(",}] \t\r\n", f.text[f.at]) < 0 {
		f.at++
	}
	return f.text[from:f.at]
}

// string reads a string from its quotation mark on, and returns it as it is written.
func (f *finder) string() (raw string, escaped, ok bool) {
	f.at++
	from := f.at
	for {
		i := strings.IndexByte(f.text[f.at:], '"')
		if i < 0 {
			f.at = len(f.text)
			return f.text[from:], false, false
		}
		backslash := strings.IndexByte(f.text[f.at:f.at+i], '\\')
		if backslash < 0 {
			f.at += i + 1
			return f.text[from : f.at-1], escaped, true
		}
		escaped = true
		if f.at += backslash + 2; f.at > len(f.text) {
			f.at = len(f.text)
		}
	}
}

// skip steps over a value.
func (f *finder) skip() bool {
	depth := 0
	for {
		switch f.blank() {
		case 0:
			return false
		case '"':
			if _, _, ok := f.string(); !ok {
				return false
			}
		case '{', '[':
			f.at++
			depth++
		case '}', ']':
			f.at++
			depth--
		case ',', ':':
			f.at++
		default:
			if f.word() == "" {
				return false
			}
			if depth > 0 {
				// a colon may follow a word without quotation marks in damaged text: it is stepped over
				continue
			}
		}
		if depth <= 0 {
			return true
		}
	}
}

// unescape reads the escapes of a JSON string; what is no JSON stays as it is.
func unescape(raw string) string {
	var s string
	if json.Unmarshal([]byte(`"`+raw+`"`), &s) != nil || !utf8.ValidString(s) {
		return raw
	}
	return s
}

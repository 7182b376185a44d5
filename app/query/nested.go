package query

import "bytes"

// nested looks in JSON for a field within others: user.id is id within user, wherever user is. Elements of a list go by
// the name of the list. A text that is JSON itself counts as what it holds.
type nested struct {
	field string // in lower case
	value *value
	path  []byte // the names of the objects around, with a point after each
	text  []byte
	at    int
	depth int
}

// maxNested bounds how deep objects and lists are followed.
const maxNested = 100

// in reports whether the first object in a message in lower case has the field with the value. What is no JSON any more
// ends the search.
func (n *nested) in(message []byte) bool {
	n.at = bytes.IndexByte(message, '{')
	if n.at < 0 {
		return false
	}
	n.text = message
	found, _ := n.next()
	return found
}

// inArray reports whether an element of an array that is the field has the value. The text begins with the array.
func (n *nested) inArray(text []byte) bool {
	n.path, n.text = append([]byte(n.field), '.'), text
	found, _ := n.next()
	return found
}

// next reads a value, and reports whether the field is in it, and whether more can be read.
func (n *nested) next() (found, more bool) {
	switch n.blank() {
	case '{', '[':
		if n.depth == maxNested {
			return false, false
		}
		n.depth++
		found, more = n.within(n.text[n.at] == '{')
		n.depth--
		return found, more
	case '"':
		raw, ok := n.string()
		return ok && (n.is(raw) || n.holds(raw)), ok
	}
	start := n.at
	for n.at < len(n.text) && !bytes.ContainsRune([]byte(",}] \t\r\n"), rune(n.text[n.at])) {
		n.at++
	}
	return n.at > start && n.is(n.text[start:n.at]), n.at > start
}

// within reads an object or a list from its bracket on.
func (n *nested) within(object bool) (found, more bool) {
	end, outer := byte(']'), len(n.path)
	if object {
		end = '}'
	}
	n.at++
	if n.take(end) {
		return false, true
	}
	for {
		if object {
			name, ok := n.string()
			if !ok || !n.take(':') {
				return false, false
			}
			n.path = append(append(n.path[:outer], name...), '.')
		}
		if found, more := n.next(); found || !more {
			return found, more
		}
		n.path = n.path[:outer]
		if n.take(end) {
			return false, true
		}
		if !n.take(',') {
			return false, false
		}
	}
}

// is reports whether the value that was read is the one, and the field the one.
func (n *nested) is(raw []byte) bool {
	path := n.path[:max(0, len(n.path)-1)]
	before := len(path) - len(n.field)
	if before < 0 || string(path[before:]) != n.field || before > 0 && path[before-1] != '.' {
		return false
	}
	return anyReading(raw, n.value.is)
}

// holds reports whether a text is JSON that has the field with the value.
func (n *nested) holds(raw []byte) bool {
	object := bytes.HasPrefix(bytes.TrimLeft(raw, " \t"), []byte("{"))
	if n.depth == maxNested || !object || bytes.IndexByte(raw, '\\') < 0 {
		return false
	}
	inner := nested{field: n.field, value: n.value, path: bytes.Clone(n.path), depth: n.depth + 1}
	return inner.in(unescaped(raw))
}

// blank steps over blanks and returns what comes next without reading it, 0 at the end.
func (n *nested) blank() byte {
	for ; n.at < len(n.text); n.at++ {
		switch c := n.text[n.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

func (n *nested) take(c byte) bool {
	if n.blank() != c {
		return false
	}
	n.at++
	return true
}

// string reads a text and returns what stands between its quotation marks.
func (n *nested) string() (raw []byte, ok bool) {
	if !n.take('"') {
		return nil, false
	}
	for start := n.at; n.at < len(n.text); n.at++ {
		switch n.text[n.at] {
		case '\\':
			n.at++
		case '"':
			n.at++
			return n.text[start : n.at-1], true
		}
	}
	return nil, false
}

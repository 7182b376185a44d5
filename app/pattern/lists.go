package pattern

import (
	"bytes"
	"slices"
)

// foldLists makes one of three or more variable parts in a row, between blanks, commas or @, in a key and in the
// spans of its parts. It changes both in place.
func foldLists(key []byte, spans []span) ([]byte, []span) {
	text := key
	if i := bytes.IndexByte(key, field); i >= 0 {
		text = key[:i]
	}
	out, left := key[:0], spans[:0]
	next := 0
	for i := 0; i < len(text); {
		if text[i] != wild {
			out = append(out, text[i])
			i++
			continue
		}
		parts, end := run(key, text, i)
		if parts < leastList {
			out, left = append(out, wild), append(left, spans[next])
			i, next = i+1, next+1
			continue
		}
		whole := spans[next]
		for _, s := range spans[next+1 : next+parts] {
			whole.to, whole.kind = s.to, whole.kind|s.kind
		}
		out, left = append(out, list), append(left, whole)
		i, next = end, next+parts
	}
	return append(out, key[len(text):]...), append(left, spans[next:]...)
}

// leastList is how many variable parts are a list: two numbers at the end of a line may be a status and a size.
const leastList = 3

// run returns how many variable parts the list has that begins at i, and where it ends.
func run(key, text []byte, i int) (parts, end int) {
	if !alone(key, i) {
		return 1, i + 1
	}
	parts, end = 1, i+1
	for at := end; at < len(text); {
		from := at
		for at < len(text) && (text[at] == ' ' || text[at] == ',' || text[at] == '@') {
			at++
		}
		if at == from || at == len(text) || text[at] != wild {
			break
		}
		at++
		parts, end = parts+1, at
	}
	return parts, end
}

// rowsOf cuts shapes into rows, with kinds in place of spans. Lists of shapes that begin with the same word, and
// differ in the lengths of lists, are folded; those of one length have a meaning in each place, as the fields of a
// VPC flow log do.
func rowsOf(shapes []*shape) (rows []row, kinds [][]Kind) {
	type form struct{ frame, first, fields string }
	frames := map[form]string{} // of the form's shapes, "" where there are several
	forms := map[int]form{}     // of the shapes that have a list
	rows, kinds = make([]row, len(shapes)), make([][]Kind, len(shapes))
	for i, s := range shapes {
		rows[i], kinds[i] = cutShape(s.key), s.kinds
		if len(s.kinds) < leastList {
			continue
		}
		r, _ := s.folded()
		f := form{r.frame, r.firstWord(), r.fields}
		if frame, ok := frames[f]; !ok {
			frames[f] = rows[i].frame
		} else if frame != rows[i].frame {
			frames[f] = ""
		}
		forms[i] = f
	}
	for i, f := range forms {
		if frames[f] == "" {
			rows[i], kinds[i] = shapes[i].folded()
		}
	}
	return rows, kinds
}

// folded returns the row of a shape with its lists folded, and its kinds.
func (s *shape) folded() (row, []Kind) {
	spans := make([]span, len(s.kinds))
	for i, k := range s.kinds {
		spans[i].kind = k
	}
	key, spans := foldLists([]byte(s.key), spans)
	kinds := make([]Kind, len(spans))
	for i := range spans {
		kinds[i] = spans[i].kind
	}
	return cutShape(string(key)), kinds
}

// firstWord returns the first word of a language.
func (r row) firstWord() string {
	if i := slices.IndexFunc(r.words, literal); i >= 0 {
		return r.words[i]
	}
	return ""
}

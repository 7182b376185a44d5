package logs

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/phrase"
)

// treeKind is what a value of a JSON message is.
type treeKind uint8

const (
	treeValue   treeKind = iota // a text, a number, true or false
	treeNothing                 // null, {}, []
	treeParent                  // an object or a list that holds something
	treeText                    // a text of several lines, which are the rows below it
	treeLine                    // one of them
)

// treeRow is a value of a message, in the order and depth in which it is written.
type treeRow struct {
	name  string // of the field, or its place in a list
	path  string // names from the outermost to this one with dots between, as a query names the field
	id    string // tells rows apart
	depth int
	kind  treeKind
	value string // as it is shown: of a parent how much it holds
	whole string // as it is copied: a text as it is, else JSON
	text  bool   // it is a text of JSON
}

// mostRows bounds the rows of one event, of which a drawer shows mostShown.
const (
	mostRows  = 5_000
	mostShown = 400
)

// parseTree returns the rows of a message that is a JSON object, none of any other. more says that some were left out.
func parseTree(message string) (rows []treeRow, more bool) {
	text := strings.TrimSpace(message)
	if !strings.HasPrefix(text, "{") || !json.Valid([]byte(text)) {
		return nil, false
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // as it is written
	t := treeParser{d: d, text: text}
	t.value("", "", "", -1)
	return t.rows, t.more
}

// treeParser reads rows. Its input is known to be JSON, which bounds its depth.
type treeParser struct {
	d    *json.Decoder
	text string
	rows []treeRow
	more bool
}

// add takes a row up and returns its index, -1 if there are too many.
func (t *treeParser) add(r treeRow) int {
	if len(t.rows) == mostRows {
		t.more = true
		return -1
	}
	t.rows = append(t.rows, r)
	return len(t.rows) - 1
}

// value reads the next value, under the name that it has in the one around it. The outermost has no row.
func (t *treeParser) value(name, path, id string, depth int) {
	token, err := t.d.Token()
	if err != nil {
		return
	}
	delim, nested := token.(json.Delim)
	if !nested {
		t.scalar(token, treeRow{name: name, path: path, id: id, depth: depth})
		return
	}
	from := t.d.InputOffset() - 1
	at := -1
	if depth >= 0 {
		at = t.add(treeRow{name: name, path: path, id: id, depth: depth, kind: treeParent})
	}
	n := 0
	for ; t.d.More(); n++ {
		inner, field := strconv.Itoa(n), path
		if delim == '{' {
			key, err := t.d.Token()
			if err != nil {
				return
			}
			inner = fmt.Sprint(key)
			field = strings.TrimPrefix(path+"."+inner, ".")
		}
		t.value(inner, field, id+"\n"+strconv.Itoa(n), depth+1)
	}
	_, _ = t.d.Token() // the bracket at the end
	if at < 0 {
		return
	}
	r := &t.rows[at]
	r.whole = t.text[from:t.d.InputOffset()]
	r.value = phrase.Plural(int64(n), "item", "items")
	if delim == '{' {
		r.value = phrase.Plural(int64(n), "field", "fields")
	}
	switch {
	case n == 0:
		r.kind, r.value = treeNothing, r.whole
	case delim == '[' && n > manyOf:
		t.asLines(at)
	}
}

// manyOf is how many elements of a list are shown one by one; of more that are texts each is a line, as loggers write a
// stack.
const manyOf = 4

// asLines makes a list of texts the text that they are the lines of.
func (t *treeParser) asLines(at int) {
	below := t.rows[at+1:]
	for _, r := range below {
		if r.kind != treeValue || !r.text {
			return
		}
	}
	t.rows[at].kind, t.rows[at].value = treeText, phrase.Plural(int64(len(below)), "line", "lines")
	for i := range below {
		below[i].kind, below[i].name, below[i].value = treeLine, "", strings.ReplaceAll(below[i].value, "\t", "    ")
	}
}

// scalar adds a value that holds no others: a text of several lines with a row for each.
func (t *treeParser) scalar(token json.Token, r treeRow) {
	text, isText := token.(string)
	switch {
	case token == nil:
		r.kind, r.value, r.whole = treeNothing, "null", "null"
	case !isText:
		r.value = fmt.Sprint(token)
		r.whole = r.value
	default:
		r.whole, r.text = text, true
		r.value = strings.TrimRight(app.PlainText(text), "\r\n")
	}
	lines := strings.Split(strings.ReplaceAll(r.value, "\r\n", "\n"), "\n")
	if len(lines) == 1 {
		t.add(r)
		return
	}
	r.kind, r.value = treeText, phrase.Plural(int64(len(lines)), "line", "lines")
	t.add(r)
	for i, line := range lines {
		t.add(treeRow{path: r.path, id: r.id + "\nline " + strconv.Itoa(i), depth: r.depth + 1, kind: treeLine,
			value: strings.ReplaceAll(line, "\t", "    "), whole: line})
	}
}

// holds reports whether a row has others below it.
func (r treeRow) holds() bool { return r.kind == treeParent || r.kind == treeText }

// longTerm is how much of a value a query asks for: more is no longer read by a person.
const longTerm = 120

// term returns what a query asks for to find other events with the value; false for what no query finds.
func (r treeRow) term() (string, bool) {
	text := strings.TrimSpace(app.PlainText(r.whole))
	switch {
	case r.kind == treeLine:
		return query.Format(app.LogTerm{Text: cutWords(text)}), text != ""
	case r.kind != treeValue && r.kind != treeText || text == "" || r.path == "":
		return "", false
	}
	if strings.HasPrefix(text, "[") && r.kind == treeText { // a list of lines
		return "", false
	}
	if first, _, many := strings.Cut(text, "\n"); many || len(text) > longTerm {
		text = cutWords(first) + "*"
	}
	return query.Format(app.LogTerm{Field: r.path, Text: text}), true
}

// cutWords returns as many whole words of a text as are asked for.
func cutWords(text string) string {
	text = strings.TrimSpace(text)
	if len(text) <= longTerm {
		return text
	}
	text = strings.ToValidUTF8(text[:longTerm], "")
	if i := strings.LastIndexByte(text, ' '); i > 0 {
		return text[:i]
	}
	return text
}

// The rows of a parent are shown at first if they are not many, and all together not too many.
const (
	fewRows   = 24
	fewInside = 8 // of one that lies within another
)

// closedAtFirst returns which rows do not show what they hold, by id.
func closedAtFirst(rows []treeRow) map[string]bool {
	closed := map[string]bool{}
	for i, r := range rows {
		if !r.holds() {
			continue
		}
		n := i + 1
		for n < len(rows) && rows[n].depth > r.depth {
			n++
		}
		most := fewRows
		if r.depth > 0 {
			most = fewInside
		}
		closed[r.id] = r.kind == treeParent && n-i-1 > most
	}
	return closed
}

// openRows are the rows that are seen.
func openRows(rows []treeRow, closed map[string]bool) (seen []treeRow) {
	below := -1 // the depth of a closed row; -1: none
	for _, r := range rows {
		if below >= 0 && r.depth > below {
			continue
		}
		below = -1
		if closed[r.id] {
			below = r.depth
		}
		seen = append(seen, r)
	}
	return seen
}

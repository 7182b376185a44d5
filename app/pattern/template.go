package pattern

import (
	"cmp"
	"slices"
	"strings"
)

// Template is what the messages of a pattern have in common. It is a value; the zero value is the template of the empty
// message.
type Template struct {
	row   row
	kinds []Kind // of each variable part
	// soft says of each word whether any word may stand there: it was found to be variable by comparing shapes.
	soft []bool
	// loose and escaped say that messages do not have the text as it stands here: they have other blanks, or escapes.
	loose, escaped bool
}

// Part is a piece of a template's text.
type Part struct {
	Text string // literal, or the name of a wildcard's kind
	Wild bool
}

// Wildcard is a variable part of a template.
type Wildcard struct {
	Name string // what the message calls it, as in key=value; "": nothing
	Kind Kind
}

// newTemplate returns the template of a shape as it was merged; see adds what its shapes have there.
func newTemplate(r row) Template {
	wilds := strings.Count(r.fields, string(rune(field)))
	for _, w := range r.words {
		wilds += strings.Count(w, wildWord)
	}
	wilds += strings.Count(r.frame, string(rune(list)))
	return Template{row: r, kinds: make([]Kind, wilds), soft: make([]bool, len(r.words))}
}

// see adds the kinds of a shape that was merged into the template.
func (t Template) see(r row, kinds []Kind) {
	slot, next, word := 0, 0, 0
	for i := range len(r.frame) {
		switch r.frame[i] {
		case 'w':
			w, of := r.words[word], t.row.words[word]
			n := strings.Count(w, wildWord)
			if w == of {
				for j := range n {
					t.kinds[slot+j] |= kinds[next+j]
				}
			} else {
				t.soft[word] = true
				t.kinds[slot] |= Text
			}
			slot += strings.Count(of, wildWord)
			next += n
			word++
		case list:
			t.kinds[slot] |= kinds[next]
			slot++
			next++
		}
	}
	for ; slot < len(t.kinds); slot++ {
		t.kinds[slot] |= kinds[next]
		next++
	}
}

// Parts returns the text with its wildcards, and the fields of a JSON message behind it, as in
// Failed for <text> {order=<id>}.
func (t Template) Parts() (parts []Part) {
	slot := 0
	literal := func(text string) {
		if n := len(parts); n > 0 && !parts[n-1].Wild {
			parts[n-1].Text += text
		} else if text != "" {
			parts = append(parts, Part{Text: text})
		}
	}
	variable := func(more string) {
		parts = append(parts, Part{"<" + t.kinds[slot].String() + more + ">", true})
		slot++
	}
	text := t.row.text()
	for i := range len(text) {
		switch text[i] {
		case wild:
			variable("")
		case list:
			variable("...")
		case rest:
			if i > 0 && text[i-1] != ' ' {
				literal(" ")
			}
			literal("...")
		default:
			literal(text[i : i+1])
		}
	}
	names := t.fields()
	for i, name := range names {
		before := ", "
		if i == 0 {
			before = "{"
			if text != "" {
				before = " {"
			}
		}
		literal(before + name + "=")
		variable("")
	}
	if len(names) > 0 {
		literal("}")
	}
	return parts
}

// fields returns the names of a JSON message's fields.
func (t Template) fields() []string {
	if t.row.fields == "" {
		return nil
	}
	return strings.Split(t.row.fields[1:], string(rune(field)))
}

// String returns the text with wildcards as <num>, <id> and so on.
func (t Template) String() string {
	var b strings.Builder
	for _, p := range t.Parts() {
		b.WriteString(p.Text)
	}
	return b.String()
}

// Wildcards returns the variable parts in order.
func (t Template) Wildcards() []Wildcard {
	all := make([]Wildcard, 0, len(t.kinds))
	text := t.row.text()
	for i := range len(text) {
		if text[i] == wild || text[i] == list {
			all = append(all, Wildcard{nameBefore(text[:i]), t.kinds[len(all)]})
		}
	}
	for _, name := range t.fields() {
		all = append(all, Wildcard{name, t.kinds[len(all)]})
	}
	return all
}

// nameBefore returns the key that a text ends with: the word before = or a colon, before a colon with the capitalized
// words before it, as in Max Memory Used: <size>.
func nameBefore(text string) string {
	text = strings.TrimRight(text, ` "'`)
	if !strings.HasSuffix(text, "=") && !strings.HasSuffix(text, ":") {
		return ""
	}
	many := text[len(text)-1] == ':'
	text = strings.TrimRight(text[:len(text)-1], " ")
	from := wordStart(text, len(text))
	for many && from > 1 && text[from-1] == ' ' {
		before := wordStart(text, from-1)
		if w := text[before : from-1]; len(w) < 2 || w[0] < 'A' || w[0] > 'Z' || w[1] < 'a' || w[1] > 'z' {
			break
		}
		from = before
	}
	return text[from:]
}

// wordStart returns where the word begins that ends at i.
func wordStart(text string, i int) int {
	for i > 0 && classes[text[i-1]] == inWord {
		i--
	}
	return i
}

// Phrases returns the longest literal pieces of the text, at most n, the longest first, and then the names of fields in
// quotation marks: what a search for the pattern can look for. Each is a part of every message that the template
// matches.
func (t Template) Phrases(n int) []string {
	text := t.row.text()
	var phrases []string
	between := func(r rune) bool {
		mayBeEscaped := r >= 0x80 || classes[r] != inWord || r == '\\' || r == '/' || r == '&'
		return r < ' ' || t.loose && r == ' ' || t.escaped && mayBeEscaped
	}
	for _, p := range strings.FieldsFunc(text, between) {
		if p = strings.Trim(p, ` `); letterCount(p) >= leastPhrase {
			phrases = append(phrases, p)
		}
	}
	slices.SortStableFunc(phrases, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	phrases = slices.Compact(phrases)
	for _, name := range t.fields() {
		phrases = append(phrases, `"`+name+`"`)
	}
	return phrases[:min(n, len(phrases))]
}

// leastPhrase is how many letters a phrase has at least: shorter ones are in most messages.
const leastPhrase = 3

func letterCount(text string) (n int) {
	for i := range len(text) {
		if isLetter(text[i]) {
			n++
		}
	}
	return n
}

// Match reports whether a message is of the template.
func (t Template) Match(message string) bool {
	var s scanner
	s.scan(message)
	return t.fits(t.rowOf(&s))
}

// rowOf returns the row of a message that was scanned, with its lists folded where the template has one.
func (t Template) rowOf(s *scanner) row {
	key, spans := s.key, s.spans
	if strings.IndexByte(t.row.frame, list) >= 0 {
		key, spans = foldLists(slices.Clone(key), slices.Clone(spans))
	}
	s.shown = spans
	return cutShape(string(key))
}

// fits reports whether a shape is one of the template's.
func (t Template) fits(r row) bool {
	if r.frame != t.row.frame || r.fields != t.row.fields {
		return false
	}
	for i, w := range r.words {
		if w != t.row.words[i] && !(t.soft[i] && !isBool(w)) {
			return false
		}
	}
	return true
}

// values returns the variable parts of a message of the template, in order, by the row that rowOf returned last.
func (t Template) values(s *scanner, r row, message string, to []string) []string {
	at, next, word := 0, 0, 0
	value := func(from, to int) string { return s.said[from:to] }
	// literal moves on behind a piece of literal text, which in the message may have several blanks for one.
	literal := func(text string) {
		for i := range len(text) {
			if text[i] != ' ' {
				at++
				continue
			}
			at = skipBlank(s.said, at)
		}
	}
	at = skipBlank(s.said, at)
	for i := range len(r.frame) {
		switch b := r.frame[i]; b {
		case 'w':
			w, from := r.words[word], at
			soft := t.soft[word]
			for j := range len(w) {
				if w[j] != wild {
					literal(w[j : j+1])
					continue
				}
				if sp := s.shown[next]; !soft {
					to = append(to, value(sp.from, sp.to))
				}
				at = s.shown[next].to
				next++
			}
			if soft {
				to = append(to, value(from, at))
			}
			word++
		case list:
			to = append(to, value(s.shown[next].from, s.shown[next].to))
			at = s.shown[next].to
			next++
		case rest:
		default:
			literal(r.frame[i : i+1])
		}
	}
	for ; next < len(s.shown); next++ { // of fields
		to = append(to, message[s.shown[next].from:s.shown[next].to])
	}
	return to
}

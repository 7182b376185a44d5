package pattern

import "strings"

// wild stands for a variable part in the key of a shape.
const wild = '\x01'

// list stands for three or more variable parts between blanks or commas; foldLists puts it in.
const list = '\x03'

// rest stands for what follows of a message of which only the beginning is read.
const rest = '\x02'

// field stands before the name of each field of a JSON message, whose value is variable.
const field = '\x04'

// span is where a variable part lies, in bytes of what was said or, for the value of a field, of the whole message.
type span struct {
	from, to int
	kind     Kind
}

// scanner reads the shapes of messages. It keeps its buffers from one message to the next and belongs to one goroutine.
type scanner struct {
	key     []byte // the shape: literal text, wild and rest; then the fields
	spans   []span // of each wild, in order, then of each field
	shown   []span // those of the row that Template.rowOf returned last
	said    string // the text that the shape is of: of JSON its telling field, of others the message without its lead
	fields  []jsonField
	telling [len(tellingFields)]string
	// loose is set where blanks of the key stand for other blanks in the message; escaped, where its text is written
	// with escapes there.
	loose, escaped bool
}

// scan reads a message.
func (s *scanner) scan(message string) {
	s.key, s.spans, s.fields, s.said = s.key[:0], s.spans[:0], s.fields[:0], ""
	s.loose, s.escaped = false, false
	if s.json(message) {
		s.text(s.said)
		s.addFields(message)
		return
	}
	s.said = message[lead(message):]
	s.text(s.said)
}

// maxMessage is how many bytes of a message are read. Loggers put what happened at the beginning.
const maxMessage = 2048

// class of a byte.
const (
	inWord = iota
	blank
	delimiter
)

var classes = func() (c [256]uint8) {
	for b := range 33 {
		c[b] = blank
	}
	for _, b := range []byte(`,;()[]{}<>"'=|:@`) {
		c[b] = delimiter
	}
	return c
}()

func isDigit(b byte) bool  { return b-'0' <= 9 }
func isLetter(b byte) bool { return b|0x20-'a' <= 25 || b >= 0x80 }
func isHex(b byte) bool    { return isDigit(b) || b|0x20-'a' <= 5 }

// text appends the shape of a text.
func (s *scanner) text(m string) {
	cut := len(m) > maxMessage
	if cut {
		m = m[:maxMessage]
	}
	if n := beforeStack(m); n < len(m) {
		m, cut = m[:n], true
	}
	from := len(s.key)
	for i := 0; i < len(m); {
		b := m[i]
		switch classes[b] {
		case blank:
			run := i
			i = skipBlank(m, i)
			s.loose = s.loose || i-run > 1 || b != ' '
			if len(s.key) > from && i < len(m) {
				s.key = append(s.key, ' ')
			}
			continue
		case delimiter:
			if b == '=' {
				i = s.value(m, i)
				continue
			}
			if b == '<' {
				if n := duration(m[i:]); n > 0 {
					s.wildcard(i, i+n, Duration)
					i += n
					continue
				}
			}
			s.key = append(s.key, b)
			i++
			if n := userAgent(m[i:]); b == '"' && n > 0 {
				s.wildcard(i, i+n, Text)
				i += n
			}
			continue
		}
		if n, kind := long(m, i); n > 0 {
			s.wildcard(i, i+n, kind)
			i += n
			continue
		}
		end := i + 1
		for end < len(m) && classes[m[end]] == inWord {
			end++
		}
		if n := email(m, i, end); n > 0 {
			s.wildcard(i, i+n, Address)
			i += n
			continue
		}
		s.word(m, i, end)
		i = end
	}
	if cut {
		s.key = append(s.key, rest)
	}
}

// skipBlank returns where blanks, control characters and the colours of a terminal (ESC [ 31 m) end that begin at i.
func skipBlank(m string, i int) int {
	for i < len(m) && classes[m[i]] == blank {
		i++
		if m[i-1] != '\x1b' || i == len(m) || m[i] != '[' {
			continue
		}
		end := i + 1
		for end < len(m) && (isDigit(m[end]) || m[end] == ';') {
			end++
		}
		if end < len(m) && isLetter(m[end]) {
			i = end + 1
		}
	}
	return i
}

// wildcard appends a variable part. What has commas or colons in it and no blanks is one: 10.0.0.1,10.0.0.2, or an
// id of three parts and more.
func (s *scanner) wildcard(from, to int, kind Kind) {
	s.key = append(s.key, wild)
	s.spans = append(s.spans, span{from, to, kind})
	n, k := len(s.spans), len(s.key)
	joined := k >= 5 && s.key[k-2] == ':' && s.key[k-3] == wild && s.key[k-4] == ':' && s.key[k-5] == wild
	if joined && alone(s.key, k-5) {
		s.key, s.spans = s.key[:k-4], s.spans[:n-2]
		s.spans[n-3].to, s.spans[n-3].kind = to, ID
		return
	}
	tight := k >= 3 && s.key[k-2] == ',' && s.key[k-3] == wild
	if tight && s.spans[n-2].kind == kind && alone(s.key, k-3) {
		s.key, s.spans = s.key[:k-2], s.spans[:n-1]
		s.spans[n-2].to = to
	}
}

// alone reports whether the wildcard at i is not the end of a word, such as blk_42.
func alone(key []byte, i int) bool { return i == 0 || classes[key[i-1]] != inWord || key[i-1] == wild }

// value appends a = and the value behind it, if what stands before it is a key. What is true or false stays as it is:
// it says more than a value does.
func (s *scanner) value(m string, i int) int {
	s.key = append(s.key, '=')
	n := len(s.key)
	from := i + 1
	if n >= 3 && s.key[n-2] == ' ' && classes[s.key[n-3]] == inWord && from < len(m) && m[from] == ' ' { // key = value
		s.key = append(s.key, ' ')
		from++
	} else if n < 2 || classes[s.key[n-2]] != inWord && s.key[n-2] != ']' && s.key[n-2] != ')' {
		if n < 3 || s.key[n-2] != ' ' || classes[s.key[n-3]] != inWord { // not key =value either
			return from
		}
	}
	if tellsWhat(m[:i]) {
		return from
	}
	if from < len(m) && (m[from] == '"' || m[from] == '\'') {
		for end := from + 1; end < len(m); end++ {
			if m[end] == '\\' {
				end++
			} else if m[end] == m[from] {
				if end > from+1 {
					s.key = append(s.key, m[from])
					s.wildcard(from+1, end, kindOf(m[from+1:end]))
					s.key = append(s.key, m[from])
					return end + 1
				}
				break
			}
		}
		return from
	}
	end := from
	for end < len(m) && (classes[m[end]] == inWord || m[end] == ':' || m[end] == '@' || m[end] == '|') {
		end++
	}
	for end > from && (m[end-1] == ':' || m[end-1] == '.' || m[end-1] == '|') {
		end--
	}
	if end == from {
		return from
	}
	if end < len(m) && (m[end] == '=' || m[end] == '(' || m[end] == '{' || m[end] == '[') {
		if n := simple(m[end:]); m[end] != '=' && n > 0 {
			end += n
		} else {
			return from // the next key, or the type of a structure
		}
	}
	if word := m[from:end]; isBool(word) {
		s.key = append(s.key, word...)
	} else if n, kind := long(m, from); n > 0 && from+n >= end {
		s.wildcard(from, from+n, kind)
		return from + n
	} else {
		s.wildcard(from, end, kindOf(word))
	}
	return end
}

// tellsWhat reports whether the value behind a key is what the message says: its words are no values.
func tellsWhat(m string) bool {
	m = strings.TrimRight(m, " ")
	from := len(m)
	for from > 0 && classes[m[from-1]] == inWord {
		from--
	}
	switch m[from:] {
	case "msg", "message", "level", "lvl", "severity", "event":
		return true
	}
	return false
}

// simple returns the length of a short group in brackets without blanks and keys, 0 if there is none.
func simple(m string) int {
	for i := 1; i < len(m) && i < 48; i++ {
		switch m[i] {
		case ')', ']', '}':
			return i + 1
		case '=', ' ', '(', '[', '{':
			return 0
		}
	}
	return 0
}

func isBool(word string) bool {
	switch len(word) {
	case 4:
		return equalFold(word, "true")
	case 5:
		return equalFold(word, "false")
	}
	return false
}

// equalFold compares a word with one in small letters, in any case of ASCII letters.
func equalFold(word, small string) bool {
	if len(word) != len(small) {
		return false
	}
	for i := range len(small) {
		if b := word[i]; b != small[i] && (b < 'A' || b > 'Z' || b|0x20 != small[i]) {
			return false
		}
	}
	return true
}

// kindOf returns the kind of a value.
func kindOf(value string) Kind {
	if value == "" {
		return Text
	}
	if n, kind := long(value, 0); n == len(value) {
		return kind
	}
	for i := range len(value) {
		if classes[value[i]] != inWord || value[i] == '/' && i > 0 && value[0] != '/' {
			return Text
		}
	}
	if w := wordShape(value); w.kind == 0 {
		return Text
	} else if w.from == 0 && w.to == len(value) {
		return w.kind
	}
	return ID // a name with a number
}

// word appends a word, of which all, a part or nothing is variable.
func (s *scanner) word(m string, from, to int) {
	end := to
	for end > from+1 && (m[end-1] == '.' || m[end-1] == '!' || m[end-1] == '?') && end == to {
		for end > from+1 && (m[end-1] == '.' || m[end-1] == '!' || m[end-1] == '?') {
			end--
		}
	}
	w := wordShape(m[from:end])
	if w.kind == 0 && len(s.key) > 0 && masked(m[from:end]) {
		w = form{0, end - from, Text}
	}
	if w.kind == 0 {
		s.key = append(s.key, m[from:to]...)
		return
	}
	s.key = append(s.key, m[from:from+w.from]...)
	if w.from > 0 {
		s.key = append(s.key, wild)
		s.spans = append(s.spans, span{from + w.from, from + w.to, w.kind})
	} else {
		s.wildcard(from, from+w.to, w.kind)
	}
	s.key = append(s.key, m[from+w.to:to]...)
}

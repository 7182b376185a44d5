package mask

import "strings"

// quoting is how a name or a value is quoted: by which quote, behind how many backslashes. A document in a string of a
// document has one, and one within that three.
type quoting struct {
	quote   byte // 0 for none
	escapes int
}

func (q quoting) String() string { return strings.Repeat(`\`, q.escapes) + string(q.quote) }

// separated masks the value behind a separator at i, if what stands before it is a telling name, and returns where to
// go on.
func (s *scan) separated(i int) int {
	if s.text[i] == ':' {
		if rest := s.text[i+1:]; strings.HasPrefix(rest, "//") {
			return s.address(i + len("://"))
		} else if strings.HasPrefix(rest, `\/\/`) {
			return s.address(i + len(`:\/\/`))
		}
	}
	end := i
	for end > s.done && end > i-2 && s.text[end-1] == ' ' {
		end--
	}
	var key quoting
	if end-1 > s.done && (s.text[end-1] == '"' || s.text[end-1] == '\'') {
		end--
		key.quote = s.text[end]
		for end > s.done && s.text[end-1] == '\\' {
			end--
			key.escapes++
		}
	}
	if end-2 < s.done || !mayTell(s.text[end-2], s.text[end-1]) {
		return 0
	}
	family := familyOf(s.text, s.done, end)
	if family == signature && s.text[i] == '=' && s.isQuery(end) && !s.mask.skip[password] {
		return s.querySignature(i + 1)
	}
	if family == plain || s.text[i] == '>' && !s.isTag(end) || s.text[i] == ':' && key.quote == 0 && s.isOfARN(end) ||
		s.mask.skip[family.rule()] {
		return 0
	}
	return s.value(family, i, key)
}

// isTag reports whether a name that ends before end opens an XML element.
func (s *scan) isTag(end int) bool {
	for end > s.done && (isWord(s.text[end-1]) || s.text[end-1] == '-' || s.text[end-1] == ':' ||
		s.text[end-1] == '.') {
		end--
	}
	return end > s.done && s.text[end-1] == '<'
}

// isOfARN reports whether a name that ends before end is a part of an ARN, as in
// arn:aws:secretsmanager:...:secret:prod.
func (s *scan) isOfARN(end int) bool {
	const longest = 128 // partition, service, Region and account take less
	start := end
	for start > s.done && end-start < longest &&
		(isWord(s.text[start-1]) || s.text[start-1] == ':' || s.text[start-1] == '-') {
		start--
	}
	return strings.HasPrefix(s.text[start:end], "arn:")
}

// value masks the value behind the separator at i and returns where to go on.
func (s *scan) value(family family, i int, key quoting) int {
	from := i + 1
	if from < len(s.text) && (s.text[from] == '=' || s.text[from] == '>') && s.text[i] != '>' { // := and =>, but not ==
		if s.text[i] == s.text[from] {
			return 0
		}
		from++
	}
	tight := from
	for from < len(s.text) && s.text[from] == ' ' {
		from++
	}
	if q := s.quotingAt(from); q.quote != 0 {
		if s.endsString(q, key) {
			return 0
		}
		return s.quotedValue(family, from, q)
	}
	if from == len(s.text) || family == pairName {
		return 0
	}
	if key.quote != 0 {
		switch c := s.text[from]; {
		case c == '[':
			return s.list(family, from+1, key)
		case isDigit(c) || c == '-':
			return s.number(family, from, key)
		}
	}
	if c := s.text[from]; c == '{' || c == '[' || c == '(' || isReference(s.text[from:]) {
		return 0
	}
	sentence := s.text[i] == ':' && from > tight && key.quote == 0
	start, to := s.secretOf(family, from, s.bareEnd(family, from, s.text[i] == ':' && key.quote == 0), !sentence)
	if start == to {
		return 0
	}
	s.cover(start, to)
	return to
}

// quotingAt returns the quoting that opens at i.
func (s *scan) quotingAt(i int) quoting {
	end := s.while(i, func(c byte) bool { return c == '\\' })
	if end < len(s.text) && (s.text[end] == '"' || s.text[end] == '\'') {
		return quoting{s.text[end], end - i}
	}
	return quoting{}
}

// endsString reports whether a quote behind a name ends the string of JSON that the name stands in, and begins no
// value.
func (s *scan) endsString(q, key quoting) bool {
	outer := quoting{quote: '"'}
	return q == outer && key != outer && s.isJSON()
}

// quotedValue masks a value whose quoting opens at i.
func (s *scan) quotedValue(family family, i int, q quoting) int {
	from := i + q.escapes + 1
	end := s.quoteEnd(from, q)
	if family == pairName {
		return s.pair(from, end, q)
	}
	start, to := s.secretOf(family, from, end, true)
	if start == to {
		return from
	}
	s.cover(start, to)
	return to
}

// quoteEnd returns where the text ends that is quoted from i on: before the backslashes of its closing quote, the end
// of the document around it, or the end of the line.
func (s *scan) quoteEnd(i int, q quoting) int {
	run := 0
	for ; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '\\':
			run++
			continue
		case c == q.quote && (run%(2*(q.escapes+1)) == q.escapes || run < q.escapes):
			return i - min(run, q.escapes)
		case c == '"' && (q.quote != '"' || q.escapes > 0) && run%2 == 0 && s.isJSON(): // of the string around it
			return i
		case c == '\n' || c == '\r':
			return i
		}
		run = 0
	}
	return i
}

// pair masks the value beside a telling name, as lists of environment variables and headers have them:
// {"name":"DB_PASSWORD","value":"hunter2"}. The name stands between from and end.
func (s *scan) pair(from, end int, q quoting) int {
	family := familyOf(s.text, from, end)
	if family == plain || family == pairName || s.mask.skip[family.rule()] {
		return from
	}
	i := end + q.escapes + 1
	for _, part := range []string{",", q.String(), "value", q.String(), ":"} {
		for i < len(s.text) && s.text[i] == ' ' {
			i++
		}
		if i+len(part) > len(s.text) || !strings.EqualFold(s.text[i:i+len(part)], part) {
			return from
		}
		i += len(part)
	}
	for i < len(s.text) && s.text[i] == ' ' {
		i++
	}
	if q := s.quotingAt(i); q.quote != 0 {
		return s.quotedValue(family, i, q)
	}
	return from
}

// list masks the texts and numbers of a list: Go and Node.js print headers so.
func (s *scan) list(family family, i int, key quoting) int {
	for {
		for i < len(s.text) && (s.text[i] == ' ' || s.text[i] == ',') {
			i++
		}
		next := i
		if q := s.quotingAt(i); q.quote != 0 {
			if s.endsString(q, key) {
				return i
			}
			next = max(s.quotedValue(family, i, q), s.quoteEnd(i+q.escapes+1, q)) + q.escapes + 1
		} else if i < len(s.text) && (isDigit(s.text[i]) || s.text[i] == '-') {
			next = s.number(family, i, key)
		}
		if next <= i {
			return i
		}
		i = next
	}
}

// number masks a number of JSON, which becomes a text in the quotes of its name.
func (s *scan) number(family family, from int, key quoting) int {
	end := s.while(from, func(c byte) bool { return isDigit(c) || c == '-' || c == '+' || c == '.' || c|0x20 == 'e' })
	if start, to := s.secretOf(family, from, end, true); start == to || !s.ends(end) {
		return 0
	}
	if s.out == nil {
		s.out = make([]byte, 0, len(s.text)+2)
	}
	s.insert(from, key.String())
	s.cover(from, end)
	s.insert(end, key.String())
	return end
}

// bareEnd returns where a value without quotes ends.
func (s *scan) bareEnd(family family, i int, header bool) int {
	line := family == cookieValue && header
	limit := len(s.text)
	if family == signature {
		limit = min(limit, i+signatureLength+1)
	}
	for ; i < limit; i++ {
		switch c := s.text[i]; c {
		case '\n', '\r', '"', '\'', '<', '`':
			return i
		case ' ', '\t', ';', '&', '|', '>':
			if !line {
				return i
			}
		case ',':
			if !line && s.endsPair(i) {
				return i
			}
		case ')', ']', '}':
			if !line && s.ends(i+1) {
				return i
			}
		case '\\':
			if s.escapeEnds(i) {
				return i
			}
			i++
		}
	}
	return min(i, limit)
}

// signatureLength is that of a signature of AWS (Signature Version 4): a SHA-256 in hex.
const signatureLength = 64

// endsPair reports whether a comma ends a value: a blank follows, the end, or another name and its separator.
func (s *scan) endsPair(comma int) bool {
	const longest = 64
	i := comma + 1
	for i < len(s.text) && i < comma+longest && (isWord(s.text[i]) || s.text[i] == '-' || s.text[i] == '.') {
		i++
	}
	if i == len(s.text) {
		return i == comma+1
	}
	if i == comma+1 {
		return s.text[i] <= ' ' || s.text[i] == '"' || s.text[i] == '\'' || s.text[i] == '\\'
	}
	return s.text[i] == '=' || s.text[i] == ':'
}

// escapeEnds reports whether an escape, of a text within JSON, stands for what ends a value: a quote, a line break, or
// a sign that Go escapes.
func (s *scan) escapeEnds(i int) bool {
	rest := s.text[i+1:]
	if strings.HasPrefix(rest, `\`) && len(rest) > 1 { // escaped twice, or a backslash
		rest = rest[1:]
	}
	return rest == "" || strings.IndexByte(`nrtbf"'/`, rest[0]) >= 0 || strings.HasPrefix(rest, "u00")
}

// flag masks the word behind a telling flag of a command line: --password hunter2. With an equals sign it is a name
// like others.
func (s *scan) flag(i int) int {
	const dashes = 2
	if c := s.before(i); c == '-' || isWord(c) {
		return 0
	}
	end := s.while(i+dashes, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' })
	if end+1 >= len(s.text) || s.text[end] != ' ' || s.mask.skip[password] || end-i <= dashes {
		return 0
	}
	family := familyOf(s.text, max(i+dashes, s.done), end)
	if family != secretValue && family != tokenValue && family != passValue {
		return 0
	}
	from := end + 1
	if q := s.quotingAt(from); q.quote != 0 {
		if s.endsString(q, quoting{}) {
			return 0
		}
		return s.quotedValue(family, from, q)
	}
	if s.text[from] == '-' { // the next flag
		return 0
	}
	start, to := s.secretOf(family, from, s.bareEnd(family, from, false), true)
	if start == to {
		return 0
	}
	s.cover(start, to)
	return to
}

// secretOf returns the part of a value, between from and to, that is secret; from if none is. exact is false in a
// sentence, where a word may follow a telling one by chance.
func (s *scan) secretOf(family family, from, to int, exact bool) (start, end int) {
	value := s.text[from:to]
	switch family {
	case authorization:
		if word, rest, ok := strings.Cut(value, " "); ok && isScheme(word) {
			return from + len(word) + len(" "), to - len(rest) + len(rest)
		}
		if isScheme(value) { // its own word ends a value without quotes
			next := s.spaces(to)
			if end := s.bareEnd(family, next, false); looksSecret(s.text[next:end]) {
				return next, end
			}
			return from, from
		}
		if !looksSecret(value) {
			return from, from
		}
	case signature:
		if len(value) != signatureLength || strings.Trim(value, "0123456789abcdefABCDEF") != "" {
			return from, from
		}
	case passValue:
		if !exact && !looksSecret(value) || len(value) < fewestDigits && strings.Trim(value, "0123456789") == "" {
			return from, from
		}
	case tokenValue:
		if !exact && !looksSecret(value) || isObject(value) { // Java prints token=Token{a64f992 ...}
			return from, from
		}
	}
	if isNoSecret(value) {
		return from, from
	}
	return from, to
}

// isObject reports whether a text is a name with a bracket behind it, as a language prints its objects and calls.
func isObject(text string) bool {
	name := 0
	for name < len(text) && (isAlnum(text[name]) || strings.IndexByte("._$@-*", text[name]) >= 0) {
		name++
	}
	return name < len(text) && strings.IndexByte("{}()", text[name]) >= 0
}

// schemes are those of the Authorization header (IANA, "HTTP Authentication Scheme Registry"), and what services made
// up.
var schemes = []string{"bearer", "basic", "digest", "token", "negotiate", "apikey", "aws4-hmac-sha256", "aws"}

func isScheme(word string) bool {
	for _, s := range schemes {
		if strings.EqualFold(word, s) {
			return true
		}
	}
	return false
}

// isNoSecret tells values that stand for none, or say where one is.
func isNoSecret(value string) bool {
	switch value {
	case "", "null", "nil", "none", "None", "undefined", "true", "false", "True", "False":
		return true
	}
	return isReference(value)
}

// isReference reports whether a text begins as the name of a place where a secret is.
func isReference(text string) bool {
	return strings.HasPrefix(text, "arn:") || strings.HasPrefix(text, "${") || strings.HasPrefix(text, "{{")
}

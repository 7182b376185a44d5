package mask

// groupings are how the digits of a card are set apart; 0 ends a grouping.
var groupings = [][5]int{{4, 4, 4, 4, 3}, {4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}}

// The number of digits of a card (ISO/IEC 7812-1 allows fewer, which no issuer uses today).
const (
	fewestDigits = 13
	mostDigits   = 19
	shownDigits  = 4 // PCI DSS 3.4.1 lets six in front be seen too
)

// card masks the number of a payment card that begins with the digits from i to end, but for its last four, and returns
// where to go on. The byte before i is no digit, nor is that at end.
func (s *scan) card(i, end int) int {
	if s.mask.skip[card] || !s.starts(i) || s.before(i) == '-' || s.before(i) == '.' {
		return end
	}
	if n := end - i; n >= fewestDigits && n <= mostDigits && s.closes(end) {
		var digits [mostDigits]byte
		if isCard(digits[:copy(digits[:], s.text[i:end])]) && !s.isID(i) {
			s.coverCard(i, end)
		}
		return end
	}
	if end-i != 4 || end == len(s.text) || s.text[end] != ' ' && s.text[end] != '-' {
		return end
	}
	for _, g := range groupings {
		if to, ok := s.grouped(i, s.text[end], g); ok {
			s.coverCard(i, to)
			return to - shownDigits // they may begin another
		}
	}
	return end
}

// isID reports whether a number is the value of a name that says it is an id. Ids of spans have as many digits as
// cards, and one of 2,000 has no letters.
func (s *scan) isID(i int) bool {
	skip := func(c byte) bool { return c == '"' || c == '\'' || c == '\\' || c == ' ' }
	back := func() {
		for i > s.done && skip(s.text[i-1]) {
			i--
		}
	}
	back()
	if i <= s.done || s.text[i-1] != ':' && s.text[i-1] != '=' {
		return false
	}
	i--
	back()
	if i-2 < s.done || s.text[i-2]|0x20 != 'i' || s.text[i-1]|0x20 != 'd' {
		return false
	}
	return s.text[i-2] == 'I' || i-2 == s.done || !isLetter(s.text[i-3]) // spanId, id, span_id, but not paid
}

// grouped reports whether a card begins at i in groups of these lengths with this byte between, and where it ends.
func (s *scan) grouped(i int, between byte, lengths [5]int) (end int, ok bool) {
	var digits [mostDigits]byte
	n, end := 0, i
	for g, length := range lengths {
		if length == 0 {
			break
		}
		if g > 0 {
			if end == len(s.text) || s.text[end] != between {
				return 0, false
			}
			end++
		}
		if s.while(end, isDigit) != end+length {
			return 0, false
		}
		n += copy(digits[n:], s.text[end:end+length])
		end += length
	}
	return end, s.closes(end) && isCard(digits[:n])
}

// closes reports whether a number ends at i: what follows is neither of its word nor a fraction nor another part of an
// id.
func (s *scan) closes(i int) bool {
	if !s.ends(i) {
		return false
	}
	return i+1 >= len(s.text) || s.text[i] != '-' && s.text[i] != '.' || !isWord(s.text[i+1])
}

// coverCard masks a number. One that is a number of JSON becomes a text.
func (s *scan) coverCard(from, to int) {
	number := s.before(from) != '"' && s.isJSON() && !s.inString(from)
	if number {
		s.insertQuote(from)
	}
	s.coverOnly(from, to-shownDigits, isDigit)
	if number {
		s.insert(to, `"`)
	}
}

func (s *scan) insertQuote(at int) {
	if s.out == nil {
		s.out = make([]byte, 0, len(s.text)+2)
	}
	s.insert(at, `"`)
}

// isCard reports whether digits are the number of a card: an issuer's range and the check digit (ISO/IEC 7812-1, annex
// B). One number of ten has the right check digit by chance; times in milliseconds and account ids begin or count
// otherwise.
func isCard(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && isIssued(len(digits),
		int(digits[0]-'0')*1000+int(digits[1]-'0')*100+int(digits[2]-'0')*10+int(digits[3]-'0'))
}

// isIssued reports whether an issuer has numbers of this length that begin with these four digits.
func isIssued(length, first int) bool {
	switch two := first / 100; {
	case first/1000 == 4: // Visa
		return length == 13 || length == 16 || length == 19
	case two >= 51 && two <= 55, first >= 2221 && first <= 2720: // Mastercard
		return length == 16
	case two == 34 || two == 37: // American Express
		return length == 15
	case two == 36 || two == 38 || two == 39 || first/10 >= 300 && first/10 <= 305: // Diners Club
		return length >= 14
	case first >= 3528 && first <= 3589, two == 60, two == 62, two == 64, two == 65: // JCB, Discover, UnionPay
		return length >= 16
	case two == 50 || two >= 56 && two <= 69: // Maestro
		return length >= 13
	}
	return false
}

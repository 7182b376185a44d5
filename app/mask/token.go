package mask

import "strings"

// keyID masks an access key id (IAM user guide, "Unique identifiers": AKIA long-term, ASIA temporary, ABIA and ACCA of
// services), but for its kind and its last four characters, by which two of them are told apart. A secret key that
// stands beside it is masked too.
func (s *scan) keyID(i int) int {
	const prefix, length, shown = 4, 20, 4
	if i+length > len(s.text) || s.mask.skip[awsKey] || !s.starts(i) {
		return 0
	}
	switch s.text[i : i+prefix] {
	case "AKIA", "ASIA", "ABIA", "ACCA":
	default:
		return 0
	}
	end := i + length
	if s.while(i+prefix, isUpperOrDigit) != end || !s.ends(end) {
		return 0
	}
	s.cover(i+prefix, end-shown)
	s.findSecret(end)
	return end
}

func isUpperOrDigit(c byte) bool { return c >= 'A' && c <= 'Z' || isDigit(c) }

// A secret access key has no form of its own but 40 characters of base64. Only beside a key id, or as the value of a
// telling name, it counts as one: a SHA-1 has 40 characters too.
const (
	secretLength = 40
	besideWithin = 64 // bytes from the end of the id: a separator, a name, quotes
)

// findSecret notes the secret key that begins within a few bytes of i.
func (s *scan) findSecret(i int) {
	for limit := min(len(s.text), i+besideWithin); i < limit; {
		end := i
		for end < len(s.text) && end <= i+secretLength && isBase64(s.text[end]) {
			end++
		}
		if end-i > secretLength {
			return
		}
		if end-i == secretLength && isMixed(s.text[i:end]) {
			s.secretFrom, s.secretTo = i, end
			return
		}
		i = end + 1
		if end < len(s.text) && s.text[end] == '\\' { // the letter of an escape, and its digits, are none of it
			i++
			if strings.HasPrefix(s.text[end+1:], "u") {
				i += len("0026")
			}
		}
	}
}

// isMixed reports whether a text has digits and letters of both cases, which hashes in hex have not.
func isMixed(text string) bool {
	var lower, upper, digits bool
	for i := range len(text) {
		c := text[i]
		lower, upper, digits = lower || c >= 'a' && c <= 'z', upper || c >= 'A' && c <= 'Z', digits || isDigit(c)
	}
	return lower && upper && digits
}

// beside masks the noted secret key, unless another rule has passed it, and returns where to go on.
func (s *scan) beside(i int) int {
	from, to := s.secretFrom, s.secretTo
	s.secretFrom, s.secretTo = 0, 0
	if from < s.done {
		return i
	}
	s.cover(from, to)
	return to
}

// sessionPrefixes begin the session tokens of STS, which are base64 of a fixed header.
var sessionPrefixes = []string{"IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"}

// sessionToken masks a session token wherever it stands.
func (s *scan) sessionToken(i int) int {
	const shortest, shown = 100, 4 // real ones have several hundred characters
	rest := s.text[i:]
	for _, prefix := range sessionPrefixes {
		if !strings.HasPrefix(rest, prefix) || s.mask.skip[awsKey] || !s.starts(i) {
			continue
		}
		if end := s.while(i, func(c byte) bool { return isBase64(c) || c == '%' }); end-i >= shortest {
			s.cover(i+shown, end)
			return end
		}
	}
	return 0
}

// jwt masks a JSON web token, or an encrypted one, but for its dots and the three characters by which all begin.
func (s *scan) jwt(i int) int {
	const header, shortest = "eyJ", 8
	if !strings.HasPrefix(s.text[i:], header) || s.mask.skip[jwt] || !s.starts(i) || s.before(i) == '-' {
		return 0
	}
	first := s.while(i, isBase64URL)
	if first-i < shortest || first == len(s.text) || s.text[first] != '.' {
		return 0
	}
	end := s.while(first+1, isBase64URL)
	if end-first <= shortest || end == len(s.text) || s.text[end] != '.' {
		return 0
	}
	// three of a signed, five of an encrypted one
	for parts := 2; parts < 5 && end < len(s.text) && s.text[end] == '.'; parts++ {
		end = s.while(end+1, isBase64URL)
	}
	s.coverOnly(i+len(header), end, func(c byte) bool { return c != '.' })
	return end
}

func isBase64URL(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' || c == '_' }

// bearer masks the token behind the word, wherever it stands.
func (s *scan) bearer(i int) int {
	const word = "bearer"
	if i+len(word) >= len(s.text) || !strings.EqualFold(s.text[i:i+len(word)], word) || s.mask.skip[bearer] ||
		!s.starts(i) {
		return 0
	}
	from := s.spaces(i + len(word))
	if from == i+len(word) {
		return 0
	}
	end := s.while(from, isToken)
	if !looksSecret(s.text[from:end]) {
		return 0
	}
	s.cover(from, end)
	return end
}

// spaces returns where the blanks end that begin at i; a URL has them encoded.
func (s *scan) spaces(i int) int {
	for {
		switch {
		case i < len(s.text) && (s.text[i] == ' ' || s.text[i] == '\t'):
			i++
		case strings.HasPrefix(s.text[i:], "%20"):
			i += len("%20")
		default:
			return i
		}
	}
}

// looksSecret tells a secret from a word of a sentence, such as the one behind "token: " or "the bearer ".
func looksSecret(text string) bool {
	const short, long = 8, 20
	if len(text) >= long {
		return true
	}
	return len(text) >= short && strings.ContainsAny(text, "0123456789")
}

// privateKey masks what lies between the lines of a PEM block (RFC 7468), also where the end is cut off or line breaks
// are escaped.
func (s *scan) privateKey(i int) int {
	const begin, kind, line, end = "-----BEGIN ", "PRIVATE KEY", "-----", "-----END "
	const longest = 16 << 10 // RSA of 16,384 bits takes 13 KiB
	if !strings.HasPrefix(s.text[i:], begin) || s.mask.skip[privateKey] {
		return 0
	}
	label := s.while(i+len(begin), func(c byte) bool { return c == ' ' || isUpperOrDigit(c) })
	if !strings.Contains(s.text[i:label], kind) || !strings.HasPrefix(s.text[label:], line) {
		return 0
	}
	from := label + len(line)
	to := min(len(s.text), from+longest)
	if n := strings.Index(s.text[from:to], end); n >= 0 {
		to = from + n
	}
	for at := from; at < to; {
		switch c := s.text[at]; {
		case c == '\\': // and the letter of a line break, or the digits of another character
			at = s.while(at, func(c byte) bool { return c == '\\' })
			if strings.HasPrefix(s.text[at:], "u") {
				at += len("0000")
			}
			at++
		case c == '"' && s.isJSON():
			to = at
		case isBase64(c):
			from := at
			for at < to && isBase64(s.text[at]) {
				at++
			}
			s.cover(from, at)
		default:
			at++
		}
	}
	return to
}

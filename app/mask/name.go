package mask

import "strings"

// family is what the value of a name is, as far as masking goes.
type family uint8

const (
	plain         family = iota
	secretValue          // all of it is a secret: passwords, keys
	tokenValue           // it is one if it looks like one: a token is also a word of a language
	passValue            // likewise, but for a count: tests pass too
	authorization        // a scheme and what belongs to it
	cookieValue          // all of it, up to the end of the line
	signature            // of a signed URL: 64 digits of hex
	pairName             // the name of a value that stands beside it
)

func (f family) rule() rule {
	if f == authorization {
		return bearer
	}
	return password
}

// suffixes are how telling names end, without what separates their words. ClientSecret, db_password and X-Api-Key do.
var suffixes = []suffix{
	{"password", secretValue}, {"passwd", secretValue}, {"pwd", secretValue}, {"passphrase", secretValue},
	{"passcode", secretValue},
	{"secret", secretValue}, {"secretstring", secretValue}, {"secretbinary", secretValue}, {"privatekey", secretValue},
	{"secretkey", secretValue}, {"accesskey", secretValue}, {"apikey", secretValue}, {"signingkey", secretValue},
	{"encryptionkey", secretValue}, {"accountkey", secretValue}, {"authkey", secretValue}, {"token", tokenValue},
	{"authorization", authorization}, {"cookie", cookieValue}, {"signature", signature},
}

type suffix struct {
	end string
	family
}

// byLetter are the suffixes by their last letter, in lower case: a name is compared with three or four of them.
var byLetter = func() (by [128][]suffix) {
	for _, s := range suffixes {
		last := s.end[len(s.end)-1]
		by[last] = append(by[last], s)
	}
	return by
}()

// words are telling names that are parts of other names.
var words = map[string]family{
	"pass": passValue, "cvv": secretValue, "cvc": secretValue, "cvv2": secretValue, "name": pairName, "key": pairName,
	"sig": signature,
}

// harmless end names of tokens that open nothing: pages of a listing, marks against doing a thing twice.
var harmless = []string{"nexttoken", "forwardtoken", "backwardtoken", "continuationtoken", "pagetoken",
	"paginationtoken", "markertoken",
	"clienttoken", "clientrequesttoken", "idempotencytoken", "requesttoken", "synctoken", "unexpectedtoken",
	"invalidtoken"}

// mayTell tells by its last two letters whether a name may be a telling one, which spares most names a closer look.
func mayTell(a, b byte) bool {
	switch uint16(a|0x20)<<8 | uint16(b|0x20) {
	case 'i'<<8 | 'g', 'r'<<8 | 'd', 'w'<<8 | 'd', 's'<<8 | 'e', 'd'<<8 | 'e', 'e'<<8 | 't', 'n'<<8 | 'g', 'r'<<8 | 'y',
		'e'<<8 | 'y', 'e'<<8 | 'n',
		'o'<<8 | 'n', 'i'<<8 | 'e', 'r'<<8 | 'e', 's'<<8 | 's', 'v'<<8 | 'v', 'v'<<8 | 'c', 'm'<<8 | 'e':
		return true
	}
	return isDigit(b)
}

// longestName is how much of a name is looked at, from its end: more than the longest suffix with its separators.
const longestName = 32

// familyOf returns what the name is that ends before end, and begins after start at the earliest.
func familyOf(text string, start, end int) family {
	if end-start < 2 || !mayTell(text[end-2], text[end-1]) {
		return plain
	}
	var letters [longestName]byte
	n, at := longestName, end
	word := 0 // where the last word begins
	for at > start && n > 0 {
		c := text[at-1]
		switch {
		case isLetter(c):
			n--
			letters[n] = c | 0x20
		case isDigit(c) || c == '_' || c == '-' || c == '.':
		case c == ' ' && at-1 > start && isLetter(text[at-2]): // "secret access key"
			word = max(word, at)
		default:
			name := text[max(word, at):end]
			if c == '\\' {
				name = strings.TrimPrefix(name, "u0026") // & as Go escapes it
			}
			return nameOf(letters[n:], name)
		}
		at--
	}
	if at > start && at > 0 && n == 0 {
		at = start // longer than any word
	}
	return nameOf(letters[n:], text[max(word, at):end])
}

// nameOf looks a name up by its letters, and by its last word as it is written.
func nameOf(letters []byte, word string) family {
	of := byLetter[0]
	if len(letters) > 0 {
		of = byLetter[letters[len(letters)-1]]
	}
	for _, s := range of {
		if !endsIn(letters, s.end) {
			continue
		}
		for _, h := range harmless {
			if endsIn(letters, h) {
				return plain
			}
		}
		return s.family
	}
	if isPass(word) {
		return passValue
	}
	if len(word) > len("cvv2") {
		return plain
	}
	return words[strings.ToLower(word)]
}

// isPass reports whether a name of several words ends in the word pass: DB_PASS, smtp-pass, dbPass, but not bypass.
func isPass(name string) bool {
	const pass = "pass"
	at := len(name) - len(pass)
	if at < 2 || !strings.EqualFold(name[at:], pass) {
		return false
	}
	switch c := name[at-1]; {
	case c == '_' || c == '-' || c == '.':
		return true
	case c >= 'a' && c <= 'z' || isDigit(c):
		return name[at] == 'P' && name[at+1] == 'a'
	}
	return false
}

// endsIn is bytes.HasSuffix of a text.
func endsIn(letters []byte, end string) bool {
	n := len(letters) - len(end)
	return n >= 0 && letters[n] == end[0] && string(letters[n:]) == end
}

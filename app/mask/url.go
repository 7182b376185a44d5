package mask

import "strings"

// address masks the password of a URL whose authority begins at i, and returns where to go on.
func (s *scan) address(i int) int {
	const longest = 512
	if end := s.webhook(i); end > 0 {
		return end
	}
	if s.mask.skip[urlPassword] {
		return i
	}
	colon, at := 0, 0
	for j := i; j < len(s.text) && j < i+longest; j++ {
		switch c := s.text[j]; {
		case c == ':' && colon == 0:
			colon = j
		case c == '@':
			at = j
		case c <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' ||
			c == '\\' || c == '`':
			j = len(s.text)
		}
	}
	switch {
	case at == 0:
		return i
	case colon > 0 && colon+1 < at: // user:password, or :password
		s.cover(colon+1, at)
		return at
	// a token in place of the user
	case (colon == 0 || colon > at) && at-i >= 20 && strings.ContainsAny(s.text[i:at], "0123456789"):
		s.cover(i, at)
		return at
	}
	return i
}

// isQuery reports whether a name that ends before end is that of a parameter of a URL.
func (s *scan) isQuery(end int) bool {
	start := end
	for start > s.done && end-start < longestName && (isWord(s.text[start-1]) || s.text[start-1] == '-') {
		start--
	}
	if start == 0 {
		return false
	}
	c := s.text[start-1]
	return c == '?' || c == '&' || c == '\\' && strings.HasPrefix(s.text[start:], "u0026")
}

// querySignature masks the signature of a URL that begins at i, whatever signs it: S3's of version 2 and 4 (S3 API
// reference, "Signing and authenticating REST requests"), CloudFront's ("Creating a signed URL"), Google's and
// Azure's. Who has it may do what was signed.
func (s *scan) querySignature(i int) int {
	const shortest = 20
	end := s.while(i, func(c byte) bool { return isBase64URL(c) || c == '+' || c == '/' || c == '%' || c == '~' })
	if end-i < shortest {
		return 0
	}
	s.cover(i, end)
	return end
}

// encoded masks the value behind a separator that is written in URL encoding, as it is where a URL or a form stands
// within a URL: password%3Dhunter2%26x. What is encoded twice has %253D.
func (s *scan) encoded(i int) int {
	again := ""
	if strings.HasPrefix(s.text[i:], "%25") {
		again = "25"
	}
	rest := s.text[i+1+len(again):]
	if len(rest) < 2 || rest[0] != '3' || rest[1]|0x20 != 'd' && rest[1]|0x20 != 'a' {
		return 0
	}
	quote := "%" + again + "22"
	end, from := i, i+1+len(again)+2
	if strings.HasSuffix(s.text[s.done:end], quote) {
		end -= len(quote)
	}
	if end-2 < s.done || !mayTell(s.text[end-2], s.text[end-1]) {
		return 0
	}
	family := familyOf(s.text, max(s.done, end-longestName), end)
	if family != secretValue && family != tokenValue && family != passValue || s.mask.skip[family.rule()] {
		return 0
	}
	if strings.HasPrefix(s.text[from:], quote) {
		from += len(quote)
	}
	to := from
	for to < len(s.text) {
		c := s.text[to]
		part := isToken(c) && c != '=' || c == '%' && !s.endsEncoded(to, again) || strings.IndexByte("*!$@", c) >= 0
		if !part {
			break
		}
		to++
	}
	if start, end := s.secretOf(family, from, to, true); start < end {
		s.cover(start, end)
		return end
	}
	return 0
}

// endsEncoded reports whether the character that is encoded at i ends a value: a blank, a quotation mark, &, a comma, a
// semicolon, a line break or a bracket.
func (s *scan) endsEncoded(i int, again string) bool {
	code := s.text[i+1:]
	if !strings.HasPrefix(code, again) || len(code) < len(again)+2 {
		return false
	}
	switch strings.ToUpper(code[len(again) : len(again)+2]) {
	case "20", "22", "26", "27", "2C", "3B", "0A", "0D", "7D", "5D":
		return true
	}
	return false
}

// curlUser masks the password of curl's flag for a user: -u ann:hunter2. Other programs have the flag for other
// things, such as docker's -u 1000:1000.
func (s *scan) curlUser(i int) int {
	if c := s.text[i+1]; c|0x20 != 'u' || i == 0 || s.text[i-1] != ' ' || s.mask.skip[password] {
		return 0
	}
	if !s.isCurl(i) {
		return 0
	}
	from := i + 2
	for from < len(s.text) && s.text[from] == ' ' {
		from++
	}
	end := 0
	if q := s.quotingAt(from); q.quote != 0 && !s.endsString(q, quoting{}) {
		from += q.escapes + 1
		end = s.quoteEnd(from, q)
	} else {
		end = s.bareEnd(secretValue, from, false)
	}
	colon := strings.IndexByte(s.text[from:end], ':')
	if colon < 0 || from+colon+1 == end {
		return 0
	}
	s.cover(from+colon+1, end)
	return end
}

// isCurl reports whether the line at i has the word curl before it. It is asked of growing i.
func (s *scan) isCurl(i int) bool {
	const word = "curl"
	part := s.text[max(0, s.curlTo-len(word)+1):i] // the word may lie across
	if n := strings.LastIndexByte(part, '\n'); n >= 0 {
		part, s.curlSeen = part[n+1:], false
	}
	s.curlSeen, s.curlTo = s.curlSeen || strings.Contains(part, word), i
	return s.curlSeen
}

package mask

import "strings"

// address masks the password of a URL whose authority begins at i, and returns where to go on.
func (s *scan) address(i int) int {
	const longest = 512
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
		case c <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\' || c == '`':
			j = len(s.text)
		}
	}
	switch {
	case at == 0:
		return i
	case colon > 0 && colon+1 < at: // user:password, or :password
		s.cover(colon+1, at)
		return at
	case (colon == 0 || colon > at) && at-i >= 20 && strings.ContainsAny(s.text[i:at], "0123456789"): // a token in place of the user
		s.cover(i, at)
		return at
	}
	return i
}

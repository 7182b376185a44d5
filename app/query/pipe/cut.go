package pipe

import "strings"

// Cut cuts what a person typed into the search, which says which events are meant, and the commands after its first "|"
// that a command follows. A "|" in quotation marks or in a /regular expression/ cuts nothing, nor does one within a
// word, such as a|b. at is where in the text the commands begin; without any, commands is "".
func Cut(text string) (search, commands string, at int) {
	quoted, start := false, true // start: of a term
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			i++
			continue
		case c == '"':
			quoted = !quoted && (start || i > 0 && text[i-1] == ':')
		case quoted:
		case c == '/' && start:
			i += expressionAt(text[i:])
		case c == '|' && beginsCommand(text[i+1:]):
			return strings.TrimRight(text[:i], " \t\n"), text[i+1:], i + 1
		}
		start = c == ' ' || c == '\t' || c == '\n' || start && c == '-'
	}
	return text, "", len(text)
}

// expressionAt returns how far the end of a /regular expression/ is, 0 where none begins.
func expressionAt(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '/':
			if i > 1 && (i+1 == len(text) || strings.IndexByte(" \t\n|", text[i+1]) >= 0) {
				return i
			}
			return 0
		}
	}
	return 0
}

// beginsCommand reports whether a text begins with the name of a command.
func beginsCommand(text string) bool {
	s := scanner{src: text}
	t, err := s.next(true)
	if err != nil || t.kind != name {
		return false
	}
	word := strings.ToLower(t.text)
	return onlyAWS[word] || strings.Contains(" fields display filter parse stats sort limit head dedup pattern ", " "+word+" ")
}

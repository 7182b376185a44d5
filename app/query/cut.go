package query

import "strings"

// commands are the names of the commands of Logs Insights QL (CloudWatch Logs user guide, "Supported commands in
// CloudWatch Logs Insights query syntax"); app/query/pipe says which are evaluated here.
const commands = " fields display filter parse stats sort limit head dedup pattern diff unmask unnest anomaly source " +
	"filterindex lookup join expand relevantfields "

// IsCommand reports whether a name, in any case, is that of a command.
func IsCommand(name string) bool {
	return name != "" && strings.Contains(commands, " "+strings.ToLower(name)+" ")
}

// Cut cuts a query at the first | before the name of a command: what stands before it says which events are meant, what
// follows are commands. A | in quotation marks or in an /expression/ cuts nothing, nor does one before another word,
// such as a|b or a | b. Without any command, pipes is "".
func Cut(text string) (search, pipes string) {
	p := parser{text: text, depth: 1} // parentheses end a term
	quoted, start := false, true
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			i++
			continue
		case c == '"' && (quoted || start || text[i-1] == ':'):
			quoted = !quoted
		case quoted:
		case c == '/' && start:
			if _, end, ok := p.expressionAt(i); ok {
				i = end - 1
			}
		case c == '|' && IsCommand(firstName(text[i+1:])):
			return strings.TrimRight(text[:i], " \t\n"), text[i+1:]
		}
		start = isBlank(c) || start && (c == '-' || c == '(')
	}
	return text, ""
}

// firstName returns the name that a text begins with after blanks.
func firstName(text string) string {
	text = strings.TrimLeft(text, " \t\n")
	end := strings.IndexFunc(text, func(r rune) bool { return (r|0x20 < 'a' || r|0x20 > 'z') && r != '_' })
	if end >= 0 {
		text = text[:end]
	}
	return text
}

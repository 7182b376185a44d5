package app

import "strings"

// head is what a logger puts before the words of a line: time, ids, thread, level.
type head struct {
	level   Level
	request string // that Lambda names there
	end     int    // offset at which the words begin
}

// readHead reads the beginning of a line. What stands where a logger puts its level counts more than a word further on.
func readHead(line string) (h head) {
	if l, ok := levelOfKlog(line); ok {
		return head{level: l}
	}
	if level, ok := levelOfReport(line); ok {
		return head{level: level}
	}
	var uuid string
	for {
		h.end += blanks(line[h.end:])
		rest := line[h.end:]
		if rest == "" {
			return h
		}
		if close := closing(rest[0]); close != 0 {
			end := strings.IndexByte(rest, close)
			if end < 0 {
				return h
			}
			if h.level = levelInBrackets(rest[1:end]); h.level != LevelNone {
				return h
			}
			h.end += end + 1
			continue
		}
		word := letters(rest)
		if h.level = levelAtHead(word, rest[len(word):]); h.level != LevelNone {
			return h
		}
		token := rest[:tokenLength(rest)]
		if len(token) == uuidLength && isUUID(token) {
			uuid = token
		}
		if !beforeWords(token) {
			break
		}
		h.end += len(token)
	}
	if rest := line[h.end:]; uuid != "" && (strings.HasPrefix(rest, "Task timed out after ") ||
		strings.HasPrefix(rest, "Process exited before completing request")) { // Lambda's own lines
		h.level, h.request = LevelError, uuid
	}
	return h
}

// levelOfKlog reads the header of Kubernetes' and Google's loggers: Lmmdd hh:mm:ss.uuuuuu threadid file:line].
func levelOfKlog(line string) (Level, bool) {
	const header = "I0412 12:00:00."
	if len(line) < len(header) || line[5] != ' ' || line[8] != ':' || line[11] != ':' || line[14] != '.' {
		return LevelNone, false
	}
	for _, c := range []byte(line[1:5]) {
		if c < '0' || c > '9' {
			return LevelNone, false
		}
	}
	switch line[0] {
	case 'I':
		return LevelInfo, true
	case 'W':
		return LevelWarn, true
	case 'E', 'F':
		return LevelError, true
	case 'D':
		return LevelDebug, true
	}
	return LevelNone, false
}

// levelOfReport reads Lambda's line about an invocation that has ended, which says how if it ended badly.
func levelOfReport(line string) (level Level, ok bool) {
	if !strings.HasPrefix(line, "REPORT RequestId: ") && !strings.HasPrefix(line, "INIT_REPORT ") {
		return LevelNone, false
	}
	_, status, _ := strings.Cut(line, "\tStatus: ")
	for _, failed := range []string{"timeout", "error", "failure"} {
		if strings.HasPrefix(status, failed) {
			return LevelError, true
		}
	}
	return LevelNone, true
}

// blanks returns the length of what stands between the parts of a head.
func blanks(text string) int {
	return len(text) - len(strings.TrimLeft(text, " \t\r,;|-#*"))
}

// closing returns the bracket that closes one, 0 for what is no bracket.
func closing(c byte) byte {
	switch c {
	case '[':
		return ']'
	case '(':
		return ')'
	case '<':
		return '>'
	}
	return 0
}

func letters(text string) string {
	n := 0
	for n < len(text) && isLetter(text[n]) {
		n++
	}
	return text[:n]
}

// tokenLength returns the length of what goes on to the next blank or bracket.
func tokenLength(text string) int {
	if i := strings.IndexAny(text, " \t|[<("); i > 0 {
		return i
	} else if i == 0 {
		return 1
	}
	return len(text)
}

// levelInBrackets reads the level of "[error]", "[core:error]", "[10:00:00 ERR]", "[2026-03-14T09:07:30Z ERROR app]".
func levelInBrackets(text string) Level {
	text = strings.TrimSpace(text)
	if l := ParseLevel(text[strings.LastIndexByte(text, ':')+1:]); l != LevelNone {
		return l
	}
	if last := text[strings.LastIndexByte(text, ' ')+1:]; isCapitals(last) && ParseLevel(last) != LevelNone {
		return ParseLevel(last)
	}
	return levelInWords(text)
}

// levelAtHead returns the level of a word where a logger puts its level. The names that are words of other meanings
// too, or no words, have to be followed by what no sentence has there, or be capitals.
func levelAtHead(word, after string) Level {
	level := ParseLevel(word)
	if level == LevelNone {
		level = levelOfLogrus(word, after)
	}
	if level == LevelNone || after != "" && isWordByte(after[0]) {
		return LevelNone
	}
	marked := after == "" || strings.IndexByte(":]|)>\t[", after[0]) >= 0
	if marked || after[0] == ' ' && (isLevelWord(word) || isCapitals(word)) {
		return level
	}
	if strings.IndexByte(`"',`, after[0]) >= 0 && isLevelWord(word) {
		return level
	}
	return LevelNone
}

// levelOfLogrus returns the level of the four letters that logrus writes before its brackets: ERRO[0000].
func levelOfLogrus(word, after string) Level {
	if after == "" || after[0] != '[' {
		return LevelNone
	}
	switch word {
	case "TRAC", "DEBU":
		return LevelDebug
	case "ERRO", "FATA", "PANI":
		return LevelError
	}
	return LevelNone
}

// isLevelWord reports whether a word that stands for a level is written out.
func isLevelWord(word string) bool {
	for _, name := range [...]string{
		"trace", "debug", "info", "notice", "warn", "warning", "error", "severe", "critical", "fatal", "panic",
	} {
		if len(word) == len(name) && hasFold(word, name) {
			return true
		}
	}
	return false
}

func isCapitals(word string) bool {
	for i := range len(word) {
		if word[i] < 'A' || word[i] > 'Z' {
			return false
		}
	}
	return true
}

// beforeWords reports whether a part of a line is one that loggers put before their words: a time, an id, a host with a
// number, or what Lambda, PHP and container runtimes write.
func beforeWords(token string) bool {
	if strings.ContainsAny(token, "0123456789") && !strings.ContainsAny(token, "={\"") {
		return true
	}
	switch strings.TrimRight(token, ",:.") {
	case "AM", "PM", "UTC", "GMT", "Z", "PHP", "RequestId", "stdout", "stderr", "F", "P",
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

// levelInWords returns the level that the words of a line name: as a field (level=warn), as a word in capitals, or set
// apart as no sentence does it ([error], | info |, program: error: ...). A field counts more than a word.
func levelInWords(line string) Level {
	found := LevelNone
	for at := 0; at < len(line); {
		if !isLetter(line[at]) {
			at++
			continue
		}
		start := at
		for at < len(line) && isWordByte(line[at]) {
			at++
		}
		if n := at - start; n < len("lvl") || n > len("information") {
			continue
		}
		if l := levelOfField(line[start:at], line[at:]); l != LevelNone {
			return l
		}
		if found == LevelNone && mayBeLevel(line[start]) {
			found = levelOfWord(line, start, at)
		}
	}
	return found
}

// mayBeLevel reports whether a name of a level may begin with a letter.
func mayBeLevel(c byte) bool {
	switch c | 0x20 {
	case 't', 'd', 'i', 'n', 'w', 'e', 's', 'c', 'f', 'p':
		return true
	}
	return false
}

// levelOfField returns the level of level=warn, "severity":"error" and the like, by a name and what follows it.
func levelOfField(name, after string) Level {
	if after == "" || strings.IndexByte("=: \"'\\", after[0]) < 0 {
		return LevelNone
	}
	if last := name[len(name)-1] | 0x20; last != 'l' && last != 'y' && last != 'e' {
		return LevelNone
	}
	if kindOf(name).fact != levelFact {
		return LevelNone
	}
	value, ok := afterName(after)
	if !ok {
		return LevelNone
	}
	if l := ParseLevel(letters(value)); l != LevelNone {
		return l
	}
	n := 0
	for n < len(value) && isWordByte(value[n]) {
		n++
	}
	return levelOfNumber(value[:n])
}

// levelOfWord returns the level of a word of a line, from start to end.
func levelOfWord(line string, start, end int) Level {
	word := line[start:end]
	if !isLevelWord(word) {
		return LevelNone
	}
	before, after := byte(' '), byte(' ')
	if start > 0 {
		before = line[start-1]
	}
	if end < len(line) {
		after = line[end]
	}
	ends := strings.IndexByte(" \t\r])>|\"':,", after) >= 0
	begins := strings.IndexByte(" \t[(<|\"'=:", before) >= 0 || before == '.' && after == ':' // Monolog: channel.LEVEL:
	switch {
	case !ends || !begins:
		return LevelNone
	case isCapitals(word):
		return ParseLevel(word)
	}
	left, right := strings.TrimRight(line[:start], " "), strings.TrimLeft(line[end:], " ")
	if left == "" || right == "" {
		return LevelNone
	}
	apart := left[len(left)-1:] + right[:1]
	if apart == "[]" || apart == "<>" || apart == "||" || apart == "::" || apart == "--" || apart == ":]" {
		return ParseLevel(word)
	}
	return LevelNone
}

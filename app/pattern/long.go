package pattern

import (
	"slices"
	"strings"
)

// long returns the length and kind of a variable part that begins at i and may reach over several words: an instant, a
// length of time, a size, an address with colons, a URL or a path with blanks in it; 0 if none begins there.
func long(m string, i int) (int, Kind) {
	b := m[i]
	switch {
	case isDigit(b):
		if n := colons(m[i:]); n > 0 {
			return n, Address
		}
		if n := instant(m[i:]); n > 0 {
			return n, Instant
		}
		if n := duration(m[i:]); n > 0 {
			return n, Duration
		}
		if n := size(m[i:]); n > 0 {
			return n, Size
		}
		if n := thousands(m[i:]); n > 0 {
			return n, Number
		}
	case b == '/' && i+1 < len(m) && (classes[m[i+1]] == inWord):
		return pathLength(m[i:]), Path
	}
	if isLetter(b) && i+3 < len(m) {
		if m[i+1] == ':' && (m[i+2] == '\\' || m[i+2] == '/' && m[i+3] != '/') {
			return 2 + pathLength(m[i+2:]), Path
		}
		if n := dayName(m[i:]); n > 0 {
			return n, Instant
		}
		if n := scheme(m[i:]); n > 0 {
			return n, Path
		}
	}
	if isLetter(b) && isHex(b) {
		if n := colons(m[i:]); n > 0 {
			return n, Address
		}
	}
	return 0, 0
}

// pathLength returns how far a path or URL reaches: to a blank, a quote or a bracket, without punctuation at its end.
func pathLength(m string) int {
	i := 0
	for i < len(m) && classes[m[i]] != blank && !strings.ContainsRune(`"'<>()[]{},;|`, rune(m[i])) {
		if m[i] == ':' && (i+1 >= len(m) || !isDigit(m[i+1]) && m[i+1] != '/') {
			break
		}
		i++
	}
	for i > 1 && strings.ContainsRune(".!?:", rune(m[i-1])) {
		i--
	}
	return i
}

// scheme returns the length of a URL.
func scheme(m string) int {
	n := letters(m)
	for n < len(m) && isDigit(m[n]) {
		n++
	}
	if n < 2 || n > 12 || !strings.HasPrefix(m[n:], "://") {
		return 0
	}
	return n + 3 + pathLength(m[n+3:])
}

// userAgent returns the length of a text up to a quotation mark that begins with a product and its version, as those of
// browsers do (RFC 9110, 10.1.5); 0 if it does not.
func userAgent(m string) int {
	n := letters(m)
	if n == 0 || n+1 >= len(m) || m[n] != '/' || !isDigit(m[n+1]) {
		return 0
	}
	return max(strings.IndexByte(m, '"'), 0)
}

// email returns the length of an address of mail whose first word ends before an @ at end; 0 if it is none.
func email(m string, i, end int) int {
	if end+3 >= len(m) || m[end] != '@' || !isLetter(m[i]) && !isDigit(m[i]) {
		return 0
	}
	to, dot := end+1, 0
	for to < len(m) && classes[m[to]] == inWord {
		if m[to] == '.' && to+1 < len(m) && isLetter(m[to+1]) {
			dot = to
		}
		to++
	}
	if dot == 0 {
		return 0
	}
	for m[to-1] == '.' || m[to-1] == '!' || m[to-1] == '?' {
		to--
	}
	return to - i
}

// colons returns the length of a MAC or an IPv6 address: at least two colons between groups of hexadecimal digits.
func colons(m string) int {
	i, n, groups, doubled := 0, 0, 0, false
	for ; i < len(m); i++ {
		if isHex(m[i]) {
			if n++; n > 4 {
				return 0
			}
			continue
		}
		if m[i] != ':' || i+1 >= len(m) || !isHex(m[i+1]) && m[i+1] != ':' {
			break
		}
		doubled = doubled || m[i+1] == ':'
		groups++
		n = 0
	}
	if groups < 5 && !(doubled && groups >= 2) || !ends(m, i) {
		return 0
	}
	return i
}

// thousands returns the length of a number with commas: 12,345,678.
func thousands(m string) int {
	i := 0
	for i < len(m) && i < 4 && isDigit(m[i]) {
		i++
	}
	if i > 3 {
		return 0
	}
	from := i
	for i+3 < len(m) && m[i] == ',' && isDigit(m[i+1]) && isDigit(m[i+2]) && isDigit(m[i+3]) {
		i += 4
	}
	if i == from || !ends(m, i) {
		return 0
	}
	return i
}

// size returns the length of a size of data, with the same in round figures behind it: 2048 MB, 1190 bytes (1.16 KB).
func size(m string) int {
	n := number(m)
	from := n
	if n < len(m) && m[n] == ' ' {
		from++
	}
	u := letters(m[from:])
	if u == 0 || from > n && u < 2 || !isSize(m[from:from+u]) || !ends(m, from+u) {
		return 0
	}
	end := from + u
	if strings.HasPrefix(m[end:], " (") && end+2 < len(m) && isDigit(m[end+2]) {
		if more := size(m[end+2:]); more > 0 && end+2+more < len(m) && m[end+2+more] == ')' {
			return end + 3 + more
		}
	}
	return end
}

// instant returns the length of a date, a time of day or both, in the order of ISO 8601, of RFC 3164 or of access logs.
func instant(m string) int {
	if n := date(m); n > 0 {
		end := n
		if n < len(m) && (m[n] == 'T' || m[n] == ' ' || m[n] == ':' || m[n] == '-' || m[n] == '_') {
			if t := clock(m[n+1:]); t > 0 {
				end = n + 1 + t
			}
		}
		if ends(m, end) {
			return end
		}
		return 0
	}
	if n := clock(m); n > 0 && ends(m, n) {
		return n
	}
	return 0
}

// count returns how many digits a text begins with.
func count(m string) int {
	i := 0
	for i < len(m) && isDigit(m[i]) {
		i++
	}
	return i
}

// date returns the length of a date: 2017-05-16, 2016/9/27, 17/06/09, 10/Oct/2000.
func date(m string) int {
	n := count(m)
	if n == 0 || n > 4 || n+1 >= len(m) || m[n] != '-' && m[n] != '/' {
		return 0
	}
	sep := m[n]
	i := n + 1
	if k := letters(m[i:]); k == 3 && month(m[i:i+3]) {
		i += k
	} else if k := count(m[i:]); k == 1 || k == 2 {
		i += k
	} else {
		return 0
	}
	if i >= len(m) || m[i] != sep {
		return 0
	}
	k := count(m[i+1:])
	if k == 0 || n < 4 && k != 2 && k != 4 || n == 4 && k > 2 {
		return 0
	}
	return i + 1 + k
}

// clock returns the length of a time of day with its fraction and zone: 09:07, 13:16:30.123, 10:00:00Z, 10:00:00 +0100.
func clock(m string) int {
	n := count(m)
	if n == 0 || n > 2 || n+2 >= len(m) || m[n] != ':' || count(m[n+1:]) != 2 {
		return 0
	}
	i := n + 3
	if i+2 < len(m) && m[i] == ':' && count(m[i+1:]) == 2 {
		i += 3
		if i+1 < len(m) && (m[i] == '.' || m[i] == ',' || m[i] == ':') && count(m[i+1:]) >= 1 {
			i += 1 + count(m[i+1:])
		}
	}
	if i < len(m) && m[i] == 'Z' {
		return i + 1
	}
	zone := i
	if zone < len(m) && m[zone] == ' ' {
		zone++
	}
	if zone+4 < len(m) && (m[zone] == '+' || m[zone] == '-') {
		if k := count(m[zone+1:]); k == 4 {
			return zone + 5
		} else if k == 2 && m[zone+3] == ':' && count(m[zone+4:]) == 2 {
			return zone + 6
		}
	}
	return i
}

func month(w string) bool {
	switch w {
	case "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

func weekday(w string) bool {
	switch w {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun":
		return true
	}
	return false
}

// dayName returns the length of an instant that begins with the name of a day or a month: Sun Dec 04 04:47:44 2005,
// Mon, 02 Jan 2006 15:04:05 MST, Jun 15 02:04:59.
func dayName(m string) int {
	if len(m) < 6 || !(m[0] >= 'A' && m[0] <= 'W') || classes[m[3]] == inWord {
		return 0
	}
	i := 0
	if weekday(m[:3]) {
		i = 3
		if m[i] == ',' {
			i++
		}
		if i = skipBlanks(m, i); i+3 >= len(m) {
			return 0
		}
	}
	if month(m[i:min(i+3, len(m))]) {
		i = skipBlanks(m, i+3)
		n := count(m[i:])
		if n == 0 || n > 2 {
			return 0
		}
		i += n
	} else if n := count(m[i:]); i > 0 && (n == 1 || n == 2) {
		if i = skipBlanks(m, i+n); i+3 > len(m) || !month(m[i:i+3]) {
			return 0
		}
		i += 3
	} else {
		return 0
	}
	for range 2 { // the time of day and the year, in either order
		next := i
		if next < len(m) && m[next] == ',' {
			next++
		}
		next = skipBlanks(m, next)
		if next == i {
			break
		}
		if t := clock(m[next:]); t > 0 {
			i = next + t
		} else if count(m[next:]) == 4 && ends(m, next+4) {
			i = next + 4
		} else {
			break
		}
	}
	if !ends(m, i) {
		return 0
	}
	return i
}

func skipBlanks(m string, i int) int {
	for i < len(m) && m[i] == ' ' {
		i++
	}
	return i
}

// beforeStack returns how much of a message lies before a stack trace: the frames are of the same place as what is
// above them, or of many.
func beforeStack(m string) int {
	i := strings.IndexByte(m, '\n')
	for i >= 0 {
		line := m[i+1:]
		if slices.ContainsFunc(stackStarts[:], func(start string) bool { return strings.HasPrefix(line, start) }) {
			return i
		}
		next := strings.IndexByte(line, '\n')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return len(m)
}

// stackStarts are what lines of stack traces begin with: of Java, Node.js, Python and Go.
var stackStarts = [...]string{"\tat ", "    at ", "  File ", "Traceback ", "goroutine ", "Caused by: "}

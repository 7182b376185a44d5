package pattern

import "strings"

// form is which part of a word is variable.
type form struct {
	from, to int
	kind     Kind // 0: none
}

// wordShape says which part of a word is variable by its form.
func wordShape(w string) form {
	digits, letters, others, dots, slashes := 0, 0, 0, 0, 0
	for i := range len(w) {
		switch b := w[i]; {
		case isDigit(b):
			digits++
		case isLetter(b):
			letters++
		case b == '.':
			dots++
		case b == '/' || b == '\\':
			slashes++
		default:
			others++
		}
	}
	whole := form{0, len(w), 0}
	switch {
	case slashes > 0 && (w[0] == '/' || w[0] == '\\' || w[0] == '~' || w[0] == '.' || slashes > 1) &&
		digits+letters > 0:
		whole.kind = Path
	case digits == 0:
		whole.kind = wordsOnly(w, letters, others+slashes, dots)
	case letters == 0 && slashes == 0:
		whole = digitsOnly(w, dots, others)
	default:
		return mixed(w, dots, slashes)
	}
	return whole
}

// masked reports whether a word is a value that is hidden, or that was not there: two or more asterisks.
func masked(w string) bool { return len(w) > 1 && strings.Trim(w, "*") == "" }

// wordsOnly is the kind of a word without digits: 0 for most.
func wordsOnly(w string, letters, others, dots int) Kind {
	if letters == len(w) && letters >= 8 && allHex(w) {
		return ID
	}
	if dots >= 2 && letters >= 2*dots && !strings.Contains(w, "..") && w[0] != '.' && !namesError(w) {
		return Name
	}
	return 0
}

// namesError reports whether a dotted name is that of an exception, which says what happened.
func namesError(w string) bool {
	for _, end := range [...]string{"Exception", "Error", "Failure", "Throwable", "Fault"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// hexDashed reports whether a word has hexadecimal digits and dashes only, as a UUID.
func hexDashed(w string) bool {
	for i := range len(w) {
		if !isHex(w[i]) && w[i] != '-' {
			return false
		}
	}
	return true
}

func allHex(w string) bool {
	for i := range len(w) {
		if !isHex(w[i]) {
			return false
		}
	}
	return true
}

// digitsOnly is the form of a word without letters.
func digitsOnly(w string, dots, others int) form {
	from, to := 0, len(w)
	for to > from+1 && !isDigit(w[to-1]) { // a % or - behind the number
		to--
	}
	for from < to-1 && !isDigit(w[from]) && w[from] != '-' && w[from] != '+' && w[from] != '.' {
		from++
	}
	if dots == 3 && others == 0 && isIPv4(w) {
		return form{0, len(w), Address}
	}
	if to-from >= 3 && strings.ContainsAny(w[from+1:to], "-_/#$") {
		return form{from, to, ID}
	}
	return form{from, to, Number}
}

func isIPv4(w string) bool {
	part, parts := 0, 0
	for i := 0; i <= len(w); i++ {
		switch {
		case i == len(w) || w[i] == '.':
			if parts++; part > 255 || i == 0 || w[i-1] == '.' {
				return false
			}
			part = 0
		default:
			part = part*10 + int(w[i]-'0')
		}
	}
	return parts == 4
}

// mixed is the form of a word of letters and digits. A name with one number at its end, or with one behind it,
// keeps the name: core.42, blk_-160, worker-7, Thread3, 80%. All other such words are ids as a whole.
func mixed(w string, dots, slashes int) form {
	whole := form{0, len(w), ID}
	if len(w) > 2 && w[0] == '0' && w[1]|0x20 == 'x' && allHex(w[2:]) {
		return whole
	}
	if len(w) >= 12 && hexDashed(w) {
		return whole
	}
	if n := duration(w); n == len(w) {
		return form{0, n, Duration}
	}
	if isDigit(w[0]) {
		n := number(w)
		if unit := w[n:]; isSize(unit) {
			return form{0, len(w), Size}
		} else if ordinal(unit) {
			return form{0, n, Number}
		}
	}
	if dots >= 2 && slashes == 0 && isLetter(w[len(w)-1]) {
		return form{0, len(w), Address}
	}
	if i := strings.IndexByte(w, '/'); i >= 0 && (letters(w) < i || number(w[i+1:]) < len(w)-i-1) {
		return form{0, len(w), Path} // host-1/10.0.0.1, but not HTTP/1.1
	}
	name := 0
	for name < len(w) && !isDigit(w[name]) {
		name++
	}
	lead := name
	for lead > 0 && !isLetter(w[lead-1]) {
		lead--
	}
	if lead < 2 { // one letter says nothing
		return whole
	}
	if name == lead && allHex(w[:lead]) && len(w) >= 6 && allHex(w) { // an id that begins with letters
		return whole
	}
	if name > lead && (w[name-1] == '-' || w[name-1] == '+') && name-1 > lead { // the sign of the number
		name--
	}
	kind := ID
	if number(w[name:]) == len(w)-name {
		kind = Number
	} else if name == lead && !strings.ContainsAny(w[name:], "-_.:/") && len(w)-name > 6 {
		return whole
	}
	return form{name, len(w), kind}
}

// number returns how long the number is that a text begins with: a sign, digits with dots between them.
func number(w string) int {
	i := 0
	if i < len(w) && (w[i] == '-' || w[i] == '+') {
		i++
	}
	from := i
	for i < len(w) && (isDigit(w[i]) || w[i] == '.' && i > from && i+1 < len(w) && isDigit(w[i+1])) {
		i++
	}
	if i == from {
		return 0
	}
	return i
}

func ordinal(unit string) bool {
	switch unit {
	case "st", "nd", "rd", "th", "x", "X", "k", "K", "%":
		return true
	}
	return false
}

// isSize reports whether a word is a unit of data.
func isSize(unit string) bool {
	switch strings.ToLower(unit) {
	case "b", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "byte", "bytes":
		return true
	}
	return false
}

// lengths are the units of time that may stand right behind a number; words are those that may stand apart.
func isLength(unit string) bool {
	switch unit {
	case "ns", "us", "µs", "μs", "ms", "s", "m", "h", "d":
		return true
	}
	return isLengthWord(unit)
}

func isLengthWord(unit string) bool {
	switch unit {
	case "ns", "us", "µs", "μs", "ms", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes",
		"hour", "hours", "day", "days", "millisecond", "milliseconds", "msec", "msecs", "millis", "microseconds",
		"nanoseconds":
		return true
	}
	return false
}

// letters returns how many letters a text begins with.
func letters(m string) int {
	i := 0
	for i < len(m) && isLetter(m[i]) {
		i++
	}
	return i
}

// duration returns how long the length of time is that a text begins with: 12ms, 1h2m3.5s, <1 sec; 0 if there is none.
func duration(m string) int {
	i := 0
	if i < len(m) && m[i] == '<' {
		i++
	}
	end := 0
	for i < len(m) && isDigit(m[i]) {
		n := number(m[i:])
		u := letters(m[i+n:])
		if u == 0 {
			if end == 0 && i+n+1 < len(m) && m[i+n] == ' ' {
				if u = letters(m[i+n+1:]); u > 0 && isLengthWord(m[i+n+1:i+n+1+u]) && ends(m, i+n+1+u) {
					return i + n + 1 + u
				}
			}
			break
		}
		if !isLength(m[i+n : i+n+u]) {
			return 0
		}
		i += n + u
		end = i
	}
	if end > 0 && !ends(m, end) {
		return 0
	}
	return end
}

// ends reports whether no word goes on at i.
func ends(m string, i int) bool {
	over := func(i int) bool { return i >= len(m) || classes[m[i]] != inWord }
	return over(i) || (m[i] == '.' || m[i] == '!' || m[i] == '?') && over(i+1)
}

package app

import "strings"

// escape begins a control sequence of a terminal.
const escape = 0x1b

// PlainText returns a message without the control sequences of a terminal (ECMA-48, 5.4: ESC [ ... and a final byte;
// and those of operating systems, ESC ] ... up to BEL or ESC \), which loggers write to colour their output.
func PlainText(message string) string {
	at := strings.IndexByte(message, escape)
	if at < 0 {
		return message
	}
	var b strings.Builder
	b.Grow(len(message))
	for at >= 0 {
		b.WriteString(message[:at])
		message = message[at+controlLength(message[at:]):]
		at = strings.IndexByte(message, escape)
	}
	b.WriteString(message)
	return b.String()
}

// controlLength returns the length of the control sequence that a text begins with. One that does not end as it should
// is the escape character alone.
func controlLength(text string) int {
	if len(text) < 2 {
		return len(text)
	}
	switch c := text[1]; {
	case c == '[':
		for i := 2; i < len(text); i++ {
			switch c := text[i]; {
			case c >= 0x40 && c <= 0x7e:
				return i + 1
			case c < 0x20 || c > 0x3f:
				return 1
			}
		}
		return 1
	case c == ']':
		for i := 2; i < len(text); i++ {
			switch text[i] {
			case '\a':
				return i + 1
			case escape:
				if i+1 < len(text) && text[i+1] == '\\' {
					return i + 2
				}
				return 1
			case '\n':
				return 1
			}
		}
		return 1
	case c >= 0x40 && c <= 0x5f:
		return 2
	}
	return 1
}

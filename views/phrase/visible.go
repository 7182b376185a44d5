package phrase

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible returns a text that anybody may have written, such as a log message, a name, a tag or what AWS says of an
// error, as it may be shown. Characters that would move a terminal's cursor or change its title or clipboard, that turn
// the direction of what follows them or that take no room are written as Go and JSON write them: \x1b, \u202e. Line
// feeds and tabs stay, and so do the variation selectors of emoji; bytes that are no UTF-8 become U+FFFD.
func Visible(text string) string {
	at := firstHidden(text)
	if at < 0 {
		return text
	}
	var b strings.Builder
	b.WriteString(text[:at])
	rest := strings.ReplaceAll(text[at:], "\r\n", "\n")
	for _, r := range rest {
		switch {
		case !Hidden(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// VisibleLine is Visible on one line: line breaks and tabs become blanks.
func VisibleLine(text string) string {
	if strings.ContainsAny(text, "\n\r\t") {
		text = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(text)
	}
	return Visible(text)
}

// firstHidden returns where the first byte stands that may have to be written otherwise, or -1.
func firstHidden(text string) int {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 || Hidden(r) {
			return i
		}
		i += n
	}
	return -1
}

// Hidden reports whether a character is one that Visible writes otherwise (Unicode 16, general categories Cc, Cf, Zl
// and Zp; U+00AD is a hyphen in most places, and the Arabic number signs are seen).
func Hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ', r >= 0x7f && r <= 0x9f: // C0, DEL, C1
		return true
	case r < 0x061c:
		return false
	}
	return r == 0x061c || r == 0x180e || // Arabic letter mark, Mongolian vowel separator
		r >= 0x200b && r <= 0x200f || // zero-width, marks of direction
		r >= 0x2028 && r <= 0x202e || // line and paragraph separators, overrides of direction
		r >= 0x2060 && r <= 0x206f || // word joiner, invisible operators, isolates
		r == 0xfeff || r >= 0xfff9 && r <= 0xfffb || // zero-width no-break space, annotations
		r >= 0xe0000 && r <= 0xe007f // tags
}

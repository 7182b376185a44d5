package export

import (
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/nephograph/nephograph/views/phrase"
)

// EscapeJSON returns a writer of JSON with the characters escaped that phrase.Visible would show otherwise, and that
// encoding/json leaves as they are. In JSON they stand in strings only, where each may be written as \u and four
// digits.
func EscapeJSON(w io.Writer) io.Writer { return jsonStream{w} }

type jsonStream struct{ stream io.Writer }

// Write writes whole values, as an encoder does.
func (j jsonStream) Write(p []byte) (int, error) {
	var changed []byte
	from := 0
	for i := 0; i < len(p); {
		if p[i] < utf8.RuneSelf && p[i] != 0x7f { // encoding/json has escaped the controls below
			i++
			continue
		}
		r, n := utf8.DecodeRune(p[i:])
		if phrase.Hidden(r) {
			changed = appendEscaped(append(changed, p[from:i]...), r)
			from = i + n
		}
		i += n
	}
	rest := p
	if changed != nil {
		rest = append(changed, p[from:]...)
	}
	if _, err := j.stream.Write(rest); err != nil {
		return 0, err
	}
	return len(p), nil
}

func appendEscaped(b []byte, r rune) []byte {
	for _, unit := range utf16.AppendRune(nil, r) {
		b = fmt.Appendf(b, `\u%04x`, unit)
	}
	return b
}

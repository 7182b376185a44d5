package terminal

import (
	"io"

	"github.com/nephograph/nephograph/views/phrase"
)

// screen is what everything goes through that is printed for a person: of texts that others have written, none reaches
// the terminal as anything but text. Only colours and the line of progress are written below it, to the stream itself.
type screen struct{ stream io.Writer }

// Write writes whole characters: a command prints in whole texts.
func (s screen) Write(p []byte) (int, error) {
	if _, err := io.WriteString(s.stream, phrase.Visible(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// below returns the stream that a writer ends in.
func below(w io.Writer) io.Writer {
	if s, ok := w.(screen); ok {
		return s.stream
	}
	return w
}

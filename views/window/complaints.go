package window

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// harmless are what Fyne reports of machines on which all works: without a session bus it does not hear that the
// desktop's theme changes, which the setting does; a first start finds neither preferences nor a folder for what Fyne
// keeps.
var harmless = []string{"failed to watch theme settings", "Preferences load error:", "Error parsing user locale",
	"Failed to create fyne cache space"}

// complaints passes on what is logged but for what is harmless.
type complaints struct {
	out io.Writer

	mu      sync.Mutex
	dropped bool // the last report, whose further lines follow
}

// WithoutHarmless returns a writer for package log, with which Fyne reports errors in several calls: a line that says
// "Fyne error:" and lines with the cause and the place. Reports of what is harmless are dropped.
func WithoutHarmless(out io.Writer) io.Writer { return &complaints{out: out} }

// Write takes one line, as package log writes them.
func (c *complaints) Write(line []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, report, begins := strings.Cut(string(line), "Fyne error:")
	further := bytes.Contains(line, []byte("   Cause:")) || bytes.Contains(line, []byte("   At: "))
	switch {
	case begins:
		c.dropped = isHarmless(report)
	case !further:
		c.dropped = false
	}
	if c.dropped {
		return len(line), nil
	}
	return c.out.Write(line)
}

func isHarmless(report string) bool {
	for _, h := range harmless {
		if strings.Contains(report, h) {
			return true
		}
	}
	return false
}

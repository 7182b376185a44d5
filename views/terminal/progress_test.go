package terminal

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
)

var escape = regexp.MustCompile(`\x1b\[[0-9;]*[A-Za-z]`)

func TestProgressNeverWraps(t *testing.T) {
	busy := pull.Progress{Done: 7, Total: 9, Items: 1_234_567, Requests: 12_345, Spent: 120_000_000,
		Running: []pull.Running{{Scope: prod, Signal: app.Logs}, {Scope: data, Signal: app.Traces}},
		Scopes:  []pull.ScopeStatus{{Scope: prod, State: pull.Pulling}, {Scope: data, State: pull.Pulling}}}
	for _, columns := range []int{20, 40, 80, 100, 200} {
		var b bytes.Buffer
		show, end := progressOn(&b, func() int { return columns })
		show(busy)
		said := b.String()
		end()
		widest := 0
		for _, line := range strings.Split(escape.ReplaceAllString(said, ""), "\r") {
			widest = max(widest, runewidth.StringWidth(strings.TrimRight(line, " ")))
		}
		if widest == 0 || widest >= columns || strings.Contains(said, "\n") {
			t.Errorf("on %d columns it takes %d: %q", columns, widest, said)
		}
		if columns >= 80 && !strings.Contains(said, "Logs of 111122223333/eu-west-1 and 1 more") {
			t.Errorf("on %d columns it says only %q", columns, said)
		}
	}
}

// TestDumbTerminal writes to a terminal that knows no escapes.
func TestDumbTerminal(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("this system has no pseudo-terminals:", err)
	}
	defer terminal.Close()
	if !isTerminal(terminal) {
		t.Skip("a pseudo-terminal's master is no terminal on this system")
	}
	for _, test := range []struct {
		name, value string
		want        bool
	}{{"TERM", "xterm", true}, {"TERM", "dumb", false}, {"NO_COLOR", "1", false}} {
		c := &commandLine{Streams: Streams{Out: terminal, Err: terminal}}
		c.deps.Env = func(name string) string {
			if name == test.name {
				return test.value
			}
			return ""
		}
		if got := c.colored(); got != test.want {
			t.Errorf("%s=%s: colored = %v", test.name, test.value, got)
		}
		if show, _ := c.progress(); (show == nil) != (test.value == "dumb") {
			t.Errorf("%s=%s: progress is shown: %v", test.name, test.value, show != nil)
		}
	}
}

// The terminal says of a pull what the window says of it, beside what has come so far.
func TestProgressSaysWhatThePullIsDoing(t *testing.T) {
	p := pull.Progress{Items: 1_200, Requests: 7, Spent: app.Dollar,
		Running: []pull.Running{{Scope: prod, Signal: app.Logs}},
		Scopes:  []pull.ScopeStatus{{Scope: prod, State: pull.Pulling}, {Scope: data, State: pull.Offline}}}
	want := explain.Doing(p) + " · 1.2k items, $1.00"
	if got := progressText(p); got != want || !strings.HasPrefix(got,
		"Logs of 111122223333/eu-west-1 · 1 of 2 places done, 1 in trouble") {
		t.Errorf("%q, want %q", got, want)
	}
}

package logs

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// A stack trace within a JSON event is shown whole, each frame on its line, whether it is a text or a list.
// openEmpty opens a drawer on a cache that holds nothing.
func openEmpty(t *testing.T) *drawertest.Stage {
	t.Helper()
	empty := &drawertest.Cache{}
	return drawertest.New(t, empty, 900, Details(empty))
}

func TestStackTracesWithinJSON(t *testing.T) {
	var frames []string
	for i := range 30 {
		frames = append(frames, fmt.Sprintf("    at f%d (/var/task/i.js:%d:3)", i, i))
	}
	stack := strings.Join(append([]string{"Error: boom"}, frames...), "\n")
	text, _ := json.Marshal(map[string]any{"level": "error", "msg": "boom", "stack": stack + "\n"})
	list, _ := json.Marshal(map[string]any{"level": "error", "msg": "boom",
		"stack": append([]string{"Error: boom"}, frames...)})
	for name, message := range map[string]string{"text": string(text), "list": string(list)} {
		rows, more := parseTree(message)
		if seen := openRows(rows, closedAtFirst(rows)); len(seen) != 3+1+len(frames) || more {
			t.Errorf("%s: %s", name, saidOfTree(seen))
		}
	}
	e := app.LogEvent{Scope: drawertest.Checkout.Scope, Group: "g", ID: "1", At: drawertest.Now, Message: string(text)}
	s := openEmpty(t)
	s.Session.Selected.Set(e)
	said := drawertest.Words(s.Drawer)
	for _, f := range frames {
		if !strings.Contains(said, strings.TrimSpace(f)) {
			t.Fatalf("%q is not shown in %s", f, said)
		}
	}
	if strings.Contains(said, "…") {
		t.Errorf("something is cut in %s", said)
	}
}

func TestColoursOfATerminalAreNotShown(t *testing.T) {
	e := app.LogEvent{Scope: drawertest.Checkout.Scope, Group: "g", ID: "1", At: drawertest.Now,
		Message: "\x1b[31mERROR\x1b[0m no disk\r\n"}
	s := openEmpty(t)
	s.Session.Selected.Set(e)
	if said := drawertest.Words(s.Drawer); !strings.Contains(said, "ERROR no disk") || strings.Contains(said, "[31m") {
		t.Error(said)
	}
	if s.Rune('y'); s.App.Clipboard().Content() != e.Message {
		t.Errorf("copied is %q", s.App.Clipboard().Content())
	}
	if got := app.Gist(e.Message); got != "ERROR no disk" {
		t.Errorf("a list says %q", got)
	}
}

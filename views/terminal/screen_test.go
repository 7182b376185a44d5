package terminal

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

// attack sets the clipboard and the title, moves the cursor, turns the direction of text and hides some.
const attack = "a\x1b]52;c;cm0gLXJm\a\x1b]0;title\a\x1b[2J\x00\u009b1A\x7f\u202etxt\u200b\u2028\ufeff\U000e0041z"

// spoiled is a shelf whose every text is an attack.
func spoiled() *shelf {
	s := filled()
	for i := range s.alarms {
		s.alarms[i].Name = attack + strconv.Itoa(i)
		s.alarms[i].Reason, s.alarms[i].Description = attack, attack
		s.alarms[i].Tags = map[string]string{attack: attack}
	}
	for i := range s.groups {
		s.groups[i].Name = attack
	}
	for i := range s.events {
		s.events[i].Message, s.events[i].Group, s.events[i].Stream = attack, attack, attack
	}
	for i := range s.traces {
		s.traces[i].Entry, s.traces[i].URL = attack, attack
		for n := range s.traces[i].Spans {
			s.traces[i].Spans[n].Name, s.traces[i].Spans[n].Service = attack, attack
		}
	}
	for i := range s.trail {
		s.trail[i].Name, s.trail[i].Principal.User, s.trail[i].UserAgent, s.trail[i].ErrorMessage = attack, attack,
			attack, attack
	}
	return s
}

// TestNothingReachesTheTerminalButText holds that whatever others have written is printed as text: in tables,
// sentences, problems and JSON.
func TestNothingReachesTheTerminalButText(t *testing.T) {
	problem := &app.Error{Kind: app.Unknown, Op: attack, Err: errors.New(attack)}
	broken := good()
	spoil(broken, problem)
	for _, line := range []string{"alarms", "alarms --history", "groups", "search", "traces", "trail", "metrics",
		"ledger", "cost", "pull", "pull --plan", "no-such-" + attack,
		"traces 1-6817aa00-0123456789abcdef01234567"} {
		for _, json := range []bool{false, true} {
			args := strings.Split(line, " ")
			if json {
				args = append(args, "--json")
			}
			d := depsOf(t, spoiled())
			if args[0] == "pull" {
				d = scripted(t, broken)
			}
			r := runWith(t, t.Context(), d, args...)
			if said := r.out + r.err; strings.ContainsFunc(said, phrase.Hidden) || !utf8.ValidString(said) {
				t.Errorf("%q prints %q", args, said)
			}
			if json && r.out != "" {
				checkJSON(t, r.out)
			}
		}
	}
	d := depsOf(t, spoiled())
	for _, said := range []string{runWith(t, t.Context(), scripted(t, broken), "pull").err,
		runWith(t, t.Context(), d, "alarms").out} {
		if !strings.Contains(said, `\x1b]52;c;cm0gLXJm\x07`) {
			t.Errorf("the attack is not to be seen in %q", said)
		}
	}
	p := pull.Progress{Running: []pull.Running{{Scope: app.Scope{Region: attack}, Signal: app.Logs}}}
	if said := progressText(p); strings.ContainsFunc(said, phrase.Hidden) {
		t.Errorf("progress says %q", said)
	}
}

func checkJSON(t *testing.T, out string) {
	t.Helper()
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %q", line)
		}
	}
}

// What is escaped in JSON is read back as it was.
func TestJSONEscapesWhatIsHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.Just(attack))).Draw(t, "texts")
		var b bytes.Buffer
		out := newLines(&b)
		for _, text := range want {
			if err := out.Encode(text); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Flush(); err != nil || strings.ContainsFunc(b.String(), phrase.Hidden) {
			t.Fatalf("%q, %v", b.String(), err)
		}
		d := json.NewDecoder(&b)
		for _, text := range want {
			var got string
			if err := d.Decode(&got); err != nil || got != text {
				t.Fatalf("%q is read as %q, %v", text, got, err)
			}
		}
	})
}

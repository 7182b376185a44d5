package terminal

import (
	"errors"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestKeysAreEnteredAndNotRepeated(t *testing.T) {
	kept := map[string]Keys{}
	d := Deps{Keys: KeyStore{
		Names: func() (names []string, err error) {
			for name := range kept {
				names = append(names, name)
			}
			return names, nil
		},
		Put:    func(name string, k Keys) error { kept[name] = k; return nil },
		Delete: func(name string) error { delete(kept, name); return nil },
	}}
	var said strings.Builder
	run := func(in string, args ...string) int {
		return Run(t.Context(), append([]string{"keys"}, args...), Streams{strings.NewReader(in), &said, &said}, d)
	}
	if code := run("AKIA1\nvery-secret\n\neu-west-1", "add", "lab"); code != ExitOK ||
		kept["lab"] != (Keys{"AKIA1", "very-secret", "", "eu-west-1"}) {
		t.Fatalf("exit code %d, kept %d: %s", code, len(kept), said.String())
	}
	if code := run("", "list"); code != ExitOK || !strings.Contains(said.String(), "lab\n") ||
		strings.Contains(said.String(), "very-secret") {
		t.Errorf("exit code %d: %s", code, said.String())
	}
	if code := run("", "remove", "lab"); code != ExitOK || len(kept) > 0 {
		t.Errorf("exit code %d, kept %v", code, len(kept))
	}
	d.Keys.Put = func(string, Keys) error {
		return &app.Error{Kind: app.NotFound, Op: "connect", Err: errors.New("the system's keyring cannot be used")}
	}
	if code := run("AKIA1\nvery-secret\n\n\n", "add", "lab"); code != ExitFailed ||
		!strings.Contains(said.String(), "keyring cannot be used") || strings.Contains(said.String(), "very-secret") {
		t.Errorf("exit code %d: %s", code, said.String())
	}
}

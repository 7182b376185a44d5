package terminal

import (
	"errors"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// setting returns deps with a few settings.
func setting(t testing.TB, wrong error) Deps {
	d := depsOf(t, filled())
	d.SettingsFile = func() (string, error) { return "/home/ann/.config/nephograph/settings.yaml", wrong }
	d.Settings = func(path string) (Settings, error) {
		return Settings{"/home/ann/.config/nephograph/settings.yaml",
			[]Setting{{"cap", "$20", "line 3"}, {"mask", "on", "default"}, {"cache", path, "--cache"}}}, wrong
	}
	return d
}

func TestSettingsAreShown(t *testing.T) {
	golden(t, "settings", runWith(t, t.Context(), setting(t, nil), "settings", "--cache", "/tmp/prod.db"))
	for args, want := range map[string]string{
		"--json": `{"name":"cap","value":"$20","from":"line 3"}` + "\n" +
			`{"name":"mask","value":"on","from":"default"}` + "\n" + `{"name":"cache","value":"","from":"--cache"}` +
			"\n",
		"path": "/home/ann/.config/nephograph/settings.yaml\n",
	} {
		if r := runWith(t, t.Context(), setting(t, nil), "settings", args); r.out != want || r.code != ExitOK ||
			r.err != "" {
			t.Errorf("settings %s: exit %d, %q, %q", args, r.code, r.out, r.err)
		}
	}
}

func TestAMistakeInTheSettingsIsASentence(t *testing.T) {
	wrong := &app.Error{Kind: app.Malformed, Op: "settings",
		Err: errors.New(`/home/ann/settings.yaml, line 3: "caps" is not a setting; there are cap, keep`)}
	want := `nephograph: /home/ann/settings.yaml, line 3: "caps" is not a setting; there are cap, keep. ` +
		"Nothing is pulled until it is mended; without the file the defaults hold. nephograph settings --help shows " +
		"what it may say.\n"
	for _, args := range [][]string{{"settings"}, {"settings", "path"}} {
		if r := runWith(t, t.Context(), setting(t, wrong), args...); r.err != want || r.code != ExitFailed ||
			r.out != "" {
			t.Errorf("%v: exit %d, %q, %q", args, r.code, r.out, r.err)
		}
	}
}

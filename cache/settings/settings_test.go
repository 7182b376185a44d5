package settings

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

const prod = "/home/ann/prod.db"

// with returns the defaults after a change.
func with(change func(*app.Settings)) app.Settings {
	s := app.DefaultSettings()
	change(&s)
	return s
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad(t *testing.T) {
	for _, test := range []struct {
		text      string
		workspace string
		want      app.Settings
	}{
		{"", "", app.DefaultSettings()},
		{"# nothing yet\n", prod, app.DefaultSettings()},
		{"cap: $20", "", with(func(s *app.Settings) { s.Cap = 20 * app.Dollar })},
		{"cap: 0.5", "", with(func(s *app.Settings) { s.Cap = app.Dollar / 2 })},
		{"cap: none", "", with(func(s *app.Settings) { s.Cap = -1 })},
		{"cap: 0", "", with(func(s *app.Settings) { s.Cap = 0 })},
		{"keep:\n  size: 500MiB\n  logs: 30d\n  traces: 2w\n  trail: forever\n", "", with(func(s *app.Settings) {
			s.Keep.Size = 500 << 20
			s.Keep.Age = map[app.Signal]time.Duration{app.Logs: 30 * day, app.Traces: 14 * day, app.Trail: 0}
		})},
		{"keep: {size: any}", "", with(func(s *app.Settings) { s.Keep.Size = 0 })},
		{"keep:\n", "", app.DefaultSettings()},
		{"mask: off", "", with(func(s *app.Settings) { s.Mask.Off = true })},
		{"mask: on", "", app.DefaultSettings()},
		{"mask:\n  skip: [card, jwt, card]", "", with(func(s *app.Settings) { s.Mask.Skip = []string{"card", "jwt"} })},
		{"follow:\n  traces: never\n  logs: 30s\n", "", with(func(s *app.Settings) {
			delete(s.Follow, app.Traces)
			s.Follow[app.Logs] = 30 * time.Second
		})},
		{"workspaces:\n  " + prod + ":\n    cap: $20\n    mask: on\nmask: off\ncap: $1\n", prod,
			with(func(s *app.Settings) { s.Cap = 20 * app.Dollar })},
		{"workspaces:\n  " + prod + ":\n    cap: $20\nkeep: {logs: 1d}\n", "/home/ann/other.db",
			with(func(s *app.Settings) { s.Keep.Age = map[app.Signal]time.Duration{app.Logs: day} })},
		{"workspaces: {" + prod + ": }", prod, app.DefaultSettings()},
	} {
		got, err := Load(write(t, test.text), test.workspace)
		if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", test.text, err, diff)
		}
	}
}

func TestWithoutAFileTheDefaultsHold(t *testing.T) {
	got, err := Load(filepath.Join(t.TempDir(), "none.yaml"), prod)
	if diff := cmp.Diff(app.DefaultSettings(), got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// Each is what a person reads who has made that mistake; FILE is the file's path.
func TestMistakesAreToldByLine(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"# caps\n\ncaps: 5\n", `FILE, line 3: "caps" is not a setting; there are cap, follow, keep, mask, workspaces`},
		{"keep:\n  log: 30d\n",
			`FILE, line 2: "log" in keep is not a setting; there are alarms, logs, metrics, size, traces, trail`},
		{"workspaces:\n  /a.db:\n    size: 3GB\n",
			`FILE, line 3: "size" in /a.db is not a setting; there are cap, follow, keep, mask`},
		{"cap: five", `FILE, line 1: cap: "five" is not an amount a month; write it in US dollars, such as $5, or none`},
		{"cap: -5", `FILE, line 1: cap: "-5" is not an amount a month; write it in US dollars, such as $5, or none`},
		{"cap: nan", `FILE, line 1: cap: "nan" is not an amount a month; write it in US dollars, such as $5, or none`},
		{"cap:\nmask: on", `FILE, line 1: cap has no value; give one or take the line out`},
		{"cap: [5]", `FILE, line 1: cap is one value`},
		{"keep:\n  size: big\n",
			`FILE, line 2: keep: size: "big" is not a size; write it with its unit, such as 2GB, or any`},
		{"keep:\n  size: 2\n",
			`FILE, line 2: keep: size: "2" is too small for a cache; 16MiB is the least, or any for no bound`},
		{"keep:\n  logs: 30\n",
			`FILE, line 2: keep: logs: "30" is not a length of time such as 90s, 15m, 24h or 30d; write an age, such ` +
				`as 30d, or forever`},
		{"keep:\n  logs: 5m\n",
			`FILE, line 2: keep: logs: "5m" is too short, 1h is the least; write an age, such as 30d, or forever`},
		{"keep:\n  logs: 99999999w\n",
			`FILE, line 2: keep: logs: "99999999w" is too long: a length of time is at most 292 years; write an age, ` +
				`such as 30d, or forever`},
		{"keep:\n  logs: 36501d\n",
			`FILE, line 2: keep: logs: "36501d" is too long, ` +
				`36500d is the most; write an age, such as 30d, or forever`},
		{"cap: 1000000.01", `FILE, line 1: cap: "1000000.01" is not an amount a month; write it in US dollars, such ` +
			`as $5, or none`},
		{"follow:\n  logs: 1s\n",
			`FILE, line 2: follow: logs: "1s" is too short, 10s is the least; write how often, such as 1m, or never`},
		{"follow: 1m", `FILE, line 1: follow is a list of names with values, such as "cap: $5" or "logs: 30d"`},
		{"mask: maybe", `FILE, line 1: mask: "maybe" is neither on nor off; to leave rules out, write mask: {skip: ` +
			`[card]}`},
		{"mask: {skip: card}", `FILE, line 1: mask: skip is a list of rules, such as [card]`},
		{"mask:\n  skip: [card, cards]",
			`FILE, line 2: mask: skip: "cards" is no rule; there are aws-key, bearer, jwt, url-password, password, ` +
				`card, private-key, vendor-token`},
		{"cap: 5\ncap: 6\n", `FILE, line 2: this is not YAML: mapping key "cap" already defined at [1:1]`},
		{"keep:\n !0 #00", `FILE, line 2: keep is a list of names with values, such as "cap: $5" or "logs: 30d"`},
		{"just words", `FILE, line 1: the file is a list of names with values, such as "cap: $5" or "logs: 30d"`},
		{"keep:\n  logs:\n", `FILE, line 2: keep: logs has no value; give one or take the line out`},
		{"mask:\n  skip:\n", `FILE, line 2: mask: skip has no value; give one or take the line out`},
		{"mask: {skip: [card, ~]}", `FILE, line 1: a rule in mask: skip has no value; give one or take it out`},
		{"mask:\n  leave: [card]\n", `FILE, line 2: "leave" in mask is not a setting; there are skip`},
		{"workspaces:\n  /a.db:\n    keep: {logs: 30}\n",
			`FILE, line 3: keep: logs: "30" is not a length of time such as 90s, 15m, 24h or 30d; write an age, such ` +
				`as 30d, or forever`},
		{"workspaces:\n  /a.db: 5\n",
			`FILE, line 2: /a.db is a list of names with values, such as "cap: $5" or "logs: 30d"`},
		{"cap: 5\n<<: {mask: off}\n", `FILE, line 2: << is not known here: write the values out`},
		{"keep:\n  logs: &a 30d\n  traces: *a\n", `FILE, line 2: & and * are not known here: write the values out`},
		{"cap: 5\n---\ncap: 6\n", `FILE, line 3: a second document begins; the settings are one`},
		{"cap: 5\n\tkeep: 6\n", "FILE, line 2: this is not YAML: found character '\t' that cannot start any token"},
	} {
		path := write(t, test.text)
		set, err := Load(path, prod)
		if diff := cmp.Diff(app.Settings{}, set); diff != "" { // which lets nothing through that costs
			t.Errorf("%q: %s", test.text, diff)
		}
		var known *app.Error
		if !errors.As(err, &known) || known.Kind != app.Malformed || known.Op != "settings" {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got := strings.ReplaceAll(known.Err.Error(), path, "FILE"); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, got, test.want)
		}
		if err := Save(path, prod, app.DefaultSettings()); err == nil {
			t.Errorf("%q was written over", test.text)
		}
		if kept, err := os.ReadFile(path); err != nil || string(kept) != test.text {
			t.Errorf("%q is %q afterwards, %v", test.text, kept, err)
		}
	}
}

func TestEverySignalIsInTheFile(t *testing.T) {
	signals := slices.Sorted(slices.Values(app.Signals))
	var all bySignal[int]
	if got := slices.Sorted(maps.Keys(all.all())); !slices.Equal(got, signals) {
		t.Errorf("%v, want %v", got, signals)
	}
	for i, name := range fieldNames(reflect.TypeFor[bySignal[int]]()) {
		if name != string(signals[i]) {
			t.Errorf("%s, want %s", name, signals[i])
		}
	}
}

func TestAFolderIsNoFile(t *testing.T) {
	if _, err := Load(t.TempDir(), ""); app.KindOf(err) != app.Malformed {
		t.Error(err)
	}
}

func TestHomeIsUnderstood(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	path := write(t, "workspaces:\n  ~/prod.db: {cap: $7}\n")
	got, err := Load(path, filepath.Join(home, "prod.db"))
	if err != nil || got.Cap != 7*app.Dollar {
		t.Error(got.Cap, err)
	}
}

func TestListSaysWhereFrom(t *testing.T) {
	f, err := Read(write(t, "cap: $1\nkeep:\n  logs: 4w\nworkspaces:\n  "+prod+
		":\n    cap: 2.50\n    follow: {trail: never}\n"), prod)
	if err != nil {
		t.Fatal(err)
	}
	want := []Setting{
		{"cap", "$2.5", "line 6"}, {"keep size", "2GB", "default"}, {"keep alarms", "forever", "default"},
		{"keep metrics", "forever", "default"}, {"keep logs", "28d", "line 3"}, {"keep traces", "forever", "default"},
		{"keep trail", "forever", "default"}, {"mask", "on", "default"}, {"follow alarms", "1m", "default"},
		{"follow metrics", "5m", "default"}, {"follow logs", "1m", "default"}, {"follow traces", "2m", "default"},
		{"follow trail", "never", "line 7"},
	}
	if diff := cmp.Diff(want, f.List()); diff != "" {
		t.Error(diff)
	}
}

func TestPath(t *testing.T) {
	t.Setenv(Variable, "")
	t.Setenv("XDG_CONFIG_HOME", "/config")
	if got, err := Path(); runtime.GOOS == "linux" && (err != nil || got != "/config/nephograph/settings.yaml") {
		t.Error(got, err)
	}
	chosen := filepath.Join(t.TempDir(), "mine.yaml")
	t.Setenv(Variable, chosen)
	if got, err := Path(); err != nil || got != chosen {
		t.Error(got, err)
	}
}

// genSettings draws settings that the file can say.
func genSettings(t *rapid.T) app.Settings {
	s := app.Settings{Follow: map[app.Signal]time.Duration{}}
	s.Cap = app.Money(rapid.Int64Range(-1, int64(maxCap)/1_000_000).Draw(t, "cap"))
	if s.Cap > 0 {
		s.Cap *= 1_000_000 // a tenth of a cent
	}
	s.Keep.Size = rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(minSize, 1<<50)).Draw(t, "size")
	for _, signal := range app.Signals {
		if rapid.Bool().Draw(t, "kept for a time") {
			if s.Keep.Age == nil {
				s.Keep.Age = map[app.Signal]time.Duration{}
			}
			s.Keep.Age[signal] = time.Duration(
				rapid.Int64Range(int64(minAge/time.Second), int64(maxAge/time.Second)).Draw(t, "age")) * time.Second
		}
		if rapid.Bool().Draw(t, "followed") {
			s.Follow[signal] = time.Duration(rapid.Int64Range(int64(minInterval/time.Second),
				int64(maxInterval/time.Second)).Draw(t, "every")) * time.Second
		}
	}
	if s.Mask.Off = rapid.Bool().Draw(t, "off"); !s.Mask.Off {
		s.Mask.Skip = rapid.SampledFrom([][]string{nil, {"card"}, {"card", "jwt"}}).Draw(t, "skip")
	}
	return s
}

func TestSavedIsLoaded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "settings.yaml")
	rapid.Check(t, func(t *rapid.T) {
		want := genSettings(t)
		workspace := rapid.SampledFrom([]string{"", prod, "/a b: c#.db"}).Draw(t, "workspace")
		if err := Save(path, workspace, want); err != nil {
			t.Fatal(err)
		}
		got, err := Load(path, workspace)
		if err != nil || !same(got, want) {
			t.Fatalf("%v\n%s", err, cmp.Diff(want, got, cmpopts.EquateEmpty()))
		}
		info, err := os.Stat(path)
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Fatal(info.Mode(), err)
		}
		if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".settings-*")); len(left) > 0 || err != nil {
			t.Fatal(left, err)
		}
	})
}

func TestSaveLeavesTheRest(t *testing.T) {
	path := write(t, `# Ann's settings
cap: $5 # talk to Ben before raising it
workspaces:
  # the shop
  /home/ann/shop.db:
    cap: $40
`)
	if err := Save(path, prod, with(func(s *app.Settings) { s.Cap = 9 * app.Dollar })); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Ann's settings", "cap: $5 # talk to Ben before raising it", "# the shop",
		"cap: $40", "cap: $9"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is gone:\n%s", want, text)
		}
	}
	for workspace, want := range map[string]app.Money{"": 5, "/home/ann/shop.db": 40, prod: 9} {
		if got, err := Load(path, workspace); err != nil || got.Cap != want*app.Dollar {
			t.Errorf("%s: %v, %v", workspace, got.Cap, err)
		}
	}
}

func oneLine(t *testing.T, err error) {
	t.Helper()
	if text := err.Error(); strings.Contains(text, "\n") || !strings.Contains(text, "settings.yaml") {
		t.Errorf("%q", text)
	}
}

// FuzzParse: whatever stands in the file, it is either wrong by a sentence of one line, or it can be saved and loaded,
// or saving leaves it as it is.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"cap: $5\nkeep: {size: 2GB, logs: 30d}\nmask: {skip: [card]}\nfollow:\n  logs: 1m\n",
		"workspaces:\n  /a.db:\n    cap: 1\n", "a: &x 1\nb: *x", "<<: {cap: 1}", "? [a]\n: b", "~", "---\n...\n",
		"cap: !!str 5", "cap: |\n  5\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		found, err := parse(text, "settings.yaml", prod)
		if err != nil {
			oneLine(t, err)
			return
		}
		path := write(t, string(text))
		if err := Save(path, prod, found.Settings); err != nil {
			oneLine(t, err)
			if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, text) {
				t.Errorf("%q became %q, %v", text, kept, err)
			}
			return
		}
		if again, err := Load(path, prod); err != nil || !same(again, found.Settings) {
			t.Errorf("%q: %v\n%s", text, err, cmp.Diff(found.Settings, again))
		}
	})
}

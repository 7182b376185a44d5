package settings

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/nephograph/nephograph/app"
)

// parse reads the text of the file at path. All workspaces are read, also those that are not asked for: a mistake is
// easier to correct on the day on which it is made.
func parse(text []byte, path, workspace string) (found Found, err error) {
	defer recoverYAML(path, &err)
	f, err := decode(text)
	if err != nil {
		return Found{}, inFile(path, err)
	}
	found = Found{Settings: app.DefaultSettings(), Path: path, lines: map[string]int{}}
	found.apply(f.All)
	for name, s := range f.Workspaces {
		if workspace != "" && workspacePath(name) == workspacePath(workspace) {
			found.apply(s)
		}
	}
	return found, nil
}

// decode reads the one document of a file.
func decode(text []byte) (f file, err error) {
	parsed, err := parser.ParseBytes(text, 0)
	if err != nil {
		return f, err
	}
	var bodies []ast.Node
	for _, d := range parsed.Docs {
		if d.Body != nil && d.Body.Type() != ast.NullType && d.Body.Type() != ast.CommentType {
			bodies = append(bodies, d.Body)
		}
	}
	switch len(bodies) {
	case 0:
		return f, nil
	case 1:
		return f, decodeFields(bodies[0], "", &f)
	}
	return f, faultAt(bodies[1].GetToken(), "a second document begins; the settings are one")
}

// apply takes over what a section sets.
func (f *Found) apply(s section) {
	set(f, "cap", s.Cap.setting, &f.Cap)
	set(f, "keep size", s.Keep.Size.setting, &f.Keep.Size)
	set(f, "mask", s.Mask.setting, &f.Mask)
	for signal, age := range s.Keep.Ages.all() {
		var kept time.Duration
		if set(f, "keep "+string(signal), age.setting, &kept) {
			if f.Keep.Age == nil {
				f.Keep.Age = map[app.Signal]time.Duration{}
			}
			f.Keep.Age[signal] = kept
		}
	}
	for signal, interval := range s.Follow.Intervals.all() {
		var every time.Duration
		switch named := set(f, "follow "+string(signal), interval.setting, &every); {
		case named && every == 0:
			delete(f.Follow, signal)
		case named:
			f.Follow[signal] = every
		}
	}
}

// set takes over a value that the file names, and where; it reports whether there is one.
func set[T any](f *Found, name string, v setting[T], into *T) bool {
	if v.line == 0 {
		return false
	}
	*into, f.lines[name] = v.value, v.line
	return true
}

// workspacePath returns a cache file's path in the form that is compared; ~ is the user's home.
func workspacePath(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + rest
		}
	}
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return filepath.Clean(path)
}

// Package settings keeps what a person has set in one YAML file, which they may also write by hand:
//
//	cap: $5                    # of paid calls in a month; none for no cap
//	keep:
//	  size: 2GB                # of the cache file; any for no bound
//	  logs: 30d                # a signal that is not named stays for ever
//	mask:
//	  skip: [card]             # or mask: off
//	follow:
//	  traces: never
//	  logs: 30s
//	workspaces:                # what differs for one cache file
//	  /home/ann/prod.db:
//	    cap: $20
//
// What the file does not name is as in app.DefaultSettings; without a file, all is. A file that is wrong in any place
// counts for nothing: the error says where, and nobody guesses at half of a cap.
package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/nephograph/nephograph/app"
)

// Variable names the environment variable that chooses another file.
const Variable = "NEPHOGRAPH_SETTINGS"

// Path returns the file: what Variable names, else nephograph/settings.yaml in the user's folder for configuration
// (os.UserConfigDir).
func Path() (string, error) {
	if path := os.Getenv(Variable); path != "" {
		return filepath.Abs(path)
	}
	folder, err := os.UserConfigDir()
	if err != nil {
		return "", settingsError(fmt.Errorf("there is no folder for the settings: choose a file with %s (%w)", Variable,
			err))
	}
	return filepath.Join(folder, "nephograph", "settings.yaml"), nil
}

// Load returns what holds for a workspace, which is named by the path of its cache file. An error is an app.Error of
// Kind Malformed and Op "settings", whose text names the file and the line and what to do; the settings are then the
// zero value, which lets nothing through that costs, forgets nothing and masks everything.
func Load(path, workspace string) (app.Settings, error) {
	f, err := Read(path, workspace)
	return f.Settings, err
}

// Found is what holds for a workspace, and where that is said.
type Found struct {
	app.Settings
	Path string // of the file, which need not be there
	// lines has the line of the file that names a value, by its name as List has it.
	lines map[string]int
}

// Read is Load that remembers where each value comes from.
func Read(path, workspace string) (Found, error) {
	text, err := read(path)
	if err != nil {
		return Found{}, err
	}
	return parse(text, path, workspace)
}

// maxFileSize is how long a settings file may be: a thousand workspaces need less.
const maxFileSize = 1 << 20

// read returns the text of the file, nothing if there is none.
func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && info.Size() > maxFileSize:
		return nil, settingsError(fmt.Errorf("%s is no settings file: it is larger than 1 MiB", path))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, settingsError(fmt.Errorf("the settings cannot be read: %w", err))
	}
	return text, nil
}

// settingsError marks an error as one of the settings.
func settingsError(err error) error { return &app.Error{Kind: app.Malformed, Op: "settings", Err: err} }

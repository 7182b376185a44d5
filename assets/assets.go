// Package assets holds what ships inside the program: the icon, what is known of AWS's metrics (presets), what AWS
// bills for calls (prices) and how often it lets them be made (quotas), and the stories that the simulator tells
// (scenarios).
package assets

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/nephograph/nephograph/app"
)

// Icon is the application's icon, a PNG of 512 by 512 pixels, drawn from icon.svg.
//
//go:embed icon.png
var Icon []byte

//go:embed presets/*.yaml prices/*.yaml quotas/*.yaml scenarios/*.yaml
var files embed.FS

// Presets returns what is known of the metrics of AWS services, one file a namespace, in the order of their file names.
func Presets() (app.Presets, error) {
	paths, err := fs.Glob(files, "presets/*.yaml")
	if err != nil {
		return nil, err
	}
	presets := make(app.Presets, len(paths))
	for i, path := range paths {
		text, err := files.ReadFile(path)
		if err != nil {
			return nil, err
		}
		strict := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
		if err := strict.Decode(&presets[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return presets, nil
}

// Scenario returns the YAML of the story of that name.
func Scenario(name string) ([]byte, error) {
	text, err := files.ReadFile("scenarios/" + name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("there is no scenario %q; there are: %s", name, strings.Join(Scenarios(), ", "))
	}
	return text, nil
}

// Scenarios returns the names of the stories.
func Scenarios() []string {
	paths, _ := fs.Glob(files, "scenarios/*.yaml") // the pattern is constant, so it cannot be malformed
	for i, path := range paths {
		paths[i] = strings.TrimSuffix(strings.TrimPrefix(path, "scenarios/"), ".yaml")
	}
	return paths
}

package terminal

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Deps is everything that the commands need from the rest of the program.
type Deps struct {
	Build   Build
	Now     func() time.Time
	Zone    *time.Location      // of this machine
	Env     func(string) string // os.Getenv
	Presets app.Presets
	Prices  app.PriceList
	// CacheExists reports whether there is a cache file at path, or the default one for "". It makes none.
	CacheExists func(path string) (bool, error)
	// OpenCache opens the cache file at path, or the default one for "", and makes it where there is none. The caller
	// closes it.
	OpenCache func(ctx context.Context, path string) (*Store, error)
	// RenewCache sets aside a cache file at path, or the default one for "", that is too damaged to be opened, and
	// begins a new one. It returns under which name the old one is kept, "" if another program was quicker.
	RenewCache func(ctx context.Context, path string) (aside string, err error)
	// SetCacheAside gives the cache file at path, or the default one for "", another name, and returns it.
	SetCacheAside func(path string) (aside string, err error)
	// Settings returns what holds for the cache file at path, or the default one for "".
	Settings func(path string) (Settings, error)
	// SettingsFile returns where the settings are, whether or not there is such a file.
	SettingsFile func() (string, error)
	// Simulator makes up the world of a scenario.
	Simulator func(Simulation) (Simulator, error)
	// Window shows the window until it is closed, or for as long as it takes to visit every screen.
	Window func(context.Context, WindowOptions, Streams) error
	// Open shows the window on a bundle or a cache file, which is only read.
	Open func(context.Context, OpenOptions, Streams) error
	// Demo shows the window on a simulated account.
	Demo func(context.Context, DemoOptions, Streams) error
}

// Build says which program this is.
type Build struct {
	Version string `json:"version"` // v0.1.0-3-gabcdef0, or dev for a plain go build
	Commit  string `json:"commit"`
	Go      string `json:"go"`
}

// Places says which accounts and Regions a command is for: every profile in every Region. Empty means what the
// environment says, else what the cache holds, else the default of the AWS configuration.
type Places struct{ Profiles, Regions []string }

// PlacesOf returns the profiles of scopes and their Regions; scopes without a profile count for nothing.
func PlacesOf(scopes []app.Scope) Places {
	var p Places
	for _, s := range scopes {
		if s.Profile == "" {
			continue
		}
		if !slices.Contains(p.Profiles, s.Profile) {
			p.Profiles = append(p.Profiles, s.Profile)
		}
		if !slices.Contains(p.Regions, s.Region) {
			p.Regions = append(p.Regions, s.Region)
		}
	}
	return p
}

// WindowOptions is how to open the window.
type WindowOptions struct {
	Cache  string // file; "" is the default one
	Places Places
	Visit  string // folder: visit every screen, write a picture of each there, and end; "" for a person to look
}

// DemoOptions is how to show the demo.
type DemoOptions struct {
	Scenario string // name of a file in assets/scenarios
	Cache    string // file; "" is a new one in a temporary folder
	Visit    string // folder: visit every screen, write a picture of each there, and end; "" for a person to look
	Seed     uint64
	Scale    float64
}

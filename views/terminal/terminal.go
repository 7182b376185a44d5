// Package terminal is what a person sees without a window: the commands, and what they print - tables for people, JSON
// for programs. Commands that read, read the cache alone and so work without a network.
//
// Everything that is not text comes in as functions (Deps); the package knows neither SQL nor AWS nor the window.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
)

// The exit codes. A question that finds nothing is answered: it exits with ExitOK.
const (
	ExitOK          = 0
	ExitFailed      = 1   // it was tried and did not work, or worked in part only
	ExitUsage       = 2   // the command line is wrong; nothing was tried
	ExitInterrupted = 130 // Ctrl-C, as a shell reports it: 128 + SIGINT
)

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Deps is everything that the commands need from the rest of the program.
type Deps struct {
	Build   Build
	Now     func() time.Time
	Zone    *time.Location      // of this machine
	Env     func(string) string // os.Getenv
	Presets app.Presets
	Prices  app.PriceList
	// Cached reports whether there is a cache file at path, or the default one for "". It makes none.
	Cached func(path string) (bool, error)
	// Open opens the cache file at path, or the default one for "", and makes it where there is none. The caller closes it.
	Open func(ctx context.Context, path string) (*Store, error)
	// Renew sets aside a cache file at path, or the default one for "", that is too damaged to be opened, and begins a new
	// one. It returns under which name the old one is kept, "" if another program was quicker.
	Renew func(ctx context.Context, path string) (aside string, err error)
	// SetAside gives the cache file at path, or the default one for "", another name, and returns it.
	SetAside func(path string) (aside string, err error)
	// Settings returns what holds for the cache file at path, or the default one for "".
	Settings func(path string) (Settings, error)
	// SettingsFile returns where the settings are, whether or not there is such a file.
	SettingsFile func() (string, error)
	// Simulator makes up the world of a scenario.
	Simulator func(Simulation) (Simulator, error)
	// Window shows the window until it is closed, or for as long as it takes to visit every screen.
	Window func(context.Context, WindowWish, Streams) error
	// Demo shows the window on a simulated account.
	Demo func(context.Context, DemoWish, Streams) error
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

// WindowWish is how to open the window.
type WindowWish struct {
	Cache  string // file; "" is the default one
	Places Places
	Visit  string // folder: visit every screen, write a picture of each there, and end; "" for a person to look
}

// DemoWish is how to show the demo.
type DemoWish struct {
	Cache string // file; "" is a new one in a temporary folder
	Visit string // folder: visit every screen, write a picture of each there, and end; "" for a person to look
	Seed  uint64
	Scale float64
}

// Store is an open cache and what fills it.
type Store struct {
	Cache
	// Settings are what is set for this cache. If they cannot be read they are the zero value, which lets no paid call
	// through and forgets nothing, and Connect says what is wrong.
	Settings app.Settings
	// Connect returns the places that are meant. It asks AWS nothing: that a place cannot be reached tells who pulls it.
	Connect func(context.Context, Places) ([]*pull.Place, error)
	// Pull plans and runs.
	Pull Puller
	// Hear sets who is told that AWS slows a call down, on any goroutine, and nobody for nil; it may be nil itself.
	Hear func(func(app.Slowdown))
	// Keeper looks after the file; nil where there is none.
	Keeper Keeper
}

// Cache is what the commands read; cache.DB is one.
type Cache interface {
	Scopes(context.Context) ([]app.Scope, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
	AlarmHistory(context.Context, app.AlarmQuery) ([]app.AlarmHistoryItem, error)
	Metrics(context.Context, app.Scope) ([]app.Metric, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
	LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error]
	SearchLogs(context.Context, app.LogQuery) (app.LogResult, error)
	LogVolume(context.Context, app.LogQuery, time.Duration) ([]app.LogCount, error)
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Freshness(context.Context) ([]app.Freshness, error)
	Requests(context.Context, app.Range, int) ([]app.Request, error)
	Spend(context.Context, app.Range) (app.Spend, error)
	SpendByDay(context.Context, app.Range) ([]app.SpendLine, error)
	SpendByCall(context.Context, app.Range) ([]app.SpendLine, error)
	SpendByScope(context.Context, app.Range) ([]app.SpendLine, error)
	Flush(context.Context) error
	Check(context.Context) error
	Close() error
}

// errUsage marks what is wrong with the command line.
var errUsage = errors.New("usage")

// errTold marks a failure that the command has already told of.
var errTold = errors.New("told")

// Run runs one command line without the program's name and returns the exit code.
func Run(ctx context.Context, args []string, s Streams, d Deps) int {
	c := &console{Streams: s, deps: d}
	root := c.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.Err, "nephograph: interrupted.")
		return ExitInterrupted
	case errors.Is(err, errTold):
		return ExitFailed
	case errors.Is(err, errUsage) || !c.started: // cobra's own errors come before a command starts
		fmt.Fprintf(s.Err, "nephograph: %s Run %s --help to see what there is.\n", usageText(err), cmd.CommandPath())
		return ExitUsage
	}
	c.complain(err)
	return ExitFailed
}

// complain tells of an error on the error stream: one sentence, and what to do.
func (c *console) complain(err error) {
	tell := explain.Explain
	if c.alone {
		tell = explain.Plainly
	}
	sentence, remedy := tell(err)
	fmt.Fprintf(c.Err, "nephograph: %s\n", strings.TrimSpace(sentence+" "+remedy))
}

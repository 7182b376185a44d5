// Nephograph is a desktop console for AWS. This file builds every part and hands each what it needs; it is the only one
// that knows them all.
package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"github.com/aws/aws-sdk-go-v2/aws"
	awscloudtrail "github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	awscloudwatch "github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	awslogs "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	awstagging "github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	awsxray "github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/go-gl/glfw/v3.4/glfw"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/cache/settings"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/cloudtrail"
	"github.com/nephograph/nephograph/providers/cloudwatch"
	"github.com/nephograph/nephograph/providers/cloudwatchlogs"
	"github.com/nephograph/nephograph/providers/resources"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/providers/sts"
	"github.com/nephograph/nephograph/providers/xray"
	"github.com/nephograph/nephograph/views/explain"
	_ "github.com/nephograph/nephograph/views/locale" // before Fyne asks
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/terminal"
	"github.com/nephograph/nephograph/views/window"
)

// make sets these with -ldflags -X; a plain go build leaves them to what the go command stamps.
var (
	version = ""
	commit  = ""
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	os.Exit(run(ctx, os.Args[1:], terminal.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, args []string, s terminal.Streams) int {
	w, err := newWiring()
	if err != nil {
		panic(err) // what it reads is embedded, and tests read it
	}
	return terminal.Run(ctx, args, s, w.deps())
}

func newWiring() (*wiring, error) {
	presets, wrongPresets := assets.Presets()
	prices, wrongPrices := assets.Prices()
	quotas, wrongQuotas := assets.Quotas()
	return &wiring{
		presets: presets, prices: prices, limits: providers.NewLimits(quotas),
		build: terminal.Build{Version: versionOf(debug.ReadBuildInfo()), Commit: commitOf(debug.ReadBuildInfo()),
			Go: runtime.Version()},
	}, errors.Join(wrongPresets, wrongPrices, wrongQuotas)
}

// versionOf returns the version that make or the go command has noted: a tag, or a pseudo-version of a commit.
func versionOf(info *debug.BuildInfo, ok bool) string {
	if version == "" && ok && info.Main.Version != "(devel)" {
		return cmp.Or(info.Main.Version, "dev")
	}
	return cmp.Or(version, "dev")
}

// pseudoCommit finds the commit in a pseudo-version: v0.0.0-20260301120000-0123456789ab+dirty.
var pseudoCommit = regexp.MustCompile(`[-.]\d{14}-([0-9a-f]{12})(?:\+|$)`)

// commitOf returns the commit that make or the go command has noted; what go install fetched has it in its version.
func commitOf(info *debug.BuildInfo, ok bool) string {
	if commit == "" && ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
		if m := pseudoCommit.FindStringSubmatch(info.Main.Version); m != nil {
			return m[1]
		}
	}
	return cmp.Or(commit, "unknown")
}

// wiring is what all parts share.
type wiring struct {
	presets app.Presets
	prices  app.PriceList
	limits  *providers.Limits // of all pulls of this process
	build   terminal.Build
}

func (w *wiring) deps() terminal.Deps {
	return terminal.Deps{
		Build: w.build, Now: time.Now, Zone: time.Local, Env: os.Getenv, Presets: w.presets, Prices: w.prices,
		CacheExists: cached, OpenCache: w.open, RenewCache: renew, SetCacheAside: setAside, Settings: settingsOf,
		SettingsFile: settings.Path, Simulator: w.simulator, Window: w.window, Demo: w.demo,
	}
}

// open opens the cache at path, or the user's own, and ties to it what fills it.
func (w *wiring) open(ctx context.Context, path string) (*terminal.Store, error) {
	db, err := openCache(ctx, path)
	if err != nil {
		return nil, err
	}
	return w.store(db), nil
}

func openCache(ctx context.Context, path string) (*cache.DB, error) {
	path, err := cacheFile(path)
	if err != nil {
		return nil, err
	}
	return cache.Open(ctx, path)
}

// cacheFile returns path, or the user's own cache file for "".
func cacheFile(path string) (string, error) {
	if path == "" {
		return cache.Path()
	}
	return path, nil
}

// cached reports whether there is a cache file at path, or the user's own. What else may be wrong with it, opening
// tells.
func cached(path string) (bool, error) {
	path, err := cacheFile(path)
	if err != nil {
		return false, err
	}
	_, err = os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist), nil
}

func (w *wiring) store(db *cache.DB) *terminal.Store {
	set, unclear := load(db.Path()) // none where unclear: nothing may cost, nothing is forgotten, all is masked
	return &terminal.Store{
		Cache:      db,
		Settings:   set.Settings,
		Pull:       w.engine(db, set.Settings),
		CacheFile:  db,
		OnSlowdown: w.limits.Hear,
		Connect: func(ctx context.Context, at terminal.Places) ([]*pull.Place, error) {
			if unclear != nil {
				return nil, unclear // what is still shown costs nothing, and nothing is kept unmasked
			}
			return w.places(ctx, db, at)
		},
	}
}

// engine fills the cache as the settings say.
func (w *wiring) engine(db *cache.DB, set app.Settings) *pull.Engine {
	return pull.New(pull.Config{
		Cache: pull.Masked(db, mask.New(set.Mask)), Presets: w.presets, Price: w.prices.Price, Now: time.Now,
		MonthCap: func() app.Money { return set.Cap },
		NotKept: func(ctx context.Context, s app.Scope, signal app.Signal) ([]app.Range, error) {
			return db.Forgotten(ctx, set.Keep, time.Now(), s, signal)
		},
		Prune: func(ctx context.Context) error {
			_, err := db.Prune(ctx, set.Keep, time.Now())
			return err
		},
	})
}

// renew sets aside a cache file that is too damaged to be opened, and begins a new one.
func renew(ctx context.Context, path string) (aside string, err error) {
	path, err = cacheFile(path)
	if err != nil {
		return "", err
	}
	db, aside, err := cache.OpenOrBegin(ctx, path, time.Now())
	if err != nil {
		return aside, err
	}
	return aside, db.Close()
}

// setAside gives the cache file another name.
func setAside(path string) (aside string, err error) {
	path, err = cacheFile(path)
	if err != nil {
		return "", err
	}
	return cache.SetAside(path, time.Now())
}

// load reads what is set for a cache file.
func load(path string) (settings.Found, error) {
	file, err := settings.Path()
	if err != nil {
		return settings.Found{}, err
	}
	return settings.Read(file, path)
}

// settingsOf returns what is set for the cache file at path, or the user's own, for a person to read.
func settingsOf(path string) (terminal.Settings, error) {
	path, err := cacheFile(path)
	if err != nil {
		return terminal.Settings{}, err
	}
	found, err := load(path)
	said := terminal.Settings{File: found.Path}
	for _, s := range found.List() {
		said.Values = append(said.Values, terminal.Setting(s))
	}
	return said, err
}

// places returns every profile in every Region, each to be reached when its turn comes. Where neither the command nor
// the environment names a place, those that the cache holds under a profile are meant: a person who pulled them once
// wants them kept up.
func (w *wiring) places(ctx context.Context, db *cache.DB, at terminal.Places) ([]*pull.Place, error) {
	held, err := db.Scopes(ctx)
	if err != nil {
		return nil, err
	}
	var places []*pull.Place
	add := func(s app.Scope) {
		places = append(places, pull.NewPlace(s,
			func(ctx context.Context) (pull.Sources, error) { return w.reach(ctx, db, s) }))
	}
	if len(at.Profiles)+len(at.Regions) == 0 &&
		os.Getenv("AWS_PROFILE")+os.Getenv("AWS_REGION")+os.Getenv("AWS_ACCESS_KEY_ID") == "" {
		for _, s := range held {
			if s.Profile != "" {
				add(s)
			}
		}
		if len(places) > 0 {
			return places, nil
		}
	}
	for _, profile := range orDefault(at.Profiles) {
		for _, region := range orDefault(at.Regions) {
			add(known(held, profile, cmp.Or(region, os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION"))))
		}
	}
	return places, nil
}

// known returns the scope of a profile in a Region, with its account if the cache has it.
func known(held []app.Scope, profile, region string) app.Scope {
	for _, s := range held {
		if s.Profile == profile && s.Region == region && profile != "" {
			return s
		}
	}
	return app.Scope{Region: region, Profile: profile}
}

// orDefault returns names, or the one empty name that stands for what the AWS configuration says.
func orDefault(names []string) []string {
	if len(names) == 0 {
		return []string{""}
	}
	return names
}

// reach asks AWS who the caller is in a place, in its own Region so that no place depends on another, and makes its
// sources. Every request to them goes into the cache's ledger.
func (w *wiring) reach(ctx context.Context, db *cache.DB, at app.Scope) (pull.Sources, error) {
	cfg, err := providers.Connect(ctx, providers.Profile{Name: at.Profile, Region: at.Region}, providers.Options{
		Record: db.Record, Version: w.build.Version, Limits: w.limits, Price: w.prices.Price,
	})
	if err != nil {
		return pull.Sources{}, err
	}
	who, err := sts.New(cfg).Who(ctx)
	if err != nil {
		return pull.Sources{}, err
	}
	if err := db.ForgetFuture(ctx, time.Now()); err != nil { // AWS has answered, so the clock is right
		return pull.Sources{}, err
	}
	scope := app.Scope{Account: who.Account, Region: cfg.Region, Profile: at.Profile}
	from := sources(cfg, scope)
	from.Who = who
	return from, db.KeepScope(ctx, scope, who)
}

// sources makes everything that one place can be asked.
func sources(cfg aws.Config, scope app.Scope) pull.Sources {
	watch := cloudwatch.New(awscloudwatch.NewFromConfig(cfg), scope)
	logs := cloudwatchlogs.New(awslogs.NewFromConfig(cfg), scope)
	traces := xray.New(awsxray.NewFromConfig(cfg), scope)
	return pull.Sources{
		Scope: scope, Metrics: watch.Metrics, Series: watch.Series, Alarms: watch.Alarms,
		AlarmHistory: watch.AlarmHistory, Contributors: watch.AlarmContributors,
		MuteRules: watch.MuteRules, MuteRule: watch.MuteRule, Detectors: watch.AnomalyDetectors,
		LogGroups: logs.LogGroups, LogEvents: logs.LogEvents,
		TraceSummaries: traces.TraceSummaries, Traces: traces.Traces, ServiceGraph: traces.ServiceGraph,
		Trail: cloudtrail.New(awscloudtrail.NewFromConfig(cfg), scope).Trail,
		Tags:  resources.New(awstagging.NewFromConfig(cfg)).Tags,
	}
}

// simulator makes up the world of a scenario and a server over it.
func (w *wiring) simulator(s terminal.Simulation) (terminal.Simulator, error) {
	text, err := assets.Scenario(s.Scenario)
	if err != nil {
		return terminal.Simulator{}, err
	}
	scenario, err := world.ParseScenario(text)
	if err != nil {
		return terminal.Simulator{}, err
	}
	made, err := world.Make(scenario, world.Options{Seed: s.Seed, Anchor: s.At, Scale: s.Scale})
	if err != nil {
		return terminal.Simulator{}, err
	}
	server := simulator.New(made, simulator.Options{Presets: w.presets, Faults: simulator.Faults(s.Faults)})
	scopes := make([]app.Scope, len(made.Places))
	for i, p := range made.Places {
		scopes[i] = p.Scope
	}
	return terminal.Simulator{
		Range: made.Range, Places: terminal.PlacesOf(scopes),
		Truth:     func(r app.Range) any { return made.Truth(w.presets, r) },
		AWSConfig: server.AWSConfig, Start: server.Start,
	}, nil
}

// demo pulls a made-up day through the real providers and opens the window on it, on a virtual display if there is no
// other.
func (w *wiring) demo(ctx context.Context, wish terminal.DemoOptions, s terminal.Streams) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	folder, err := os.MkdirTemp("", "nephograph-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if window.NoDisplay() {
		wish.Visit = cmp.Or(wish.Visit, "out")
	}
	sim, err := w.simulator(terminal.Simulation{Scenario: "shop", Seed: wish.Seed, At: time.Now().UTC(),
		Scale: wish.Scale})
	if err != nil {
		return err
	}
	url, wait, err := sim.Start(ctx, "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { stop(); _ = wait() }()
	if err := useConfig(folder, sim, url); err != nil {
		return err
	}
	file := cmp.Or(wish.Cache, filepath.Join(folder, "cache.db"))
	pulled := terminal.Run(ctx, []string{"pull", "--cache", file, "--profile", strings.Join(sim.Places.Profiles, ","),
		"--region", strings.Join(sim.Places.Regions, ",")}, s, w.deps())
	if pulled != terminal.ExitOK {
		return errors.Join(ctx.Err(), errors.New("the day of the demo could not be pulled"))
	}
	return w.window(ctx, terminal.WindowOptions{Cache: file, Visit: wish.Visit, Places: sim.Places}, s)
}

// useConfig leads this process to the simulator, and away from all that the user has set for AWS.
func useConfig(folder string, sim terminal.Simulator, url string) error {
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "AWS_") {
			os.Unsetenv(name)
		}
	}
	config, credentials := sim.AWSConfig(url)
	files, err := terminal.WriteAWSConfig(folder, config, credentials)
	return errors.Join(err, os.Setenv("AWS_CONFIG_FILE", files[0]), os.Setenv("AWS_SHARED_CREDENTIALS_FILE", files[1]))
}

// appID is FyneApp.toml's; preferences are kept under it.
const appID = "io.github.nephograph"

// window shows the window on a cache until it is closed. It does not wait for AWS, which may answer late or never.
func (w *wiring) window(ctx context.Context, wish terminal.WindowOptions, s terminal.Streams) error {
	visit, end, err := prepare(wish.Visit, s)
	if err != nil {
		return err
	}
	defer end()
	db, notice, err := openWindowCache(ctx, wish.Cache)
	if err != nil {
		return err
	}
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	fyneapp.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Nephograph", Version: w.build.Version, Icon: icon})
	a := fyneapp.NewWithID(appID)
	a.SetIcon(icon)
	store := w.store(db)
	parts := window.Parts{
		App: a, Reader: db, Presets: w.presets, Puller: store.Pull,
		Connect: func(ctx context.Context) ([]*pull.Place, error) { return store.Connect(ctx, wish.Places) },
		Follow:  store.Settings.Follow,
		Cap:     store.Settings.Cap,
		Keep:    store.Settings.Keep,
		Held:    heldBy(db.Path()),
		Hear:    store.OnSlowdown,
		Notice:  notice,
		About:   shell.About{Version: w.build.Version, Commit: w.build.Commit},
		Screen:  screen,
		Shown:   pressAfterMove,
		Visit:   visit,
	}
	if file, err := settings.Path(); err == nil { // without a folder boards last as long as the window
		boards := settings.BoardsBeside(file)
		parts.Boards, parts.Held.File, parts.Held.Boards = boards, file, boards.Path()
	}
	return errors.Join(window.Show(ctx, parts), db.Close())
}

// heldBy returns what is set for a cache file, for the window to show.
func heldBy(path string) (h window.Held) {
	said, err := settingsOf(path)
	h.Cache, h.File, h.Problem = path, said.File, err
	for _, v := range said.Values {
		h.Values = append(h.Values, window.Value(v))
	}
	return h
}

// openWindowCache opens the cache for the window, which goes on with what there is: a damaged file is set aside, and
// one that may not be written is read. notice says so; it is nil as a rule.
func openWindowCache(ctx context.Context, path string) (db *cache.DB, notice, err error) {
	path, err = cacheFile(path)
	if err != nil {
		return nil, nil, err
	}
	db, aside, err := cache.OpenOrBegin(ctx, path, time.Now())
	if err != nil {
		return nil, nil, err
	}
	if aside != "" {
		return db, &app.Error{Kind: app.Damaged, Op: explain.SetAside, Err: errors.New(aside)}, nil
	}
	return db, db.ReadOnly(), nil
}

// prepare finds a display: a virtual one for a visit, where there is no other. A visit of no folder is none.
func prepare(folder string, s terminal.Streams) (visit *window.Visit, end func(), err error) {
	end = func() {}
	switch {
	case folder == "" && window.NoDisplay():
		return nil, end, errors.New("there is no display to open a window on; DISPLAY and WAYLAND_DISPLAY are empty")
	case folder == "":
		return nil, end, nil
	}
	visit = &window.Visit{Folder: folder, Out: s.Out}
	if window.NoDisplay() {
		if visit.Display, err = window.OpenDisplay(); err != nil {
			return nil, end, err
		}
		end = visit.Display.Close
	}
	visit.Began = time.Now()
	return visit, end, nil
}

// screen returns the part of the primary screen that no panel takes, which Fyne does not tell. It needs a window to
// have been made, which sets GLFW up.
func screen() fyne.Size {
	m := glfw.GetPrimaryMonitor()
	if m == nil {
		return fyne.Size{}
	}
	_, _, w, h := m.GetWorkarea()
	return fyne.NewSize(float32(w), float32(h))
}

// pressAfterMove lets a press, a release or a turn of the wheel wait until Fyne knows where the pointer is. Fyne takes
// up movements once a frame but presses at once, so that a pointer which jumps - a touch screen, a pen, a remote
// desktop - would press where it was before. What is queued here runs after the frame's movements, in the order in
// which it came.
func pressAfterMove(w fyne.Window) {
	within, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		return
	}
	within.RunWithContext(func() {
		view := glfw.GetCurrentContext()
		if view == nil {
			return
		}
		var press glfw.MouseButtonCallback
		press = view.SetMouseButtonCallback(func(v *glfw.Window, b glfw.MouseButton, a glfw.Action,
			m glfw.ModifierKey) {
			fyne.Do(func() { press(v, b, a, m) })
		})
		var turn glfw.ScrollCallback
		turn = view.SetScrollCallback(func(v *glfw.Window, x, y float64) {
			fyne.Do(func() { turn(v, x, y) })
		})
	})
}

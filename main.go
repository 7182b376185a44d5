// Nephograph is a desktop console for AWS. This file builds every part and hands each what it needs; it is the only one
// that knows them all.
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
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
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/app/mask"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/cache/bundle"
	"github.com/nephograph/nephograph/cache/settings"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/cloudtrail"
	"github.com/nephograph/nephograph/providers/cloudwatch"
	"github.com/nephograph/nephograph/providers/cloudwatchlogs"
	"github.com/nephograph/nephograph/providers/keyring"
	"github.com/nephograph/nephograph/providers/resources"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/providers/sts"
	"github.com/nephograph/nephograph/providers/xray"
	"github.com/nephograph/nephograph/views/explain"
	_ "github.com/nephograph/nephograph/views/locale" // before Fyne asks
	"github.com/nephograph/nephograph/views/report"
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
	log.SetOutput(window.WithoutHarmless(os.Stderr))
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
	w.sessions.Ask(terminal.AskMFA(s))
	return terminal.Run(ctx, args, s, w.deps())
}

func newWiring() (*wiring, error) {
	presets, wrongPresets := assets.Presets()
	prices, wrongPrices := assets.Prices()
	quotas, wrongQuotas := assets.Quotas()
	return &wiring{
		presets: presets, prices: prices, limits: providers.NewLimits(quotas), sessions: &providers.Sessions{},
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

	sessions *providers.Sessions // likewise
}

func (w *wiring) deps() terminal.Deps {
	return terminal.Deps{
		Build: w.build, Now: time.Now, Zone: time.Local, Env: os.Getenv, Presets: w.presets, Prices: w.prices,
		CacheExists: cached, OpenCache: w.open, RenewCache: renew, SetCacheAside: setAside, Settings: settingsOf,
		Login: terminal.Login{Find: configuration, SignIn: providers.SignIn, OpenPage: openPage},
		Keys: terminal.KeyStore{
			Names:  func() ([]string, error) { return keyStore().Names() },
			Put:    func(name string, k terminal.Keys) error { return keyStore().Put(name, keyring.Keys(k)) },
			Delete: func(name string) error { return keyStore().Delete(name) },
		},
		SettingsFile: settings.Path, Simulator: w.simulator, Window: w.window, Open: w.openFile, Demo: w.demo,
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
	engine := w.engine(db, set.Settings)
	return &terminal.Store{
		Cache:      db,
		Settings:   set.Settings,
		Pull:       engine,
		Insights:   engine,
		CacheFile:  db,
		Incidents:  w.incidents(db),
		OnSlowdown: w.limits.Hear,
		Connect: func(ctx context.Context, at terminal.Places) ([]*pull.Place, error) {
			if unclear != nil {
				return nil, unclear // what is still shown costs nothing, and nothing is kept unmasked
			}
			return w.places(ctx, db, at)
		},
	}
}

// incidentStore has the incidents beside the settings, with what a cache shows of them.
type incidentStore struct {
	incident.Store
	db      *cache.DB
	program string
}

// incidents returns the incidents of this machine. Without a folder for settings there are none, and Load says why.
func (w *wiring) incidents(db *cache.DB) incidentStore {
	file, _ := settings.Path() // the settings screen says what is wrong with it
	return incidentStore{incident.Store{Files: settings.IncidentsBeside(file), Pins: db}, db,
		"Nephograph " + w.build.Version}
}

// Facts reads what the evidence of an incident shows.
func (n incidentStore) Facts(ctx context.Context, i app.Incident, now time.Time) (incident.Facts, error) {
	return incident.Read(ctx, n.db, i, now)
}

// Prepare puts a bundle together.
func (n incidentStore) Prepare(ctx context.Context, i app.Incident) (terminal.Draft, error) {
	return bundle.Prepare(ctx, n.db, i, bundle.Options{Program: n.program, Now: time.Now()})
}

// engine fills the cache as the settings say.
func (w *wiring) engine(db *cache.DB, set app.Settings) *pull.Engine {
	masks := mask.New(set.Mask)
	return pull.New(pull.Config{
		Cache: pull.Masked(db, masks), Presets: w.presets, Price: w.prices.Price, Now: time.Now,
		MonthCap: func() app.Money { return set.Cap },
		KeepResult: func(ctx context.Context, r app.InsightsResult) (int64, error) {
			return db.KeepResult(ctx, masks.Result(r))
		},
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
	add := func(s app.Scope) { places = append(places, w.place(db, s)) }
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
	cfg, who, err := w.who(ctx, db, at.Profile, at.Region)
	if err != nil {
		return pull.Sources{}, err
	}
	if err := db.ForgetFuture(ctx, time.Now()); err != nil { // AWS has answered, so the clock is right
		return pull.Sources{}, err
	}
	scope := app.Scope{Account: who.Account, Region: cfg.Region, Profile: at.Profile}
	from := sources(cfg, scope)
	from.Who, from.Until = who, w.sessions.Until(ctx, at.Profile)
	return from, db.KeepScope(ctx, scope, who)
}

// who connects and asks AWS who the caller is. Credentials that are not accepted are got anew once: a person may have
// signed in again since.
func (w *wiring) who(ctx context.Context, db *cache.DB, profile, region string) (cfg aws.Config, id app.Identity,
	err error) {
	for range 2 {
		if cfg, err = w.connect(ctx, db, profile, region); err != nil {
			return cfg, id, err
		}
		if id, err = sts.New(cfg).Who(ctx); app.KindOf(err) != app.SignedOut ||
			errors.Is(err, providers.ErrNoCode) {
			return cfg, id, err
		}
		w.sessions.Forget(profile)
	}
	return cfg, id, err
}

// keyStore keeps access keys under the system's keyring, with the list of their names beside the settings.
func keyStore() keyring.Store {
	file, err := settings.Path()
	if err != nil {
		return keyring.Store{}
	}
	return keyring.Store{Folder: filepath.Join(filepath.Dir(file), "keys")}
}

// keptKeys returns the keys that a person has entered under the name of a profile. The keyring, which may ask for its
// password, is left alone where no such name is in the list.
func keptKeys(profile string) (found aws.Credentials, region string, ok bool, err error) {
	names, err := keyStore().Names()
	if err != nil || !slices.Contains(names, profile) {
		return found, "", false, err
	}
	k, ok, err := keyStore().Get(profile)
	return aws.Credentials{AccessKeyID: k.AccessKeyID, SecretAccessKey: k.SecretAccessKey,
		SessionToken: k.SessionToken}, k.Region, ok, err
}

// configuration is that of this machine, with the keys that a person has entered.
func configuration(ctx context.Context) (app.AWSConfiguration, error) {
	found, err := providers.Configuration(ctx)
	if err != nil {
		return found, err
	}
	names, err := keyStore().Names()
	for _, name := range names {
		if !slices.ContainsFunc(found.Profiles, func(p app.Profile) bool { return p.Name == name }) {
			found.Profiles = append(found.Profiles, app.Profile{Name: name, Method: app.SystemKeyring})
		}
	}
	return found, err
}

// connect returns the configuration for a profile in a Region. Every request under it goes into the cache's ledger.
func (w *wiring) connect(ctx context.Context, db *cache.DB, profile, region string) (aws.Config, error) {
	return providers.Connect(ctx, providers.Profile{Name: profile, Region: region}, providers.Options{
		Record: db.Record, Version: w.build.Version, Limits: w.limits, Price: w.prices.Price, Sessions: w.sessions,
		Kept: keptKeys,
	})
}

// place returns a scope as a place to pull from, to be reached when its turn comes.
func (w *wiring) place(db *cache.DB, s app.Scope) *pull.Place {
	return pull.NewPlace(s, func(ctx context.Context) (pull.Sources, error) { return w.reach(ctx, db, s) })
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
		Insights: logs.Insights, Queries: logs.Queries, QueryDefinitions: logs.QueryDefinitions,
		StopQuery:      logs.StopQuery,
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
		AWSConfig: server.AWSConfig, SSOConfig: server.SSOConfig, Start: server.Start,
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
	sim, err := w.simulator(terminal.Simulation{Scenario: wish.Scenario, Seed: wish.Seed, At: time.Now().UTC(),
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
	a := newApp(w.build.Version)
	store := w.store(db)
	found := w.incidents(db)
	parts := window.Parts{
		App: a, Reader: db, Presets: w.presets, Puller: store.Pull,
		Connect:   func(ctx context.Context) ([]*pull.Place, error) { return store.Connect(ctx, wish.Places) },
		Incidents: found, Report: w.reportTo(found), Bundle: found.bundleTo,
		Follow: store.Settings.Follow,
		Cap:    store.Settings.Cap,
		Keep:   store.Settings.Keep,
		Held:   heldBy(db.Path()),
		Hear:   store.OnSlowdown,
		Notice: notice,
		About:  shell.About{Version: w.build.Version, Commit: w.build.Commit},
		Setup:  w.setup(db, wish, s),
		SignIn: window.Credentials{Find: configuration, SignIn: providers.SignIn,
			AskMFA: func(ask func(context.Context, app.MFARequest) (string, error)) { w.sessions.Ask(ask) },
			Watch:  providers.WatchCredentials},
		Screen: screen,
		Shown:  pressAfterMove,
		Visit:  visit,
	}
	if file, err := settings.Path(); err == nil { // without a folder boards last as long as the window
		boards := settings.BoardsBeside(file)
		parts.Boards, parts.Held.File, parts.Held.Boards = boards, file, boards.Path()
	}
	return errors.Join(window.Show(ctx, parts), db.Close())
}

func newApp(version string) fyne.App {
	icon := fyne.NewStaticResource("icon.png", assets.Icon)
	fyneapp.SetMetadata(fyne.AppMetadata{ID: appID, Name: "Nephograph", Version: version, Icon: icon})
	a := fyneapp.NewWithID(appID)
	a.SetIcon(icon)
	return a
}

// openFile shows the window on a bundle or a cache file, which is only read. Neither the settings nor the AWS
// configuration of this machine are read.
func (w *wiring) openFile(ctx context.Context, wish terminal.OpenOptions, s terminal.Streams) error {
	kind, err := bundle.Sniff(wish.Path)
	if err != nil {
		return &app.Error{Kind: app.NotFound, Op: "cache", Err: err}
	}
	if kind == bundle.WholeCache {
		db, err := cache.OpenGiven(ctx, wish.Path)
		if err != nil {
			return err
		}
		return errors.Join(w.showGiven(ctx, db, nil, wish, s), db.Close())
	}
	b, err := bundle.Open(ctx, wish.Path, wish.Key)
	if err != nil {
		return err
	}
	return errors.Join(w.showGiven(ctx, b.Cache, &b.Incident, wish, s), b.Close())
}

// showGiven shows a cache that was given, on its incident if it has one.
func (w *wiring) showGiven(
	ctx context.Context, db *cache.DB, of *app.Incident, wish terminal.OpenOptions, s terminal.Streams,
) error {
	visit, end, err := prepare(wish.Visit, s)
	if err != nil {
		return err
	}
	defer end()
	parts := window.Parts{
		App: newApp(w.build.Version), Reader: db, Presets: w.presets, Puller: w.engine(db, app.Settings{}),
		Connect: func(context.Context) ([]*pull.Place, error) { return nil, nil },
		Held:    window.Held{Cache: wish.Path}, Incidents: incident.Store{Files: incident.Opened{}, Pins: db},
		About:  shell.About{Version: w.build.Version, Commit: w.build.Commit},
		Screen: screen, Shown: pressAfterMove, Visit: visit,
	}
	if of != nil {
		opened := incidentStore{incident.Store{Files: incident.Opened{Incident: of}, Pins: db}, db, ""}
		parts.Incidents, parts.Report = opened, w.reportTo(opened)
		parts.First, parts.Look = "Incidents", of.Range
	}
	return window.Show(ctx, parts)
}

// handOver is the folder that reports and bundles of the window are written to: where browsers put files, if there is
// such a folder, else the home folder.
func handOver() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(home, "Downloads")
	if info, err := os.Stat(folder); err == nil && info.IsDir() {
		return folder, nil
	}
	return home, nil
}

// reportTo writes reports of incidents as HTML.
func (w *wiring) reportTo(n incidentStore) func(context.Context, app.Incident) (string, error) {
	return func(ctx context.Context, i app.Incident) (string, error) {
		folder, err := handOver()
		if err != nil {
			return "", err
		}
		now := time.Now()
		facts, err := n.Facts(ctx, i, now)
		if err != nil {
			return "", err
		}
		var page bytes.Buffer
		o := report.Options{Presets: w.presets, Zone: time.Local, Now: now, Program: "Nephograph " + w.build.Version}
		if err := report.HTML(&page, facts, o); err != nil {
			return "", err
		}
		path := filepath.Join(folder, i.ID+".html")
		return path, os.WriteFile(path, page.Bytes(), 0o600)
	}
}

// bundleTo writes a bundle, encrypted by a passphrase unless that is "".
func (n incidentStore) bundleTo(
	ctx context.Context, i app.Incident, passphrase string,
) (path string, left app.BundleContents, err error) {
	folder, err := handOver()
	if err != nil {
		return "", left, err
	}
	draft, err := n.Prepare(ctx, i)
	if err != nil {
		return "", left, err
	}
	defer draft.Close()
	path = filepath.Join(folder, i.ID+terminal.BundleExtension)
	_, err = terminal.WriteBundle(draft, app.BundleLock{Passphrase: passphrase}, path)
	return path, draft.Contents(), err
}

// setup returns what the guide to a first pull needs; nil where the command line says what to pull, or nobody looks.
func (w *wiring) setup(db *cache.DB, wish terminal.WindowOptions, s terminal.Streams) *window.Setup {
	if len(wish.Places.Profiles)+len(wish.Places.Regions) > 0 || wish.Visit != "" {
		return nil
	}
	return &window.Setup{
		Find: configuration,
		Check: func(ctx context.Context, p app.Profile) (app.Identity, error) {
			if p.MFA == "" { // or else a person has to type a code first
				var stop context.CancelFunc
				ctx, stop = context.WithTimeout(ctx, providers.AnswerTime)
				defer stop()
			}
			_, who, err := w.who(ctx, db, p.Name, cmp.Or(p.Region, providers.AnyRegion))
			return who, err
		},
		Use: func(ctx context.Context, p app.Profile, who app.Identity) ([]app.RegionUse, error) {
			return providers.InRegions(ctx, providers.RegionsToTry(p.Region, who), w.useIn(db, p.Name, who))
		},
		Place:  func(s app.Scope) *pull.Place { return w.place(db, s) },
		Launch: func(args ...string) error { return launch(s, args...) },
	}
}

// useIn returns what asks how much is measured in a Region.
func (w *wiring) useIn(db *cache.DB, profile string, who app.Identity) func(context.Context, string) app.RegionUse {
	return func(ctx context.Context, region string) app.RegionUse {
		cfg, err := w.connect(ctx, db, profile, region)
		if err != nil {
			return app.RegionUse{Region: region, Problem: err}
		}
		scope := app.Scope{Account: who.Account, Region: region, Profile: profile}
		return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), scope).Use(ctx)
	}
}

// launch starts this program once more, in a process of its own that outlives this one.
func launch(s terminal.Streams, args ...string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	other := exec.Command(program, args...)
	other.Stdout, other.Stderr = s.Out, s.Err
	if err := other.Start(); err != nil {
		return err
	}
	go func() { _ = other.Wait() }() // so that it does not stay behind as a zombie
	return nil
}

// openPage opens an address in the browser of this machine.
func openPage(address string) error {
	opener := map[string][]string{"darwin": {"open"},
		"windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open"}
	}
	other := exec.Command(opener[0], append(opener[1:], address)...)
	if err := other.Start(); err != nil {
		return err
	}
	go func() { _ = other.Wait() }()
	return nil
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

package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// Simulation says which made-up world to serve.
type Simulation struct {
	Scenario string // name of a file in assets/scenarios
	Seed     uint64
	At       time.Time // where the world ends
	Scale    float64   // how many times as much of everything
	Faults   Faults
}

// Faults say how the simulator misbehaves. Shares are from 0 to 1, of all calls.
type Faults struct {
	Seed         uint64
	Throttle     float64       // refused for their rate
	Deny         []string      // actions without permission: logs:FilterLogEvents
	Expire       bool          // every token has expired
	Slow         time.Duration // before each answer
	EmptyPages   float64       // pages without an item before a page
	RepeatTokens float64       // pages that give the same token again
	Late         time.Duration // events show up so long after their time
	Unsettled    bool          // events show up late and in no order, traces grow, the newest datapoints are revised
	Cut          float64       // answers that end in the middle
	Fail         float64       // answers with status 5xx
	Malformed    float64       // answers that do not parse
	Quotas       bool          // keep AWS's own rates, such as two LookupEvents a second
}

// Simulator is a made-up AWS account, ready to be served.
type Simulator struct {
	Range  app.Range
	Places Places // all that it serves
	// Truth returns what is in the range, to be printed as JSON.
	Truth func(app.Range) any
	// AWSConfig returns the text of a config and a credentials file that lead to a simulator at url.
	AWSConfig func(url string) (config, credentials string)
	// SSOConfig returns the text of a config file whose profiles sign in with a simulated IAM Identity Center at url.
	SSOConfig func(url string) string
	// Start serves on a loopback address until the context ends; wait returns once it has.
	Start func(ctx context.Context, addr string) (url string, wait func() error, err error)
}

// simulate is the command that serves a made-up account by itself.
func (c *commandLine) simulate() *cobra.Command {
	s := Simulation{Scenario: "shop", Seed: 1, Scale: 1}
	var addr, at, configDir string
	var truth, sso bool
	cmd := &cobra.Command{
		Use: "simulate", Short: "Serve a made-up AWS account on this machine", Args: cobra.NoArgs, GroupID: "try",
		Long: `Serves a made-up AWS account over the services' own protocols until it is interrupted. The same
scenario, seed, scale and time make the same account to the last byte. It can be told to misbehave
as AWS and networks do; shares are from 0 to 1.`,
		Example: "  nephograph simulate --aws-config /tmp/aws --throttle 0.2\n" +
			"  nephograph simulate --truth --at 2026-05-03T14:00:00Z | jq .total",
	}
	flags := cmd.Flags()
	flags.StringVar(&addr, "addr", "127.0.0.1:4580", "loopback `address` to listen on; port 0 takes a free one")
	flags.StringVar(&s.Scenario, "scenario", s.Scenario, "`name` of the scenario")
	flags.Uint64Var(&s.Seed, "seed", s.Seed, "`number` that everything random follows from")
	flags.StringVar(&at, "at", "", "`time` at which the account's history ends (default now)")
	flags.Float64Var(&s.Scale, "scale", s.Scale, "how many `times` as much of everything")
	flags.BoolVar(&truth, "truth", false, "print what the account holds, as counts and digests in JSON, and end")
	flags.StringVar(&configDir, "aws-config", "", "write files config and credentials, with the account's profiles, "+
		"into this `folder`")
	flags.BoolVar(&sso, "sso", false, "let those profiles sign in with IAM Identity Center (nephograph login), which "+
		"allows all who open its page")
	f := &s.Faults
	flags.Float64Var(&f.Throttle, "throttle", 0, "`share` of calls to refuse for their rate")
	flags.StringSliceVar(&f.Deny, "deny", nil, "`actions` to deny: logs:FilterLogEvents")
	flags.BoolVar(&f.Expire, "expire", false, "say that every token has expired")
	flags.Var(lengthFlag{&f.Slow}, "slow", "`length` of time to wait before each answer")
	flags.Float64Var(&f.EmptyPages, "empty-pages", 0, "`share` of pages to precede by an empty one")
	flags.Float64Var(&f.RepeatTokens, "repeat-tokens", 0, "`share` of pages to give the same token again")
	flags.Var(lengthFlag{&f.Late}, "late", "`length` of time after which events show up")
	flags.BoolVar(&f.Unsettled, "unsettled", false, "let events show up late and in no order, traces grow, and the "+
		"newest datapoints be revised")
	flags.Float64Var(&f.Cut, "cut", 0, "`share` of answers to cut in the middle")
	flags.Float64Var(&f.Fail, "fail", 0, "`share` of calls to answer with a server error")
	flags.Float64Var(&f.Malformed, "malformed", 0, "`share` of answers to spoil")
	flags.BoolVar(&f.Quotas, "quotas", false, "keep AWS's own rates")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		c.standalone = true
		if err := c.readSimulation(&s, at); err != nil {
			return err
		}
		sim, err := c.deps.Simulator(s)
		if err != nil {
			return err
		}
		if sso {
			sim.AWSConfig = func(url string) (config, credentials string) { return sim.SSOConfig(url), "" }
		}
		if truth {
			return printLines(c, []any{sim.Truth(sim.Range)})
		}
		return c.serve(ctx, sim, addr, configDir)
	})
	return cmd
}

// readSimulation fills in what the flags say in words, and checks the rest.
func (c *commandLine) readSimulation(s *Simulation, at string) error {
	s.At = c.deps.Now().UTC()
	if at != "" {
		t, err := phrase.ParseTime(at, c.deps.Now(), c.zone())
		if err != nil {
			return fmt.Errorf("%w: --at %q: %w", errUsage, at, err)
		}
		s.At = t
	}
	if !(s.Scale > 0) {
		return fmt.Errorf("%w: --scale has to be above 0", errUsage)
	}
	f := &s.Faults
	f.Seed = s.Seed
	for flag, share := range map[string]float64{"throttle": f.Throttle, "empty-pages": f.EmptyPages,
		"repeat-tokens": f.RepeatTokens, "cut": f.Cut, "fail": f.Fail, "malformed": f.Malformed} {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("%w: --%s is a share from 0 to 1", errUsage, flag)
		}
	}
	for _, action := range f.Deny {
		if !serves(action) {
			return fmt.Errorf("%w: --deny %q is no action that the simulator serves and could deny; nephograph "+
				"policy prints them", errUsage, action)
		}
	}
	return nil
}

// serves reports whether an action, or a pattern such as logs:*, is of what the simulator serves: what a pull asks for.
func serves(pattern string) bool {
	return slices.ContainsFunc(app.Operations, func(o app.Operation) bool {
		ok, err := path.Match(pattern, o.Action)
		return ok && err == nil && o.NeedsPermission()
	})
}

// serve runs the simulator until it is interrupted, which is how it is meant to end.
func (c *commandLine) serve(ctx context.Context, sim Simulator, addr, configDir string) error {
	url, wait, err := sim.Start(ctx, addr)
	if err != nil {
		return fmt.Errorf("%w; --addr chooses another address", err)
	}
	fmt.Fprintf(c.Out, "Serving a made-up AWS account at %s; Ctrl-C ends it.\n\n", url)
	if configDir == "" {
		fmt.Fprintf(c.Out, "To use it, set in another terminal:\n  export AWS_ENDPOINT_URL=%s AWS_REGION=eu-west-1 "+
			"AWS_ACCESS_KEY_ID=simulated AWS_SECRET_ACCESS_KEY=simulated\n"+
			"or let --aws-config FOLDER write a profile for each account.\n", url)
	} else {
		config, credentials := sim.AWSConfig(url)
		files, err := WriteAWSConfig(configDir, config, credentials)
		if err != nil {
			return errors.Join(err, wait())
		}
		fmt.Fprintf(c.Out, "To use it, set in another terminal:\n  export AWS_CONFIG_FILE=%s "+
			"AWS_SHARED_CREDENTIALS_FILE=%s\n"+
			"and pull all of it:\n  nephograph pull --since 24h --profile %s --region %s\n",
			files[0], files[1], strings.Join(sim.Places.Profiles, ","), strings.Join(sim.Places.Regions, ","))
	}
	fmt.Fprintf(c.Out, "\nWhat it holds, as counts and digests: %s/simulator/truth\n", url)
	if err := wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// WriteAWSConfig writes the files config and credentials into a folder, which it makes if need be, for the user alone
// to read, and returns their absolute paths.
func WriteAWSConfig(folder, config, credentials string) (paths [2]string, err error) {
	folder, err = filepath.Abs(folder)
	if err != nil {
		return paths, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return paths, err
	}
	for i, file := range []struct{ name, text string }{{"config", config}, {"credentials", credentials}} {
		paths[i] = filepath.Join(folder, file.name)
		if err := os.WriteFile(paths[i], []byte(file.text), 0o600); err != nil {
			return paths, err
		}
	}
	return paths, nil
}

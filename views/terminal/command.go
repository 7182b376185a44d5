package terminal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
)

// commandLine is one command line while it runs: its streams and what its global flags say.
type commandLine struct {
	Streams               // for people: screens
	raw           Streams // as the command was given them, for a window and a demo
	deps          Deps
	started       bool        // a command was found and its flags make sense
	progressShown atomic.Bool // a line of progress stands on the error stream
	standalone    bool        // the command needs neither AWS nor the user's cache

	cache, visit      string
	json, utc, local  bool
	profiles, regions []string
	accounts          []string
	times             timeRange
	limit             int
	limitGiven        bool
}

const long = `Nephograph pictures what happens in AWS accounts: metrics, logs, traces, CloudTrail events and
alarms on one time axis, from a cache on this machine. It never writes to AWS. Without a command it
opens the window.

Commands that read answer from the cache, without a network; nephograph pull fills it.

Exit codes: 0 done, also when nothing was found; 1 failed, in whole or in part; 2 the command line
is wrong; 130 interrupted.`

// root returns the command that all others hang on.
func (c *commandLine) root() *cobra.Command {
	root := &cobra.Command{
		Use: "nephograph", Short: "A desktop console for AWS", Long: long,
		SilenceErrors: true, SilenceUsage: true, Version: c.deps.Build.Version,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c.started = true
			return c.deps.Window(cmd.Context(), WindowOptions{Cache: c.cache, Places: c.places(), Visit: c.visit},
				c.raw)
		},
	}
	root.SetIn(c.In)
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	flags := root.PersistentFlags()
	flags.StringVar(&c.cache, "cache", "", "cache `file` (default: in the user's data folder)")
	flags.BoolVar(&c.json, "json", false, "print JSON, one object a line, with times in UTC")
	flags.BoolVar(&c.utc, "utc", false, "read and show times in UTC")
	flags.BoolVar(&c.local, "local", false, "read and show times in this machine's zone (default)")
	flags.StringSliceVar(&c.profiles, "profile", nil, "profile `names` of the AWS configuration")
	flags.StringSliceVar(&c.regions, "region", nil, "`Regions`, such as eu-west-1,us-east-1")
	root.MarkFlagsMutuallyExclusive("utc", "local")
	root.Flags().StringVar(&c.visit, "visit", "", "visit every screen, write a picture of each into this `folder`, "+
		"and end")
	_ = root.Flags().MarkHidden("visit") // it is there; for measuring and for tests
	root.AddGroup(&cobra.Group{ID: "read", Title: "Read from the cache:"}, &cobra.Group{ID: "aws", Title: "Ask AWS:"},
		&cobra.Group{ID: "try", Title: "Try it without AWS:"})
	root.AddCommand(c.alarms(), c.metrics(), c.groups(), c.search(), c.patterns(), c.traces(), c.trail(), c.triage(),
		c.explain(), c.ledger(), c.cost(), c.insights(), c.incidents(), c.incidentReport(), c.bundle(), c.open(),
		c.cacheCommand(), c.settings(), c.pull(), c.login(), c.keys(), c.doctor(), c.policy(), c.demo(), c.simulate(),
		c.version(), manual())
	strictHelp(root)
	return root
}

// strictHelp makes cobra's own commands refuse what they do not know; they would print their help and exit with 0.
func strictHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			help := cmd.Run
			cmd.RunE = func(cmd *cobra.Command, topic []string) error {
				if _, _, err := root.Find(topic); err != nil {
					return err
				}
				help(cmd, topic)
				return nil
			}
		case "completion":
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
}

// run makes a command's RunE: it marks that the command line is right, so that what fails now is no usage error.
func (c *commandLine) run(f func(context.Context, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		c.limitGiven = cmd.Flags().Changed("limit")
		c.started = true
		return f(cmd.Context(), args)
	}
}

// reading adds what every command that reads the cache has, and runs it on the open cache.
func (c *commandLine) reading(cmd *cobra.Command, f func(context.Context, *question, Reader) error) *cobra.Command {
	cmd.GroupID = "read"
	flags := cmd.Flags()
	flags.StringSliceVar(&c.accounts, "account", nil, "account `numbers`")
	flags.IntVar(&c.limit, "limit", defaultLimit, "show the newest `rows`; 0 shows all, as --json does")
	c.timeFlags(cmd)
	cmd.RunE = c.run(func(ctx context.Context, args []string) error {
		within, err := c.times.read(c.deps.Now(), c.zone())
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		if c.limit < 0 {
			return fmt.Errorf("%w: --limit cannot be negative", errUsage)
		}
		return c.withCache(ctx, func(r Reader) error {
			scopes, err := c.scopes(ctx, r)
			if err != nil {
				return err
			}
			return f(ctx, &question{commandLine: c, known: r, args: args, scopes: scopes, within: within}, r)
		})
	})
	return cmd
}

// defaultLimit is how many rows a person reads at once; a screen holds 50.
const defaultLimit = 200

// question is a command that reads the cache, with what it was asked.
type question struct {
	*commandLine
	known  coverageReader // of the cache that it reads
	args   []string
	scopes []app.Scope // none: all that the cache holds
	names  []string    // log groups that it is narrowed to, or the name of a resource whose log groups are meant
	within app.Range
}

// rows returns how many rows to show; 0 is all.
func (c *commandLine) rows() int {
	if c.json && !c.limitGiven {
		return 0
	}
	return c.limit
}

func (c *commandLine) timeFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&c.times.since, "since", "", "`length` of time before now or --to: 90m, 24h, 3d (default 24h)")
	flags.StringVar(&c.times.from, "from", "", "`time`: 14:00, \"yesterday 14:00\", 2026-05-03 14:00, "+
		"2026-05-03T14:00:00Z, \"2h ago\"")
	flags.StringVar(&c.times.to, "to", "", "`time`, itself not included (default now)")
	cmd.MarkFlagsMutuallyExclusive("since", "from")
}

func (c *commandLine) places() Places { return Places{Profiles: c.profiles, Regions: c.regions} }

// zone returns the zone of times without one, in flags and in tables.
func (c *commandLine) zone() *time.Location {
	if c.utc || c.deps.Zone == nil {
		return time.UTC
	}
	return c.deps.Zone
}

// scopes returns the cached places that --account, --profile and --region leave, or none if they leave all.
func (c *commandLine) scopes(ctx context.Context, r coverageReader) ([]app.Scope, error) {
	if len(c.accounts)+len(c.profiles)+len(c.regions) == 0 {
		return nil, nil
	}
	held, err := r.Scopes(ctx)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	var left []app.Scope
	for _, s := range held {
		if oneOf(c.accounts, s.Account) && oneOf(c.profiles, s.Profile) && oneOf(c.regions, s.Region) {
			left = append(left, s)
		}
	}
	if len(left) == 0 {
		return nil, &app.Error{Kind: app.NotFound, Op: "cache",
			Err: errors.New("the cache holds nothing of these places, only " + places(held))}
	}
	return left, nil
}

// oneOf reports whether wanted is empty or holds s.
func oneOf(wanted []string, s string) bool {
	for _, w := range wanted {
		if w == s {
			return true
		}
	}
	return len(wanted) == 0
}

// places lists scopes for a sentence.
func places(scopes []app.Scope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = s.String()
		if s.Profile != "" {
			names[i] += " (" + s.Profile + ")"
		}
	}
	return strings.Join(names, ", ")
}

// usageText returns a usage error without the mark, as one sentence. Cobra lists the commands that may have been
// meant on lines of their own.
func usageText(err error) string {
	text, meant, _ := strings.Cut(strings.TrimPrefix(err.Error(), errUsage.Error()+": "), "\n\nDid you mean this?\n")
	if meant != "" {
		return text + "; did you mean " + strings.Join(strings.Fields(meant), " or ") + "?"
	}
	return strings.TrimSuffix(text, ".") + "."
}

// completeWith lets a shell complete the values of a flag.
func completeWith(cmd *cobra.Command, flag string, values ...string) {
	// It fails only for an unknown flag.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
